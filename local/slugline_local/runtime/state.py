"""The state file: how later commands find a running laptop runtime."""

import os
from contextlib import suppress
from pathlib import Path

from pydantic import ValidationError

from slugline.model import Model
from slugline_local.project import state_folder


class Running(Model):
    """A laptop runtime that is up. Addresses are without a slash at their end."""

    endpoint: str
    region: str
    stack: str
    intake_bucket: str
    archive_bucket: str
    site_bucket: str
    table: str
    site: str
    api: str
    api_key: str
    pid: int


def write(running: Running) -> None:
    """Leave the state for later commands; never half a file."""
    target = _path()
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(".new")
    draft.write_text(running.model_dump_json(indent=2) + "\n", encoding="utf-8")
    draft.replace(target)


def read() -> Running | None:
    """The runtime that is up now, or None. A file left by one that was killed is not believed."""
    try:
        running = Running.model_validate_json(_path().read_bytes())
    except (FileNotFoundError, ValidationError):
        return None
    return running if alive(running.pid) else None


def alive(pid: int) -> bool:
    """Whether there is such a process."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # there is, of another user
    return True


def forget(pid: int) -> None:
    """Remove the state that this process wrote."""
    running = read()
    if running is None or running.pid == pid:
        with suppress(FileNotFoundError):
            _path().unlink()


def _path() -> Path:
    return state_folder() / "runtime.json"
