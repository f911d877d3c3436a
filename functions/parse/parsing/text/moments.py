"""Instants as notices and time stamps print them: `00:01 GMT, 5 March 2024`, `Tuesday, March 5, 2024 at 6 p.m. EST`.

Nothing is guessed: a date without its year, or of two readings (03/04/2024), is no instant. A missing zone is the
desk's, which the caller says.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo
from unicodedata import digit

from parsing.desk_time import instant_in, zone_of
from parsing.text.calendars import MONTHS, SOLAR_HIJRI_MONTHS, day_of, day_of_solar_hijri

ZONES = {
    "gmt": "UTC", "utc": "UTC", "z": "UTC", "uhr gmt": "UTC", "et": "America/New_York", "ct": "America/Chicago",
    "mt": "America/Denver", "pt": "America/Los_Angeles", "eastern": "America/New_York",
    "central": "America/Chicago", "pacific": "America/Los_Angeles", "london": "Europe/London", "uk": "Europe/London",
    "paris": "Europe/Paris", "berlin": "Europe/Berlin", "brussels": "Europe/Brussels", "tokyo": "Asia/Tokyo",
    "geneva": "Europe/Zurich", "madrid": "Europe/Madrid", "rome": "Europe/Rome", "new york": "America/New_York",
    "washington": "America/New_York", "sydney": "Australia/Sydney", "aoe": "-12:00", "est": "-05:00",
    "edt": "-04:00", "cst": "-06:00", "cdt": "-05:00", "mst": "-07:00", "mdt": "-06:00", "pst": "-08:00",
    "pdt": "-07:00", "bst": "+01:00", "cet": "+01:00", "cest": "+02:00", "mez": "+01:00", "mesz": "+02:00",
    "eet": "+02:00", "eest": "+03:00", "msk": "+03:00", "jst": "+09:00", "kst": "+09:00", "hkt": "+08:00",
    "sgt": "+08:00", "aest": "+10:00", "aedt": "+11:00", "nzst": "+12:00", "nzdt": "+13:00", "sast": "+02:00",
    "wat": "+01:00", "eat": "+03:00", "pkt": "+05:00", "gst": "+04:00",
    "acst": "+09:30", "awst": "+08:00", "wib": "+07:00", "wita": "+08:00", "ict": "+07:00", "akst": "-09:00",
    "hst": "-10:00",
}  # fmt: skip
"""`IST` is missing on purpose: India, Israel and Ireland all use it."""

MONTH = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
"""A month's name, as a pattern."""
_WORD = r"[^\s\d,;:()/]{2,20}"
"""What may be a month's name; `_names_month` tells. The names as a pattern take five times as long to compile."""
_SOLAR_MONTH = "|".join(SOLAR_HIJRI_MONTHS)
_YEAR = r"(?:19|20|25)\d\d"
"""Of the Gregorian calendar, or the Buddhist era."""
_DATES = tuple(
    re.compile(rf"(?i)(?<!\d){pattern}(?!\d)")
    for pattern in (
        r"(?P<year>(?:19|20)\d\d)-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?\s+(?:de\s+"
        rf"|of\s+)?(?P<name>{_WORD})\.?,?\s+(?:de\s+)?(?P<year>{_YEAR})",
        rf"(?<!\w)(?P<name>{_WORD})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>{_YEAR})",
        rf"(?P<year>{_YEAR})\.?\s+(?:m\.\s+|gada\s+)?(?:(?P<before>\d{{1,2}})\.\s+)?(?P<name>{_WORD})"
        rf"(?(before)|\s+(?P<day>\d{{1,2}}))",
        r"(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2}),?\s+(?:năm\s+)?(?P<year>(?:19|20)\d\d)",
        rf"(?P<day>\d{{1,2}})\s+(?P<solar>{_SOLAR_MONTH})\s+(?P<year>1[34]\d\d)",
        r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>(?:19|20)\d\d)",
        r"(?P<year>(?:19|20)\d\d)\.\s?(?P<month>\d{1,2})\.\s?(?P<day>\d{1,2})",
        r"(?P<day>1[3-9]|2\d|3[01])/(?P<month>\d{1,2})/(?P<year>(?:19|20)\d\d)",
        r"(?P<month>\d{1,2})/(?P<day>1[3-9]|2\d|3[01])/(?P<year>(?:19|20)\d\d)",
        r"(?P<year>(?:19|20)\d\d)/(?P<month>\d{1,2})/(?P<day>\d{1,2})",
        r"(?P<year>(?:19|20)\d\d)\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일]",
    )
)
_TIMES = tuple(
    re.compile(rf"(?i)(?<![\d:.+-]){pattern}")
    for pattern in (
        r"(?P<half>午前|午後|上午|下午|오전|오후)\s?(?P<hour>\d{1,2})(?:[:：]"
        r"|[時时시点點]\s?)(?:(?P<minute>[0-5]?\d)[分분]?)?",
        r"(?P<hour>\d{1,2})[:.](?P<minute>[0-5]\d)(?:[:.][0-5]\d)?\s*(?P<half>[ap]\.?\s?m\b\.?)?",
        r"(?P<hour>\d{1,2})\s*(?P<half>[ap]\.?\s?m\b\.?)",
        r"(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)\s*(?:h(?:ou)?rs\b)?(?=\s*(?:h|gmt|utc|z|bst|est|edt"
        r"|et|cet|cest)\b)",
        r"(?P<hour>\d{1,2})\s?h\s?(?P<minute>[0-5]\d)?\b",
        r"(?<!\w)kl\.?\s?(?P<hour>\d{1,2})(?![\d.:])",
        r"(?P<hour>\d{1,2})\s*(?:uhr|o’clock|o'clock)",
        r"(?P<hour>\d{1,2})[時时시点點]\s?(?:(?P<minute>[0-5]?\d)[分분])?",
        r"(?:until|till|to|at|before|from|bis|ab) (?!19|20)(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?!\d)",
        r"(?P<noon>noon|midday)\b",
        r"(?P<midnight>midnight)\b",
    )
)
_OFFSET = re.compile(r"(?i)(?:gmt|utc)?\s*(?P<sign>[+−-])(?P<hours>[01]\d|\d(?=\b))(?::?(?P<minutes>[0-5]\d))?(?!\d)")
_COMPACT = re.compile(
    r"(?<![\d.-])((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])"
    r"(?:[T ]?([01]\d|2[0-4])([0-5]\d)(?:[0-5]\d)?)?(?!\d)"
)
"""ISO 8601's basic form, as wire formats write it: `20260305T060000`."""
_ISO_T = re.compile(r"(?<!\w)T(?=\d)")
_ZONE = re.compile(rf"(?i)(?<![^\W\d_])(?:{'|'.join(sorted(ZONES, key=len, reverse=True))})(?![^\W\d_])")


