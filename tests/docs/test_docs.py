"""The docs say what there is: the catalogue is generated, commands, parameters and formats are documented."""

import json
from pathlib import Path

import pytest
import typer.main
from tests.support.template import sam_template

from slugline.desk import DeskSettings
from slugline.desk_store import OF_THE_STACK
from slugline_local import catalogue, cli

ROOT = Path(__file__).parents[2]
DOCS = "\n".join(path.read_text(encoding="utf-8") for path in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])


def test_the_event_catalogue_is_what_the_models_generate() -> None:
    for path, text in catalogue.files().items():
        assert path.read_text(encoding="utf-8") == text, "run .venv/bin/python -m slugline_local.catalogue"


@pytest.mark.parametrize("command", sorted(typer.main.get_command(cli.app).commands))  # type: ignore[attr-defined]  # a group, as all of ours is
def test_every_command_of_the_command_line_is_in_the_docs(command: str) -> None:
    assert f"slugline {command}" in DOCS or f" {command} " in DOCS


@pytest.mark.parametrize("parameter", sorted(sam_template()["Parameters"]))
def test_every_template_parameter_is_in_the_operators_guide(parameter: str) -> None:
    assert parameter in (ROOT / "docs" / "operator.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("setting", sorted(set(DeskSettings.model_fields) - set(OF_THE_STACK)))
def test_every_desk_setting_is_in_the_desk_guide(setting: str) -> None:
    assert f"`{setting}`" in (ROOT / "docs" / "desk.md").read_text(encoding="utf-8")


def test_every_sample_event_is_json() -> None:
    for path in (ROOT / "events").glob("*.json"):
        json.loads(path.read_text(encoding="utf-8"))


def test_every_decision_has_a_date_a_status_and_a_way_back() -> None:
    for path in (ROOT / "docs" / "decisions").glob("*.md"):
        text = path.read_text(encoding="utf-8")
        assert "Date: " in text, path.name
        assert "Status: " in text, path.name
