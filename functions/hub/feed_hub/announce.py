"""Feeds have changed: whoever subscribed to one is owed its content."""

from dataclasses import dataclass
from datetime import timedelta

from slugline.domain import subscription_states as states
from slugline.events import FeedsUpdated
from slugline.ports.clock import Clock
from slugline.ports.subscriptions import SubscriptionQueue, Subscriptions
from slugline.subscriptions import Subscription


class Contended(Exception):  # noqa: N818 - reads as the outcome it is
    """Too many others changed the row at the same time; the caller's message is to be retried."""


TRIES = 5


@dataclass(frozen=True)
class Announcer:
    """Writes the rows first, then sends the pointers: a repeated event makes good what was left out in between."""

    subscriptions: Subscriptions
    queue: SubscriptionQueue
    clock: Clock

    def announce(self, event: FeedsUpdated, correlation_id: str) -> int:
        """How many subscribers are owed content now. Raises Contended."""
        keys = dict.fromkeys(feed.key for feed in event.feeds)
        told = [self._owe(each, correlation_id) for key in keys for each in self.subscriptions.of_topic(key)]
        now = self.clock.now()
        delays = ((row, states.queue_delay(row, now)) for row in told if row)
        # Who is in another worker's hands gets a second pointer from that one, once it is done.
        due = [(row, delay) for row, delay in delays if delay == timedelta()]
        self.queue.send(due)
        return sum(row is not None for row in told)

    def _owe(self, subscription: Subscription, correlation_id: str) -> Subscription | None:
        row: Subscription | None = subscription
        for _ in range(TRIES):
            if row is None:
                return None
            now = self.clock.now()
            if states.over(row, now):
                self.subscriptions.remove(row)
                return None
            if not states.active(row, now):
                return None
            after = states.changed(row, correlation_id, now)
            if self.subscriptions.save(after, row):
                return after
            row = self.subscriptions.get(subscription.key, subscription.id)
        raise Contended(subscription.id)
