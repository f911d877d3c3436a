"""The headers of a message: the partner's own, ours, and the signatures."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from slugline.deliveries import Delivery
from slugline.domain.endpoint_life import valid
from slugline.domain.webhook_signature import PrivateKey, SharedSecret, SigningKey, webhook_headers
from slugline.partners import Endpoint
from slugline.ports.deliveries import SecretBox

USER_AGENT = "Slugline-Webhooks/1.0"


@dataclass(frozen=True)
class Signer:
    """Signs with every key of the endpoint that is valid."""

    secrets: SecretBox

    def headers(self, delivery: Delivery, endpoint: Endpoint, body: bytes, now: datetime) -> dict[str, str]:
        """The headers of one attempt, whose time is `now`."""
        keys = [
            _key(self.secrets.open(secret.sealed, endpoint.id), asymmetric=secret.public_key is not None)
            for secret in endpoint.secrets
            if valid(secret, now)
        ]
        own = self._own(endpoint)
        signed = webhook_headers(delivery.id, int(now.timestamp()), body, keys)
        return {**own, "Content-Type": "application/json", "User-Agent": USER_AGENT, **signed}

    def _own(self, endpoint: Endpoint) -> dict[str, str]:
        if not endpoint.headers:
            return {}
        own: dict[str, str] = json.loads(self.secrets.open(endpoint.headers.sealed, endpoint.id))
        return own


@lru_cache(maxsize=1024)
def _key(secret: bytes, *, asymmetric: bool) -> SigningKey:
    return PrivateKey(secret) if asymmetric else SharedSecret(secret)
