"""WebSub subscriptions with work that is due."""

from dataclasses import dataclass
from datetime import timedelta

from slugline.domain.subscription_states import swept
from slugline.ports.clock import Clock
from slugline.ports.subscriptions import SubscriptionQueue, Subscriptions


@dataclass(frozen=True)
class SubscriptionSweep:
    """Hands to the queue what it could not hold so long (15 minutes), and what was lost on the way."""

    subscriptions: Subscriptions
    queue: SubscriptionQueue
    clock: Clock

    def run(self) -> int:
        """How many subscriptions were handed out. The row goes first, as with deliveries (`RetrySweep`)."""
        now = self.clock.now()
        handed_out = 0
        for row in self.subscriptions.due(now):
            if self.subscriptions.save(swept(row, now), row):
                self.queue.send([(row, timedelta())])
                handed_out += 1
        return handed_out
