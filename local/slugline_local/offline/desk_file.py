"""Desk settings from a file on this machine, in the form that `slugline desk upload` takes."""

from pathlib import Path

from slugline.desk import DeskSettings
from slugline.desk_store import SETTINGS, TEMPLATES, SettingsRefused, validated
from slugline_local.errors import Trouble
from slugline_local.files import read_file


def read_desk(path: Path | None) -> DeskSettings:
    """The settings of a document, or of a folder as the bucket's `desk/` is; the defaults for None. Raises Trouble."""
    if path is None:
        return DeskSettings()
    if not path.is_dir():
        return _settings(path)
    settings, templates = path / Path(SETTINGS).name, path / Path(TEMPLATES).name
    if not settings.exists() and not templates.exists():
        raise Trouble(
            f"{path} holds no desk settings.", remedy="Name a folder with settings.json, templates/, or both."
        )
    desk = _settings(settings) if settings.exists() else DeskSettings()
    files = sorted(file for file in templates.glob("*") if file.is_file())
    return desk.model_copy(update={"templates": {file.name: _text(file) for file in files}})


def _settings(path: Path) -> DeskSettings:
    try:
        return validated(read_file(path), DeskSettings())
    except SettingsRefused as refused:
        faults = "\n".join(f"{path}: {fault}" for fault in refused.faults)
        raise Trouble(faults, remedy="docs/desk.md describes each setting.") from refused


def _text(path: Path) -> str:
    try:
        return read_file(path).decode()
    except UnicodeDecodeError as error:
        raise Trouble(f"{path} is not in UTF-8.", remedy="Save the template as UTF-8.") from error
