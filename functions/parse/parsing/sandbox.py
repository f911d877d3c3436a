"""One document's parse in a process of its own, so that a parser that hangs, eats memory or crashes costs one file.

The child is forked from the warm process: it has every module loaded and the document in memory, and starts in
milliseconds where a fresh interpreter takes the better part of a second. Only `os.fork` and a pipe are used, as Lambda
has no /dev/shm for multiprocessing's semaphores.

Forking is safe beside other threads here because the child only parses: it uses no AWS client, socket, logger or
lock of the parent, CPython and libc re-make their own locks in it, and it leaves by `os._exit`, which flushes no
inherited buffer and closes no connection in an orderly way. Two rules follow for parsers: no library that keeps
threads (libvips) may have been used in the parent, and nothing a parser changes outside its result is kept.

The child's answer is read as JSON and raw bytes, never unpickled: whoever takes over a parser gains no code in
the parent.
"""

import gc
import os
import signal
import sys
import time
import traceback
import warnings
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from itertools import islice
from math import ceil
from pathlib import Path
from select import poll

from parsing.answer import Answer, Refusal, pack, unpack
from parsing.document import ParsedStory, Rejected
from parsing.limits import Limits

CHUNK = 1_048_576
_TRIES = 2
"""A kill -9 from outside, by a person or for want of memory on the machine, is given a second chance; not a third."""
TOO_MUCH_MEMORY = "Reading the file takes more memory than one document may use."
SIMPLIFY = "Open the file in an editor, save it in a simpler form (plain text or HTML) and drop it again."

Parse = Callable[[], tuple[ParsedStory, ...]]


class ParserFailed(Exception):  # noqa: N818 - the cause of a Rejected, for the log; never seen by a user
    """The traceback of a parser that raised something other than Rejected."""


def confined(parse: Parse, limits: Limits) -> tuple[ParsedStory, ...]:
    """The result of `parse()`, called in a child process within `limits.memory_bytes` and `limits.seconds`.

    Raises what `parse` raises of Rejected, and Rejected for a parser that takes too long or too much memory, crashes,
    or raises anything else (with ParserFailed as its cause).
    """
    for _ in range(_TRIES):
        packed, status = _child_of(parse, limits)
        if not _was_killed(packed, status):
            break
    return _result(packed, status)


def _child_of(parse: Parse, limits: Limits) -> tuple[bytearray, int]:
    """What a child answers, and how it ended. Raises Rejected at the deadline or the size limit."""
    import resource  # noqa: F401, PLC0415 - here and not in the child alone: each child would import it anew

    memory = _address_space()
    reader, writer = os.pipe()
    child = _fork()
    if child == 0:
        _answer_and_exit(parse, writer, limits, memory)
    os.close(writer)
    try:
        packed = _read(reader, limits)
    finally:
        os.close(reader)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    return packed, status


def _was_killed(packed: bytearray, status: int) -> bool:
    """Whether the child was ended from outside before it answered, which says nothing about the document."""
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL and unpack(packed) is None


def _fork() -> int:
    """Like `os.fork`, without the warning that CPython gives when it sees other threads (why: see above)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _read(reader: int, limits: Limits) -> bytearray:
    """All that the child writes until it closes its end. Raises Rejected at the deadline or the size limit."""
    deadline = time.monotonic() + limits.seconds
    packed = bytearray()
    ready = poll()
    ready.register(reader)
    while True:
        left = deadline - time.monotonic()
        if left <= 0 or not ready.poll(ceil(left * 1000)):
            raise Rejected(f"Reading the file took more than {limits.seconds:g} seconds.", remedy=SIMPLIFY)
        chunk = os.read(reader, CHUNK)
        if not chunk:
            return packed
        packed += chunk
        if len(packed) > limits.memory_bytes:
            raise Rejected(TOO_MUCH_MEMORY, remedy=SIMPLIFY)


def _result(packed: bytearray, status: int) -> tuple[ParsedStory, ...]:
    answer = unpack(packed)
    if answer is None:
        ended = os.waitstatus_to_exitcode(status)
        how = f"by signal {signal.Signals(-ended).name}" if ended < 0 else f"with exit status {ended}"
        raise Rejected("The parser crashed on this file.", remedy=SIMPLIFY) from ParserFailed(f"It ended {how}.")
    if answer.refusal:
        raise _rejected(answer.refusal)
    _load(answer.modules)
    return answer.stories


def _rejected(refusal: Refusal) -> Rejected:
    rejected = Rejected(refusal.reason, remedy=refusal.remedy, place=refusal.place)
    if refusal.failure:
        rejected.__cause__ = ParserFailed(refusal.failure)
    return rejected


def _load(modules: tuple[str, ...]) -> None:
    """Import what the child had to, so that the next child of this warm process is born with it."""
    for name in modules:
        with suppress(ImportError):
            import_module(name)


def _answer_and_exit(parse: Parse, writer: int, limits: Limits, memory: int | None) -> None:
    """The whole life of the child. Never returns: the parent's code above it must not run twice.

    `memory`: the parent's address space, which is the child's too. Asked for in the parent, as each page of memory
    that the child is the first to touch is copied.
    """
    status = 1
    try:
        gc.freeze()
        _restrict(limits, memory)
        _write(writer, pack(_answer(parse)))
        status = 0
    finally:
        os._exit(status)


def _answer(parse: Parse) -> Answer:
    known = len(sys.modules)
    try:
        stories = parse()
    except Rejected as rejected:
        return Answer(refusal=Refusal(rejected.reason, rejected.remedy, rejected.place))
    except MemoryError:
        return Answer(refusal=Refusal(TOO_MUCH_MEMORY, SIMPLIFY))
    except Exception:
        reason = "The parser failed on this file."
        return Answer(refusal=Refusal(reason, SIMPLIFY, failure=traceback.format_exc()))
    return Answer(stories=stories, modules=_newest_modules(len(sys.modules) - known))


def _newest_modules(count: int) -> tuple[str, ...]:
    """The names of the modules that were loaded last; the others are not touched, which would copy their memory."""
    return tuple(islice(reversed(sys.modules), max(0, count)))


def _write(writer: int, parts: list[bytes]) -> None:
    for part in parts:
        left = memoryview(part)
        while left:
            left = left[os.write(writer, left) :]


def _restrict(limits: Limits, used: int | None) -> None:
    """Bound the child from within. The CPU limit stops one that outlives a killed parent; no core is dumped."""
    import resource  # noqa: PLC0415 - not on every platform that can import this module

    if used is not None:
        _lower(resource.RLIMIT_AS, used + limits.memory_bytes)
    _lower(resource.RLIMIT_CPU, ceil(limits.seconds) + 1)
    _lower(resource.RLIMIT_CORE, 0)


def _lower(which: int, to: int) -> None:
    import resource  # noqa: PLC0415 - as above

    _, hard = resource.getrlimit(which)
    bound = to if hard == resource.RLIM_INFINITY else min(to, hard)
    resource.setrlimit(which, (bound, bound))


def _address_space() -> int | None:
    """Bytes of address space in use, or None where the system does not tell (macOS, which enforces no limit either)."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    except OSError:
        return None
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