_AMBIGUOUS = re.compile(r"(?<!\d)\d{1,2}[./-]\d{1,2}[./-](?:(?:19|20)\d\d|\d\d)(?!\d)")
_YEARLESS = re.compile(
    rf"(?i)(?<!\d)\d{{1,2}}\.?\s+(?:de\s+)?(?P<name>{_WORD})(?!\w)|(?<!\w)(?P<month_first>{_WORD})\.?\s+\d{{1,2}}(?!\d)"
)
_RELATIVE = re.compile(
    r"(?i)(?<!\w)(?:today|yesterday|heute|gestern|aujourd['’]hui|hier|hoy|ayer|oggi|ieri|hoje|ontem|vandaag|gisteren"
    r"|i\s?dag"
    r"|i\s?går|tänään|eilen|dzisiaj|dziś|wczoraj|dnes|včera|danas|jučer|juče|ma|tegnap|astăzi|azi|ieri|bugün|dün"
    r"|сегодня|вчера"
    r"|сьогодні|вчора|днес|σήμερα|χθες|اليوم|أمس|امروز|دیروز|היום|אתמול|आज|hari ini|kemarin|hôm nay|hôm qua|วันนี้|今日"
    r"|昨日"
    r"|今天|昨天|오늘|어제)(?!\w)"
)
LAST_MINUTE = (24, 0)
MOST_WORDS_BESIDE = 2
AFTERNOON = ("p", "午後", "下午", "오후")


@dataclass(frozen=True, slots=True)
class Moment:
    """A date and time as printed. `zone` None: the text names none. `has_time` False: it names a day only."""

    local: datetime
    zone: tzinfo | None
    has_time: bool

    def instant(self, desk_zone: str, *, latest: bool = False) -> datetime:
        """The instant in UTC, read in the desk's IANA zone where the text names no zone; `latest` as for embargoes."""
        return instant_in(self.zone or zone_of(desk_zone), self.local, latest=latest)


