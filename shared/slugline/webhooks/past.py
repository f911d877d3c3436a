"""What is said of a story to an endpoint that nobody told of it: the message that notify would have sent, made again.

All that the event StoryRendered or StoryWithdrawn said is kept: in the story's rows, in the archive, and on the site in
the folder of the version's outputs.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from slugline.domain.version_kind import version_kind
from slugline.drops import Drop
from slugline.events import StoryRendered, StoryWithdrawn
from slugline.licensed_forms import Archive
from slugline.partners import EventType
from slugline.ports.clock import Clock
from slugline.ports.deliveries import Licences
from slugline.ports.objects import ObjectMissing
from slugline.ports.stories import StoryHead, VersionRow
from slugline.site import PICTURES, folder
from slugline.story import Story
from slugline.webhooks.bodies import Bodies, Outputs
from slugline.webhooks.licences import OpenedStory
from slugline.webhooks.payload import withdrawn_body
from slugline.webhooks.telling import Message

NO_REASON = "The story was withdrawn."


class StoryRows(Protocol):
    """The part of StoryTable that says what was made of a story."""

    def head(self, story_id: str) -> StoryHead | None: ...

    def version(self, story_id: str, version: int) -> VersionRow | None: ...

    def drop(self, key: str, sequencer: str) -> Drop | None: ...


class Site(Outputs, Protocol):
    """The part of the site bucket that says which outputs a version has."""

    def keys(self, prefix: str) -> Iterable[str]: ...


@dataclass(frozen=True)
class PastMessages:
    """Messages about what readers see now. None about what they do not, be it no more or not yet."""

    stories: StoryRows
    read_story: Callable[[str], Story]
    site: Site
    site_url: str
    archive: Archive
    licences: Licences
    clock: Clock

    def publication(self, story_id: str, version: int, *, first: bool) -> Message | None:
        """Of a version; `first` to who has none of the story: to them it is published, whatever it corrects."""
        head, row = self.stories.head(story_id), self.stories.version(story_id, version)
        if not head or not row or head.withdrawn or head.current != version:
            return None
        outputs = self._outputs(story_id, version)
        if not outputs:
            return None
        try:
            story = self.read_story(row.story_key)
        except ObjectMissing:
            return None
        event = StoryRendered(
            story_id=story_id,
            version=version,
            story_key=row.story_key,
            kind=version_kind(story, first=first or row.released == head.first_published),
            url=f"{self.site_url}/{head.path}",
            outputs=outputs,
        )
        kind = EventType(f"story.{event.kind}")
        opened = OpenedStory(story, self.archive, self.licences.licences)
        bodies = Bodies(event, kind, story, self.clock.now(), self.site, self.site_url, opened)
        return Message(story_id, version, kind, bodies.of, row.correlation_id, bodies.licensed_of)

    def withdrawal(self, story_id: str, version: int) -> Message | None:
        """Of a story that readers once saw."""
        head, row = self.stories.head(story_id), self.stories.version(story_id, version)
        if not head or not row or not head.withdrawn or head.current != version or not head.first_published:
            return None
        drop = self.stories.drop(row.source_key, row.sequencer)
        reason = drop.reason if drop and drop.reason else NO_REASON
        event = StoryWithdrawn(story_id=story_id, version=version, reason=reason, path=head.path)
        body = withdrawn_body(event, self.site_url, self.clock.now())
        return Message(story_id, version, EventType.WITHDRAWN, lambda _: body, row.correlation_id)

    def _outputs(self, story_id: str, version: int) -> dict[str, str]:
        """The address of each output by its name."""
        below = folder(story_id, version)
        names = (key.removeprefix(below) for key in self.site.keys(below))
        return {name: f"{self.site_url}/{below}{name}" for name in names if not name.startswith(PICTURES)}
