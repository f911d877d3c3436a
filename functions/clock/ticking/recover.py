"""Recoveries that run."""

from dataclasses import dataclass
from datetime import timedelta

from slugline.deliveries import Delivery
from slugline.domain import delivery_states as states
from slugline.ports.clock import Clock
from slugline.ports.deliveries import Deliveries, DeliveryQueue
from slugline.ports.messages import Messages
from slugline.recovery import Recoveries, Recovery, advanced, failed

LOOKED_THROUGH_A_MINUTE = 1000
PAGE = 100


@dataclass(frozen=True)
class RecoveryRun:
    """Sends once more what failed; what is too much for one minute, in the next.

    The rows go first, then how far the recovery has come: after a crash in between, rows that were sent meanwhile are
    no failures any more, so nothing is sent twice for it.
    """

    recoveries: Recoveries
    messages: Messages
    deliveries: Deliveries
    queue: DeliveryQueue
    clock: Clock

    def run(self) -> int:
        """How many deliveries were handed out."""
        left, sent = LOOKED_THROUGH_A_MINUTE, 0
        for recovery in self.recoveries.running():
            while left > 0 and recovery.finished_at is None:
                recovery, more = self._advance(recovery)  # noqa: PLW2901 - the same recovery, further on
                left, sent = left - PAGE, sent + more
        return sent

    def _advance(self, recovery: Recovery) -> tuple[Recovery, int]:
        page = self.messages.page(recovery.endpoint_id, cursor=recovery.cursor, limit=PAGE, until=recovery.until)
        sent = sum(self._again(one.delivery) for one in page.items if failed(one.delivery))
        after = advanced(recovery, page.cursor, sent, self.clock.now())
        # Somebody else's progress, as of a repeated message of the clock, only means that both came this far.
        self.recoveries.save_recovery(after, recovery)
        return after, sent

    def _again(self, delivery: Delivery) -> bool:
        again = states.replay(delivery, self.clock.now())
        if not self.deliveries.save(again, delivery):
            return False  # it is being sent at this moment
        self.queue.send([(again, timedelta())])
        return True
