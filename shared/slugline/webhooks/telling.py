"""How a message about a story gets on its way to endpoints."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from slugline.deliveries import Delivery, DeliveryState, delivery_id
from slugline.domain.delivery_states import GRACE
from slugline.partners import Endpoint, EndpointStatus, EventType
from slugline.ports.clock import Clock
from slugline.ports.deliveries import Deliveries, DeliveryQueue
from slugline.webhooks.bodies import BodyOf, LicensedBodyOf


def _nothing_licensed(_endpoint: Endpoint) -> None:
    """Of most stories, and of withdrawals, everybody is told the same."""


@dataclass(frozen=True)
class Message:
    """What is said of a story version; each endpoint gets the body that it asked for.

    `licensed_of` is what stands in its place while the endpoint's partner has a licence for pictures in it.
    """

    story_id: str
    version: int
    type: EventType
    body_of: BodyOf
    correlation_id: str
    licensed_of: LicensedBodyOf = _nothing_licensed


@dataclass(frozen=True)
class Teller:
    """One delivery per endpoint, handed to the queue; its row is written by whoever takes it out."""

    deliveries: Deliveries
    queue: DeliveryQueue
    clock: Clock

    def tell(self, endpoints: Iterable[Endpoint], message: Message) -> list[Delivery]:
        """Announce to those who take messages now; write down what the others are owed."""
        rows = [self._row(endpoint, message) for endpoint in endpoints]
        self.queue.announce([row for row in rows if row.state is DeliveryState.PENDING])
        for row in rows:
            if row.state is DeliveryState.HELD:
                self.deliveries.add(row)
        return rows

    def _row(self, endpoint: Endpoint, message: Message) -> Delivery:
        now = self.clock.now()
        enabled = endpoint.status is EndpointStatus.ENABLED
        return Delivery(
            id=delivery_id(endpoint.id, message.story_id, message.version),
            endpoint_id=endpoint.id,
            partner_id=endpoint.partner_id,
            story_id=message.story_id,
            version=message.version,
            type=message.type,
            body=message.body_of(endpoint),
            licensed=message.licensed_of(endpoint),
            host=endpoint.host,
            created_at=now,
            correlation_id=message.correlation_id,
            state=DeliveryState.PENDING if enabled else DeliveryState.HELD,
            next_attempt_at=now if enabled else None,
            sweep_at=now + GRACE if enabled else None,
        )


def informed(endpoints: Sequence[Endpoint], told: Collection[str]) -> list[Endpoint]:
    """Those that were told of a story; of a partner whose told endpoints are all deleted, those that it has now.

    `told` are ids of endpoints and of partners, as `Deliveries.told` gives them.
    """
    still_there = {each.partner_id for each in endpoints if each.id in told}
    orphaned = set(told) - still_there
    return [each for each in endpoints if each.id in told or each.partner_id in orphaned]
