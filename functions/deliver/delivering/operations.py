"""What we tell, and do, about an endpoint that fails."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from slugline.deliveries import Delivery, delivery_id
from slugline.domain.delivery_states import GRACE
from slugline.domain.endpoint_alert import endpoint_alert
from slugline.domain.endpoint_life import disabled
from slugline.events import AlertState
from slugline.model import rfc3339
from slugline.partners import Endpoint, EndpointStatus, EventType
from slugline.ports.bus import EventBus
from slugline.ports.clock import Clock
from slugline.ports.deliveries import Deliveries, DeliveryQueue, Partners


@dataclass(frozen=True)
class Operations:
    """Alerts go to the bus; that an endpoint was disabled, also to the partner's other endpoints."""

    partners: Partners
    deliveries: Deliveries
    queue: DeliveryQueue
    bus: EventBus
    clock: Clock

    def failing(self, endpoint: Endpoint, reason: str, correlation_id: str) -> None:
        self._alert(AlertState.FAILING, endpoint, reason, correlation_id)

    def exhausted(self, endpoint: Endpoint, reason: str, delivery: Delivery) -> None:
        self._alert(AlertState.EXHAUSTED, endpoint, reason, delivery.correlation_id, delivery.id)

    def recovered(self, endpoint: Endpoint, correlation_id: str) -> None:
        self._alert(AlertState.RECOVERED, endpoint, "An attempt was acknowledged.", correlation_id)

    def disable(self, endpoint_id: str, reason: str, correlation_id: str) -> None:
        """Until it holds: another writer in between only means to look again."""
        while (endpoint := self.partners.endpoint(endpoint_id)) and endpoint.status is not EndpointStatus.DISABLED:
            after = disabled(endpoint, reason, self.clock.now())
            if self.partners.save_endpoint(after, endpoint):
                self._alert(AlertState.DISABLED, after, reason, correlation_id)
                self._tell_siblings(after, reason, correlation_id)
                return

    def _alert(
        self, state: AlertState, endpoint: Endpoint, reason: str, correlation_id: str, delivery: str = ""
    ) -> None:
        partner = self.partners.partner(endpoint.partner_id)
        name = partner.name if partner else endpoint.partner_id
        alert = endpoint_alert(state, endpoint, partner=name, reason=reason, delivery=delivery)
        self.bus.publish(alert, correlation_id)

    def _tell_siblings(self, endpoint: Endpoint, reason: str, correlation_id: str) -> None:
        now = self.clock.now()
        data = {"endpoint": endpoint.id, "url": endpoint.url, "reason": reason}
        body = json.dumps({"type": EventType.DISABLED, "timestamp": rfc3339(now), "data": data}, separators=(",", ":"))
        for sibling in self.partners.endpoints(endpoint.partner_id):
            if sibling.id != endpoint.id and _is_told(sibling):
                notice = _notice(endpoint, sibling, body, now, correlation_id)
                if self.deliveries.add(notice):
                    self.queue.send([(notice, timedelta())])


def _is_told(sibling: Endpoint) -> bool:
    """Filters are about stories; of an endpoint's end hears whoever takes that type of event."""
    takes = not sibling.event_types or EventType.DISABLED in sibling.event_types
    return takes and sibling.status is EndpointStatus.ENABLED


def _notice(endpoint: Endpoint, sibling: Endpoint, body: str, now: datetime, correlation_id: str) -> Delivery:
    subject = f"disabled-{endpoint.id}"
    return Delivery(
        id=delivery_id(sibling.id, subject, endpoint.revision),
        endpoint_id=sibling.id,
        partner_id=sibling.partner_id,
        story_id=subject,
        version=endpoint.revision,
        type=EventType.DISABLED,
        body=body,
        host=sibling.host,
        created_at=now,
        correlation_id=correlation_id,
        next_attempt_at=now,
        sweep_at=now + GRACE,
    )
