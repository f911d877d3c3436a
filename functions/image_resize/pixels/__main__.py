"""The decoder process: takes jobs from standard input, one at a time, and forks a worker for each.

It has libvips loaded and nothing else, so a worker is there in milliseconds, with clean memory and limits of its own,
and takes only itself along when it dies. A message is a line of JSON, whose `size` is that of the bytes after it.
"""

import gc
import json
import os
import resource
import signal
import sys
from typing import Any, BinaryIO

from pixels.heap import ask_for_huge_pages
from pixels.make import make
from pixels.refused import Refused

Message = tuple[dict[str, Any], bytes]


def main() -> None:
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a codec prints goes to the log, not into an answer
    ask_for_huge_pages()
    gc.freeze()  # the worker's collector leaves the pages it shares with us alone
    while line := sys.stdin.buffer.readline():
        job = json.loads(line)
        data = sys.stdin.buffer.read(job["size"])
        worker = os.fork()
        if not worker:
            work(job, data, answers)
        del data
        _, status = os.waitpid(worker, 0)
        if status:
            send(answers, ({"died": died(status)}, b""))


def work(job: dict[str, Any], data: bytes, answers: BinaryIO) -> None:
    """Answers one job and exits; a status other than 0 says that there was no answer."""
    status = 1
    try:
        limit(job)
        send(answers, answer_to(job, data))
        status = 0
    except MemoryError:
        status = OUT_OF_MEMORY
    finally:
        os._exit(status)


OUT_OF_MEMORY = 99


def limit(job: dict[str, Any]) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (job["memory_bytes"], job["memory_bytes"]))
    resource.setrlimit(resource.RLIMIT_CPU, (job["cpu_seconds"], job["cpu_seconds"]))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def answer_to(job: dict[str, Any], data: bytes) -> Message:
    try:
        made = make(job, data)
    except Refused as refused:
        return {"refused": str(refused)}, b""
    files = [
        {"format": f.format, "crop": f.crop, "width": f.width, "height": f.height, "bytes": len(f.data)}
        for f in made.files
    ]
    return {"files": files, "placeholder": made.placeholder}, b"".join(f.data for f in made.files)


def send(stream: BinaryIO, message: Message) -> None:
    head, body = message
    stream.write(json.dumps(head | {"size": len(body)}).encode() + b"\n")
    stream.write(body)
    stream.flush()


def died(status: int) -> str:
    """Why a worker ended without an answer, in words for the desk."""
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number == signal.SIGXCPU:
            return "took too much computing time"
        return f"crashed the decoder ({signal.Signals(number).name})"
    if os.WEXITSTATUS(status) == OUT_OF_MEMORY:
        return "needs more memory than it may have"
    return "made the decoder give up"


if __name__ == "__main__":
    main()
