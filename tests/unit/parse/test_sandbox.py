"""A parser at its worst costs one file, never the process that parses the next one."""

import ctypes
import faulthandler
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from hashlib import sha256
from pathlib import Path
from select import POLLIN, poll
from typing import NoReturn

import pytest

from parsing import parse
from parsing.document import Document, ParsedStory, PictureFile, Rejected
from parsing.limits import Limits
from parsing.sandbox import ParserFailed, Sandbox, confined
from slugline.story import Block, Story

LIMITS = Limits(seconds=20)
STORY = ParsedStory(
    Story(headline="Bridge reopens", body=(Block(text="Traffic crossed at dawn \N{EM DASH} «slowly»."),)),
    identifier="urn:example:1",
    pictures=(PictureFile("a.jpg", b"\x00\xff" * 3), PictureFile("b.jpg", b""), PictureFile("c.jpg", b"{}")),
    encoding="utf-8",
)


def test_gives_the_stories_with_every_byte_of_their_pictures() -> None:
    assert confined(lambda: (STORY, ParsedStory(Story())), LIMITS) == (STORY, ParsedStory(Story()))


def test_runs_the_parser_outside_this_process() -> None:
    def parse() -> tuple[ParsedStory, ...]:
        return (ParsedStory(Story(headline=str(os.getpid()))),)

    (parsed,) = confined(parse, LIMITS)

    assert int(parsed.story.headline) != os.getpid()


def test_passes_on_why_a_document_was_rejected() -> None:
    def parse() -> NoReturn:
        raise Rejected("No text.", remedy="Write some.", place="line 3")

    with pytest.raises(Rejected) as caught:
        confined(parse, LIMITS)

    assert (caught.value.reason, caught.value.remedy, caught.value.place) == ("No text.", "Write some.", "line 3")
    assert caught.value.__cause__ is None


def test_stops_a_parser_that_hangs() -> None:
    def parse() -> NoReturn:
        while True:
            signal.pause()

    with pytest.raises(Rejected, match=r"more than 0\.2 seconds"):
        confined(parse, Limits(seconds=0.2))


def test_stops_a_parser_that_hangs_in_native_code_with_signals_blocked() -> None:
    def parse() -> NoReturn:
        signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        ctypes.PyDLL(None).pause()
        raise AssertionError

    with pytest.raises(Rejected, match="seconds"):
        confined(parse, Limits(seconds=0.2))


def test_stops_a_parser_that_eats_memory() -> None:
    def parse() -> NoReturn:
        hoard = []
        while True:
            hoard.append(bytearray(10_000_000))

    with pytest.raises(Rejected, match="more memory"):
        confined(parse, Limits(memory_bytes=50_000_000))


def test_a_result_larger_than_the_memory_limit_is_refused() -> None:
    huge = ParsedStory(Story(), pictures=(PictureFile("a.jpg", bytes(3_000_000)),))

    with pytest.raises(Rejected, match="more memory"):
        confined(lambda: (huge,), Limits(memory_bytes=2_000_000))


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGKILL, signal.SIGABRT])
def test_survives_a_parser_that_crashes(number: signal.Signals) -> None:
    def parse() -> NoReturn:
        faulthandler.disable()  # pytest's own report of the crash would only be noise
        os.kill(os.getpid(), number)
        raise AssertionError

    with pytest.raises(Rejected, match="crashed") as caught:
        confined(parse, LIMITS)

    assert number.name in str(caught.value.__cause__)


def test_a_parser_killed_from_outside_gets_a_second_chance(tmp_path: Path) -> None:
    killed = tmp_path / "killed"

    def parse() -> tuple[ParsedStory, ...]:
        if not killed.exists():
            killed.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return (STORY,)

    assert confined(parse, LIMITS) == (STORY,)


def test_survives_a_parser_that_exits() -> None:
    with pytest.raises(Rejected, match="crashed"):
        confined(lambda: sys.exit(0), LIMITS)


def test_a_fault_of_the_parser_rejects_the_file_and_keeps_the_traceback_for_the_log() -> None:
    def parse() -> NoReturn:
        raise ZeroDivisionError

    with pytest.raises(Rejected, match="failed") as caught:
        confined(parse, LIMITS)

    assert isinstance(caught.value.__cause__, ParserFailed)
    assert "ZeroDivisionError" in str(caught.value.__cause__)
    assert "ZeroDivisionError" not in caught.value.reason


