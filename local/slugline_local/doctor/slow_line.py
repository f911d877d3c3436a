"""A POST over a slow line: the request in pieces with pauses, the answer byte by byte."""

import asyncio
import ssl
from collections.abc import Mapping
from time import monotonic

from slugline.deliveries import Outcome
from slugline.domain.delivery_states import Answer
from slugline.domain.endpoint_url import Target, target_of
from slugline.domain.public_address import vetted
from slugline.outbound.http_sender import request_bytes
from slugline.ports.resolver import Resolver

PIECES = 10
PAUSE_SECONDS = 0.3
SECONDS = 15.0
_STATUS_LINE = 12
"""Bytes of `HTTP/1.1 200`."""


async def post_slowly(
    resolver: Resolver, url: str, headers: Mapping[str, str], body: bytes, *, allow_loopback: bool
) -> Answer:
    """What came back, as HttpSender says it; only the status is read. Raises what `target_of` and `vetted` do."""
    target = target_of(url, allow_loopback=allow_loopback)
    (address, *_) = vetted(target.host, resolver.resolve(target.host, SECONDS), allow_loopback=allow_loopback)
    began = monotonic()
    status, text = None, ""
    try:
        async with asyncio.timeout(SECONDS):
            status = await _status(target, address, request_bytes("POST", target, headers, body))
        outcome = Outcome.DELIVERED if status // 100 == 2 else Outcome.STATUS  # noqa: PLR2004 - "2xx"
    except TimeoutError:
        outcome, text = Outcome.TIMEOUT, f"no complete answer within {SECONDS:g} s"
    except (OSError, asyncio.IncompleteReadError) as error:
        outcome, text = Outcome.RESET, f"the connection ended before the answer did: {error}"
    except ValueError as error:
        outcome, text = Outcome.PROTOCOL, f"the answer is not HTTP/1.1: {error}"
    return Answer(outcome=outcome, ms=round((monotonic() - began) * 1000), status=status, text=text)


async def _status(target: Target, address: str, request: bytes) -> int:
    tls = ssl.create_default_context() if target.tls else None
    reader, writer = await asyncio.open_connection(
        address, target.port, ssl=tls, server_hostname=target.host if tls else None
    )
    try:
        length = -(-len(request) // PIECES)
        for start in range(0, len(request), length):
            writer.write(request[start : start + length])
            await writer.drain()
            await asyncio.sleep(PAUSE_SECONDS)
        line = b""
        while len(line) < _STATUS_LINE:
            line += await reader.readexactly(1)
        return int(line.split(b" ")[1])
    except IndexError as error:
        raise ValueError(line) from error
    finally:
        writer.close()
