"""Artefacts: built once per content."""

import zipfile
from pathlib import Path

import pytest

from slugline_local import project
from slugline_local.build import artefact


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(artefact, "build_folder", lambda: tmp_path / "build")
    folder = tmp_path / "function"
    (folder / "package").mkdir(parents=True)
    (folder / "handler.py").write_text("import package\n")
    (folder / "package" / "__init__.py").write_text("")
    (folder / "requirements.txt").write_text("\n")
    return folder


def test_a_function_has_its_source_at_the_top(source: Path) -> None:
    built = artefact.build("Function", source, below="")

    names = zipfile.ZipFile(built.path).namelist()

    assert {"handler.py", "package/__init__.py", "requirements.txt"} <= set(names)


def test_a_layer_has_its_source_where_lambda_looks_for_python(source: Path) -> None:
    built = artefact.build("Layer", source, below="python")

    assert "python/handler.py" in zipfile.ZipFile(built.path).namelist()


def test_the_same_source_is_built_once(source: Path) -> None:
    first = artefact.build("Function", source, below="")
    written = first.path.stat().st_mtime_ns

    again = artefact.build("Function", source, below="")

    assert again.path == first.path
    assert again.path.stat().st_mtime_ns == written


def test_changed_source_replaces_the_older_artefact(source: Path) -> None:
    older = artefact.build("Function", source, below="")
    (source / "handler.py").write_text("import json\n")

    newer = artefact.build("Function", source, below="")

    assert newer.path.exists()
    assert not older.path.exists()


def test_caches_of_a_developer_are_not_source(source: Path) -> None:
    clean = artefact.build("Function", source, below="")
    (source / "__pycache__").mkdir()
    (source / "__pycache__" / "handler.cpython-313.pyc").write_bytes(b"\0")

    assert artefact.build("Function", source, below="").path == clean.path


def test_the_project_is_found_from_the_installed_command_line() -> None:
    assert (project.root() / "template.yaml").is_file()
