"""Whether an endpoint takes a delivery now, and what its answer says about its health."""

from dataclasses import dataclass
from datetime import datetime

from slugline.domain.circuit import EndpointHealth, Limits, admit, forgiven, settle, suspected, take_turn
from slugline.domain.delivery_states import Answer
from slugline.ports.deliveries import Healths

TRIES = 5
NO_LIMITS = Limits()


class Contended(Exception):  # noqa: N818 - reads as the outcome it is
    """Too many others changed the endpoint's health at the same time; the caller's message is to be retried."""


@dataclass(frozen=True)
class Pass:
    """Let through, with the slot to give back; or to wait. `health` is as it is afterwards."""

    health: EndpointHealth
    slot: datetime | None = None
    wait_until: datetime | None = None


@dataclass(frozen=True)
class Gate:
    """Circuit, rate and concurrency of endpoints. An endpoint that is well and without limits costs no request."""

    healths: Healths

    def ask(self, limits: Limits, health: EndpointHealth, now: datetime) -> Pass:
        """Raises Contended."""
        if health.well and limits == NO_LIMITS:
            return Pass(health)
        for _ in range(TRIES):
            admission = admit(health, limits, now)
            if admission.wait_until:
                return Pass(health, wait_until=admission.wait_until)
            if admission.health is None:
                return Pass(health)
            if self.healths.save_health(admission.health, health):
                return Pass(admission.health, slot=admission.health.last_lease if limits.at_once else None)
            health = self.healths.health(health.endpoint_id)
        raise Contended(health.endpoint_id)

    def ask_for_withdrawal(self, health: EndpointHealth, now: datetime) -> Pass:
        """Past circuit and limits, one at a time while the endpoint is slow. Raises Contended."""
        for _ in range(TRIES):
            admission = take_turn(health, now)
            if admission.health is None:
                return Pass(health, wait_until=admission.wait_until)
            if self.healths.save_health(admission.health, health):
                return Pass(admission.health, slot=admission.health.turn_until)
            health = self.healths.health(health.endpoint_id)
        raise Contended(health.endpoint_id)

    def suspect(self, health: EndpointHealth, now: datetime) -> EndpointHealth:
        """The health as it is afterwards. If others write it all the time, somebody is being answered: not suspect."""
        for _ in range(TRIES):
            after = suspected(health, now)
            if after is None:
                break
            if self.healths.save_health(after, health):
                return after
            health = self.healths.health(health.endpoint_id)
        return health

    def forgive(self, endpoint_id: str, slot: datetime | None, let_in: datetime) -> None:
        """Take back what was let in then, or suspected, since our own fault came in between. Raises Contended."""
        for _ in range(TRIES):
            health = self.healths.health(endpoint_id)
            after = forgiven(health, slot, let_in)
            if after is None or self.healths.save_health(after, health):
                return
        raise Contended(endpoint_id)

    def settle(self, health: EndpointHealth, answer: Answer, slot: datetime | None, now: datetime) -> EndpointHealth:
        """The health as it is afterwards. Raises Contended."""
        if slot is not None:
            health = self.healths.health(health.endpoint_id)
        for _ in range(TRIES):
            after = settle(health, answer, slot, now)
            if after is None:
                return health
            if self.healths.save_health(after, health):
                return after
            health = self.healths.health(health.endpoint_id)
        raise Contended(health.endpoint_id)
