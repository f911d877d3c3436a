"""The process that touches pixels, as seen from ours.

A codec that crashes, hangs or eats memory takes only its own worker along (`pixels.__main__`). The process has no
credentials in its environment, and is kept from picture to picture, since loading libvips takes longer than a
thumbnail. This module imports nothing heavy, so that the process can load libvips while its parent loads the rest.
"""

import atexit
import fcntl
import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from typing import Any

PASSED_ON = ("LD_LIBRARY_PATH", "LANG", "TZ")
MALLOC = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": "1000000000",
    "MALLOC_TRIM_THRESHOLD_": "1000000000",
    "MALLOC_TOP_PAD_": "200000000",
}
"""glibc's malloc (mallopt(3)): one heap, kept. A worker lives for one picture and starts with no memory; else each
encoder would have its tens of megabytes mapped, zeroed and given back anew, a tenth of the time of a 24 MP photo.
The pad is what such a photo takes: addresses, not memory, in one piece that `pixels.heap` can ask huge pages for."""
PIPE_BYTES = 1 << 20
"""The most that Linux gives anyone. In the usual 64 KiB a photo of 3 MB changes hands 50 times, which takes 15 ms."""


class PictureFailed(Exception):  # noqa: N818 - named for the outcome, as parsing.document.Rejected is
    """The picture was not made; `reason` and `remedy` are for the people of the desk.

    `untried`: nor was it begun. `costly`: it took its time, or a process, and would do so again.
    """

    def __init__(
        self,
        reason: str,
        *,
        remedy: str = "Export the picture anew, as a JPEG in sRGB, and drop it again.",
        untried: bool = False,
        costly: bool = False,
    ) -> None:
        super().__init__(reason)
        self.reason, self.remedy, self.untried, self.costly = reason, remedy, untried, costly


class Decoder:
    """Answers one job at a time. Started by the first job, or ahead of it by `start`."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def run(self, job: dict[str, Any], data: bytes, *, seconds: float) -> tuple[dict[str, Any], bytes]:
        """The answer to the job and its bytes. Raises PictureFailed.

        A kill -9 from outside, by a person or for want of memory on the machine, is given a second chance within the
        same time; not a third.
        """
        until = time.monotonic() + seconds
        with self._lock:
            answer, rest = self._exchange(job, data, until)
            if "killed" in answer:
                answer, rest = self._exchange(job, data, until)
        if "late" in answer:
            raise PictureFailed(f"The picture took longer than {seconds:g} seconds.", costly=True)
        if "died" in answer:
            raise PictureFailed(f"The picture {answer['died']}.", costly=True)
        if "refused" in answer:
            raise PictureFailed(answer["refused"])
        return answer, rest

    def _exchange(self, job: dict[str, Any], data: bytes, until: float) -> tuple[dict[str, Any], bytes]:
        """What the process answers, or what became of it."""
        process, late = self.start(), threading.Event()

        def stop() -> None:
            late.set()
            kill(process)

        deadline = threading.Timer(until - time.monotonic(), stop)
        deadline.start()
        try:
            return exchange(process, job, data)
        except (OSError, ValueError):
            self._discard()
            return {"late": True} if late.is_set() else GONE, b""
        finally:
            deadline.cancel()

    def start(self) -> "subprocess.Popen[bytes]":
        """Starts the process unless it runs; it ends by itself when we do, as its input ends then."""
        if self._process is None or self._process.poll() is not None:
            self._discard()
            self._process = subprocess.Popen(
                [sys.executable, "-S", "-P", "-m", "pixels"],
                env=environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                process_group=0,
            )
            widen(self._process)
        return self._process

    def close(self) -> None:
        """Ends the process, once it is done with its last worker; the next job starts another."""
        with self._lock:
            process = self._process
            if process is not None and process.stdin is not None:
                with suppress(OSError, subprocess.TimeoutExpired):
                    process.stdin.close()
                    process.wait(timeout=5)
            self._discard()

    def _discard(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        kill(process)
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):  # what was still to be written has no reader any more
                if pipe:
                    pipe.close()


GONE = {"died": "stopped the decoder", "killed": True}

DECODER = Decoder()
"""One for this container; it starts with the first picture, or with `DECODER.start()`."""
atexit.register(DECODER.close)


def widen(process: "subprocess.Popen[bytes]") -> None:
    for pipe in (process.stdin, process.stdout):
        with suppress(OSError, AttributeError):  # Linux may give less, macOS has no such call; it is only slower
            if pipe:
                fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE_BYTES)


def kill(process: "subprocess.Popen[bytes]") -> None:
    """Ends the process and its worker."""
    if process.poll() is None:
        with suppress(ProcessLookupError):  # it has only just begun, and leads no group yet
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.wait()


def exchange(process: "subprocess.Popen[bytes]", job: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    """Raises OSError or ValueError when the process is gone before it has answered."""
    if process.stdin is None or process.stdout is None:
        raise ValueError("the decoder has no pipes")
    process.stdin.write(json.dumps(job | {"size": len(data)}).encode() + b"\n")
    process.stdin.write(data)
    process.stdin.flush()
    answer = json.loads(process.stdout.readline())
    rest = process.stdout.read(answer["size"])
    if len(rest) != answer["size"]:
        raise ValueError("the decoder ended in mid-answer")
    return answer, rest


def environment() -> dict[str, str]:
    """All that the process is told of ours: where modules are, never a credential."""
    passed = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return passed | MALLOC | {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONDONTWRITEBYTECODE": "1"}
