"""A small CONNECT proxy on localhost, which may be ill."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

ESTABLISHED = b"HTTP/1.1 200 Connection established\r\n\r\n"


@dataclass
class ConnectProxy:
    """`asked` are the first lines of requests. `refuses` answers CONNECT with this instead; `hangs` says nothing;
    `stalls` opens the tunnel, lets nothing through, and from then on hangs."""

    port: int
    asked: list[str] = field(default_factory=list)
    heads: list[bytes] = field(default_factory=list)
    refuses: bytes = b""
    hangs: bool = False
    stalls: bool = False
    clients: list[socket.socket] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def connect_proxy(**faults: object) -> Iterator[ConnectProxy]:
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        proxy = ConnectProxy(server.getsockname()[1], **faults)  # type: ignore[arg-type]  # faults of each test
        thread = threading.Thread(target=_serve, args=(server, proxy, over), daemon=True)
        thread.start()
        try:
            yield proxy
        finally:
            over.set()
            server.shutdown(socket.SHUT_RDWR)
            for client in proxy.clients:
                with suppress(OSError):  # it has hung up before
                    client.shutdown(socket.SHUT_RDWR)
            thread.join(timeout=5)


def _serve(server: socket.socket, proxy: ConnectProxy, over: threading.Event) -> None:
    threads = []
    while not over.is_set():
        try:
            accepted, _ = server.accept()
        except OSError:
            break
        proxy.clients.append(accepted)
        threads.append(threading.Thread(target=_converse, args=(accepted, proxy, over), daemon=True))
        threads[-1].start()
    for thread in threads:
        thread.join(timeout=5)


def _converse(client: socket.socket, proxy: ConnectProxy, over: threading.Event) -> None:
    with client:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            more = client.recv(1)
            if not more:
                return
            head += more
        line = head.split(b"\r\n")[0].decode()
        proxy.asked.append(line)
        proxy.heads.append(head)
        if proxy.hangs:
            over.wait()
        elif not line.startswith("CONNECT "):
            client.sendall(b"HTTP/1.1 405 No\r\nContent-Length: 0\r\n\r\n")
        elif proxy.refuses:
            client.sendall(proxy.refuses)
        elif proxy.stalls:
            proxy.hangs = True
            client.sendall(ESTABLISHED)
            over.wait()
        else:
            _tunnel(client, line.split(" ")[1])


def _tunnel(client: socket.socket, authority: str) -> None:
    host, _, port = authority.rpartition(":")
    try:
        partner = socket.create_connection((host.strip("[]"), int(port)), timeout=5)
    except OSError:
        client.sendall(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
        return
    with partner:
        client.sendall(ESTABLISHED)
        back = threading.Thread(target=_pump, args=(partner, client), daemon=True)
        back.start()
        _pump(client, partner)
        back.join(timeout=5)


def _pump(source: socket.socket, sink: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        return  # either side hung up
