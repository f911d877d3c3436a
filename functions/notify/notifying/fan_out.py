"""Who is told, and how the telling begins."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from slugline.deliveries import RETENTION, Delivery, DeliveryState, delivery_id
from slugline.desk import DeskSettings
from slugline.domain.delivery_states import GRACE
from slugline.domain.filter_event import filter_event, wanted
from slugline.events import StoryRendered, StoryWithdrawn
from slugline.partners import Endpoint, EndpointStatus, EventType
from slugline.ports.clock import Clock
from slugline.ports.deliveries import Deliveries, DeliveryQueue, Head, Partners, StoryHeads
from slugline.story import Story
from slugline.webhooks.bodies import Bodies, BodyOf, Outputs
from slugline.webhooks.payload import withdrawn_body

KINDS = {kind.removeprefix("story."): kind for kind in EventType if kind.startswith("story.")}


@dataclass(frozen=True)
class _Message:
    story_id: str
    version: int
    type: EventType
    body_of: BodyOf
    correlation_id: str


@dataclass(frozen=True)
class FanOut:
    """One delivery per entitled endpoint, handed to the queue; its row is written by whoever takes it out.

    A repeated event hands out the deliveries once more: whoever stopped in between is made good, and deliver sends
    nothing twice, since the row says what has been sent.
    """

    deliveries: Deliveries
    partners: Partners
    stories: StoryHeads
    queue: DeliveryQueue
    clock: Clock
    read_story: Callable[[str], Story]
    settings: Callable[[], DeskSettings]
    outputs: Outputs
    site_url: str

    def rendered(self, event: StoryRendered, correlation_id: str) -> int:
        """Tell of a version that readers see, unless a newer one is current by now; how many endpoints are told."""
        if _is_past(self.stories.head(event.story_id), event.version):
            return 0
        kind = KINDS[event.kind]
        story = self.read_story(event.story_key)
        bodies = Bodies(event, kind, story, self.clock.now(), self.outputs, self.site_url)
        seen = filter_event(kind, story, self.settings())
        endpoints = list(self.partners.endpoints())
        # Whoever has an earlier version must not go stale, whatever the filter says by now.
        want = [each for each in endpoints if wanted(each, seen)]
        names = {each.id for each in want} | {each.partner_id for each in want}
        told = self.deliveries.told(event.story_id, names)
        return self._tell(
            _informed(endpoints, told), _Message(event.story_id, event.version, kind, bodies.of, correlation_id)
        )

    def withdrawn(self, event: StoryWithdrawn, correlation_id: str) -> int:
        """Tell those who were told of the story, or are about to be, whatever their filters and status say now."""
        head = self.stories.head(event.story_id)
        if _is_past(head, event.version):
            return 0
        body = withdrawn_body(event, self.site_url, self.clock.now())
        announced = self.deliveries.told(event.story_id)
        told = _informed(list(self.partners.endpoints()), announced)
        # While there are rows, they know who has never heard of the story, since it was withdrawn too soon. An endpoint
        # that stands in for a deleted one has none.
        if not self._had_its_rows_deleted(head):
            told = [each for each in told if each.id not in announced or self._has_row(each, event.story_id)]
        return self._tell(
            told, _Message(event.story_id, event.version, EventType.WITHDRAWN, lambda _: body, correlation_id)
        )

    def _has_row(self, endpoint: Endpoint, story_id: str) -> bool:
        return bool(self.deliveries.of_story(endpoint.id, story_id))

    def _had_its_rows_deleted(self, head: Head | None) -> bool:
        published = head.first_published if head else None
        return published is not None and published <= self.clock.now() - RETENTION

    def _tell(self, endpoints: Iterable[Endpoint], message: _Message) -> int:
        """Announce to those who take messages now; write down what the others are owed."""
        rows = [self._row(endpoint, message) for endpoint in endpoints]
        self.queue.announce([row for row in rows if row.state is DeliveryState.PENDING])
        for row in rows:
            if row.state is DeliveryState.HELD:
                self.deliveries.add(row)
        return len(rows)

    def _row(self, endpoint: Endpoint, message: _Message) -> Delivery:
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
            host=endpoint.host,
            created_at=now,
            correlation_id=message.correlation_id,
            state=DeliveryState.PENDING if enabled else DeliveryState.HELD,
            next_attempt_at=now if enabled else None,
            sweep_at=now + GRACE if enabled else None,
        )


def _informed(endpoints: list[Endpoint], told: Collection[str]) -> list[Endpoint]:
    """Those that were told of a story; of a partner whose told endpoints are all deleted, those that it has now."""
    still_there = {each.partner_id for each in endpoints if each.id in told}
    orphaned = set(told) - still_there
    return [each for each in endpoints if each.id in told or each.partner_id in orphaned]


def _is_past(head: Head | None, version: int) -> bool:
    return head is not None and head.current > version
