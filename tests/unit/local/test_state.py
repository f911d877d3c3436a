"""The state file: believed only while its process lives."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from slugline_local.runtime import state
from slugline_local.runtime.state import Running

RUNNING = Running(
    endpoint="http://127.0.0.1:4566",
    region="us-east-1",
    stack="slugline",
    intake_bucket="intake",
    archive_bucket="archive",
    site_bucket="site",
    table="table",
    site="http://127.0.0.1:8080",
    api="http://127.0.0.1:4566/api",
    api_key="slk_1_2",
    pid=os.getpid(),
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SLUGLINE_STATE", str(tmp_path / "state"))
    return tmp_path / "state"


def test_a_running_runtime_is_found() -> None:
    state.write(RUNNING)

    assert state.read() == RUNNING


def test_nothing_is_found_before_anything_ran() -> None:
    assert state.read() is None


def test_what_a_killed_runtime_left_is_not_believed() -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    state.write(RUNNING.model_copy(update={"pid": ended.pid}))

    assert state.read() is None


def test_a_damaged_file_is_no_runtime(folder: Path) -> None:
    state.write(RUNNING)
    (folder / "runtime.json").write_text("{")

    assert state.read() is None


def test_a_runtime_forgets_only_itself() -> None:
    state.write(RUNNING)

    state.forget(RUNNING.pid + 1)

    assert state.read() == RUNNING
