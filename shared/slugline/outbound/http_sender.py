"""One request to one vetted address.

The standard library's sockets rather than an HTTP client: the rules need the name resolved once, the connection made to
the address that was vetted, and one deadline over all of it; and no proxy variable, redirect, cookie or retry of a
client may come in between.
"""

import http.client
import io
import socket
import ssl
from collections.abc import Mapping
from typing import cast

from slugline.deliveries import Outcome
from slugline.domain.delivery_states import Answer
from slugline.domain.endpoint_url import BadUrl, Target, target_of
from slugline.domain.public_address import AddressRefused, vetted
from slugline.outbound.connections import Connections, NotConnected
from slugline.outbound.deadline import Deadline, DeadlineReader
from slugline.ports.resolver import Resolver, Unresolvable

SECONDS = 15.0
LONGEST_ANSWER = 64 * 1024
KEPT_OF_ANSWER = 500


class HttpSender:
    """Asks partners' servers. `seconds` is the deadline from the DNS query to the last byte of the answer."""

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
        self._connections = Connections(tls)

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """What the endpoint answered, or what went wrong. Nothing that a partner does raises an exception."""
        return self._ask("POST", url, headers, body)

    def get(self, url: str, headers: Mapping[str, str]) -> Answer:
        """As `post`, without a body."""
        return self._ask("GET", url, headers, None)

    def _ask(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> Answer:
        deadline = Deadline(self._seconds)
        try:
            return self._exchange(method, url, headers, body, deadline)
        except (AddressRefused, BadUrl) as error:
            outcome, text = Outcome.ADDRESS, str(error)
        except Unresolvable as error:
            outcome, text = Outcome.DNS, str(error)
        except NotConnected as error:
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

    def close(self) -> None:
        """Close what is kept open. A container that ends closes it too."""
        self._connections.close()

    def _exchange(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None, deadline: Deadline
    ) -> Answer:
        target = target_of(url, allow_loopback=self._allow_loopback)
        found = self._resolver.resolve(target.host, deadline.left())
        addresses = vetted(target.host, found, allow_loopback=self._allow_loopback)
        request = request_bytes(method, target, headers, body)
        if idle := self._connections.reuse(target, addresses):
            try:
                return self._converse(target, idle, request, deadline)
            except (http.client.RemoteDisconnected, ConnectionError):
                # The partner closed it meanwhile, as it may (RFC 9112, section 9.3.1): once more, on a new one.
                deadline.left()
        return self._converse(target, self._connections.open(target, addresses, deadline), request, deadline)

    def _converse(self, target: Target, sock: socket.socket, request: bytes, deadline: Deadline) -> Answer:
        try:
            sock.settimeout(deadline.left())
            sock.sendall(request)
            answer, reusable = _answer(sock, deadline)
        except BaseException:
            sock.close()
            raise
        if reusable:
            self._connections.keep(target, sock)
        else:
            sock.close()
        return answer


def request_bytes(method: str, target: Target, headers: Mapping[str, str], body: bytes | None) -> bytes:
    """The request as it goes over the wire."""
    length = {} if body is None else {"Content-Length": str(len(body))}
    fields = {"Host": target.authority, **headers, **length}
    lines = [f"{method} {target.path} HTTP/1.1", *(f"{name}: {value}" for name, value in fields.items()), "", ""]
    return "\r\n".join(lines).encode("latin-1") + (body or b"")


def _answer(sock: socket.socket, deadline: Deadline) -> tuple[Answer, bool]:
    """The answer, and whether the connection may serve another delivery."""
    response = http.client.HTTPResponse(cast("socket.socket", _Readable(sock, deadline)), method="POST")
    with response:
        response.begin()
        start = response.read(LONGEST_ANSWER)
        reusable = response.isclosed() and not response.will_close
    outcome = Outcome.DELIVERED if 200 <= response.status < 300 else Outcome.STATUS  # noqa: PLR2004 - "2xx"
    answer = Answer(
        outcome=outcome,
        ms=deadline.milliseconds(),
        status=response.status,
        text=start.decode("utf-8", "replace")[:KEPT_OF_ANSWER],
        retry_after=response.headers.get("Retry-After"),
        location=response.headers.get("Location"),
    )
    return answer, reusable


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
