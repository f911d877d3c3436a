"""The event bus."""

from typing import Protocol

from slugline.events import EventData


class EventBus(Protocol):
    """Where events are published; returns once the bus has them."""

    def publish(self, data: EventData, correlation_id: str) -> None:
        """Raises PublishFailed when the bus did not take the event."""
        ...


class PublishFailed(Exception):  # noqa: N818 - reads as the outcome it is
    """The bus refused the event or could not take it; the caller's message is to be retried."""
