"""Connections to partners, kept open between deliveries: a new one costs two or three round trips and a handshake."""

import asyncio
import os
import socket
import ssl
from collections import deque
from functools import cache
from time import monotonic

from slugline.domain.endpoint_url import Target
from slugline.outbound.connection import Connection
from slugline.outbound.proxy import NotReached, Proxy

# Shorter than what servers keep (nginx 75 s, Apache 5 s, load balancers 60 s), so that most are still open.
IDLE_SECONDS = 4.0
MOST_IDLE = 64
# A name may have hundreds, none of them its owner's: nobody makes us knock at every door of somebody else's street.
MOST_ADDRESSES = 8

Origin = tuple[bool, str, int]


class NotConnected(Exception):  # noqa: N818 - reads as the outcome it is
    """No address of the host took the connection."""


class Connections:
    """Idle connections, each found only by whom it belongs to: scheme, host, port and vetted address."""

    def __init__(self, tls: ssl.SSLContext | None = None, proxy: Proxy | None = None) -> None:
        self._tls = tls
        self._proxy = proxy
        self._idle: deque[tuple[float, tuple[Origin, str], Connection]] = deque()

    def reuse(self, target: Target, addresses: tuple[str, ...]) -> tuple[Connection, str] | None:
        """An idle connection to one of the addresses, with its address, if the partner has not closed it."""
        origin, oldest = target.origin, monotonic() - IDLE_SECONDS
        while self._idle and self._idle[0][0] < oldest:
            self._idle.popleft()[2].close()
        for index in range(len(self._idle) - 1, -1, -1):
            _, (whose, address), connection = self._idle[index]
            if whose == origin and address in addresses:
                del self._idle[index]
                if connection.reusable and not connection.transport.is_closing():
                    return connection, address
        return None

    def keep(self, target: Target, address: str, connection: Connection) -> None:
        """Take back a connection whose answer was read to its end."""
        self._idle.append((monotonic(), (target.origin, address), connection))
        if len(self._idle) > MOST_IDLE:
            self._idle.popleft()[2].close()

    async def open(self, target: Target, addresses: tuple[str, ...], deadline: float) -> tuple[Connection, str]:
        """A new connection to the first address that takes it, of eight. `deadline` is of the event loop's clock.

        Raises NotConnected, ProxyDown, ssl.SSLError, and OSError when the connection ends in the handshake.
        """
        tried = addresses[:MOST_ADDRESSES]
        if self._proxy:
            sock, address = await _tunnelled(self._proxy, target, tried)
        else:
            sock, address = await _connected(target, tried, deadline)
        context = (self._tls or _default_tls()) if target.tls else None
        try:
            _, connection = await asyncio.get_running_loop().create_connection(
                Connection, sock=sock, ssl=context, server_hostname=target.host if context else None
            )
        except BaseException:
            sock.close()
            raise
        return connection, address

    def close(self) -> None:
        """Close all that are idle."""
        while self._idle:
            self._idle.popleft()[2].close()


async def _connected(target: Target, addresses: tuple[str, ...], deadline: float) -> tuple[socket.socket, str]:
    loop, refused = asyncio.get_running_loop(), "the name has no address"
    for left, address in zip(range(len(addresses), 0, -1), addresses, strict=True):
        sock = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
        try:
            sock.setblocking(False)
            # Each address has its share of the time, so that one that swallows packets leaves some for the next.
            async with asyncio.timeout((deadline - loop.time()) / left):
                await loop.sock_connect(sock, (address, target.port))
        except TimeoutError:
            sock.close()
            refused = f"{address} port {target.port} did not take the connection in time"
        except OSError as error:
            sock.close()
            refused = f"{address} port {target.port}: {os.strerror(error.errno) if error.errno else error}"
        except BaseException:
            sock.close()
            raise
        else:
            return sock, address
    raise NotConnected(refused)


async def _tunnelled(proxy: Proxy, target: Target, addresses: tuple[str, ...]) -> tuple[socket.socket, str]:
    refused = "the name has no address"
    for address in addresses:
        try:
            return await proxy.tunnel(address, target.port), address
        except NotReached as error:
            refused = str(error)
    raise NotConnected(refused)


@cache
def _default_tls() -> ssl.SSLContext:
    # Reading the certificate authorities takes tens of milliseconds: once per container, and not at import.
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    return context
