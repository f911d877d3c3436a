"""Recovery: what failed in a window of time is sent once more, in the background."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from pydantic import Field

from slugline.deliveries import Delivery, DeliveryState
from slugline.model import Instant, Model

LONGEST_WINDOW = timedelta(days=14)
MOST = 10_000
KEPT = timedelta(days=30)


class RecoveryState(StrEnum):
    RUNNING = "running"
    DONE = "done"


class Recovery(Model):
    """How far a recovery has come. `failures` were counted at its start, `sent` is how many were sent once more by now.

    `cursor` is how far the endpoint's messages were looked through; `revision` counts the changes, for conditional
    writes.
    """

    id: str
    endpoint_id: str
    partner_id: str
    since: Instant
    until: Instant
    state: RecoveryState = RecoveryState.RUNNING
    failures: int
    sent: int = 0
    created_at: Instant
    finished_at: Instant | None = None
    cursor: str | None = Field(default=None, repr=False)
    revision: int = 0


class Recoveries(Protocol):
    """The rows of recoveries; they go 30 days after their start."""

    def add_recovery(self, recovery: Recovery) -> None: ...

    def recovery(self, recovery_id: str) -> Recovery | None: ...

    def running(self) -> list[Recovery]:
        """Those that are not done, the oldest first."""

    def save_recovery(self, recovery: Recovery, before: Recovery) -> bool:
        """Write `recovery` in place of `before`; False if somebody else has written since `before` was read."""


def failed(delivery: Delivery) -> bool:
    """Whether the last attempt failed: given up, or waiting for another one."""
    if delivery.state is DeliveryState.EXHAUSTED:
        return True
    return delivery.state is DeliveryState.PENDING and delivery.tries > 0


def advanced(recovery: Recovery, cursor: str | None, sent: int, now: datetime) -> Recovery:
    """The recovery after more messages were looked through; without a cursor it is done."""
    return recovery.model_copy(
        update={
            "cursor": cursor,
            "sent": recovery.sent + sent,
            "state": RecoveryState.RUNNING if cursor else RecoveryState.DONE,
            "finished_at": None if cursor else now,
            "revision": recovery.revision + 1,
        }
    )
