"""The operator's own HTTP proxy (CONNECT, RFC 9110 section 9.3.6), where the network lets nothing else out.

It is told the vetted address, never the name, so that it resolves nothing again. Its outage is ours, not the partner's.
"""

import asyncio
import base64
import socket
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

PROBE_SECONDS = 2.0
LONGEST_HEAD = 16 * 1024
DEFAULT_PORT = 3128
# The proxy is well and says that it could not reach the other side (RFC 9110, 15.6.3 and 15.6.5).
NOT_REACHED = frozenset({502, 504})
# Squid says 503 instead, with its reason beside, tinyproxy 500; others may use RFC 9209.
NOT_REACHED_SIGNS = (b"err_connect_fail", b" 500 unable to connect", b"error=connection_", b"error=destination_")


class ProxyDown(Exception):  # noqa: N818 - reads as the outcome it is
    """The proxy does not serve us: nothing is known about the partner."""


class NotReached(Exception):  # noqa: N818 - reads as the outcome it is
    """The proxy serves us, but could not reach the partner's address."""


@dataclass(frozen=True)
class Proxy:
    """Where the proxy is, and what it wants to know of us."""

    host: str
    port: int
    credentials: str = field(default="", repr=False)

    @classmethod
    def parse(cls, url: str) -> "Proxy":
        """`http://[user:password@]host[:port]`. Raises ValueError."""
        split = urlsplit(url)
        if split.scheme != "http" or not split.hostname or split.path.strip("/") or split.query:
            raise ValueError("a proxy is written http://host:port")
        credentials = f"{unquote(split.username or '')}:{unquote(split.password or '')}" if split.username else ""
        return cls(split.hostname, split.port or DEFAULT_PORT, credentials)

    async def tunnel(self, address: str, port: int) -> socket.socket:
        """A connection to the address, through the proxy. Raises ProxyDown, NotReached."""
        authority = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
        sock = await self._connected()
        try:
            head = await _asked(sock, f"CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\n{self._authorization}\r\n")
            status = _status(head)
            if not 200 <= status < 300:  # noqa: PLR2004 - "2xx"
                raise _refusal(authority, status, head)
        except OSError as error:
            sock.close()
            raise ProxyDown(f"the proxy ended the connection: {error}") from error
        except BaseException:
            sock.close()
            raise
        return sock

    async def alive(self) -> bool:
        """Whether it answers at all, within two seconds: so it is the partner that does not."""
        try:
            async with asyncio.timeout(PROBE_SECONDS):
                sock = await self._connected()
                with sock:
                    return bool(
                        await _asked(sock, f"OPTIONS * HTTP/1.1\r\nHost: {self.host}\r\n{self._authorization}\r\n")
                    )
        except (ProxyDown, OSError):  # a time-out is an OSError
            return False

    async def _connected(self) -> socket.socket:
        loop = asyncio.get_running_loop()
        try:
            (family, *_, where), *_ = await loop.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
            sock = socket.socket(family)
            try:
                sock.setblocking(False)
                await loop.sock_connect(sock, where)
            except BaseException:
                sock.close()
                raise
        except TimeoutError:
            raise
        except OSError as error:
            raise ProxyDown(f"the proxy {self.host} port {self.port} takes no connection: {error}") from error
        return sock

    @property
    def _authorization(self) -> str:
        if not self.credentials:
            return ""
        return f"Proxy-Authorization: Basic {base64.b64encode(self.credentials.encode()).decode()}\r\n"


def proxy_of(url: str) -> Proxy | None:
    """The proxy of the setting WEBHOOK_PROXY_URL; None where that is empty. Raises ValueError."""
    return Proxy.parse(url) if url else None


async def _asked(sock: socket.socket, request: str) -> bytes:
    """The head of the answer, and no byte behind it: what follows is the partner's."""
    loop, head = asyncio.get_running_loop(), b""
    await loop.sock_sendall(sock, request.encode("latin-1"))
    while not head.endswith(b"\r\n\r\n"):
        more = await loop.sock_recv(sock, 1)
        if not more or len(head) > LONGEST_HEAD:
            raise ProxyDown("the proxy's answer is no head of HTTP")
        head += more
    return head


def _status(head: bytes) -> int:
    try:
        version, status, *_ = head.split(b" ", 2)
        if version.startswith(b"HTTP/1."):
            return int(status)
    except ValueError:
        pass
    raise ProxyDown("the proxy's answer is not HTTP/1.1")


def _refusal(authority: str, status: int, head: bytes) -> Exception:
    text = f"the proxy answered {status} for {authority}"
    if status in NOT_REACHED or any(sign in head.lower() for sign in NOT_REACHED_SIGNS):
        return NotReached(text)
    return ProxyDown(text)
