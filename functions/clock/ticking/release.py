"""What was held for endpoints that take messages again."""

from dataclasses import dataclass
from datetime import timedelta

from slugline.deliveries import Delivery
from slugline.domain import delivery_states as states
from slugline.domain.endpoint_life import paid
from slugline.partners import Endpoint, EndpointStatus, EventType
from slugline.ports.clock import Clock
from slugline.ports.deliveries import Deliveries, DeliveryQueue, Partners

MOST_AT_ONCE = 1000


@dataclass(frozen=True)
class HeldRelease:
    """Hands to the queue what endpoints are owed, withdrawals first; what is too much for one minute, in the next."""

    deliveries: Deliveries
    partners: Partners
    queue: DeliveryQueue
    clock: Clock

    def run(self) -> int:
        """How many deliveries were handed out."""
        return sum(self._pay(endpoint) for endpoint in self.partners.owed_endpoints())

    def _pay(self, endpoint: Endpoint) -> int:
        if endpoint.status is not EndpointStatus.ENABLED:
            return 0
        held = sorted(self.deliveries.held(endpoint.id), key=_urgency)[:MOST_AT_ONCE]
        released = sum(self._release(delivery) for delivery in held)
        if not held and endpoint.owed_until and endpoint.owed_until <= self.clock.now():
            # Somebody else's change in between only means that the next minute tries again.
            self.partners.save_endpoint(paid(endpoint), endpoint)
        return released

    def _release(self, delivery: Delivery) -> bool:
        released = states.release(delivery, self.clock.now())
        if not self.deliveries.save(released, delivery):
            return False
        self.queue.send([(released, timedelta())])
        return True


def _urgency(delivery: Delivery) -> tuple[bool, str]:
    return delivery.type is not EventType.WITHDRAWN, delivery.created_at.isoformat()
