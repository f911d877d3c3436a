"""A partner's server on localhost, which answers as a test says."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Speak = Callable[[socket.socket, threading.Event], None]
"""Writes the answer. The event is set once the test is over: whoever hangs, hangs on it."""


@dataclass
class Receiver:
    port: int
    requests: list[bytes] = field(default_factory=list)
    connections: int = 0
    keeps_open: bool = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?desk=city"


def saying(answer: bytes) -> Speak:
    """Just this."""
    return lambda sock, _over: sock.sendall(answer)


def status(code: int, *headers: str, body: bytes = b"") -> Speak:
    """A plain answer."""
    lines = [f"HTTP/1.1 {code} X", f"Content-Length: {len(body)}", *headers, "", ""]
    return saying("\r\n".join(lines).encode() + body)


def trickling(start: bytes, drop: bytes, pause: float) -> Speak:
    """One drop at a time, for ever."""

    def speak(sock: socket.socket, over: threading.Event) -> None:
        sock.sendall(start)
        while not over.wait(pause):
            sock.sendall(drop)

    return speak


def silent(_sock: socket.socket, over: threading.Event) -> None:
    """Hangs."""
    over.wait()


@contextmanager
def receiver(*answers: Speak, tls: ssl.SSLContext | None = None, keeps_open: bool = False) -> Iterator[Receiver]:
    """A server that gives each request the next answer, the last one for ever."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        found = Receiver(server.getsockname()[1], keeps_open=keeps_open)
        thread = threading.Thread(target=_serve, args=(server, found, answers, over, tls), daemon=True)
        thread.start()
        try:
            yield found
        finally:
            over.set()
            server.shutdown(socket.SHUT_RDWR)
            thread.join(timeout=5)


def _serve(
    server: socket.socket,
    found: Receiver,
    answers: tuple[Speak, ...],
    over: threading.Event,
    tls: ssl.SSLContext | None,
) -> None:
    while not over.is_set():
        try:
            accepted, _ = server.accept()
        except OSError:
            return
        with accepted:
            _converse(accepted, found, answers, over, tls)


def _converse(
    accepted: socket.socket,
    found: Receiver,
    answers: tuple[Speak, ...],
    over: threading.Event,
    tls: ssl.SSLContext | None,
) -> None:
    try:
        sock = tls.wrap_socket(accepted, server_side=True) if tls else accepted
        with sock:
            found.connections += 1
            while request := _request(sock):
                found.requests.append(request)
                answers[min(len(found.requests), len(answers)) - 1](sock, over)
                if not found.keeps_open:
                    return
    except OSError:
        # The sender hung up first, as several tests want it to.
        return


def _request(sock: socket.socket) -> bytes:
    received = b""
    while b"\r\n\r\n" not in received:
        more = sock.recv(65536)
        if not more:
            return b""
        received += more
    head, _, body = received.partition(b"\r\n\r\n")
    length = next((int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0)
    while len(body) < length:
        body += sock.recv(65536)
    return head + b"\r\n\r\n" + body