def moment_of(text: str) -> Moment | None:
    """The one date in the text with its time and zone; None when there is none that is sure."""
    text = _COMPACT.sub(_extended, with_plain_digits(text[:400]))
    found = _first(_DATES, text)
    if found is None or (day := _day(found)) is None:
        return None
    rest = _without(found, text)
    time = _first(_TIMES, rest)
    clock = _clock(time) if time else timedelta(0)
    if clock is None:
        return None
    return Moment(day + clock, zone_named(rest[time.end() :] if time else rest), time is not None)


def _extended(compact: re.Match[str]) -> str:
    year, month, day, hour, minute = compact.groups()
    return f"{year}-{month}-{day}" + (f"T{hour}:{minute}" if hour else "")


def is_date_alone(text: str) -> bool:
    """Whether the text is a date, perhaps with a time, and at most two words more: a weekday, a place, a zone.

    A date that is not sure, as 05/03/2026, is one too; one without its year, or `today`, only with a time.
    """
    if not any(map(str.isdigit, text)):
        return False
    text = with_plain_digits(text)
    day = _first(_DATES, text) or _AMBIGUOUS.search(text)
    named = day or _first((_YEARLESS,), text) or _RELATIVE.search(text)
    if named is None:
        return False
    rest = _without(named, text)
    time = _first(_TIMES, rest)
    if time is None and day is None:
        return False
    left = _without(time, rest) if time else rest
    return sum(any(map(str.isalpha, word)) for word in left.split()) <= MOST_WORDS_BESIDE


def _first(patterns: tuple[re.Pattern[str], ...], text: str) -> re.Match[str] | None:
    found = (match for pattern in patterns for match in pattern.finditer(text))
    return next((match for match in found if _names_month(match)), None)


def _names_month(match: re.Match[str]) -> bool:
    """Whether the word in the place of a month's name is one, if there is such a place."""
    found = match.groupdict()
    name = found.get("name") or found.get("month_first")
    return name is None or _month(name) is not None


def _month(name: str) -> int | None:
    """January is 1. A name may be cut short, with a full stop behind it; in Thai the stops are within it too."""
    return MONTHS.get(name.lower()) or MONTHS.get(name.lower().rstrip("."))


def _without(found: re.Match[str], text: str) -> str:
    return _ISO_T.sub(" ", f"{text[: found.start()]} {text[found.end() :]}")


def with_plain_digits(text: str) -> str:
    """Arabic, Persian and Indian digits as the ASCII ones they stand for."""
    if text.isascii():
        return text
    return "".join(str(digit(one)) if one.isdigit() and not one.isascii() else one for one in text)


def _day(match: re.Match[str]) -> datetime | None:
    found = match.groupdict()
    year, day = int(found["year"]), int(found.get("day") or found["before"])
    month = _month(found["name"]) if found.get("name") else None
    try:
        if found.get("solar"):
            return day_of_solar_hijri(year, SOLAR_HIJRI_MONTHS[found["solar"]], day)
        return day_of(year, month or int(found["month"]), day)
    except ValueError:
        return None


def _clock(match: re.Match[str]) -> timedelta | None:
    found = match.groupdict()
    if found.get("noon"):
        return timedelta(hours=12)
    if found.get("midnight"):
        return None
    hour, minute = int(found["hour"]), int(found.get("minute") or 0)
    if half := found.get("half"):
        hour = hour % 12 + (12 if half.lower().startswith(AFTERNOON) else 0)
    return timedelta(hours=hour, minutes=minute) if (hour, minute) <= LAST_MINUTE else None


def zone_named(text: str) -> tzinfo | None:
    """The zone that a time is followed by, `GMT`, `ET`, `+0200`; None when it is none that is sure."""
    text = text[:40]
    if (match := _OFFSET.search(text)) and not _ZONE.match(text.strip(" ().,")[:4] + "_"):
        sign = 1 if match["sign"] == "+" else -1
        return timezone(sign * timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0)))
    name = _ZONE.search(text)
    return _named_zone(ZONES[name[0].lower()]) if name else None


def _named_zone(name: str) -> tzinfo | None:
    if name[0] in "+-":
        sign = 1 if name[0] == "+" else -1
        return timezone(sign * timedelta(hours=int(name[1:3]), minutes=int(name[4:])))
    return zone_of(name)
