"""Local times as instants: a time that is stated without its zone is the desk's.

When clocks go back an hour comes twice: its first is taken, and for an embargo its second, since too late is a delay
and too early a breach. When clocks go forward an hour is missing: what is stated in it is taken as the same span after
midnight, which is an hour later by the clock on the wall.
"""

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def zone_of(name: str) -> tzinfo | None:
    """The IANA zone of that name; None when there is none."""
    try:
        return UTC if name == "UTC" else ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def instant_in(zone: tzinfo | None, local: datetime, *, latest: bool = False) -> datetime:
    """The local time in the zone as an instant in UTC, UTC's own where the zone is None.

    Of two instants the first, or the later of all readings with `latest`.
    """
    readings = [_utc(local.replace(tzinfo=zone or UTC, fold=fold)) for fold in ((0, 1) if latest else (0,))]
    return max(readings)


def assumed(what: str, local: datetime, time_zone: str, *, has_time: bool = True) -> str:
    """The warning on a time that names no zone."""
    told = f"time_zone_assumed: the {what} time names no zone; the desk's, {time_zone}, is taken."
    return told + (_change(local, zone_of(time_zone)) if has_time else "")


def _change(local: datetime, zone: tzinfo | None) -> str:
    first, second = (_utc(local.replace(tzinfo=zone or UTC, fold=fold)) for fold in (0, 1))
    if first == second:
        return ""
    if second > first:
        return " It comes twice that day, as clocks go back."
    return " The clocks of that day go forward over it, and an hour later is taken."


def _utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:  # the first and last days of the calendar
        return moment.replace(tzinfo=UTC)
