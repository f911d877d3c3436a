"""The leash: no process outlives the one that holds it."""

import subprocess
import sys
from pathlib import Path

from slugline_local.runtime import leash

_FAMILY = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"],
                         stdin=subprocess.PIPE)
print("up", flush=True)
child.wait()
"""


def _on_leash(program: str, scratch: Path = Path("/nonexistent")) -> "subprocess.Popen[str]":
    return subprocess.Popen(  # noqa: S603 - programs of this file
        [sys.executable, leash.__file__, str(scratch), sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def test_letting_go_ends_the_command_and_its_children() -> None:
    held = _on_leash(_FAMILY)
    assert held.stdin is not None
    assert held.stdout is not None
    assert held.stdout.readline() == "up\n"

    held.stdin.close()

    # The pipe ends only when the last process that inherited it has ended.
    assert held.stdout.read() == ""
    held.wait(timeout=10)
    held.stdout.close()


def test_the_leash_ends_when_its_command_does() -> None:
    held = _on_leash("print('done')")

    assert held.stdout is not None
    assert held.stdout.read() == "done\n"
    held.wait(timeout=10)
    held.stdout.close()
    assert held.stdin is not None
    held.stdin.close()


def test_a_command_that_ignores_being_asked_is_killed() -> None:
    stubborn = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
    )
    held = _on_leash(stubborn)
    assert held.stdin is not None
    assert held.stdout is not None
    assert held.stdout.readline() == "up\n"

    held.stdin.close()

    assert held.stdout.read() == ""
    held.wait(timeout=10)
    held.stdout.close()


def test_what_a_command_left_in_its_scratch_folder_is_removed(tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    held = _on_leash(f"open({str(scratch / 'file')!r}, 'w').close(); print('up', flush=True); input()", scratch)
    assert held.stdin is not None
    assert held.stdout is not None
    assert held.stdout.readline() == "up\n"

    held.stdin.close()
    held.wait(timeout=10)
    held.stdout.close()

    assert not scratch.exists()


def test_the_leash_needs_nothing_but_the_standard_library() -> None:
    source = Path(leash.__file__).read_text(encoding="utf-8")

    assert "slugline" not in source.replace("slugline_local/", "")
