"""What a partner holds beside what it should hold."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from partner_api.guard import found, page_of, sees
from partner_api.mending import Mender
from partner_api.views import Difference, HeldStory, Holdings, Reconciliation, StoryDifference
from slugline.desk import DeskSettings
from slugline.domain.filter_event import filter_event, wanted
from slugline.licensed_forms import Archive
from slugline.partners import ApiKey, Endpoint, EventType
from slugline.ports.catalogue import Catalogue, StoryState
from slugline.ports.deliveries import BadCursor, Deliveries, Page, Partners
from slugline.webhooks.licences import OpenedStory
from slugline.webhooks.telling import informed

WITHDRAWN_A_PAGE = 1000
HELD_A_PAGE = 100
STORIES_A_PAGE = 100
SENT_A_PAGE = 25
"""So that a page is well within the API's 15 seconds: a story costs up to eleven requests."""
CURSOR = re.compile(r"(?P<step>[wh])(?P<start>\d{1,6})|s(?P<stories>.*)", re.ASCII)
"""How many of the held stories were looked at, for withdrawals (w) or for the other faults (h); or, once all were, the
cursor of ours that were looked through (s)."""


@dataclass(frozen=True)
class ReconciliationDesk:
    """Each method raises Problem; a key confined to a partner sees nothing else."""

    partners: Partners
    deliveries: Deliveries
    catalogue: Catalogue
    archive: Archive
    mender: Mender
    settings: Callable[[], DeskSettings]

    def compare(self, key: ApiKey, endpoint_id: str, holdings: Holdings) -> Reconciliation:
        """A page of the differences: what is withdrawn, what else is wrong with what is held, then what is lacking."""
        endpoint = self.partners.endpoint(endpoint_id)
        endpoint = found(endpoint if endpoint and sees(key, endpoint.partner_id) else None, "endpoint")
        page = page_of(lambda: self._page(endpoint, holdings))
        differences = (self.mender.mend(endpoint, one) for one in page.items) if holdings.send else page.items
        return Reconciliation(differences=tuple(differences), cursor=page.cursor)

    def _page(self, endpoint: Endpoint, holdings: Holdings) -> Page[StoryDifference]:
        place = CURSOR.fullmatch(holdings.cursor or ("w0" if holdings.held else "s"))
        if not place:
            raise BadCursor("this cursor is none that a reconciliation gave out")
        if place["step"] == "w":
            page = self._withdrawn(holdings, int(place["start"]))
            return page if page.items or page.cursor != "h0" else self._held(endpoint, holdings, 0)
        if place["step"] == "h":
            return self._held(endpoint, holdings, int(place["start"]))
        return self._lacking(endpoint, holdings, place["stories"] or None)

    def _withdrawn(self, holdings: Holdings, start: int) -> Page[StoryDifference]:
        """Of all that is held, before anything else: it is what has to be taken down."""
        stories = holdings.held[start : start + WITHDRAWN_A_PAGE]
        known = self.catalogue.states({story.id for story in stories})
        withdrawn = (_withdrawal(story, known.get(story.id)) for story in stories)
        return _page_of_held("w", withdrawn, range(start, start + WITHDRAWN_A_PAGE), holdings, following="h0")

    def _held(self, endpoint: Endpoint, holdings: Holdings, start: int) -> Page[StoryDifference]:
        stories = holdings.held[start : start + HELD_A_PAGE]
        known = self.catalogue.states({story.id for story in stories})
        compared = (self._compared(endpoint, story, known.get(story.id)) for story in stories)
        return _page_of_held("h", compared, range(start, start + HELD_A_PAGE), holdings, following="s")

    def _compared(self, endpoint: Endpoint, story: HeldStory, state: StoryState | None) -> StoryDifference | None:
        if _withdrawal(story, state):
            return None
        if not state or not state.version or story.version > state.version or not self._may_hold(endpoint, state):
            return StoryDifference(id=story.id, difference=Difference.UNKNOWN, held=story.version)
        return _difference(Difference.OUTDATED, state, story.version) if story.version < state.version else None

    def _lacking(self, endpoint: Endpoint, holdings: Holdings, cursor: str | None) -> Page[StoryDifference]:
        held = {story.id for story in holdings.held}
        limit = SENT_A_PAGE if holdings.send else STORIES_A_PAGE
        page = self.catalogue.page(cursor=cursor, since=holdings.since, limit=limit)
        siblings = [one for one in self.partners.endpoints(endpoint.partner_id) if one.id != endpoint.id]
        lacking = (one for one in page.items if one.version and not one.withdrawn and one.story_id not in held)
        missing = (_difference(Difference.MISSING, one) for one in lacking if self._is_owed(endpoint, siblings, one))
        return Page[StoryDifference](items=tuple(missing), cursor=f"s{page.cursor}" if page.cursor else None)

    def _may_hold(self, endpoint: Endpoint, state: StoryState) -> bool:
        """Whether the story is the partner's: one of its endpoints was told, or the filter lets the story through."""
        return self._is_entitled(endpoint, state, lambda told: bool({endpoint.id, endpoint.partner_id} & set(told)))

    def _is_owed(self, endpoint: Endpoint, siblings: Sequence[Endpoint], state: StoryState) -> bool:
        """Whether notify would tell this endpoint of the story's next version: what a sibling was told is only this
        one's where that sibling is deleted, or its filter would say nothing."""
        return self._is_entitled(endpoint, state, lambda told: endpoint in informed([endpoint, *siblings], told))

    def _is_entitled(self, endpoint: Endpoint, state: StoryState, by: Callable[[Collection[str]], bool]) -> bool:
        if not endpoint.event_types and endpoint.filter is None:
            return True
        if by(self.deliveries.told(state.story_id)):
            return True
        story = self.catalogue.story(state.story_id, state.version)
        if story is None:
            return False
        opened = OpenedStory(story, self.archive, lambda: self._licence(endpoint.partner_id))
        seen = filter_event(EventType.PUBLISHED, opened.story_for(endpoint.partner_id), self.settings())
        return wanted(endpoint, seen)

    def _licence(self, partner_id: str) -> dict[str, tuple[str, ...]]:
        partner = self.partners.partner(partner_id)
        return {partner_id: partner.licensed_agencies if partner else ()}


def _page_of_held(
    step: str, found: Iterable[StoryDifference | None], part: range, holdings: Holdings, *, following: str
) -> Page[StoryDifference]:
    """`found` says what is wrong with each held story of this part. A page that sends ends early."""
    wrong = ((position, one) for position, one in enumerate(found, part.start + 1) if one)
    chosen = list(islice(wrong, SENT_A_PAGE if holdings.send else None))
    end = chosen[-1][0] if holdings.send and len(chosen) == SENT_A_PAGE else part.stop
    cursor = f"{step}{end}" if end < len(holdings.held) else following
    return Page[StoryDifference](items=tuple(one for _, one in chosen), cursor=cursor)


def _withdrawal(story: HeldStory, state: StoryState | None) -> StoryDifference | None:
    if state and state.version and state.withdrawn:
        return _difference(Difference.WITHDRAWN, state, story.version)
    return None


def _difference(kind: Difference, state: StoryState, held: int | None = None) -> StoryDifference:
    return StoryDifference(
        id=state.story_id, difference=kind, held=held, version=state.version, headline=state.headline or None
    )
