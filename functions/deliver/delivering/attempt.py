"""One attempt of one delivery: look, lease, send, record."""

from dataclasses import dataclass
from typing import Protocol

from slugline.deliveries import Delivery
from slugline.domain import delivery_states as states
from slugline.domain.delivery_states import Answer, RetryPolicy
from slugline.domain.endpoint_life import disabled, valid
from slugline.domain.webhook_signature import PrivateKey, SharedSecret, SigningKey, webhook_headers
from slugline.partners import Endpoint, EndpointStatus, EventType, SealedSecret
from slugline.ports.clock import Clock
from slugline.ports.deliveries import Deliveries, DeliveryQueue, Partners, SecretBox, StoryHeads

USER_AGENT = "Slugline-Webhooks/1.0"


class Sender(Protocol):
    def post(self, url: str, headers: dict[str, str], body: bytes) -> Answer: ...


@dataclass(frozen=True)
class Attempter:
    """The use case behind the queue. A partner's failure is a normal end; only our own faults raise."""

    deliveries: Deliveries
    partners: Partners
    stories: StoryHeads
    queue: DeliveryQueue
    secrets: SecretBox
    sender: Sender
    policy: RetryPolicy
    clock: Clock

    def attempt(self, delivery_id: str) -> Delivery | None:
        """The row afterwards; None when there was nothing to do: unknown, final, not due, or leased by another."""
        delivery = self.deliveries.get(delivery_id)
        leased = delivery and states.lease(delivery, self.clock.now())
        if not delivery or not leased:
            return None
        endpoint = self.partners.endpoint(delivery.endpoint_id)
        unwanted = self._unwanted(delivery, endpoint) if endpoint else states.cancel(delivery)
        if not self.deliveries.save(unwanted or leased, delivery):
            return None
        return unwanted or (self._send(leased, endpoint) if endpoint else None)

    def _unwanted(self, delivery: Delivery, endpoint: Endpoint) -> Delivery | None:
        if endpoint.status is not EndpointStatus.ENABLED:
            return states.hold(delivery)
        if delivery.type is EventType.TEST:
            return None
        head = self.stories.head(delivery.story_id)
        return states.supersede(delivery) if head and head.current > delivery.version else None

    def _send(self, leased: Delivery, endpoint: Endpoint) -> Delivery | None:
        began = self.clock.now()
        body = leased.body.encode()
        answer = self.sender.post(endpoint.url, self._headers(leased, endpoint, body), body)
        after = states.record(leased, answer, self.policy, began)
        # The endpoint first: if we die between the two, the delivery is sent once more and gets its 410 again.
        if answer.gone:
            self._disable(endpoint.id, "The endpoint answered 410 Gone.")
        if not self.deliveries.save(after, leased):
            return None
        delay = states.queue_delay(after, self.clock.now())
        if delay is not None:
            self.queue.send([(after, delay)])
        return after

    def _headers(self, leased: Delivery, endpoint: Endpoint, body: bytes) -> dict[str, str]:
        now = self.clock.now()
        keys = (self._key(secret, endpoint.id) for secret in endpoint.secrets if valid(secret, now))
        signed = webhook_headers(leased.id, int(now.timestamp()), body, keys)
        return {"Content-Type": "application/json", "User-Agent": USER_AGENT, **signed}

    def _key(self, secret: SealedSecret, endpoint_id: str) -> SigningKey:
        opened = self.secrets.open(secret.sealed, endpoint_id)
        return PrivateKey(opened) if secret.public_key else SharedSecret(opened)

    def _disable(self, endpoint_id: str, reason: str) -> None:
        """Until it holds: another writer in between only means to look again."""
        while (endpoint := self.partners.endpoint(endpoint_id)) and endpoint.status is not EndpointStatus.DISABLED:
            if self.partners.save_endpoint(disabled(endpoint, reason), endpoint):
                return
