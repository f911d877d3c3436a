"""What the forms of a feed have in common."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from rendering.labels import labels_for
from slugline.feed import FeedEntry


def newest(entries: Sequence[FeedEntry]) -> datetime | None:
    """When the newest change was made, so that the same entries always give the same bytes; None without entries."""
    return max((entry.withdrawn or entry.updated for entry in entries), default=None)


def readable(entry: FeedEntry) -> str:
    """Corrections first, then the body; where it was cut, a link to the rest."""
    labels = labels_for(entry.language)
    notices = (Markup("<p><strong>{}:</strong> {}</p>\n").format(labels.correction, text) for text in entry.corrections)
    rest = Markup('\n<p><a href="{}">{} …</a></p>').format(entry.url, entry.headline) if not entry.complete else ""
    html = Markup(entry.html)  # noqa: S704 - made by feed_entry from sanitised markup
    return str(Markup("").join(notices) + html + rest)
