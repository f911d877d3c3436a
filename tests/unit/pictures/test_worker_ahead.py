"""A picture's worker is forked before the picture comes, is used for one, and leaves nothing behind."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from select import POLLIN, poll

import pytest
import pyvips

from decoder import Decoder, PictureFailed
from imaging import RenditionSpec
from imaging.renditions import job_for
from pixels.ending import OUT_OF_MEMORY, ended
from slugline.story import Image

JOB = job_for(RenditionSpec(widths=(64,), formats={"jpeg": {"Q": 75}}, crops=()), Image(id=""))
PICTURE = bytes(pyvips.Image.black(90, 60, bands=3).jpegsave_buffer())


@pytest.fixture
def decoder() -> Iterator[Decoder]:
    decoder = Decoder()
    yield decoder
    decoder.close()


def workers(process: int) -> set[int]:
    return {int(word) for word in Path(f"/proc/{process}/task/{process}/children").read_text().split()}


def eventually(look: Callable[[], object]) -> None:
    """Waits for a condition, in the kernel's own time slices."""
    for _ in range(1_000_000):
        if look():
            return
        os.sched_yield()
    raise AssertionError("it never came")


def waiting_worker(process: int, *, but: int = 0) -> int:
    """The worker that is blocked in its read."""
    waiting: list[int] = []
    eventually(lambda: waiting.extend(filter(waits_for_a_job, workers(process) - {but})) or waiting)
    return waiting[0]


def waits_for_a_job(worker: int) -> bool:
    """Asleep in the read of a pipe; a kernel that does not say where tells 0. False of one that is gone."""
    try:
        where = Path(f"/proc/{worker}/wchan").read_text()
        return ("pipe" in where or where in {"", "0"}) and " S " in Path(f"/proc/{worker}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def made(decoder: Decoder) -> int:
    answer, _ = decoder.run(JOB, PICTURE, seconds=30)
    return len(answer["files"])


def test_each_picture_has_a_worker_of_its_own_that_was_there_before_it(decoder: Decoder) -> None:
    process = decoder.start().pid
    first = waiting_worker(process)
    assert made(decoder) == 1
    second = waiting_worker(process, but=first)
    assert made(decoder) == 1
    assert decoder.start().pid == process
    assert waiting_worker(process, but=second) not in {first, second}


def test_a_worker_killed_while_it_waits_costs_nothing(decoder: Decoder) -> None:
    process = decoder.start().pid
    waiting = waiting_worker(process)
    os.kill(waiting, signal.SIGKILL)
    assert waiting_worker(process, but=waiting) != waiting
    assert made(decoder) == 1
    assert decoder.start().pid == process


def test_pictures_are_made_even_if_getting_ready_for_them_kills_workers(
    decoder: Decoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given a decoder like ours, but for a worker that crashes before it waits
    ours = Path(sys.modules["decoder"].__file__ or "").parent / "pixels"
    shutil.copytree(ours, tmp_path / "pixels")
    (tmp_path / "pixels" / "warm.py").write_text("import os\ndef warm() -> None: os.abort()\n")
    monkeypatch.syspath_prepend(tmp_path)
    assert made(decoder) == 1
    assert made(decoder) == 1


def test_a_decoder_killed_while_it_waits_costs_nothing(decoder: Decoder) -> None:
    os.kill(decoder.start().pid, signal.SIGKILL)
    assert made(decoder) == 1


@pytest.mark.parametrize(("kills", "tries"), [(0, 1), (1, 2), (2, 2)])
def test_a_worker_killed_in_mid_picture_gets_a_second_chance_and_no_third(
    decoder: Decoder, monkeypatch: pytest.MonkeyPatch, kills: int, tries: int
) -> None:
    killed = {"died": "crashed the decoder (SIGKILL)", "killed": True}
    answers: list[dict[str, object]] = [killed] * kills + [{"files": []}] * (2 - kills)
    monkeypatch.setattr("decoder.exchange", lambda *_: (answers.pop(0), b""))
    with nullcontext() if kills < 2 else pytest.raises(PictureFailed, match="SIGKILL"):
        decoder.run(JOB, PICTURE, seconds=30)
    assert len(answers) == 2 - tries


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (signal.SIGKILL, {"died": "crashed the decoder (SIGKILL)", "killed": True}),
        (signal.SIGSEGV, {"died": "crashed the decoder (SIGSEGV)"}),
        (signal.SIGXCPU, {"died": "took too much computing time"}),
        (OUT_OF_MEMORY << 8, {"died": "needs more memory than it may have"}),
        (1 << 8, {"died": "made the decoder give up"}),
    ],
)
def test_how_a_worker_ended_is_told_in_words(status: int, told: dict[str, object]) -> None:
    assert ended(status) == told


def test_a_decoder_that_nobody_closes_ends_with_its_function() -> None:
    program = "import signal; from decoder import DECODER; print(DECODER.start().pid, flush=True); signal.pause()"
    with subprocess.Popen(  # noqa: S603 - ours
        [sys.executable, "-c", program], stdout=subprocess.PIPE, env={"PYTHONPATH": os.pathsep.join(sys.path)}
    ) as function:
        assert function.stdout
        process = int(function.stdout.readline())
        ends = [os.pidfd_open(process), os.pidfd_open(waiting_worker(process))]
        function.kill()
    for end in ends:
        over = poll()
        over.register(end, POLLIN)
        assert over.poll(10_000)
        os.close(end)


def test_pictures_leave_no_process_and_no_open_file_behind(decoder: Decoder) -> None:
    process = decoder.start().pid
    made(decoder)
    waiting_worker(process)
    ours, its = open_files("self"), open_files(str(process))
    for _ in range(20):
        made(decoder)
    waiting_worker(process)
    assert (open_files("self"), open_files(str(process))) == (ours, its)


def open_files(process: str) -> int:
    return len(list(Path(f"/proc/{process}/fd").iterdir()))
