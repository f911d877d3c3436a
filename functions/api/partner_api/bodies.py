"""The bodies of messages as the API shows them: as they would go out now."""

from collections.abc import Sequence
from dataclasses import dataclass

from slugline.deliveries import Delivery
from slugline.partners import Endpoint
from slugline.ports.clock import Clock
from slugline.ports.deliveries import Partners, SecretBox
from slugline.webhooks.sending import CurrentBodies


@dataclass(frozen=True)
class ShownBodies:
    """Signed links lead to `api_url`, the address at which the API is asked."""

    partners: Partners
    secrets: SecretBox
    clock: Clock

    def of(self, endpoint: Endpoint, messages: Sequence[Delivery], api_url: str) -> list[str]:
        """The body of each of the endpoint's messages."""
        partner = self.partners.partner(endpoint.partner_id) if any(one.licensed for one in messages) else None
        licence = partner.licensed_agencies if partner else ()
        bodies, now = CurrentBodies(self.secrets, api_url), self.clock.now()
        return [bodies.of(one, endpoint, licence, now) for one in messages]
