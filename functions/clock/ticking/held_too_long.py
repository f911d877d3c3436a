"""Endpoints that have taken nothing for long, and are owed something."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from slugline.deliveries import Delivery
from slugline.domain.endpoint_alert import endpoint_alert
from slugline.domain.endpoint_life import watched
from slugline.events import AlertState
from slugline.model import rfc3339
from slugline.partners import Endpoint, EventType
from slugline.ports.bus import EventBus
from slugline.ports.clock import Clock
from slugline.ports.deliveries import Deliveries, Partners

MOST_COUNTED = 1000


@dataclass(frozen=True)
class HeldAlert:
    """Alerts to what was held for longer than `longest`, once in that time for each endpoint."""

    deliveries: Deliveries
    partners: Partners
    bus: EventBus
    clock: Clock
    longest: timedelta

    def run(self) -> int:
        """How many endpoints there was an alert about."""
        now = self.clock.now()
        return sum(self._look(endpoint, now) for endpoint in self.partners.held_endpoints(now - self.longest))

    def _look(self, endpoint: Endpoint, now: datetime) -> bool:
        held = sorted(islice(self.deliveries.held(endpoint.id), MOST_COUNTED), key=lambda row: row.created_at)
        too_long = bool(held) and held[0].created_at <= now - self.longest
        if too_long:
            self._alert(endpoint, held)
        # The alert goes first: a crash, or somebody else's change, in between only means that it goes out again.
        since = held[0].created_at if held and not too_long else now
        self.partners.save_endpoint(watched(endpoint, since), endpoint)
        return too_long

    def _alert(self, endpoint: Endpoint, held: Sequence[Delivery]) -> None:
        partner = self.partners.partner(endpoint.partner_id)
        name = partner.name if partner else endpoint.partner_id
        alert = endpoint_alert(AlertState.HELD, endpoint, partner=name, reason=_reason(endpoint, held))
        self.bus.publish(alert, held[0].correlation_id)


def _reason(endpoint: Endpoint, held: Sequence[Delivery]) -> str:
    number = f"{MOST_COUNTED} or more" if len(held) == MOST_COUNTED else str(len(held))
    withdrawals = sum(row.type is EventType.WITHDRAWN for row in held)
    since = rfc3339(held[0].created_at)
    return f"The endpoint is {endpoint.status}. Messages held since {since}: {number}, withdrawals: {withdrawals}."
