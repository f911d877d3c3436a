"""What is held for endpoints that are deleted."""

from dataclasses import dataclass
from itertools import islice

from slugline.domain.delivery_states import cancel
from slugline.domain.endpoint_life import OWED_FOR
from slugline.partners import DeletedEndpoint
from slugline.ports.clock import Clock
from slugline.ports.deliveries import Deliveries, Partners

MOST_AT_ONCE = 1000


@dataclass(frozen=True)
class Clearance:
    """Cancels it, so that its rows go in time (those of withdrawals stay in the ledger); what is too much for one
    minute, in the next."""

    deliveries: Deliveries
    partners: Partners
    clock: Clock

    def run(self) -> int:
        """How many deliveries were canceled."""
        return sum(self._clear(endpoint) for endpoint in list(self.partners.deleted_endpoints()))

    def _clear(self, endpoint: DeletedEndpoint) -> int:
        held = list(islice(self.deliveries.held(endpoint.id), MOST_AT_ONCE))
        # Until then somebody may hold a message who has not yet seen that the endpoint is gone.
        if not held and endpoint.deleted_at + OWED_FOR <= self.clock.now():
            self.partners.forget_endpoint(endpoint.id)
        return sum(self.deliveries.save(cancel(row), row) for row in held)
