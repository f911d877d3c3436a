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


def paused(endpoint: Endpoint, now: datetime) -> Endpoint:
    """The endpoint that takes nothing until it is enabled; what it would get is held."""
    return _takes_nothing(endpoint, EndpointStatus.PAUSED, None, now)


def disabled(endpoint: Endpoint, reason: str, now: datetime) -> Endpoint:
    """The endpoint that we gave up, until somebody enables it."""
    return _takes_nothing(endpoint, EndpointStatus.DISABLED, reason, now)


def enabled(endpoint: Endpoint, now: datetime) -> Endpoint:
    """The endpoint that takes messages again: clock releases what is held for it until `owed_until` has passed."""
    fields = {"status_reason": None, "owed_until": now + OWED_FOR, "held_since": None}
    return changed(endpoint, status=EndpointStatus.ENABLED, **fields)


def paid(endpoint: Endpoint) -> Endpoint:
    """The endpoint for which nothing is held any more."""
    return changed(endpoint, owed_until=None)


def watched(endpoint: Endpoint, since: datetime) -> Endpoint:
    """The endpoint that takes nothing, and for which nothing is held from before `since` that nobody was alerted to."""
    return changed(endpoint, held_since=since)


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


def _takes_nothing(endpoint: Endpoint, status: EndpointStatus, reason: str | None, now: datetime) -> Endpoint:
    return changed(
        endpoint, status=status, status_reason=reason, owed_until=None, held_since=endpoint.held_since or now
    )
