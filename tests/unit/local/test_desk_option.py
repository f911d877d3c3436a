"""Desk settings tried on a file before they are uploaded."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from slugline_local.cli import app
from slugline_local.errors import Trouble

TEXT = "River rises\n\nEMBARGOED until 23 November 2026, 20:00\n\nThe river rose on Monday, officials said.\n"


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, arguments)
    if result.exception:
        raise result.exception
    return result.stdout


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "river.txt"
    path.write_text(TEXT)
    return str(path)


def settings(folder: Path, **given: str) -> str:
    path = folder / "settings.json"
    path.write_text(json.dumps(given))
    return str(path)


def test_the_page_has_the_name_that_the_settings_give_the_site(tmp_path: Path, file: str) -> None:
    run("render", file, "--out", str(tmp_path / "page"), "--desk", settings(tmp_path, site_name="The Courier"))

    assert "The Courier" in (tmp_path / "page" / "index.html").read_text()


def test_a_folder_brings_templates_too(tmp_path: Path, file: str) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "article.html").write_text(
        '{% extends "default/article.html" %}{% block masthead %}<header>Ours</header>{% endblock %}'
    )

    run("render", file, "--out", str(tmp_path / "page"), "--desk", str(tmp_path))

    assert "<header>Ours</header>" in (tmp_path / "page" / "index.html").read_text()


def test_an_embargo_is_read_in_the_time_zone_of_the_settings(tmp_path: Path, file: str) -> None:
    story = json.loads(run("parse", file, "--desk", settings(tmp_path, time_zone="Asia/Tokyo")))

    assert story["embargo"] == "2026-11-23T11:00:00Z"


@pytest.mark.parametrize("command", [["parse"], ["lint"], ["render", "--out", "never"]])
def test_a_fault_names_the_file_and_the_setting(tmp_path: Path, file: str, command: list[str]) -> None:
    broken = settings(tmp_path, acent="#004488")

    with pytest.raises(Trouble, match=r"settings\.json: acent"):
        run(*command, file, "--desk", broken)


def test_a_folder_without_settings_is_told(tmp_path: Path, file: str) -> None:
    (tmp_path / "empty").mkdir()

    with pytest.raises(Trouble, match="holds no desk settings"):
        run("parse", file, "--desk", str(tmp_path / "empty"))
