"""Dates as pages and feeds state them, as instants."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from parsing.desk_time import assumed, instant_in, zone_of

SHORT_ZONE = re.compile(r"([+-]\d\d)$")


def read(text: str | None) -> datetime | None:
    """ISO 8601 or RFC 5322 text as a date and time, naive where the text names no zone; None when it is neither."""
    if not text or not (text := text.strip()):
        return None
    return _iso(text) or _rfc5322(text)


def instant(text: str | None, what: str, time_zone: str, warnings: list[str]) -> datetime | None:
    """The instant that the text states. A doubt about it is added to the warnings: without a zone it is the desk's."""
    found = read(text)
    if text and text.strip() and found is None:
        warnings.append(f"date_unreadable: the {what} date {text.strip()} cannot be read.")
    return at_desk(found, what, time_zone, warnings, has_time=len((text or "").strip()) > len("2026-01-31"))


def at_desk(
    found: datetime | None, what: str, time_zone: str, warnings: list[str], *, has_time: bool = True
) -> datetime | None:
    """The moment as an instant, at the desk where it has no zone. A bare date needs none: no warning is added."""
    if found is None or found.tzinfo is not None:
        return found
    if has_time:
        warnings.append(assumed(what, found, time_zone))
    return instant_in(zone_of(time_zone), found)


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(SHORT_ZONE.sub(r"\1:00", text) if "T" in text else text)
    except ValueError:
        return None


def _rfc5322(text: str) -> datetime | None:
    """`-0000` is UTC, said by a machine that knows no zone (RFC 5322, 3.3)."""
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    return found.replace(tzinfo=UTC) if text.endswith("-0000") else found
