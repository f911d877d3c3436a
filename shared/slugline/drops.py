"""What became of each dropped file."""

from enum import StrEnum

from slugline.model import Instant, Model


class Outcome(StrEnum):
    """What became of one object version; each has exactly one.

    `accepted` is published, or superseded by a later version. `waiting` is for a photo in a folder that has no story
    yet, and does not last.
    """

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    SUPERSEDED = "superseded"
    WITHHELD = "withheld"
    QUARANTINED = "quarantined"
    WITHDRAWAL = "withdrawal"


class StoryVersion(Model):
    """Names one version of one story."""

    story_id: str
    version: int


class Drop(Model):
    """One version of one object in the intake bucket, and its outcome.

    `reason`, `place` and `remedy` are for the editor who looks why a file was not published.
    """

    key: str
    sequencer: str
    outcome: Outcome
    at: Instant
    correlation_id: str
    bytes: int = 0
    stories: tuple[StoryVersion, ...] = ()
    reason: str | None = None
    place: str | None = None
    remedy: str | None = None
