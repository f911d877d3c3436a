"""What happens to a file dropped in, or deleted from, the intake bucket.

Every drop ends with exactly one outcome in the table, and the events that follow from it on the bus. Events arrive at
least once and in any order, so each step may be repeated: what a repeated drop already did is found in the table.
"""

from pathlib import PurePosixPath

from intake.dropped import DroppedObject
from intake.pictures import archive, is_photo, picture_of, sandbox_ahead, with_pictures
from intake.services import IntakeServices
from intake.versions import Versions
from parsing.document import ParsedStory, Rejected
from parsing.limits import Limits
from parsing.matching import match_pictures, without_picture
from parsing.sandbox import Sandbox
from slugline.domain.embargo import releases
from slugline.domain.identity import story_id
from slugline.domain.sequencer import comparable
from slugline.drops import Drop, Outcome, StoryVersion
from slugline.events import FileRejected
from slugline.model import rfc3339
from slugline.ports.objects import ObjectMissing
from slugline.ports.stories import Superseded
from slugline.story import Status, Story

_GONE = "The object was replaced or deleted before it was read; the newer drop decides."
_OLDER = "A newer drop of the same file or story was there first."


class Intake:
    """Takes one event about a dropped object to its outcome."""

    def __init__(self, services: IntakeServices, limits: Limits | None = None) -> None:
        self._services = services
        self._limits = limits or Limits()
        self._versions = Versions(services)

    def take_created(self, dropped: DroppedObject, *, waited: bool = False) -> Drop:
        """A file was dropped. Repeated calls give the outcome of the first.

        `waited` is for a photo that has waited long enough for its folder's story: now it becomes one by itself.
        """
        # Forked before AWS is asked for anything: it gets ready meanwhile, and is let go when no document comes.
        with sandbox_ahead(dropped.key, self._limits, self._services.desk.of(dropped.key)) as sandbox:
            return self._take_created(dropped, sandbox, waited=waited)

    def _take_created(self, dropped: DroppedObject, sandbox: Sandbox, *, waited: bool) -> Drop:
        drop = self._services.stories.drop(dropped.key, dropped.sequencer)
        if drop and not (waited and drop.outcome is Outcome.WAITING):
            return drop
        try:
            outcome = self._created(dropped, sandbox, waited=waited)
        except Rejected as rejected:
            outcome = self._quarantine(dropped, rejected)
        except Superseded:
            outcome = self._outcome(dropped, Outcome.SUPERSEDED, reason=_OLDER)
        except ObjectMissing:
            outcome = self._outcome(dropped, Outcome.SUPERSEDED, reason=_GONE)
        self._services.stories.record_drop(outcome)
        return outcome

    def take_deleted(self, dropped: DroppedObject) -> Drop:
        """A file was deleted: the stories that came from it are withdrawn, unless the object is there again."""
        if (drop := self._services.stories.drop(dropped.key, dropped.sequencer)) is not None:
            return drop
        try:
            outcome = self._deleted(dropped)
        except Superseded:
            outcome = self._outcome(dropped, Outcome.SUPERSEDED, reason=_OLDER)
        self._services.stories.record_drop(outcome)
        return outcome

    def _created(self, dropped: DroppedObject, sandbox: Sandbox, *, waited: bool) -> Drop:
        row = self._services.stories.key_row(dropped.key)
        if row and comparable(dropped.sequencer) < row.sequencer:
            raise Superseded(dropped.key)
        parsed = sandbox.parse(self._read(dropped))
        folder = self._services.desk.package_of(dropped.key)
        if folder and len(parsed) == 1 and is_photo(parsed[0]):
            return self._photo_of_package(parsed[0], folder, dropped, waited=waited)
        return self._stories(parsed, dropped)

    def _read(self, dropped: DroppedObject) -> bytes:
        size = dropped.size or self._services.intake.head(dropped.key, dropped.version_id).size
        if size > self._limits.document_bytes:
            raise Rejected(
                f"The file has {size:,} bytes; at most {self._limits.document_bytes:,} are read.",
                remedy="Drop a smaller file: a photo at a lower quality, or the article without its attachments.",
            )
        return self._services.intake.get(dropped.key, dropped.version_id).body

    def _stories(self, parsed: tuple[ParsedStory, ...], dropped: DroppedObject) -> Drop:
        stories = [self._story(one, position, dropped) for position, one in enumerate(parsed)]
        if canceled := [story for story in stories if story.status is Status.CANCELED]:
            return self._canceled(canceled, dropped)
        added = [self._versions.add(story, dropped) for story in stories]
        versions = tuple(one.version for one in added)
        if all(one.duplicate for one in added):
            return self._outcome(dropped, Outcome.DUPLICATE, versions, reason="It says what the story says already.")
        if held := [reason for story in stories if (reason := self._held(story))]:
            return self._outcome(dropped, Outcome.WITHHELD, versions, reason=" ".join(held))
        return self._outcome(dropped, Outcome.ACCEPTED, versions)

    def _story(self, parsed: ParsedStory, position: int, dropped: DroppedObject) -> Story:
        """The parsed story with its identity and all pictures known of it."""
        story = with_pictures(parsed, self._services, self._limits)
        story = story.model_copy(update={"id": story_id(parsed.identifier, dropped.key, position)})
        folder = self._services.desk.package_of(dropped.key)
        if folder is None or is_photo(parsed):
            return story
        # Written before the folder's photos are read, as a photo is before the folder's stories: one sees the other.
        self._services.stories.put_package_story(folder, story.id)
        return match_pictures(story, self._services.stories.package(folder).pictures)

    def _held(self, story: Story) -> str | None:
        """Why a person or the clock has to release the story; None when it goes out at once."""
        if story.status is Status.WITHHELD:
            return " ".join(story.warnings) or "The document asks to be held."
        if due := releases(story, self._services.clock.now())[0].due:
            return f"Under embargo until {rfc3339(due)}."
        return None

    def _canceled(self, stories: list[Story], dropped: DroppedObject) -> Drop:
        reason = next((notice.text for story in stories for notice in story.notices), "The document is canceled.")
        versions = tuple(self._versions.cancel(story, reason, dropped) for story in stories)
        return self._outcome(dropped, Outcome.WITHDRAWAL, versions, reason=reason)

    def _photo_of_package(self, photo: ParsedStory, folder: str, dropped: DroppedObject, *, waited: bool) -> Drop:
        """A photo in a folder belongs to the folder's stories, dropped before or after it."""
        table = self._services.stories
        table.advance_key(dropped.key, dropped.sequencer)
        if photo.story.status is not Status.USABLE:
            # A person has to release it, also where an earlier drop of it was free.
            changed = self._without_photo(folder, dropped)
            return self._outcome(dropped, Outcome.WITHHELD, changed, reason=self._held(photo.story))
        archive(photo.pictures, self._services)
        picture = picture_of(photo)
        table.put_package_picture(folder, picture)
        members = table.package(folder).stories
        if not members and waited:
            return self._stories((photo,), dropped)
        if not members:
            return self._outcome(dropped, Outcome.WAITING, reason=f"It waits for a story in the folder {folder}.")
        changes = [self._versions.amend(story, lambda it: match_pictures(it, [picture]), dropped) for story in members]
        return self._outcome(dropped, Outcome.ACCEPTED, tuple(one.version for one in changes if one))

    def _deleted(self, dropped: DroppedObject) -> Drop:
        if self._is_there(dropped.key):
            # An old version expired, or the file was dropped again: that drop's event decides.
            return self._outcome(dropped, Outcome.SUPERSEDED, reason="The object is there again.")
        reason = "Its file was deleted from the intake bucket."
        # Before the stories are read: a drop that is still on its way either is among them or comes too late.
        self._services.stories.advance_key(dropped.key, dropped.sequencer)
        row = self._services.stories.key_row(dropped.key)
        withdrawals = [self._versions.withdraw(story, reason, dropped) for story in (row.stories if row else ())]
        versions = [version for version in withdrawals if version]
        if folder := self._services.desk.package_of(dropped.key):
            versions += self._without_photo(folder, dropped)
        return self._outcome(dropped, Outcome.WITHDRAWAL, tuple(versions), reason=reason)

    def _without_photo(self, folder: str, dropped: DroppedObject) -> tuple[StoryVersion, ...]:
        """Takes the photo out of the folder and its stories, if it is there. The versions that this makes."""
        table, name = self._services.stories, PurePosixPath(dropped.key).name
        picture = table.take_package_picture(folder, name)
        if picture is None:
            return ()
        stories = table.package(folder).stories
        changes = [self._versions.amend(story, lambda it: without_picture(it, picture), dropped) for story in stories]
        table.forget_package_picture(folder, name)
        return tuple(change.version for change in changes if change)

    def _is_there(self, key: str) -> bool:
        try:
            self._services.intake.head(key)
        except ObjectMissing:
            return False
        return True

    def _quarantine(self, dropped: DroppedObject, rejected: Rejected) -> Drop:
        event = FileRejected(
            key=dropped.key, sequencer=dropped.sequencer, reason=rejected.reason, remedy=rejected.remedy
        )
        self._services.bus.publish(event, dropped.correlation_id)
        drop = self._outcome(dropped, Outcome.QUARANTINED, reason=rejected.reason)
        return drop.model_copy(update={"place": rejected.place, "remedy": rejected.remedy})

    def _outcome(
        self,
        dropped: DroppedObject,
        outcome: Outcome,
        stories: tuple[StoryVersion, ...] = (),
        reason: str | None = None,
    ) -> Drop:
        return Drop(
            key=dropped.key,
            sequencer=dropped.sequencer,
            outcome=outcome,
            at=self._services.clock.now(),
            correlation_id=dropped.correlation_id,
            bytes=dropped.size,
            stories=stories,
            reason=reason,
        )
