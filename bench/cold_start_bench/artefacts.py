"""The built functions, unpacked as Lambda unpacks them."""

import zipfile
from pathlib import Path

from cold_start_bench.process import Code
from slugline_local.build import template as templates
from slugline_local.build.artefact import Artefact
from slugline_local.project import root

LAYER = "SluglineLayer"


def functions(folder: Path, *, bytecode: bool) -> dict[str, Code]:
    """Each function of the template by its name there; without `bytecode`, as `sam build` leaves it."""
    template = templates.load(root() / "template.yaml")
    built = templates.build_all(template, root(), lambda _: None)
    for artefact in built:
        _unpack(artefact, folder / artefact.logical_id, bytecode=bytecode)
    layer = folder / LAYER / "python"
    handlers = {
        name: resource["Properties"]["Handler"]
        for name, resource in template["Resources"].items()
        if resource["Type"] == "AWS::Serverless::Function"
    }
    return {
        name: Code(handler.removesuffix("_handler.handler"), handler, (folder / name, layer))
        for name, handler in handlers.items()
    }


def _unpack(artefact: Artefact, folder: Path, *, bytecode: bool) -> None:
    with zipfile.ZipFile(artefact.path) as archive:
        for name in archive.namelist():
            if bytecode or not name.endswith(".pyc"):
                archive.extract(name, folder)
