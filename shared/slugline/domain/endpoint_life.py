"""What may happen to an endpoint. Each function gives the next row, whose `revision` is one higher."""

from datetime import datetime, timedelta

from slugline.partners import Endpoint, EndpointStatus, SealedSecret

SECRETS_KEPT = 10
LONGEST_OVERLAP = timedelta(days=30)
# Longer than a row may be held by somebody who has not yet seen that the endpoint is enabled again.
OWED_FOR = timedelta(minutes=5)


def changed(endpoint: Endpoint, **fields: object) -> Endpoint:
    """The endpoint with other fields."""
    return endpoint.model_copy(update={**fields, "revision": endpoint.revision + 1})


def paused(endpoint: Endpoint, reason: str | None = None) -> Endpoint:
    """The endpoint that takes nothing until it is enabled; what it would get is held."""
    return changed(endpoint, status=EndpointStatus.PAUSED, status_reason=reason, owed_until=None)


def disabled(endpoint: Endpoint, reason: str) -> Endpoint:
    """The endpoint that we gave up, until somebody enables it."""
    return changed(endpoint, status=EndpointStatus.DISABLED, status_reason=reason, owed_until=None)


def enabled(endpoint: Endpoint, now: datetime) -> Endpoint:
    """The endpoint that takes messages again: clock releases what is held for it until `owed_until` has passed."""
    return changed(endpoint, status=EndpointStatus.ENABLED, status_reason=None, owed_until=now + OWED_FOR)


def paid(endpoint: Endpoint) -> Endpoint:
    """The endpoint for which nothing is held any more."""
    return changed(endpoint, owed_until=None)


def rotated(endpoint: Endpoint, new: tuple[SealedSecret, ...], now: datetime, overlap: timedelta) -> Endpoint:
    """The endpoint with new keys, the old ones valid for `overlap`; at most ten are kept, the newest."""
    end = now + overlap
    old = (
        secret.model_copy(update={"expires_at": min(secret.expires_at or end, end)})
        for secret in endpoint.secrets
        if valid(secret, now)
    )
    return changed(endpoint, secrets=(*new, *old)[:SECRETS_KEPT])


def valid(secret: SealedSecret, now: datetime) -> bool:
    """Whether messages are signed with the secret."""
    return secret.expires_at is None or secret.expires_at > now
