"""What was written down for an endpoint, in the order of writing."""

from datetime import datetime
from typing import Protocol

from slugline.deliveries import Delivery
from slugline.model import Model
from slugline.ports.deliveries import Page


class Placed(Model):
    """A delivery and the cursor that continues behind it."""

    cursor: str
    delivery: Delivery


class Messages(Protocol):
    """The deliveries of an endpoint by their creation, oldest first."""

    def page(self, endpoint_id: str, *, cursor: str | None, limit: int, until: datetime | None = None) -> Page[Placed]:
        """Those behind the cursor, and created before `until`. Raises BadCursor."""

    def since(self, endpoint_id: str, moment: datetime) -> str:
        """The cursor in front of the first that was created at or after the moment."""
