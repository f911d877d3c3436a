"""What the WebSub hub needs of the world outside."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Protocol

from slugline.ports.deliveries import Page
from slugline.subscriptions import Subscription


class Subscriptions(Protocol):
    """The rows of subscriptions."""

    def get(self, key: str, subscription_id: str) -> Subscription | None:
        """The row as last written (consistent)."""

    def save(self, subscription: Subscription, before: Subscription | None) -> bool:
        """Write it in place of `before` (None: there is none); False if somebody else has written since."""

    def remove(self, before: Subscription) -> bool:
        """Forget it; False if somebody else has written since."""

    def of_topic(self, key: str) -> Iterator[Subscription]:
        """All of one topic (consistent)."""

    def of_host(self, host: str, limit: int) -> int:
        """How many there are with callbacks at this host, counted up to the limit."""

    def page(self, *, cursor: str | None, limit: int) -> Page[Subscription]:
        """All there are, those of one callback's host together. Raises BadCursor."""

    def due(self, now: datetime) -> Iterator[Subscription]:
        """Rows whose `sweep_at` has come."""


class SubscriptionQueue(Protocol):
    """The queue in front of hub."""

    def send(self, subscriptions: Iterable[tuple[Subscription, timedelta]]) -> None:
        """Put a pointer to each in the queue, visible after its delay (at most 15 minutes)."""
