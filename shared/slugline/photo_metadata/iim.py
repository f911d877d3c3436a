"""IPTC-IIM 4.2: the records of a stream, decoded.

Texts are UTF-8 when 1:90 declares it (ESC % G). Most old files declare nothing: valid UTF-8 is taken for that, and
the rest for Windows-1252 or Mac OS Roman, whichever gives fewer characters that no newsroom writes, with a warning.
"""

import re
from collections.abc import Iterator

from slugline.photo_metadata.metadata import PhotoMetadata

TAG = 0x1C
LONGEST = 0x7FFF
CHARSET = (1, 90)
UTF8 = b"\x1b%G"
LATIN1 = b"\x1b.A"
TITLE, KEYWORD, INSTRUCTIONS, DATE, TIME = (2, 5), (2, 25), (2, 40), (2, 55), (2, 60)
RELEASE_DATE, RELEASE_TIME = (2, 30), (2, 35)
CREATOR, ROLE, CITY, SUBLOCATION, STATE, COUNTRY = (2, 80), (2, 85), (2, 90), (2, 92), (2, 95), (2, 101)
HEADLINE, CREDIT, SOURCE, COPYRIGHT, CAPTION = (2, 105), (2, 110), (2, 115), (2, 116), (2, 120)

PRINT = "\u2013\u2014\u2018\u2019\u201c\u201d\u201e«»…©€£°"
"""Punctuation and signs of print beyond ASCII: dashes, quotes and the like."""

ISO_8601 = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d:\d\d(?::\d\d)?)(?:\.\d+)?(Z|[+-]\d\d:\d\d)?)?)?)?")

Records = dict[tuple[int, int], list[bytes]]


def read_iim(stream: bytes) -> tuple[PhotoMetadata, tuple[str, ...]]:
    """The metadata and the warnings about it."""
    records = records_of(stream)
    texts, warnings = decoded_texts(records)

    def one(key: tuple[int, int]) -> str | None:
        return "; ".join(texts.get(key, [])) or None

    metadata = PhotoMetadata(
        title=one(TITLE),
        headline=one(HEADLINE),
        description=one(CAPTION),
        creator=", ".join(texts.get(CREATOR, [])) or None,
        creator_role=one(ROLE),
        credit=one(CREDIT),
        source=one(SOURCE),
        copyright=one(COPYRIGHT),
        instructions=one(INSTRUCTIONS),
        created=created(one(DATE), one(TIME)),
        release=created(one(RELEASE_DATE), one(RELEASE_TIME)),
        location=", ".join(place for key in (SUBLOCATION, CITY, STATE, COUNTRY) for place in texts.get(key, []))
        or None,
        keywords=tuple(texts.get(KEYWORD, [])),
    )
    return metadata, warnings


def records_of(stream: bytes) -> Records:
    """All datasets by record and number; damage ends the reading, and what came before it stands."""
    found: Records = {}
    for key, value in datasets(stream):
        found.setdefault(key, []).append(value)
    return found


def datasets(stream: bytes) -> Iterator[tuple[tuple[int, int], bytes]]:
    at = 0
    while at + 5 <= len(stream) and stream[at] == TAG:
        key = stream[at + 1], stream[at + 2]
        size = int.from_bytes(stream[at + 3 : at + 5])
        at += 5
        if size & 0x8000:  # an extended dataset: the low bits tell how many bytes hold the size
            width = size & 0x7FFF
            size = int.from_bytes(stream[at : at + width]) if width <= 4 else len(stream)  # noqa: PLR2004 - 4 GiB do
            at += width
        yield key, stream[at : at + size]
        at += size


def decoded_texts(records: Records) -> tuple[dict[tuple[int, int], list[str]], tuple[str, ...]]:
    encoding, warnings = encoding_of(records)
    texts = {
        key: [text for value in values if (text := clean(value.decode(encoding, errors="replace")))]
        for key, values in records.items()
        if key[0] == 2  # noqa: PLR2004 - record 2 is the application record; the others hold no text for readers
    }
    return texts, warnings


def encoding_of(records: Records) -> tuple[str, tuple[str, ...]]:
    """The encoding of record 2, and a warning when it is a guess."""
    declared = records.get(CHARSET, [b""])[0]
    everything = b"\n".join(value for key, values in records.items() if key[0] == 2 for value in values)  # noqa: PLR2004 - record 2, of the application
    if is_utf8(everything):
        return "utf-8", ()
    if declared == LATIN1:
        return "iso-8859-1", ()
    guess = min(("cp1252", "mac_roman"), key=lambda name: strangeness(everything, name))
    if declared == UTF8:
        return guess, (f"The photo's IPTC text claims to be UTF-8 but is not; it was read as {guess}.",)
    return guess, (f"The photo's IPTC text does not say its character set; it was read as {guess}.",)


def is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def strangeness(data: bytes, encoding: str) -> int:
    """How many characters beyond ASCII are neither letters nor the punctuation and signs of print."""
    text = data.decode(encoding, errors="replace")
    return sum(not (char.isascii() or (char.isalpha() and char not in "ªºƒı") or char in PRINT) for char in text)


def clean(text: str) -> str:
    return text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n").strip()


def created(date: str | None, time: str | None) -> str | None:
    """CCYYMMDD and HHMMSS±HHMM as ISO 8601; unknown parts are zeros there and left out here."""
    if not date or len(date) != 8 or not date.isdigit() or date.startswith("0000"):  # noqa: PLR2004 - CCYYMMDD
        return None
    day = "-".join(part for part in (date[:4], date[4:6], date[6:]) if int(part))
    if not time or len(day) != 10 or not time[:6].isdigit():  # noqa: PLR2004 - a time needs a whole date
        return day
    zone = f"{time[6:9]}:{time[9:11]}" if len(time) == 11 else ""  # noqa: PLR2004 - HHMMSS±HHMM
    return f"{day}T{time[:2]}:{time[2:4]}:{time[4:6]}{zone}"


def date_and_time(created: str | None) -> tuple[str | None, str | None]:
    """ISO 8601 as 2:55 and 2:60: CCYYMMDD with zeros for unknown parts, and HHMMSS±HHMM where the zone is known."""
    found = ISO_8601.fullmatch(created or "")
    if not found:
        return None, None
    year, month, day, clock, zone = found.groups()
    date = year + (month or "00") + (day or "00")
    if not (clock and zone):
        return date, None
    return date, clock.replace(":", "").ljust(6, "0") + zone.replace("Z", "+0000").replace(":", "")


def dataset_bytes(key: tuple[int, int], value: bytes) -> bytes:
    """One dataset. A value is cut, between characters, where a standard dataset ends: at 32,767 bytes."""
    if len(value) > LONGEST:
        value = value[:LONGEST].decode(errors="ignore").encode()
    return bytes([TAG, *key]) + len(value).to_bytes(2) + value
