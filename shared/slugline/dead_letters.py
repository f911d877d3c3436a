"""Dead letters: messages that a step failed at five times, each a row that a person can read and send back."""

from slugline.model import Instant, Model

ATTRIBUTE = "slugline-dead-letter"
"""Message attribute of a message that was sent back: the id of its row."""


class Failure(Model):
    """Why a message failed and what to do, for the person who looks."""

    reason: str
    remedy: str


class Route(Model):
    """One queue, the step that reads it, and where its dead letters go; both as ARNs."""

    step: str
    queue: str
    dead_letters: str


class DeadLetter(Model):
    """One message that its step gave up. `id` is the message's when it first failed.

    `step` reads the queue; `destination` is the ARN of the queue or event bus that the message came from, and goes back
    to; `group` its message group. `what` names the message, `file` the drop, `partner` whom it was for; what the
    message does not say is None. Its body, so many `bytes`, lies in the archive under `body_key`.
    """

    id: str
    step: str
    destination: str
    group: str | None = None
    bytes: int
    what: str
    file: str | None = None
    story_id: str | None = None
    version: int | None = None
    partner: str | None = None
    correlation_id: str | None = None
    reason: str
    remedy: str

    @property
    def body_key(self) -> str:
        return body_key(self.id)


class KeptLetter(DeadLetter):
    """A dead letter as it is kept: when it first and last failed, how often, and when it was last sent back."""

    first_at: Instant
    last_at: Instant
    times: int
    redriven_at: Instant | None = None


def body_key(identifier: str) -> str:
    """Where the archive keeps the message."""
    return f"dead-letters/{identifier}"
