"""Inline markup made safe: an allowlist of tags and addresses, bounded before and after."""

from functools import cache

import nh3

INLINE = frozenset(
    ("a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "em", "i", "ins", "mark", "q", "s", "small", "strong",
     "sub", "sup", "time", "u")
)  # fmt: skip
"""Inline markup that carries meaning in copy."""
TABLE = frozenset(("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"))
SCHEMES = {"http", "https", "mailto"}
LONGEST = 200_000
"""Characters of one block with its markup; more than any real table."""
GROWTH = 3
"""What escaping and closing of tags may add. The HTML algorithm's reopening of tags can add a thousandfold."""


def inline_html(markup: str) -> str | None:
    """The markup with INLINE tags alone, or None when none is left or it cannot be made safe within bounds."""
    return _clean(markup, INLINE)


def table_html(markup: str) -> str | None:
    """The markup with TABLE and INLINE tags alone, or None as for `inline_html`."""
    return _clean(markup, INLINE | TABLE)


def _clean(markup: str, tags: frozenset[str]) -> str | None:
    if len(markup) > LONGEST:
        return None
    cleaned = _cleaner(tags).clean(markup).strip()
    return cleaned if "<" in cleaned and len(cleaned) <= GROWTH * len(markup) + 500 else None


def _absolute(tag: str, name: str, value: str) -> str | None:
    """Relative addresses point nowhere on our page."""
    if tag == "a" and name == "href":
        return value if value.partition(":")[0].lower() in SCHEMES else None
    return value


@cache
def _cleaner(tags: frozenset[str]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(tags),
        attributes={
            "a": {"href", "title", "hreflang", "lang"},
            "*": {"lang", "dir"},
            "td": {"colspan", "rowspan"},
            "th": {"colspan", "rowspan", "scope"},
            "time": {"datetime"},
        },
        attribute_filter=_absolute,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
        strip_comments=True,
    )
