"""One document's parse in a process of its own, so that a parser that hangs, eats memory or crashes costs one file.

The child is forked from the warm process: it has every module loaded, and starts in milliseconds where a fresh
interpreter takes the better part of a second. It can be forked ahead (`Sandbox`): fork and the first writes to memory
that it shares with its parent, each of which copies a page, then fall into the time in which the parent waits for AWS.
Only `os.fork` and two pipes are used, as Lambda has no /dev/shm for multiprocessing's semaphores.

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
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from itertools import islice
from math import ceil
from select import POLLIN, POLLOUT, poll
from typing import Self

from parsing.answer import LENGTH_BYTES, Answer, Refusal, pack, unpack
from parsing.child_limits import address_space, restrict
from parsing.document import ParsedStory, Rejected
from parsing.limits import Limits

CHUNK = 1_048_576
_TRIES = 2
"""A kill -9 from outside, by a person or for want of memory on the machine, is given a second chance; not a third."""
TOO_MUCH_MEMORY = "Reading the file takes more memory than one document may use."
SIMPLIFY = "Open the file in an editor, save it in a simpler form (plain text or HTML) and drop it again."

Stories = tuple[ParsedStory, ...]


class ParserFailed(Exception):  # noqa: N818 - the cause of a Rejected, for the log; never seen by a user
    """The traceback of a parser that raised something other than Rejected."""


def confined(parse: Callable[[], Stories], limits: Limits) -> Stories:
    """The result of `parse()`, called in a child that is forked now and has all that it needs. Raises Rejected."""
    with Sandbox(lambda _: parse(), limits) as sandbox:
        return sandbox.parse(b"")


class Sandbox:
    """A child forked ahead, that waits for one document and calls `parse` on its bytes.

    As a context manager: the child is forked when it is entered and gone when it is left, whether a document came or
    not. The child calls `warm` while it waits; what that raises is nobody's fault and ignored.
    """

    def __init__(self, parse: Callable[[bytes], Stories], limits: Limits, warm: Callable[[], Stories] = tuple) -> None:
        self._parse, self._limits, self._warm = parse, limits, warm
        self._child: _Child | None = None

    def __enter__(self) -> Self:
        self._child = self._fork()
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def parse(self, data: bytes) -> Stories:
        """The document's stories, made within `limits.memory_bytes` and, from now on, `limits.seconds`.

        Raises what the parser raises of Rejected, and Rejected for a parser that takes too long or too much memory,
        crashes, or raises anything else (with ParserFailed as its cause).
        """
        try:
            for _ in range(_TRIES):
                self._child = self._child or self._fork()
                if (answer := self._child.answer(data, self._limits)) is not None:
                    return _result(answer)
                if (ended := self._end()) != -signal.SIGKILL:
                    break
        except Rejected:
            self._end()
            raise
        how = f"by signal {signal.Signals(-ended).name}" if ended < 0 else f"with exit status {ended}"
        raise Rejected("The parser crashed on this file.", remedy=SIMPLIFY) from ParserFailed(f"It ended {how}.")

    def _end(self) -> int:
        child, self._child = self._child, None
        return child.end() if child else 0

    def _fork(self) -> "_Child":
        import resource  # noqa: F401, PLC0415 - here and not in the child alone: each child would import it anew

        memory = address_space()
        documents, answers = os.pipe(), os.pipe()
        child = _fork()
        if child == 0:
            os.close(documents[1])
            os.close(answers[0])
            self._live(documents[0], answers[1], memory)
        os.close(documents[0])
        os.close(answers[1])
        os.set_blocking(documents[1], False)
        return _Child(child, documents[1], answers[0])

    def _live(self, documents: int, answers: int, memory: int | None) -> None:
        """The whole life of the child. Never returns: the parent's code above it must not run twice.

        `memory`: the parent's address space, which is the child's too. Asked for in the parent, as each page of memory
        that the child is the first to touch is copied.
        """
        status = 1
        try:
            gc.freeze()
            with suppress(Exception):
                pack(Answer(stories=self._warm()))
            restrict(self._limits, memory)
            data = _document(documents)
            if data is not None:
                _write(answers, pack(_answer(partial(self._parse, data))))
                os.close(answers)  # or the parent would wait until all of this process's memory is given back
            status = 0
        finally:
            os._exit(status)


@dataclass(frozen=True)
class _Child:
    """The child as its parent sees it: where documents go in, and where answers come out."""

    pid: int
    documents: int
    answers: int

    def answer(self, data: bytes, limits: Limits) -> Answer | None:
        """What the child says to the document; None when it died. Raises Rejected at the deadline or the size limit."""
        until = time.monotonic() + limits.seconds
        with suppress(BrokenPipeError):  # it is dead already
            self._hand_over(data, until, limits)
        answer = unpack(self._read(until, limits))
        self._kill()  # whatever it would do now
        return answer

    def end(self) -> int:
        """Ends the child, if it has not ended, and leaves nothing of it. Its exit code, negative for a signal."""
        os.close(self.documents)
        os.close(self.answers)
        self._kill()
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def _kill(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def _hand_over(self, data: bytes, until: float, limits: Limits) -> None:
        for part in (len(data).to_bytes(LENGTH_BYTES), data):
            left = memoryview(part)
            while left:
                _wait(self.documents, POLLOUT, until, limits)
                left = left[os.write(self.documents, left) :]

    def _read(self, until: float, limits: Limits) -> bytearray:
        """All that the child writes until it closes its end."""
        packed = bytearray()
        while True:
            _wait(self.answers, POLLIN, until, limits)
            chunk = os.read(self.answers, CHUNK)
            if not chunk:
                return packed
            packed += chunk
            if len(packed) > limits.memory_bytes:
                raise Rejected(TOO_MUCH_MEMORY, remedy=SIMPLIFY)


def _wait(pipe: int, event: int, until: float, limits: Limits) -> None:
    """Until there is something to read, or room to write. Raises Rejected at the deadline."""
    ready = poll()
    ready.register(pipe, event)
    left = until - time.monotonic()
    if left <= 0 or not ready.poll(ceil(left * 1000)):
        raise Rejected(f"Reading the file took more than {limits.seconds:g} seconds.", remedy=SIMPLIFY)


def _document(documents: int) -> bytes | None:
    """What the parent hands over, in the child; None when it lets the child go instead, or is dead."""
    with os.fdopen(documents, "rb") as pipe:
        length = pipe.read(LENGTH_BYTES)
        return pipe.read(int.from_bytes(length)) if length else None


def _fork() -> int:
    """Like `os.fork`, without the warning that CPython gives when it sees other threads (why: see above)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _result(answer: Answer) -> Stories:
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


def _answer(parse: Callable[[], Stories]) -> Answer:
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
