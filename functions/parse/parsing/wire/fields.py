"""Fields of a wire document as the story's fields."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from parsing.markup import chunks, dates
from parsing.text.lines import clean, logical_lines
from parsing.text.notices import notice_of, speaks_of_embargo
from slugline.story import Block, Notice, NoticeKind, Status

IMAGE_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|tiff?|heic|avif)$", re.IGNORECASE)
STATUS = {
    "usable": Status.USABLE,
    "open": Status.USABLE,  # Belga's word for what is released
    "withheld": Status.WITHHELD,
    "embargoed": Status.WITHHELD,
    "canceled": Status.CANCELED,
    "cancelled": Status.CANCELED,
}


def tidy(value: object) -> str:
    """A field's text on one line, without control characters; empty for what is no text or number."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return chunks.tidy(clean(str(value)))


def unique(texts: Iterable[str]) -> tuple[str, ...]:
    """The non-empty texts in order, each once."""
    return tuple(dict.fromkeys(filter(None, texts)))


def version_of(text: str) -> int:
    """The document's version when it is a positive whole number, else 1."""
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) <= len("999999999") and int(text) else 1


def status_of(text: str) -> tuple[Status, tuple[str, ...]]:
    """The publishing status, and a warning when it is not known: then a person has to look."""
    known = STATUS.get(text.lower() or "usable")
    if known:
        return known, ()
    return Status.WITHHELD, (f"status_unknown: the publishing status {text} is not known; the story is withheld.",)


@dataclass(frozen=True)
class Embargo:
    """Either an exact moment, or the notice from which `finish` resolves it or has a person look."""

    until: datetime | None = None
    notices: tuple[Notice, ...] = ()


def embargo_of(text: str, reason: str = "") -> Embargo:
    """The embargo that a field states, empty text being none."""
    if not text:
        return Embargo(notices=(Notice(kind=NoticeKind.EMBARGO, text=reason),) if reason else ())
    found = dates.read(text)
    if found and found.tzinfo and "T" in text:
        return Embargo(found, (Notice(kind=NoticeKind.EMBARGO, text=reason),) if reason else ())
    return Embargo(notices=(Notice(kind=NoticeKind.EMBARGO, text=" ".join(filter(None, (text, reason)))),))


def notice(text: str) -> tuple[Notice, ...]:
    """An editor's note, of the kind that its words say: it may speak of an embargo after other things."""
    kind = notice_of(text) or (NoticeKind.EMBARGO if speaks_of_embargo(text) else NoticeKind.NOTE)
    return (Notice(kind=kind, text=text),) if text else ()


def paragraphs(text: str) -> tuple[Block, ...]:
    """The paragraphs of plain text, with hard wraps undone."""
    return tuple(Block(text=line.text) for line in logical_lines(clean(text)))


def file_name(address: str) -> str | None:
    """The name of the file that an address ends in, or None when that is no picture file's."""
    try:
        name = PurePosixPath(unquote(urlsplit(address.strip()).path)).name.strip()
    except ValueError:
        return None
    return tidy(name) if IMAGE_FILE.search(name) else None
