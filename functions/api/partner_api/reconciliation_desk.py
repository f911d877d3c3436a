"""What a partner holds beside what it should hold."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from partner_api.guard import found, page_of, sees
from partner_api.views import Difference, Holdings, Reconciliation, StoryDifference
from slugline.deliveries import DeliveryState
from slugline.desk import DeskSettings
from slugline.domain import delivery_states as states
from slugline.domain.filter_event import filter_event, wanted
from slugline.partners import ApiKey, Endpoint, EventType
from slugline.ports.catalogue import Catalogue, StoryState
from slugline.ports.clock import Clock
from slugline.ports.deliveries import BadCursor, Deliveries, DeliveryQueue, Page, Partners

HELD_A_PAGE = 200
STORIES_A_PAGE = 100
CURSOR = re.compile(r"h(?P<held>\d{1,6})|s(?P<stories>.*)", re.ASCII)
"""How many of the held stories were compared; or, once all were, the cursor of ours that were looked through."""


@dataclass(frozen=True)
class ReconciliationDesk:
    """Each method raises Problem; a key confined to a partner sees nothing else."""

    partners: Partners
    deliveries: Deliveries
    catalogue: Catalogue
    queue: DeliveryQueue
    clock: Clock
    settings: Callable[[], DeskSettings]

    def compare(self, key: ApiKey, endpoint_id: str, holdings: Holdings) -> Reconciliation:
        """A page of the differences: first about what is held, then what is lacking."""
        endpoint = self.partners.endpoint(endpoint_id)
        endpoint = found(endpoint if endpoint and sees(key, endpoint.partner_id) else None, "endpoint")
        page = page_of(lambda: self._page(endpoint, holdings))
        differences = (self._sent(endpoint, one) for one in page.items) if holdings.send else page.items
        return Reconciliation(differences=tuple(differences), cursor=page.cursor)

    def _page(self, endpoint: Endpoint, holdings: Holdings) -> Page[StoryDifference]:
        place = CURSOR.fullmatch(holdings.cursor or "h0")
        if not place:
            raise BadCursor("this cursor is none that a reconciliation gave out")
        if place["held"] is not None:
            return self._held(endpoint, holdings, int(place["held"]))
        return self._lacking(endpoint, holdings, place["stories"] or None)

    def _held(self, endpoint: Endpoint, holdings: Holdings, start: int) -> Page[StoryDifference]:
        end = start + HELD_A_PAGE
        held = {story.id: story.version for story in holdings.held[start:end]}
        known = self.catalogue.states(held)
        compared = (self._compared(endpoint, story, version, known.get(story)) for story, version in held.items())
        following = f"h{end}" if end < len(holdings.held) else "s"
        return Page[StoryDifference](items=tuple(one for one in compared if one), cursor=following)

    def _compared(
        self, endpoint: Endpoint, story_id: str, held: int, state: StoryState | None
    ) -> StoryDifference | None:
        if state is None or not state.version:
            return StoryDifference(id=story_id, difference=Difference.UNKNOWN, held=held)
        if state.withdrawn:
            return _difference(Difference.WITHDRAWN, state, held)
        if not self._is_entitled(endpoint, state) or held > state.version:
            return StoryDifference(id=story_id, difference=Difference.UNKNOWN, held=held)
        return _difference(Difference.OUTDATED, state, held) if held < state.version else None

    def _lacking(self, endpoint: Endpoint, holdings: Holdings, cursor: str | None) -> Page[StoryDifference]:
        held = {story.id for story in holdings.held}
        page = self.catalogue.page(cursor=cursor, since=holdings.since, limit=STORIES_A_PAGE)
        lacking = (one for one in page.items if one.version and not one.withdrawn and one.story_id not in held)
        missing = (_difference(Difference.MISSING, one) for one in lacking if self._is_entitled(endpoint, one))
        return Page[StoryDifference](items=tuple(missing), cursor=f"s{page.cursor}" if page.cursor else None)

    def _is_entitled(self, endpoint: Endpoint, state: StoryState) -> bool:
        """Whether the partner was told of the story, or its filter lets the story through as it is now."""
        if not endpoint.event_types and endpoint.filter is None:
            return True
        if endpoint.id in self.deliveries.told(state.story_id):
            return True
        story = self.catalogue.story(state.story_id, state.version)
        return story is not None and wanted(endpoint, filter_event(EventType.PUBLISHED, story, self.settings()))

    def _sent(self, endpoint: Endpoint, difference: StoryDifference) -> StoryDifference:
        """The difference with the delivery that mends it, where there is one: it is sent once more, now."""
        row = next(iter(self.deliveries.of_story(endpoint.id, difference.id)), None)
        if difference.version is None or row is None or row.version != difference.version:
            return difference
        if row.state is not DeliveryState.PENDING:
            again = states.replay(row, self.clock.now())
            if self.deliveries.save(again, row):
                self.queue.send([(again, timedelta())])
        return difference.model_copy(update={"delivery_id": row.id})


def _difference(kind: Difference, state: StoryState, held: int | None = None) -> StoryDifference:
    return StoryDifference(
        id=state.story_id, difference=kind, held=held, version=state.version, headline=state.headline or None
    )