def test_the_next_child_is_born_with_the_modules_that_this_one_had_to_import(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "heavy_parser_library.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)

    def parse() -> tuple[ParsedStory, ...]:
        known = "heavy_parser_library" in sys.modules
        import heavy_parser_library  # type: ignore[import-not-found]  # noqa: F401, PLC0415 - made by this test

        return (ParsedStory(Story(headline="warm" if known else "cold")),)

    first, second = confined(parse, LIMITS), confined(parse, LIMITS)
    sys.modules.pop("heavy_parser_library")

    assert (first[0].story.headline, second[0].story.headline) == ("cold", "warm")


def test_only_the_first_document_that_is_not_utf_8_waits_for_the_models_of_the_guess(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(sys.modules, "parsing.text.guess", raising=False)
    text = "Café fermé\n\nLe café du port a été fermé jeudi, a déclaré le maire.\n".encode("cp1252")

    confined(partial(parse, Document("story.txt", text)), LIMITS)

    assert "parsing.text.guess" in sys.modules


def open_files() -> int:
    return len(list(Path("/dev/fd").iterdir()))


def child_processes() -> set[str]:
    """Of this process, the dead but unburied included; other tests may keep some."""
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split())


def test_leaves_no_process_and_no_open_file_behind() -> None:
    def hang() -> NoReturn:
        while True:
            signal.pause()

    files, children = open_files(), child_processes()
    with pytest.raises(Rejected):
        confined(hang, Limits(seconds=0.1))
    confined(lambda: (STORY,), LIMITS)

    assert open_files() == files
    assert child_processes() == children


def headline(data: bytes) -> tuple[ParsedStory, ...]:
    return (ParsedStory(Story(headline=f"{len(data)} {sha256(data).hexdigest()}")),)


@pytest.fixture
def only_child() -> Callable[[], int]:
    """The one process that this one has forked since the test began."""
    kept = child_processes()

    def child() -> int:
        (one,) = child_processes() - kept
        return int(one)

    return child


@pytest.mark.parametrize("size", [0, 1, 70_000, 30_000_000])
def test_a_child_forked_ahead_gets_every_byte_of_its_document(size: int) -> None:
    document = os.urandom(size)
    with Sandbox(headline, LIMITS) as sandbox:
        assert sandbox.parse(document) == headline(document)


def test_a_child_forked_ahead_is_there_before_its_document(only_child: Callable[[], int]) -> None:
    with Sandbox(lambda _: (ParsedStory(Story(headline=str(os.getpid()))),), LIMITS) as sandbox:
        waiting = only_child()
        (parsed,) = sandbox.parse(b"")
    assert int(parsed.story.headline) == waiting


def test_what_happens_while_it_waits_costs_no_document() -> None:
    def fail() -> NoReturn:
        raise ZeroDivisionError

    with Sandbox(headline, LIMITS, warm=fail) as sandbox:
        assert sandbox.parse(b"x") == headline(b"x")


def test_the_time_that_it_waits_is_not_the_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    # Given a child that has waited longer than a document may take
    with Sandbox(headline, LIMITS) as sandbox:
        an_hour_later = time.monotonic() + 3_600
        monkeypatch.setattr("parsing.sandbox.time.monotonic", lambda: an_hour_later)
        # Then its document still has its time
        assert sandbox.parse(b"x") == headline(b"x")


def test_a_child_killed_while_it_waits_is_replaced(only_child: Callable[[], int]) -> None:
    with Sandbox(headline, LIMITS) as sandbox:
        os.kill(only_child(), signal.SIGKILL)
        assert sandbox.parse(b"x") == headline(b"x")


def test_a_child_that_never_takes_its_document_is_stopped() -> None:
    def never() -> NoReturn:
        while True:
            signal.pause()

    with Sandbox(headline, Limits(seconds=0.2), warm=never) as sandbox, pytest.raises(Rejected, match="seconds"):
        sandbox.parse(bytes(3_000_000))


def test_100_drops_leave_no_process_and_no_open_file_behind() -> None:
    files, children = open_files(), child_processes()
    for number in range(100):
        with suppress(Rejected), Sandbox(headline if number % 3 else explode, LIMITS) as sandbox:
            if number % 2:  # the others are repeated events, for which no document comes
                sandbox.parse(b"x")
    assert (open_files(), child_processes()) == (files, children)


def explode(_: bytes) -> NoReturn:
    raise ZeroDivisionError


def test_a_waiting_child_does_not_outlive_a_killed_function() -> None:
    program = "import os, signal; from parsing.limits import Limits; from parsing.sandbox import Sandbox\n"
    program += "with Sandbox(lambda data: (), Limits()):\n"
    program += "    print(*open(f'/proc/self/task/{os.getpid()}/children'), flush=True); signal.pause()"
    with subprocess.Popen(  # noqa: S603 - ours
        [sys.executable, "-c", program], stdout=subprocess.PIPE, env={"PYTHONPATH": os.pathsep.join(sys.path)}
    ) as function:
        assert function.stdout
        child = os.pidfd_open(int(function.stdout.readline()))
        function.kill()
    ended = poll()
    ended.register(child, POLLIN)
    assert ended.poll(10_000)
    os.close(child)
