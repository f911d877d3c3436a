"""Stories whose embargo ends."""

from dataclasses import dataclass

from slugline.events import StoryParsed
from slugline.ports.bus import EventBus
from slugline.ports.clock import Clock
from slugline.ports.stories import StoryTable, VersionRow


@dataclass(frozen=True)
class EmbargoRelease:
    """Announces story versions that were held until now, as parse would have without the embargo.

    Nothing of a version is rendered or sent before it is announced, so nothing can leak before its time.
    """

    stories: StoryTable
    bus: EventBus
    clock: Clock

    def run(self) -> int:
        """How many versions were announced.

        The event goes first: after a crash in between, the next sweep announces again, which changes nothing.
        """
        released = 0
        for row in self.stories.embargoes_due(self.clock.now()):
            if self._is_latest(row):
                self.bus.publish(_parsed(row), row.correlation_id)
                released += 1
            self.stories.embargo_released(row)
        return released

    def _is_latest(self, row: VersionRow) -> bool:
        """A newer version has its own embargo, or none, or is the withdrawal: the old timer means nothing any more."""
        head = self.stories.head(row.story_id)
        return head is not None and head.latest == row.version


def _parsed(row: VersionRow) -> StoryParsed:
    return StoryParsed(
        story_id=row.story_id,
        version=row.version,
        status=row.status,
        pictures=row.pictures,
        story_key=row.story_key,
    )
