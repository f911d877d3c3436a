"""One request to one vetted address.

asyncio's own connections and llhttp rather than an HTTP client: the rules need the name resolved once, the connection
made to the address that was vetted, and one deadline over all of it; and no proxy variable, redirect, cookie or retry
of a client may come in between. A proxy is used where the operator gives one, and only then.
"""

import asyncio
import ssl
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

from slugline.deliveries import Outcome
from slugline.domain.delivery_states import Answer
from slugline.domain.endpoint_url import BadUrl, Target, target_of
from slugline.domain.public_address import AddressRefused, vetted
from slugline.outbound.connection import Connection, NotHttp, Response
from slugline.outbound.connections import Connections, NotConnected
from slugline.outbound.proxy import Proxy, ProxyDown
from slugline.ports.resolver import Resolver, Unresolvable

SECONDS = 15.0
KEPT_OF_ANSWER = 500
DNS_THREADS = 16
MAY_BE_THE_PROXYS = frozenset({Outcome.CONNECT, Outcome.TLS, Outcome.TIMEOUT, Outcome.RESET})
# Turns of the event loop until a transport, and the one below it under TLS, have let go of their sockets.
CLOSING_TURNS = 4


class HttpSender:
    """Asks partners' servers. `seconds` is the deadline from the DNS query to the last byte of the answer.

    Inside an event loop, `ask`, which keeps connections open between calls; elsewhere `post` and `get`.
    """

    def __init__(
        self,
        resolver: Resolver,
        *,
        allow_loopback: bool = False,
        seconds: float = SECONDS,
        tls: ssl.SSLContext | None = None,
        proxy: Proxy | None = None,
    ) -> None:
        self._proxy = proxy
        self._resolver = resolver
        self._allow_loopback = allow_loopback
        self._seconds = seconds
        self._tls = tls
        self._connections = Connections(tls, proxy)
        self._dns = ThreadPoolExecutor(DNS_THREADS, thread_name_prefix="resolve")  # starts none until asked

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """What the endpoint answered, or what went wrong. Nothing that a partner does raises an exception.

        Raises ProxyDown, when there is a proxy: then nothing is known about the endpoint.
        """
        return asyncio.run(self._ask_alone("POST", url, headers, body))

    def get(self, url: str, headers: Mapping[str, str]) -> Answer:
        """As `post`, without a body."""
        return asyncio.run(self._ask_alone("GET", url, headers, None))

    async def ask(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> Answer:
        """As `post`, in an event loop."""
        began = monotonic()
        try:
            return await self._exchange(method, url, headers, body, began)
        except (AddressRefused, BadUrl) as error:
            outcome, text = Outcome.ADDRESS, str(error)
        except Unresolvable as error:
            outcome, text = Outcome.DNS, str(error)
        except NotConnected as error:
            outcome, text = Outcome.CONNECT, str(error)
        except TimeoutError as error:
            outcome, text = Outcome.TIMEOUT, str(error) or f"no complete answer within {self._seconds:g} s"
        except ssl.SSLError as error:
            outcome, text = Outcome.TLS, _tls_text(error)
        except OSError as error:
            outcome, text = Outcome.RESET, f"the connection ended before the answer did: {error}"
        except (NotHttp, ValueError) as error:
            outcome, text = Outcome.PROTOCOL, f"the answer is not HTTP/1.1: {error}"
        ms = _milliseconds(began)
        if self._proxy and outcome in MAY_BE_THE_PROXYS and not await self._proxy.alive():
            raise ProxyDown(f"the proxy does not answer; {text}")
        return Answer(outcome=outcome, ms=ms, text=text[:KEPT_OF_ANSWER])

    async def close(self) -> None:
        """Close what is kept open. A container that ends closes it too."""
        self._dns.shutdown(wait=False)
        self._connections.close()
        for _ in range(CLOSING_TURNS):
            await asyncio.sleep(0)

    async def _ask_alone(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> Answer:
        """With connections of its own, since they belong to one event loop."""
        alone = HttpSender(
            self._resolver,
            allow_loopback=self._allow_loopback,
            seconds=self._seconds,
            tls=self._tls,
            proxy=self._proxy,
        )
        try:
            return await alone.ask(method, url, headers, body)
        finally:
            await alone.close()

    async def _exchange(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None, began: float
    ) -> Answer:
        target = target_of(url, allow_loopback=self._allow_loopback)
        deadline = asyncio.get_running_loop().time() + self._seconds
        async with asyncio.timeout_at(deadline):
            addresses = vetted(target.host, await self._resolve(target.host), allow_loopback=self._allow_loopback)
            response = await self._response(target, addresses, request_bytes(method, target, headers, body), deadline)
        return _answer(response, began)

    async def _resolve(self, host: str) -> tuple[str, ...]:
        known = self._resolver.known(host)
        if known:
            return known
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._dns, self._resolver.resolve, host, self._seconds)

    async def _response(self, target: Target, addresses: tuple[str, ...], request: bytes, deadline: float) -> Response:
        if idle := self._connections.reuse(target, addresses):
            try:
                return await self._converse(target, *idle, request)
            except ConnectionError:
                if idle[0].heard:
                    raise
                # The partner closed it meanwhile, as it may (RFC 9112, section 9.3.1): once more, on a new one.
        opened = await self._connections.open(target, addresses, deadline)
        return await self._converse(target, *opened, request)

    async def _converse(self, target: Target, connection: Connection, address: str, request: bytes) -> Response:
        try:
            response = await connection.ask(request)
        except BaseException:
            connection.close()
            raise
        if response.complete and connection.reusable:
            self._connections.keep(target, address, connection)
        return response


def request_bytes(method: str, target: Target, headers: Mapping[str, str], body: bytes | None) -> bytes:
    """The request as it goes over the wire."""
    length = "" if body is None else f"Content-Length: {len(body)}\r\n"
    fields = "".join([f"{name}: {value}\r\n" for name, value in headers.items()])
    head = f"{method} {target.path} HTTP/1.1\r\nHost: {target.authority}\r\n{fields}{length}\r\n"
    return head.encode("latin-1") + (body or b"")


def _answer(response: Response, began: float) -> Answer:
    return Answer(
        outcome=Outcome.DELIVERED if 200 <= response.status < 300 else Outcome.STATUS,  # noqa: PLR2004 - "2xx"
        ms=_milliseconds(began),
        status=response.status,
        text=response.body.decode("utf-8", "replace")[:KEPT_OF_ANSWER],
        retry_after=_text(response, b"retry-after"),
        location=_text(response, b"location"),
    )


def _text(response: Response, name: bytes) -> str | None:
    value = response.headers.get(name)
    return None if value is None else value.decode("latin-1")


def _milliseconds(began: float) -> int:
    return round((monotonic() - began) * 1000)


def _tls_text(error: ssl.SSLError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"the certificate is not valid: {error.verify_message}"
    return f"TLS failed: {error.reason or error}"
