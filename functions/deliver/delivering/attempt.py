"""One attempt of one delivery: look, ask the gate, lease, send, record."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from delivering.gate import Gate
from delivering.operations import Operations
from slugline.deliveries import Delivery, DeliveryState
from slugline.domain import delivery_states as states
from slugline.domain.circuit import EndpointHealth, hopeless
from slugline.domain.delivery_states import Answer, RetryPolicy
from slugline.domain.endpoint_life import valid
from slugline.domain.webhook_signature import PrivateKey, SharedSecret, SigningKey, webhook_headers
from slugline.partners import Endpoint, EndpointStatus, EventType, SealedSecret
from slugline.ports.clock import Clock
from slugline.ports.deliveries import Deliveries, DeliveryQueue, SecretBox, Situation, Situations

USER_AGENT = "Slugline-Webhooks/1.0"
FAILURES_TO_ALERT = 4
LONGEST_IN_ALERT = 200


class Sender(Protocol):
    def post(self, url: str, headers: dict[str, str], body: bytes) -> Answer: ...


@dataclass(frozen=True)
class _Sending:
    """A delivery in our hands: its leased row, its endpoint, the endpoint's health, and its slot there."""

    leased: Delivery
    endpoint: Endpoint
    health: EndpointHealth
    slot: datetime | None


@dataclass(frozen=True)
class Attempter:
    """The use case behind the queue. A partner's failure is a normal end; only our own faults raise."""

    situations: Situations
    deliveries: Deliveries
    gate: Gate
    operations: Operations
    queue: DeliveryQueue
    secrets: SecretBox
    sender: Sender
    policy: RetryPolicy
    clock: Clock

    def attempt(self, delivery_id: str) -> Delivery | None:
        """The row afterwards; None when there was nothing to do: unknown, final, not due, or leased by another."""
        situation = self.situations.look(delivery_id)
        leased = situation and states.lease(situation.delivery, self.clock.now())
        if not situation or not leased:
            return None
        if not situation.endpoint:
            return self._save(states.cancel(situation.delivery), situation.delivery)
        if unwanted := _unwanted(situation, situation.endpoint):
            return self._save(unwanted, situation.delivery)
        return self._send_if_let(situation, situation.endpoint, leased)

    def _send_if_let(self, situation: Situation, endpoint: Endpoint, leased: Delivery) -> Delivery | None:
        now, slot = self.clock.now(), None
        if leased.type is not EventType.WITHDRAWN:
            let = self.gate.ask(endpoint, situation.health, now)
            if let.wait_until:
                return self._save(states.postpone(situation.delivery, let.wait_until, now), situation.delivery)
            slot = let.slot
        if not self._save(leased, situation.delivery):
            return None
        return self._send(_Sending(leased, endpoint, situation.health, slot))

    def _send(self, sending: _Sending) -> Delivery | None:
        began, leased, endpoint = self.clock.now(), sending.leased, sending.endpoint
        body = leased.body.encode()
        answer = self.sender.post(endpoint.url, self._headers(leased, endpoint, body), body)
        after = states.record(leased, answer, self.policy, began)
        # The endpoint first: if we die between the two, the delivery is sent once more and says the same again.
        self._judge(sending, answer, after)
        return self._save(after, leased)

    def _judge(self, sending: _Sending, answer: Answer, after: Delivery) -> None:
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

    def _headers(self, leased: Delivery, endpoint: Endpoint, body: bytes) -> dict[str, str]:
        now = self.clock.now()
        keys = (self._key(secret, endpoint.id) for secret in endpoint.secrets if valid(secret, now))
        signed = webhook_headers(leased.id, int(now.timestamp()), body, keys)
        return {**self._own_headers(endpoint), "Content-Type": "application/json", "User-Agent": USER_AGENT, **signed}

    def _own_headers(self, endpoint: Endpoint) -> dict[str, str]:
        if not endpoint.headers:
            return {}
        own: dict[str, str] = json.loads(self.secrets.open(endpoint.headers.sealed, endpoint.id))
        return own

    def _key(self, secret: SealedSecret, endpoint_id: str) -> SigningKey:
        opened = self.secrets.open(secret.sealed, endpoint_id)
        return PrivateKey(opened) if secret.public_key else SharedSecret(opened)


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
