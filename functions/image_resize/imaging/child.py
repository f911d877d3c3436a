"""Starts the process that touches pixels, and outlives it.

A codec that crashes, hangs or eats memory takes only its own process along. The child has no credentials in its
environment, and may neither write files nor dump core.
"""

import json
import os
import subprocess
import sys
from typing import Any

PASSED_ON = ("LD_LIBRARY_PATH", "LANG", "TZ")


class PictureFailed(Exception):  # noqa: N818 - named for the outcome, as parsing.document.Rejected is
    """The picture was not made; `reason` is for the people of the desk."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def run(job: dict[str, Any], data: bytes, *, seconds: float) -> tuple[dict[str, Any], memoryview]:
    """The child's answer to the job and the bytes after it. Raises PictureFailed."""
    command = [sys.executable, "-S", "-P", "-m", "pixels"]
    with subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
        command, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as child:
        try:
            output, log = child.communicate(json.dumps(job).encode() + b"\n" + data, timeout=seconds)
        except subprocess.TimeoutExpired as late:
            child.kill()
            raise PictureFailed(f"The picture took longer than {seconds:g} seconds.") from late
    if child.returncode:
        raise PictureFailed(reason_of_death(child.returncode, log.decode(errors="replace")))
    head, _, _ = output.partition(b"\n")
    answer = json.loads(head)
    if "refused" in answer:
        raise PictureFailed(answer["refused"])
    return answer, memoryview(output)[len(head) + 1 :]


def environment() -> dict[str, str]:
    """All that the child is told of ours: where modules are, never a credential."""
    passed = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return passed | {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONDONTWRITEBYTECODE": "1"}


def reason_of_death(code: int, log: str) -> str:
    last_line = log.strip().rpartition("\n")[2]
    if "MemoryError" in last_line or "out of memory" in log.lower():
        return "The picture needs more memory than it may have."
    how = f"signal {-code}" if code < 0 else f"code {code}"
    return f"The decoder died ({how}{': ' + last_line if last_line else ''})."
