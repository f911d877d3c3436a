"""One deadline for everything an attempt does."""

import io
import socket
from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class Deadline:
    """`seconds` from now, whatever the steps in between."""

    def __init__(self, seconds: float, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._began = clock()
        self._seconds = seconds

    def left(self) -> float:
        """Seconds that remain, more than none. Raises TimeoutError when none do."""
        left = self._seconds - (self._clock() - self._began)
        if left <= 0:
            raise TimeoutError(f"no complete answer within {self._seconds:g} s")
        return left

    def milliseconds(self) -> int:
        """How long it has been running."""
        return round((self._clock() - self._began) * 1000)


class DeadlineReader(io.RawIOBase):
    """A socket's bytes until the deadline. A socket's own timeout starts anew with each byte; this one does not."""

    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self._sock = sock
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        self._sock.settimeout(self._deadline.left())
        return self._sock.recv_into(buffer)
