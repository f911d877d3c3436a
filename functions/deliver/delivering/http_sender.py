"""One POST to one vetted address.

The standard library's sockets rather than an HTTP client: the rules need the name resolved once, the connection made to
the address that was vetted, and one deadline over all of it; and no proxy variable, redirect, cookie or retry of a
client may come in between.
"""

import http.client
import io
import socket
import ssl
from collections.abc import Mapping
from functools import cache
from typing import cast

from delivering.deadline import Deadline, DeadlineReader
from slugline.deliveries import Outcome
from slugline.domain.delivery_states import Answer
from slugline.domain.endpoint_url import BadUrl, Target, target_of
from slugline.domain.public_address import AddressRefused, vetted
from slugline.ports.resolver import Resolver, Unresolvable

SECONDS = 15.0
LONGEST_ANSWER = 64 * 1024
KEPT_OF_ANSWER = 500


class HttpSender:
    """Sends webhooks. `seconds` is the deadline from the DNS query to the last byte of the answer."""

    def __init__(
        self,
        resolver: Resolver,
        *,
        allow_loopback: bool = False,
        seconds: float = SECONDS,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._resolver = resolver
        self._allow_loopback = allow_loopback
        self._seconds = seconds
        self._tls = tls

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """What the endpoint answered, or what went wrong. Nothing that a partner does raises an exception."""
        deadline = Deadline(self._seconds)
        try:
            return self._exchange(url, headers, body, deadline)
        except (AddressRefused, BadUrl) as error:
            outcome, text = Outcome.ADDRESS, str(error)
        except Unresolvable as error:
            outcome, text = Outcome.DNS, str(error)
        except _NotConnected as error:
            outcome, text = Outcome.CONNECT, str(error)
        except TimeoutError as error:
            outcome, text = Outcome.TIMEOUT, _timeout_text(error, self._seconds)
        except ssl.SSLError as error:
            outcome, text = Outcome.TLS, _tls_text(error)
        except (http.client.IncompleteRead, http.client.RemoteDisconnected, OSError) as error:
            outcome, text = Outcome.RESET, f"the connection ended before the answer did: {error}"
        except (http.client.HTTPException, ValueError) as error:
            outcome, text = Outcome.PROTOCOL, f"the answer is not HTTP/1.1: {type(error).__name__} {error}"
        return Answer(outcome=outcome, ms=deadline.milliseconds(), text=text[:KEPT_OF_ANSWER])

    def _exchange(self, url: str, headers: Mapping[str, str], body: bytes, deadline: Deadline) -> Answer:
        target = target_of(url, allow_loopback=self._allow_loopback)
        found = self._resolver.resolve(target.host, deadline.left())
        addresses = vetted(target.host, found, allow_loopback=self._allow_loopback)
        with self._connect(target, addresses, deadline) as sock:
            sock.settimeout(deadline.left())
            sock.sendall(_request(target, headers, body))
            return _answer(sock, deadline)

    def _connect(self, target: Target, addresses: list[str], deadline: Deadline) -> socket.socket:
        sock = _open(target, addresses, deadline)
        if not target.tls:
            return sock
        try:
            sock.settimeout(deadline.left())
            return (self._tls or _default_tls()).wrap_socket(sock, server_hostname=target.host)
        except BaseException:
            sock.close()
            raise


class _NotConnected(Exception):  # noqa: N818 - reads as the outcome it is
    """No address of the host took the connection."""


def _open(target: Target, addresses: list[str], deadline: Deadline) -> socket.socket:
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
    raise _NotConnected(refused)


@cache
def _default_tls() -> ssl.SSLContext:
    # Reading the certificate authorities takes tens of milliseconds: once per container, and not at import.
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    return context


def _request(target: Target, headers: Mapping[str, str], body: bytes) -> bytes:
    fields = {"Host": target.authority, **headers, "Content-Length": str(len(body)), "Connection": "close"}
    lines = [f"POST {target.path} HTTP/1.1", *(f"{name}: {value}" for name, value in fields.items()), "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


def _answer(sock: socket.socket, deadline: Deadline) -> Answer:
    response = http.client.HTTPResponse(cast("socket.socket", _Readable(sock, deadline)), method="POST")
    with response:
        response.begin()
        start = response.read(LONGEST_ANSWER)
    outcome = Outcome.DELIVERED if 200 <= response.status < 300 else Outcome.STATUS  # noqa: PLR2004 - "2xx"
    return Answer(
        outcome=outcome,
        ms=deadline.milliseconds(),
        status=response.status,
        text=start.decode("utf-8", "replace")[:KEPT_OF_ANSWER],
        retry_after=response.headers.get("Retry-After"),
    )


class _Readable:
    """The one thing that HTTPResponse asks of a socket."""

    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self._reader = DeadlineReader(sock, deadline)

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(self._reader)


def _timeout_text(error: TimeoutError, seconds: float) -> str:
    text = str(error)
    return text if text and text != "timed out" else f"no complete answer within {seconds:g} s"


def _tls_text(error: ssl.SSLError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"the certificate is not valid: {error.verify_message}"
    return f"TLS failed: {error.reason or error}"
