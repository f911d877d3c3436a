"""A queue of JSON messages."""

from typing import Any, Protocol


class MessageQueue(Protocol):
    def send(self, message: dict[str, Any], delay_seconds: int = 0) -> None:
        """Hand the message to the queue, to be received not before the delay (at most 900 s) is over."""
        ...
