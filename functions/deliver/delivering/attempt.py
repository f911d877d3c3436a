"""One attempt of one delivery: lease, look, ask the gate, send, record. The sending itself is the courier's."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from delivering.operations import Operations
from delivering.signer import Signer
from slugline.deliveries import Delivery, DeliveryState, Pointer
from slugline.domain import delivery_states as states
from slugline.domain.circuit import EndpointHealth, Limits, hopeless
from slugline.domain.delivery_states import Answer, RetryPolicy
from slugline.outbound.gate import Gate
from slugline.partners import Endpoint, EndpointStatus, EventType
from slugline.ports.clock import Clock
from slugline.ports.deliveries import Deliveries, DeliveryQueue, Situation, Situations
from slugline.webhooks.sending import CurrentBodies

FAILURES_TO_ALERT = 4
LONGEST_IN_ALERT = 200
OUR_PAUSE = timedelta(minutes=1)


@dataclass(frozen=True)
class Sending:
    """A delivery in our hands: its leased row, its endpoint, the endpoint's health, its slot there, and the request."""

    leased: Delivery
    endpoint: Endpoint
    health: EndpointHealth
    slot: datetime | None
    at: datetime
    headers: dict[str, str]
    body: bytes


Prepared = Sending | Delivery | None | Exception
"""What a pointer comes to: a delivery to send now; the row of one that is not to be; None where there is nothing to do
(it is unknown, final, not due, or leased by another); an exception for a fault of ours."""


