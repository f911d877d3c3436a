"""The line to a callback's host: requests go out where it takes them, and only its own failures are charged to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Protocol

from slugline.deliveries import Outcome
from slugline.domain.circuit import OVERLOADED
from slugline.domain.delivery_states import Answer
from slugline.domain.hub_messages import USER_AGENT
from slugline.outbound.gate import NO_LIMITS, Gate
from slugline.outbound.proxy import ProxyDown
from slugline.ports.clock import Clock

OUR_PAUSE = timedelta(minutes=1)


class NotNow(Exception):  # noqa: N818 - reads as the outcome it is
    """Nothing was asked, which is no attempt: it is to be tried again at `until`. `fault` is what is wrong with us."""

    def __init__(self, until: datetime, fault: str | None = None) -> None:
        super().__init__(fault or "the host is given a rest")
        self.until = until
        self.fault = fault


class Http(Protocol):
    """Both raise ProxyDown, when there is a proxy."""

    def get(self, url: str, headers: Mapping[str, str]) -> Answer: ...

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer: ...


@dataclass(frozen=True)
class Line:
    """One circuit for each host: one that hangs is waited for once, and not for each subscription and feed."""

    http: Http
    gate: Gate
    clock: Clock
    random: Callable[[], float]

    def get(self, host: str, url: str) -> Answer:
        """Raises NotNow."""
        headers = {"User-Agent": USER_AGENT, "Accept": "*/*"}
        return self._asked(host, lambda: self.http.get(url, headers))

    def post(self, host: str, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Raises NotNow."""
        return self._asked(host, lambda: self.http.post(url, headers, body))

    def _asked(self, host: str, ask: Callable[[], Answer]) -> Answer:
        name = f"hub:{host}"
        let_in = self.clock.now()
        let = self.gate.ask(NO_LIMITS, self.gate.healths.health(name), let_in)
        if let.wait_until:
            raise NotNow(let.wait_until)
        try:
            answer = ask()
        except ProxyDown as fault:
            self.gate.forgive(name, let.slot, let_in)
            raise NotNow(self.clock.now() + OUR_PAUSE * (1 + self.random()), str(fault)) from fault
        self.gate.settle(let.health, _of_host(answer), let.slot, self.clock.now())
        return answer


def _of_host(answer: Answer) -> Answer:
    """What the answer says about the host: that a callback wants nothing is no failure of its."""
    lives = answer.status is not None and answer.status < HTTPStatus.INTERNAL_SERVER_ERROR
    if lives and answer.status not in OVERLOADED:
        return answer.model_copy(update={"outcome": Outcome.DELIVERED})
    return answer
