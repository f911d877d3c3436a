"""The real template, with built artefacts in place of source folders: what `sam package` writes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from samtranslator.yaml_helper import yaml_parse  # type: ignore[import-untyped]  # it ships no types

from slugline_local.build.artefact import Artefact, build

Template = dict[str, Any]

_CODE = {"AWS::Serverless::Function": ("CodeUri", ""), "AWS::Serverless::LayerVersion": ("ContentUri", "python")}


def load(path: Path) -> Template:
    """The template as written, its short intrinsic forms (!Ref) in their long ones."""
    return cast(Template, yaml_parse(path.read_text(encoding="utf-8")))


def build_all(template: Template, base: Path, tell: Callable[[str], None]) -> list[Artefact]:
    """Each function and layer of the template. `tell` hears the name of each before it is built."""
    artefacts = []
    for logical_id, resource in template["Resources"].items():
        if resource["Type"] in _CODE:
            attribute, below = _CODE[resource["Type"]]
            tell(logical_id)
            artefacts.append(build(logical_id, base / resource["Properties"][attribute], below=below))
    return artefacts


def package(template: Template, artefacts: list[Artefact], bucket: str) -> Template:
    """A copy of the template whose code is in the bucket, under the artefacts' file names."""
    resources = dict(template["Resources"])
    for artefact in artefacts:
        resource = resources[artefact.logical_id]
        attribute, _ = _CODE[resource["Type"]]
        properties = {**resource["Properties"], attribute: f"s3://{bucket}/{artefact.path.name}"}
        resources[artefact.logical_id] = {**resource, "Properties": properties}
    return {**template, "Resources": resources}