@dataclass(frozen=True)
class Attempter:
    """The use case behind the queue. A partner's failure is a normal end; only our own faults raise."""

    situations: Situations
    deliveries: Deliveries
    gate: Gate
    operations: Operations
    queue: DeliveryQueue
    signer: Signer
    bodies: CurrentBodies
    policy: RetryPolicy
    clock: Clock

    def prepare(self, pointers: Sequence[Pointer]) -> list[Prepared]:
        """What is to be sent of a batch, in the order of the pointers.

        A new delivery's row is written first, leased, and its surroundings are looked at after: whoever then makes a
        newer version current, and asks who knows of the story, finds the row; and if they were faster, we see it.
        """
        made = self._made(pointers)
        held = {row.id: row for row in made if isinstance(row, Delivery)}
        situations = self.situations.look([pointer.delivery_id for pointer in pointers], held)
        return [
            mine if isinstance(mine, Exception) else self._guarded(situations.get(pointer.delivery_id), mine)
            for pointer, mine in zip(pointers, made, strict=True)
        ]

    def suspect(self, sending: Sending) -> Sending | Delivery | None:
        """The partner has been silent for a while: no other delivery joins this one until it is over.

        Of withdrawals only one is waited for: another is let go, to be sent again in its turn; then this is its row, or
        None if the lease was lost meanwhile.
        """
        now = self.clock.now()
        health = self.gate.suspect(sending.health, now)
        if sending.leased.type is not EventType.WITHDRAWN or sending.slot:
            return replace(sending, health=health)
        let = self.gate.ask_for_withdrawal(health, now)
        if let.wait_until:
            return self._save(states.let_go(sending.leased, sending.at, let.wait_until, now), sending.leased)
        return replace(sending, health=let.health, slot=let.slot)

    def finish(self, sending: Sending, answer: Answer) -> Delivery | None:
        """The row after the answer; None if the lease was lost meanwhile."""
        after = states.record(sending.leased, answer, self.policy, sending.at)
        # The endpoint first: if we die between the two, the delivery is sent once more and says the same again.
        self._judge(sending, answer, after)
        return self._save(after, sending.leased)

    def postpone(self, sending: Sending) -> Delivery | None:
        """The row of what could not be sent by our own fault: no attempt was made, and nobody is charged."""
        self.gate.forgive(sending.endpoint.id, sending.slot, sending.at)
        now = self.clock.now()
        until = now + OUR_PAUSE * (1 + self.policy.random())
        return self._save(states.postpone(sending.leased, until, now), sending.leased)

    def _made(self, pointers: Sequence[Pointer]) -> list[Delivery | Exception | None]:
        """The row of each new delivery, leased; None where there is a row already."""
        now = self.clock.now()
        made: list[Delivery | Exception | None] = [
            pointer.delivery and states.first_lease(pointer.delivery, now) for pointer in pointers
        ]
        rows = [(index, row) for index, row in enumerate(made) if isinstance(row, Delivery)]
        if rows:
            for (index, row), added in zip(rows, self.deliveries.add_all([row for _, row in rows]), strict=True):
                made[index] = added if isinstance(added, Exception) else row if added else None
        return made

    def _guarded(self, situation: Situation | None, mine: Delivery | None) -> Prepared:
        try:
            return self._prepared(situation, mine) if situation else None
        except Exception as error:  # one message's fault, reported as that message's
            return error

    def _prepared(self, situation: Situation, mine: Delivery | None) -> Sending | Delivery | None:
        now = self.clock.now()
        row, endpoint = situation.delivery, situation.endpoint
        leased = mine or states.lease(row, now)
        if not leased:
            return None
        if not endpoint:
            return self._save(states.cancel(row), row)
        if unwanted := _unwanted(situation, endpoint):
            return self._save(unwanted, row)
        if row.type is EventType.WITHDRAWN:
            let = self.gate.ask_for_withdrawal(situation.health, now)
        else:
            limits = Limits(per_second=endpoint.per_second, at_once=endpoint.at_once)
            let = self.gate.ask(limits, situation.health, now)
        if let.wait_until:
            return self._save(states.postpone(row, let.wait_until, now), row)
        if not mine and not self._save(leased, row):
            return None
        body = self.bodies.of(leased, endpoint, situation.licence, now).encode()
        headers = self.signer.headers(leased, endpoint, body, now)
        return Sending(leased, endpoint, let.health, let.slot, now, headers, body)

    def _judge(self, sending: Sending, answer: Answer, after: Delivery) -> None:
        endpoint, correlation_id, now = sending.endpoint, after.correlation_id, self.clock.now()
        health = self.gate.settle(sending.health, answer, sending.slot, now)
        if answer.gone:
            self.operations.disable(endpoint.id, "The endpoint answered 410 Gone.", correlation_id)
        elif hopeless(health, now):
            self.operations.disable(endpoint.id, "Nothing but failures for 5 days.", correlation_id)
        elif after.state is DeliveryState.EXHAUSTED:
            self.operations.exhausted(endpoint, _failures(after, answer), after)
        elif after.tries == FAILURES_TO_ALERT and health.failures:
            self.operations.failing(endpoint, _failures(after, answer), correlation_id)
        elif sending.health.failures >= FAILURES_TO_ALERT and not health.failures:
            self.operations.recovered(endpoint, correlation_id)

    def _save(self, after: Delivery, before: Delivery) -> Delivery | None:
        """The row, which then has its pointer in the queue if it waits; None if somebody else was first."""
        if not self.deliveries.save(after, before):
            return None
        now = self.clock.now()
        delay = None if after.lease_until else states.queue_delay(after, now)
        if delay is not None:
            self.queue.send([(after, delay)])
        return after


def _failures(after: Delivery, answer: Answer) -> str:
    """In one line: an answer may hold anything, and this is read in a mail."""
    said = " ".join(answer.text.split())[:LONGEST_IN_ALERT]
    last = " ".join(filter(None, (answer.outcome, str(answer.status or ""), said)))
    return f"{after.tries} attempts failed, the last: {last}"


def _unwanted(situation: Situation, endpoint: Endpoint) -> Delivery | None:
    if endpoint.status is not EndpointStatus.ENABLED:
        return states.hold(situation.delivery)
    # Messages that are not about a story have a current version of 0.
    return states.supersede(situation.delivery) if situation.current_version > situation.delivery.version else None
