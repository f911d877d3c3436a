"""A platform's rule for feeds, and the faults that several platforms look for."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import lxml.html

from slugline_local.feed_lint.reading import Feed, Item

Fault = Callable[[Feed], str | None]
_SHOWN = 3


@dataclass(frozen=True)
class FeedRule:
    """`fault` says what is wrong with a feed, or None."""

    name: str
    fault: Fault
    remedy: str
    source: str
    required: bool = True


def form(*taken: str) -> Fault:
    return lambda feed: None if feed.form in taken else f"This is {feed.form}; {' and '.join(taken)} are taken."


def field(name: str) -> Fault:
    return lambda feed: None if getattr(feed, name) else f"The feed has no {name}."


def each(what: str, right: Callable[[Item], bool]) -> Fault:
    """Every item has to be right; `what` says what the others are."""

    def fault(feed: Feed) -> str | None:
        wrong = [item.name for item in feed.items if not right(item)]
        more = f" and {len(wrong) - _SHOWN} more" if len(wrong) > _SHOWN else ""
        return f"{what}: {'; '.join(wrong[:_SHOWN])}{more}." if wrong else None

    return fault


def most_bytes(most: int) -> Fault:
    return lambda feed: f"The file has {feed.size:,} bytes; {most:,} is the most." if feed.size > most else None


def most_items(most: int) -> Fault:
    return lambda feed: f"{len(feed.items):,} items; {most:,} is the most." if len(feed.items) > most else None


def fewest_items(fewest: int) -> Fault:
    return lambda feed: f"{len(feed.items)} items; {fewest} are asked for." if len(feed.items) < fewest else None


def utf8(feed: Feed) -> str | None:
    return None if feed.encoding in {"UTF-8", "UTF8", "US-ASCII", "ASCII"} else f"The file is in {feed.encoding}."


def ids_once(feed: Feed) -> str | None:
    counts = Counter(item.id or item.url for item in feed.items)
    twice = [name for name, count in counts.items() if count > 1]
    return f"An id stands more than once: {twice[0]}." if twice else None


NO_ID = each("Items without an id", lambda item: bool(item.id))
NO_TITLE = each("Items without a title", lambda item: bool(item.title))
NO_DATE = each("Items without a date of RFC 822 or RFC 3339 with its zone", lambda item: item.published is not None)
NO_ADDRESS = each("Items without an absolute address", lambda item: bool(re.match(r"https?://[^/\s]+", item.url)))
NO_TEXT = each("Items without their full text", lambda item: bool(text_of(item.html)))
NO_AUTHOR = each("Items without an author", lambda item: bool(item.authors))
NO_PICTURE = each("Items without a picture", lambda item: bool(item.pictures or "<img" in item.html))
NOT_HTTPS = each("Items whose address is not https", lambda item: item.url.startswith("https://"))
MARKUP_IN_TITLE = each(
    "Titles with markup", lambda item: not re.search(r"<[a-zA-Z/][^>]*>|&(?:amp|lt|#\d+);", item.title)
)
ACTIVE = each(
    "Items with scripts, styles or objects in their text",
    lambda item: not re.search(r"(?i)<(?:script|style|object|embed|applet|param)\b", item.html),
)


def relative(item: Item) -> bool:
    """Whether the text links to or shows something by a relative address."""
    if not item.html.strip():
        return False
    tree = lxml.html.fragment_fromstring(item.html, create_parent="div")
    return any(not re.match(r"https?:|mailto:|tel:|#", str(link)) for link in tree.xpath(".//@href | .//@src"))


RELATIVE = each("Items with relative addresses in their text", lambda item: not relative(item))


def text_of(html: str) -> str:
    """Its words alone."""
    return lxml.html.fragment_fromstring(html, create_parent="div").text_content().strip() if html.strip() else ""


def narrower_than(side: int) -> Fault:
    """Pictures whose size the feed states, and that are too small."""
    return each(
        f"Items whose picture is under {side} pixels",
        lambda item: (
            not item.pictures or any(not one.width or min(one.width, one.height) >= side for one in item.pictures)
        ),
    )
