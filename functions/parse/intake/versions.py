"""Each accepted story becomes the next version of itself, exactly once per drop, in the order of the drops."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from intake.dropped import DroppedObject
from intake.services import IntakeServices
from slugline.domain.embargo import Release, releases
from slugline.domain.identity import article_path, digest, pictures_key, story_key
from slugline.drops import StoryVersion
from slugline.events import StoryParsed, StoryWithdrawn
from slugline.model import Instant
from slugline.pictures import PictureManifest
from slugline.ports.objects import ObjectMissing
from slugline.ports.stories import HeadChanged, StoryHead, Superseded, VersionRow
from slugline.story import Status, Story

_RACES = 10
"""Writers of one story who may get in between before the message is handed back to the queue."""

Result = TypeVar("Result")


@dataclass(frozen=True)
class Added:
    """The version that a drop made of a story; `duplicate` when it said nothing new."""

    version: StoryVersion
    duplicate: bool = False


class Versions:
    """Assigns versions and announces them."""

    def __init__(self, services: IntakeServices) -> None:
        self._services = services

    def add(self, story: Story, dropped: DroppedObject) -> Added:
        """Make the story's next version, archive it, and announce it unless it is held back.

        Raises Superseded when a newer drop of the key, or of the story, was there first.
        """

        def add() -> Added:
            seen = self._services.stories.head(story.id)
            if seen and dropped.time < seen.dropped:
                raise Superseded(story.id)
            return self._add(story, self._coming(story), seen, self._head(seen, story, dropped), dropped)

        return _racing(add)

    def amend(self, story_id: str, change: Callable[[Story], Story], dropped: DroppedObject) -> Added | None:
        """Make the next version out of the latest, for a picture that came or went; None when there is none to amend.

        The picture's file does not become the story's source, nor its time the story's.
        """

        def amend() -> Added | None:
            seen = self._services.stories.head(story_id)
            latest = self._latest(seen) if seen else None
            if seen is None or latest is None:
                return None
            story = change(latest)
            update = {"digest": digest(story), "updated": self._services.clock.now()}
            coming = self._coming(story)
            if len(coming) > 1 and digest(coming[0].story) == digest(self._coming(latest)[0].story):
                coming = coming[1:]  # readers see that already
            return self._add(story, coming, seen, seen.model_copy(update=update), dropped)

        return _racing(amend)

    def withdraw(self, story_id: str, reason: str, dropped: DroppedObject) -> StoryVersion | None:
        """Withdraw the story because its file is gone; None when another object is its source by now.

        Raises Superseded.
        """

        def withdraw() -> StoryVersion | None:
            seen = self._services.stories.head(story_id)
            if seen is None or seen.source_key != dropped.key:
                return None
            return self._withdraw(seen, seen, reason, dropped)

        return _racing(withdraw)

    def cancel(self, story: Story, reason: str, dropped: DroppedObject) -> StoryVersion:
        """Withdraw the story that a document cancels, even one never seen: events come in any order.

        Raises Superseded.
        """

        def cancel() -> StoryVersion:
            seen = self._services.stories.head(story.id)
            if seen and dropped.time < seen.dropped:
                raise Superseded(story.id)
            return self._withdraw(seen, self._head(seen, story, dropped), reason, dropped)

        return _racing(cancel)

    def _coming(self, story: Story) -> tuple[Release, ...]:
        return releases(story, self._services.clock.now())

    def _add(
        self,
        story: Story,
        coming: tuple[Release, ...],
        seen: StoryHead | None,
        head: StoryHead,
        dropped: DroppedObject,
    ) -> Added:
        """`coming`: what is to be seen of the story, a version each. The clock brings those that are due later."""
        table = self._services.stories
        if (made := table.version_of_drop(story.id, dropped.correlation_id)) is not None:
            # An earlier try of this drop got this far and no further: announce what it made.
            if row := table.version(story.id, made):
                self._announce(row)
            return Added(StoryVersion(story_id=story.id, version=made))
        unchanged = seen and not seen.withdrawn and seen.digest == head.digest
        if seen and unchanged and not self._lacks_pictures(seen, story):
            # Nothing new, yet the newest of its key: what is older and comes later must not replace it.
            table.advance_key(dropped.key, dropped.sequencer)
            if table.head(story.id) != seen:
                raise HeadChanged(story.id)
            return Added(StoryVersion(story_id=story.id, version=seen.latest), duplicate=True)
        rows = []
        for version, (shown, due) in enumerate(coming, start=seen.latest + 1 if seen else 1):
            numbered = shown.model_copy(update={"version": version})
            rows.append(self._row(numbered, dropped, due))
            content = numbered.model_dump_json().encode()
            self._services.archive.put(rows[-1].story_key, content, content_type="application/json")
        table.add_version(seen, head.model_copy(update={"latest": rows[-1].version}), *rows)
        self._announce(rows[0])
        return Added(StoryVersion(story_id=story.id, version=rows[0].version))

    def _withdraw(self, seen: StoryHead | None, head: StoryHead, reason: str, dropped: DroppedObject) -> StoryVersion:
        table = self._services.stories
        version = table.version_of_drop(head.story_id, dropped.correlation_id)
        if version is None:
            version = seen.latest + 1 if seen else 1
            numbers = dict.fromkeys(("latest", "current", "last_withdrawal"), version)
            withdrawn = head.model_copy(update=numbers | {"digest": "", "dropped": dropped.time})
            story = Story(id=head.story_id, version=version, status=Status.CANCELED)
            table.add_version(seen, withdrawn, self._row(story, dropped))
        path = head.path if head.first_published else None
        event = StoryWithdrawn(story_id=head.story_id, version=version, reason=reason, path=path)
        self._services.bus.publish(event, dropped.correlation_id)
        return StoryVersion(story_id=head.story_id, version=version)

    def _latest(self, head: StoryHead) -> Story | None:
        row = None if head.withdrawn else self._services.stories.version(head.story_id, head.latest)
        if row is None or row.status is Status.CANCELED:
            return None
        return Story.model_validate_json(self._services.archive.get(row.story_key).body)

    def _lacks_pictures(self, head: StoryHead, story: Story) -> bool:
        """Whether its latest version is shown without pictures that no time was left for; the next one brings them."""
        if not any(image.asset for image in story.images):
            return False
        try:
            manifest = self._services.archive.get(pictures_key(head.story_id, head.latest)).body
        except ObjectMissing:  # they are being made
            return False
        return PictureManifest.model_validate_json(manifest).unfinished

    def _announce(self, row: VersionRow) -> None:
        if row.status is not Status.USABLE or (row.embargo and row.embargo > self._services.clock.now()):
            return
        parsed = StoryParsed(
            story_id=row.story_id,
            version=row.version,
            status=row.status,
            pictures=row.pictures,
            story_key=row.story_key,
        )
        self._services.bus.publish(parsed, row.correlation_id)

    def _row(self, story: Story, dropped: DroppedObject, due: Instant | None = None) -> VersionRow:
        return VersionRow(
            story_id=story.id,
            version=story.version,
            story_key=story_key(story),
            status=story.status,
            pictures=sum(1 for image in story.images if image.asset),
            at=self._services.clock.now(),
            embargo=due,
            source_key=dropped.key,
            sequencer=dropped.sequencer,
            correlation_id=dropped.correlation_id,
        )

    def _head(self, seen: StoryHead | None, story: Story, dropped: DroppedObject) -> StoryHead:
        """The head as this drop leaves it, but for the version that is yet to be assigned."""
        update = {
            "headline": story.headline,
            "digest": digest(story),
            "source_key": dropped.key,
            "dropped": dropped.time,
            "updated": self._services.clock.now(),
        }
        if seen:
            return seen.model_copy(update=update)
        return StoryHead.model_validate({"story_id": story.id, "latest": 0, "path": article_path(story)} | update)


def _racing(attempt: Callable[[], Result]) -> Result:
    """The attempt's result, tried anew when another writer of the same story got in between."""
    for _ in range(_RACES - 1):
        try:
            return attempt()
        except HeadChanged:
            continue
    return attempt()
