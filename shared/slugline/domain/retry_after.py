"""The Retry-After header (RFC 9110, section 10.2.3)."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime


def retry_after(value: str | None, now: datetime, longest: timedelta) -> timedelta:
    """How long the partner asks us to wait, between none and `longest`; none when it says nothing that makes sense."""
    asked = _seconds(value) if value and value.strip().isascii() else None
    if asked is None:
        asked = _until(value, now)
    return min(max(asked, timedelta()), longest)


def _seconds(value: str) -> timedelta | None:
    text = value.strip()
    # Ten digits are three centuries; more would overflow, and is capped all the same.
    return timedelta(seconds=int(text[:10])) if text.isdigit() else None


def _until(value: str | None, now: datetime) -> timedelta:
    try:
        moment = parsedate_to_datetime(value or "")
    except ValueError:
        return timedelta()
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now
