"""The packaged template is the real one, with built code in place of source folders."""

from pathlib import Path

from slugline_local.build.artefact import Artefact
from slugline_local.build.template import load, package
from slugline_local.project import root


def test_only_where_the_code_lies_changes() -> None:
    template = load(root() / "template.yaml")

    packaged = package(template, [Artefact("ParseFunction", Path("parse-1.zip"))], "artefacts")

    parse = packaged["Resources"]["ParseFunction"]["Properties"]
    assert parse["CodeUri"] == "s3://artefacts/parse-1.zip"
    parse["CodeUri"] = template["Resources"]["ParseFunction"]["Properties"]["CodeUri"]
    assert packaged == template


def test_packaging_leaves_the_template_as_it_was() -> None:
    template = load(root() / "template.yaml")

    package(template, [Artefact("SluglineLayer", Path("layer-1.zip"))], "artefacts")

    assert template == load(root() / "template.yaml")
