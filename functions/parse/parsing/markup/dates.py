"""Dates as pages and feeds state them, as instants."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

SHORT_ZONE = re.compile(r"([+-]\d\d)$")


def instant(text: str | None) -> datetime | None:
    """ISO 8601 or RFC 5322 text as an aware moment, or None. A time without a zone is read as UTC."""
    if not text or not (text := text.strip()):
        return None
    found = _iso(text) or _rfc5322(text)
    return found.replace(tzinfo=UTC) if found and found.tzinfo is None else found


def has_zone(text: str) -> bool:
    """Whether the text says which zone its time is in; a bare date does not need to."""
    found = _iso(text.strip()) or _rfc5322(text.strip())
    return found is None or found.tzinfo is not None or len(text.strip()) <= len("2026-01-31")


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(SHORT_ZONE.sub(r"\1:00", text) if "T" in text else text)
    except ValueError:
        return None


def _rfc5322(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
