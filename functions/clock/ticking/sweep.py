"""Deliveries that are due."""

from dataclasses import dataclass
from datetime import timedelta

from slugline.domain.delivery_states import swept
from slugline.ports.clock import Clock
from slugline.ports.deliveries import Deliveries, DeliveryQueue


@dataclass(frozen=True)
class RetrySweep:
    """Hands to the queue what it could not hold so long (15 minutes), and what was lost on the way."""

    deliveries: Deliveries
    queue: DeliveryQueue
    clock: Clock

    def run(self) -> int:
        """How many deliveries were handed out.

        The row goes first: deliver's lease would lose against a row written after the pointer. A crash in between is
        made good by the next sweep that finds the row.
        """
        now = self.clock.now()
        handed_out = 0
        for delivery in self.deliveries.due(now):
            if self.deliveries.save(swept(delivery, now), delivery):
                self.queue.send([(delivery, timedelta())])
                handed_out += 1
        return handed_out
