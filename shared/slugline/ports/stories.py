"""The table's rows about stories, and the conditional writes that keep them true."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from slugline.drops import Drop
from slugline.feed import FeedEntry
from slugline.model import Instant, Model
from slugline.story import Image, Status


class StoryHead(Model):
    """The one row that says what a story's versions are.

    `latest` is the highest version assigned, `current` the one that readers see (0: none yet). A withdrawal is a
    version too (`last_withdrawal` is the newest), so `current` only ever grows. `digest`, `source_key` and `dropped`
    (the time of its event) are the latest version's. `path` is the article page's key on the site; it never changes.
    `feeds` are those that have the story, `pending` those whose rows changed and that are not yet known to be written.
    """

    story_id: str
    latest: int
    current: int = 0
    last_withdrawal: int = 0
    path: str
    headline: str
    digest: str
    source_key: str
    dropped: Instant
    first_published: Instant | None = None
    feeds: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()
    updated: Instant

    @property
    def withdrawn(self) -> bool:
        """Whether what readers see is the withdrawal."""
        return 0 < self.current == self.last_withdrawal


class VersionRow(Model):
    """One version of a story: where its JSON is, which drop it came from, when it was made, when its embargo ends."""

    story_id: str
    version: int
    story_key: str
    status: Status
    pictures: int
    at: Instant
    embargo: Instant | None = None
    source_key: str
    sequencer: str
    correlation_id: str

    @property
    def released(self) -> Instant:
        """When the version was free to be seen."""
        return self.embargo or self.at


class KeyRow(Model):
    """The newest drop seen of one object key, and the stories that came from the key."""

    key: str
    sequencer: str
    stories: tuple[str, ...] = ()


class PackagePicture(Model):
    """A photo that lies in a folder: its file name, and the image as its own metadata describe it."""

    name: str
    image: Image


@dataclass(frozen=True)
class Package:
    """What is known of a folder: the ids of its stories, and its photos by name."""

    stories: tuple[str, ...]
    pictures: tuple[PackagePicture, ...]


class Superseded(Exception):  # noqa: N818 - an outcome, not a fault
    """A newer drop of the same key, or a newer version of the story, was there first."""


class HeadChanged(Exception):  # noqa: N818 - a state of the table, expected by callers
    """Another writer changed the story's head in between: read again and decide anew."""


class StoryTable(Protocol):
    """Rows about drops, stories, packages and feeds. Reads are strongly consistent but for the `recent_` lists."""

    def drop(self, key: str, sequencer: str) -> Drop | None: ...

    def record_drop(self, drop: Drop) -> None: ...

    def recent_drops(self, outcomes: Sequence[str], limit: int) -> list[Drop]: ...

    def key_row(self, key: str) -> KeyRow | None: ...

    def advance_key(self, key: str, sequencer: str) -> None:
        """Remember this drop as the newest of its key, so that an older one that comes later is left out.

        Raises Superseded when a newer drop of the key was there first.
        """
        ...

    def head(self, story_id: str) -> StoryHead | None: ...

    def recent_stories(self, limit: int) -> list[StoryHead]: ...

    def version(self, story_id: str, version: int) -> VersionRow | None: ...

    def version_of_drop(self, story_id: str, correlation_id: str) -> int | None:
        """The version that this drop already made of the story; None when it made none."""
        ...

    def add_version(self, seen: StoryHead | None, head: StoryHead, *rows: VersionRow) -> None:
        """Write a drop's new version, or its versions (the first is what the drop made), in one transaction.

        Raises Superseded when a newer drop of the key was accepted, HeadChanged when the head is no longer as `seen`.
        """
        ...

    def release(self, seen: StoryHead, head: StoryHead, entries: Mapping[str, FeedEntry]) -> StoryHead:
        """Make `head.current` what readers see, and these its entries by feed, in one transaction; gives the new head.

        The story leaves the feeds that had it and are not among them. Both are `pending` until `feeds_settled`.
        Raises Superseded when the table's current version is newer, HeadChanged when the head is no longer as `seen`.
        """
        ...

    def put_tombstone(self, head: StoryHead, entry: FeedEntry) -> None:
        """Let the feeds that had the story say that it is withdrawn, unless it is published again by now."""
        ...

    def feeds_settled(self, head: StoryHead) -> None:
        """The feeds that this head calls pending are written, unless others have become so since."""
        ...

    def feed(self, feed: str, limit: int) -> list[FeedEntry]:
        """A feed's newest released stories, newest first, withdrawn ones as tombstones. One query."""
        ...

    def embargoes_due(self, until: datetime) -> list[VersionRow]: ...

    def embargo_released(self, row: VersionRow) -> None:
        """Take the version off the list of those whose embargo is due."""
        ...

    def put_package_story(self, folder: str, story_id: str) -> None: ...

    def put_package_picture(self, folder: str, picture: PackagePicture) -> None: ...

    def take_package_picture(self, folder: str, name: str) -> PackagePicture | None:
        """Let a photo leave its folder: `package` has it no more. The photo; None when there was none.

        May be repeated until `forget_package_picture`.
        """
        ...

    def forget_package_picture(self, folder: str, name: str) -> None:
        """What followed from a photo's leaving is done; one dropped anew in between stays."""
        ...

    def package(self, folder: str) -> Package: ...
