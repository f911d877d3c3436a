"""Connections to partners, kept open between deliveries: a new one costs two or three round trips and a handshake."""

import select
import socket
import ssl
import threading
from collections import deque
from functools import cache
from time import monotonic

from slugline.domain.endpoint_url import Target
from slugline.outbound.deadline import Deadline

# Shorter than what servers keep (nginx 75 s, Apache 5 s, load balancers 60 s), so that most are still open.
IDLE_SECONDS = 4.0
MOST_IDLE = 64


class NotConnected(Exception):  # noqa: N818 - reads as the outcome it is
    """No address of the host took the connection."""


class Connections:
    """Idle connections, each found only by whom it belongs to: scheme, host, port and vetted address."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self._tls = tls
        self._lock = threading.Lock()
        self._idle: deque[tuple[float, tuple[Target, str], socket.socket]] = deque()

    def reuse(self, target: Target, addresses: tuple[str, ...]) -> socket.socket | None:
        """An idle connection to one of the addresses, if there is one that the partner has not closed."""
        wanted = {(_origin(target), address) for address in addresses}
        while sock := self._take(wanted):
            if not select.select([sock], [], [], 0)[0]:
                return sock
            # Readable before we asked anything: the partner has closed it, or talks out of turn.
            sock.close()
        return None

    def open(self, target: Target, addresses: tuple[str, ...], deadline: Deadline) -> socket.socket:
        """A new connection to the first address that takes it. Raises NotConnected, TimeoutError, ssl.SSLError."""
        sock = _connected(target, addresses, deadline)
        if not target.tls:
            return sock
        try:
            sock.settimeout(deadline.left())
            return (self._tls or _default_tls()).wrap_socket(sock, server_hostname=target.host)
        except BaseException:
            sock.close()
            raise

    def keep(self, target: Target, sock: socket.socket) -> None:
        """Take back a connection whose answer was read to its end."""
        try:
            address = sock.getpeername()[0]
        except OSError:
            sock.close()
            return
        with self._lock:
            self._idle.append((monotonic(), (_origin(target), address), sock))
            surplus = self._idle.popleft()[2] if len(self._idle) > MOST_IDLE else None
        if surplus:
            surplus.close()

    def close(self) -> None:
        """Close all that are idle."""
        with self._lock:
            while self._idle:
                self._idle.popleft()[2].close()

    def __del__(self) -> None:
        self.close()

    def _take(self, wanted: set[tuple[Target, str]]) -> socket.socket | None:
        """The newest connection that is wanted; the old ones go."""
        oldest = monotonic() - IDLE_SECONDS
        with self._lock:
            while self._idle and self._idle[0][0] < oldest:
                self._idle.popleft()[2].close()
            for index in range(len(self._idle) - 1, -1, -1):
                if self._idle[index][1] in wanted:
                    sock = self._idle[index][2]
                    del self._idle[index]
                    return sock
        return None


def _origin(target: Target) -> Target:
    return Target(tls=target.tls, host=target.host, port=target.port, path="")


def _connected(target: Target, addresses: tuple[str, ...], deadline: Deadline) -> socket.socket:
    refused = "the name has no address"
    for address in addresses:
        try:
            sock = socket.create_connection((address, target.port), timeout=deadline.left())
        except TimeoutError:
            deadline.left()
            refused = f"{address} did not take the connection in time"
        except OSError as error:
            refused = f"{address} port {target.port}: {error.strerror or error}"
        else:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return sock
    raise NotConnected(refused)


@cache
def _default_tls() -> ssl.SSLContext:
    # Reading the certificate authorities takes tens of milliseconds: once per container, and not at import.
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    return context
