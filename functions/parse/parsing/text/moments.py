"""Instants as notices and time stamps print them: `00:01 GMT, 5 March 2024`, `Tuesday, March 5, 2024 at 6 p.m. EST`.

Nothing is guessed: a date without its year, or of two readings (03/04/2024), is no instant. A missing zone is the
desk's, which the caller says.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo
from unicodedata import digit

from parsing.desk_time import instant_in, zone_of

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier enero gennaio janeiro januari ene gen janv января stycznia ocak ינואר"
            " يناير ledna leden tammikuuta januára січня ianuarie ιανουαρίου जनवरी",
            "feb february februar février febrero febbraio fevereiro februari févr fevr февраля lutego şubat"
            " פברואר فبراير شباط února únor helmikuuta februára лютого februarie φεβρουαρίου फरवरी फ़रवरी",
            "mar march märz mars marzo março maart mär mrz марта marca mart מרץ مارس آذار března březen"
            " maaliskuuta березня martie μαρτίου मार्च maret",
            "apr april avril abril aprile avr abr апреля kwietnia nisan אפריל أبريل ابريل نيسان dubna duben"
            " huhtikuuta apríla квітня aprilie απριλίου अप्रैल",
            "may mai mayo maggio maio mei mag maj мая maja mayıs מאי مايو أيار května květen toukokuuta травня"
            " μαΐου μαίου मई",
            "jun june juni juin junio giugno junho giu июня czerwca haziran יוני يونيو حزيران června červen"
            " kesäkuuta júna червня iunie ιουνίου जून",
            "jul july juli juillet julio luglio julho juil lug июля lipca temmuz יולי يوليو تموز července"
            " červenec heinäkuuta júla липня iulie ιουλίου जुलाई",
            "aug august août agosto ago augustus augusti августа sierpnia ağustos אוגוסט أغسطس آب srpna srpen"
            " elokuuta серпня αυγούστου अगस्त",
            "sep sept september septembre septiembre settembre setembro set сентября września eylül ספטמבר سبتمبر"
            " أيلول září syyskuuta вересня septembrie σεπτεμβρίου सितंबर सितम्बर",
            "oct october oktober octobre octubre ottobre outubro okt ott out октября października ekim אוקטובר"
            " أكتوبر října říjen lokakuuta októbra жовтня octombrie οκτωβρίου अक्टूबर अक्तूबर",
            "nov november novembre noviembre novembro ноября listopada kasım נובמבר نوفمبر listopadu marraskuuta"
            " novembra листопада noiembrie νοεμβρίου नवंबर नवम्बर",
            "dec december dezember décembre diciembre dicembre dezembro dez déc dic desember декабря grudnia"
            " aralık דצמבר ديسمبر prosince prosinec joulukuuta decembra грудня decembrie δεκεμβρίου दिसंबर दिसम्बर",
        ),
        start=1,
    )
    for name in names.split()
}

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

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DATES = tuple(
    re.compile(rf"(?i)(?<!\d){pattern}(?!\d)")
    for pattern in (
        r"(?P<year>(?:19|20)\d\d)-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?\s+(?:de\s+"
        rf"|of\s+)?(?P<name>{_MONTH})\.?,?\s+(?:de\s+)?(?P<year>(?:19|20)\d\d)",
        rf"(?<!\w)(?P<name>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)",
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
        r"(?P<half>午前|午後|上午|下午|오전|오후)\s?(?P<hour>\d{1,2})(?:[:：]|[時时시点點]\s?)(?:(?P<minute>[0-5]?\d)[分분]?)?",
        r"(?P<hour>\d{1,2})[:.](?P<minute>[0-5]\d)(?:[:.][0-5]\d)?\s*(?P<half>[ap]\.?\s?m\b\.?)?",
        r"(?P<hour>\d{1,2})\s*(?P<half>[ap]\.?\s?m\b\.?)",
        r"(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)\s*(?:h(?:ou)?rs\b)?(?=\s*(?:h|gmt|utc|z|bst|est|edt"
        r"|et|cet|cest)\b)",
        r"(?P<hour>\d{1,2})\s?h\s?(?P<minute>[0-5]\d)?\b",
        r"(?<!\w)kl\.?\s?(?P<hour>\d{1,2})(?![\d.:])",
        r"(?P<hour>\d{1,2})\s*(?:uhr|o’clock|o'clock)",
        r"(?P<hour>\d{1,2})[時时시点點]\s?(?:(?P<minute>[0-5]?\d)[分분])?",
        r"(?P<noon>noon|midday)\b",
        r"(?P<midnight>midnight)\b",
    )
)
_OFFSET = re.compile(r"(?i)(?:gmt|utc)?\s*(?P<sign>[+−-])(?P<hours>[01]\d|\d(?=\b))(?::?(?P<minutes>[0-5]\d))?(?!\d)")
_ISO_T = re.compile(r"(?<!\w)T(?=\d)")
_ZONE = re.compile(rf"(?i)(?<![^\W\d_])(?:{'|'.join(sorted(ZONES, key=len, reverse=True))})(?![^\W\d_])")


LAST_MINUTE = (24, 0)
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
    text = _with_plain_digits(text[:400])
    found = next((match for pattern in _DATES if (match := pattern.search(text))), None)
    if found is None or (day := _day(found)) is None:
        return None
    rest = _ISO_T.sub(" ", f"{text[: found.start()]} {text[found.end() :]}")
    time = next((match for pattern in _TIMES if (match := pattern.search(rest))), None)
    clock = _clock(time) if time else timedelta(0)
    if clock is None:
        return None
    return Moment(day + clock, zone_named(rest[time.end() :] if time else rest), time is not None)


def _with_plain_digits(text: str) -> str:
    """Arabic, Persian and Indian digits as the ASCII ones they stand for."""
    if text.isascii():
        return text
    return "".join(str(digit(one)) if one.isdigit() and not one.isascii() else one for one in text)


def _day(match: re.Match[str]) -> datetime | None:
    found = match.groupdict()
    month = MONTHS[found["name"].lower()] if found.get("name") else int(found["month"])
    try:
        return datetime(int(found["year"]), month, int(found["day"]))  # noqa: DTZ001 - the zone is found apart
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
