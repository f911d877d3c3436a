"""The service as a partner meets it: its API on one side, sockets of localhost on the other.

Time and DNS are the test's; between them are notify's fan-out, the queue, deliver's courier and clock, over tables in
memory.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from typing import Any

from tests.support.api_caller import Caller
from tests.support.delivery_world import FixedResolver

from delivering.courier import Courier
from slugline.domain.delivery_states import Answer
from slugline.outbound.http_sender import HttpSender


@dataclass(frozen=True)
class Message:
    """What arrived at a partner: header names in lower case, the body's exact bytes."""

    headers: dict[str, str]
    body: bytes

    @classmethod
    def parse(cls, request: bytes) -> "Message":
        head, _, body = request.partition(b"\r\n\r\n")
        fields = message_from_bytes(head.partition(b"\r\n")[2])
        return cls({name.lower(): value for name, value in fields.items()}, body)


class Died(BaseException):
    """The container, which no handler of ours outlives."""


class MortalSender:
    """Sends; told to, it dies once, with the answer in hand and nothing recorded."""

    def __init__(self, sender: HttpSender) -> None:
        self.dies = False
        self._sender = sender

    async def ask(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> Answer:
        answer = await self._sender.ask(method, url, headers, body)
        if self.dies:
            self.dies = False
            raise Died
        return answer

    async def close(self) -> None:
        await self._sender.close()


class Wire:
    """Publishes like a newsroom (`world`), asks like a partner (`caller`), and lets time pass."""

    def __init__(self, seconds: float, names: dict[str, list[str]]) -> None:
        self.names = names
        self.caller = Caller(names=names, allow_loopback=True)
        self.world = self.caller.world
        # The official clients look at the machine's clock.
        self.world.clock.time = datetime.now(tz=UTC)
        self.sender = MortalSender(HttpSender(FixedResolver(names), allow_loopback=True, seconds=seconds))
        self.courier = Courier(self.world.attempter, self.sender, slow_seconds=seconds / 3)
        self.partner = self.caller.partner()

    def endpoint(self, url: str, **fields: object) -> dict[str, Any]:
        return self.caller.endpoint(self.partner, url=url, **fields)

    def deliver(self) -> None:
        """deliver takes what is visible in the queue, until nothing is."""
        while pointers := self.world.queue.receive():
            for result in self.courier.deliver(pointers):
                assert not isinstance(result, Exception), "our own fault"

    def wait(self, **units: float) -> None:
        """Time passes; clock does its rounds, and deliver what follows."""
        self.world.clock.forward(timedelta(**units))
        self.world.sweep.run()
        self.world.release.run()
        self.deliver()

    def deliveries(self, endpoint: dict[str, Any]) -> list[dict[str, Any]]:
        """What the API lists, the newest first."""
        _, answer = self.caller.call(f"GET /v1/endpoints/{endpoint['id']}/deliveries")
        found: list[dict[str, Any]] = answer["deliveries"]
        return found


@contextmanager
def wire(*, seconds: float = 15.0, names: dict[str, list[str]] | None = None) -> Iterator[Wire]:
    """`seconds` is the deadline of an attempt; `names` is the DNS, which a test may change meanwhile."""
    found = Wire(seconds, {"localhost": ["127.0.0.1"]} if names is None else names)
    try:
        yield found
    finally:
        found.courier.close()
