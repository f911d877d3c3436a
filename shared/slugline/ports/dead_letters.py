"""Rows of dead letters, and the reasons why messages failed."""

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from slugline.dead_letters import DeadLetter, Failure, KeptLetter


class DeadLetters(Protocol):
    """A row is open from its first failure until the message succeeds or somebody discards it."""

    def note(self, message_id: str, failure: Failure, now: datetime) -> None:
        """Remember for two weeks why a message failed: its dead-letter queue will not say."""

    def noted(self, message_id: str) -> Failure | None:
        """Why the message last failed; None when its function could not say."""

    def record(self, letter: DeadLetter, message_id: str, now: datetime) -> None:
        """Open the row, or open it again. A message that the row has counted already changes nothing."""

    def open(self) -> Iterator[KeptLetter]:
        """Those that are open, by their last failure, newest first."""

    def redriven(self, letter_id: str, now: datetime) -> None:
        """The message was sent back."""

    def close(self, letter_id: str, now: datetime) -> None:
        """The message succeeded, or nobody wants it; a row that there is not is nobody's business."""
