"""What the forms of a feed have in common."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import escape

from rendering.labels import labels_for
from slugline.feed import FeedEntry


def newest(entries: Sequence[FeedEntry]) -> datetime | None:
    """When the newest change was made, so that the same entries always give the same bytes; None without entries."""
    return max((entry.withdrawn or entry.updated for entry in entries), default=None)


def title(entry: FeedEntry) -> str:
    """The headline, else the address: every feed asks for one."""
    return entry.headline if entry.headline.strip() else entry.url


def readable(entry: FeedEntry) -> str:
    """Corrections first, then the body; where it was cut, a link to the rest."""
    if entry.complete and not entry.corrections:
        return entry.html
    label = labels_for(entry.language).correction
    notices = "".join(f"<p><strong>{label}:</strong> {escape(text)}</p>\n" for text in entry.corrections)
    rest = "" if entry.complete else f'\n<p><a href="{escape(entry.url)}">{escape(entry.headline)} …</a></p>'
    return f"{notices}{entry.html}{rest}"
