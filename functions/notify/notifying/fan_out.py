"""Who is told, and how the telling begins."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from slugline.deliveries import RETENTION
from slugline.desk import DeskSettings
from slugline.domain.filter_event import filter_event, wanted
from slugline.events import StoryRendered, StoryWithdrawn
from slugline.licensed_forms import Archive
from slugline.partners import Endpoint, EventType
from slugline.ports.clock import Clock
from slugline.ports.deliveries import Deliveries, DeliveryQueue, Head, Partners, StoryHeads
from slugline.story import Story
from slugline.webhooks.bodies import Bodies, Outputs
from slugline.webhooks.licences import OpenedStory
from slugline.webhooks.payload import withdrawn_body
from slugline.webhooks.telling import Message, Teller, informed


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
    archive: Archive
    site_url: str

    def rendered(self, event: StoryRendered, correlation_id: str) -> int:
        """Tell of a version that readers see, unless a newer one is current by now; how many endpoints are told."""
        if _is_past(self.stories.head(event.story_id), event.version):
            return 0
        kind = EventType(f"story.{event.kind}")
        story = self.read_story(event.story_key)
        opened = OpenedStory(story, self.archive, self.partners.licences)
        bodies = Bodies(event, kind, story, self.clock.now(), self.outputs, self.site_url, opened)
        endpoints = list(self.partners.endpoints())
        # Whoever has an earlier version must not go stale, whatever the filter says by now.
        want = list(self._wanting(endpoints, kind, opened))
        names = {each.id for each in want} | {each.partner_id for each in want}
        told = self.deliveries.told(event.story_id, names)
        message = Message(event.story_id, event.version, kind, bodies.of, correlation_id, bodies.licensed_of)
        return len(self._teller.tell(informed(endpoints, told), message))

    def withdrawn(self, event: StoryWithdrawn, correlation_id: str) -> int:
        """Tell those who were told of the story, or are about to be, whatever their filters and status say now."""
        head = self.stories.head(event.story_id)
        if _is_past(head, event.version):
            return 0
        body = withdrawn_body(event, self.site_url, self.clock.now())
        announced = self.deliveries.told(event.story_id)
        told = informed(list(self.partners.endpoints()), announced)
        # While there are rows, they know who has never heard of the story, since it was withdrawn too soon. An endpoint
        # that stands in for a deleted one has none.
        if not self._had_its_rows_deleted(head):
            told = [each for each in told if each.id not in announced or self._has_row(each, event.story_id)]
        message = Message(event.story_id, event.version, EventType.WITHDRAWN, lambda _: body, correlation_id)
        return len(self._teller.tell(told, message))

    def _wanting(self, endpoints: Iterable[Endpoint], kind: EventType, opened: OpenedStory) -> Iterator[Endpoint]:
        """Those whose filters let the story through as their partners may have it."""
        settings = self.settings()
        seen: dict[str, dict[str, Any]] = {}
        for endpoint in endpoints:
            licence = opened.licence(endpoint.partner_id)
            if licence not in seen:
                seen[licence] = filter_event(kind, opened.story_for(endpoint.partner_id), settings)
            if wanted(endpoint, seen[licence]):
                yield endpoint

    @property
    def _teller(self) -> Teller:
        return Teller(self.deliveries, self.queue, self.clock)

    def _has_row(self, endpoint: Endpoint, story_id: str) -> bool:
        return bool(self.deliveries.of_story(endpoint.id, story_id))

    def _had_its_rows_deleted(self, head: Head | None) -> bool:
        published = head.first_published if head else None
        return published is not None and published <= self.clock.now() - RETENTION


def _is_past(head: Head | None, version: int) -> bool:
    return head is not None and head.current > version
