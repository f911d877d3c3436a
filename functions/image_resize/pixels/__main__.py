"""The decoder process: a worker for each picture, forked ahead, that takes its job from standard input by itself.

It has libvips loaded and nothing else, so a worker starts with clean memory and limits of its own, and takes only
itself along when it dies. The next one is forked as soon as one has ended: it gets ready (`warm`) while nobody waits,
and is blocked in a read from then on. A message is a line of JSON, whose `size` is that of the bytes after it.
"""

import gc
import json
import mmap
import os
import resource
from collections.abc import Callable
from typing import Any, BinaryIO

from pixels.ending import NO_MORE_JOBS, OUT_OF_MEMORY, ended
from pixels.heap import ask_for_huge_pages
from pixels.make import make
from pixels.refused import Refused
from pixels.warm import warm

Message = tuple[dict[str, Any], bytes]

WAITING, TAKING, TAKEN = range(3)
"""How far a worker is with its job, in a byte that it shares with us."""


def main() -> None:
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a codec prints goes to the log, not into an answer
    ask_for_huge_pages()
    gc.freeze()  # the worker's collector leaves the pages it shares with us alone
    job = mmap.mmap(-1, 1)
    get_ready = warm
    while True:
        job[0] = WAITING
        worker = os.fork()
        if not worker:
            work(job, answers, get_ready)
        _, status = os.waitpid(worker, 0)
        if job[0] == TAKING or os.waitstatus_to_exitcode(status) == NO_MORE_JOBS:
            return  # what is left of a job that was half taken would be read as the next one
        if job[0] == WAITING:
            get_ready = nothing  # should that be what kills workers
        if status and job[0] == TAKEN:
            send(answers, (ended(status), b""))


def nothing() -> None:
    """In place of `warm`."""


def work(progress: mmap.mmap, answers: BinaryIO, get_ready: Callable[[], None]) -> None:
    """Answers one job and exits; a status other than 0 says that there was no answer."""
    status = 1
    try:
        get_ready()
        status = answer_next(progress, answers)
    except (MemoryError, RuntimeError):  # the latter for a thread without room for its stack
        status = OUT_OF_MEMORY
    finally:
        os._exit(status)


def answer_next(progress: mmap.mmap, answers: BinaryIO) -> int:
    """Takes a job and answers it; our exit status."""
    jobs = os.fdopen(0, "rb")  # that it reads ahead does no harm: until the answer no other job follows
    if not jobs.peek(1):
        return NO_MORE_JOBS
    progress[0] = TAKING
    job = json.loads(jobs.readline())
    limit(job)
    data = jobs.read(job["size"])
    progress[0] = TAKEN
    send(answers, answer_to(job, data))
    return 0


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


if __name__ == "__main__":
    main()
