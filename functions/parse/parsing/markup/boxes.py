"""Boxes on a page told by what they hold rather than by their names: forms, polls, grids of teasers."""

import re
from collections import Counter

from lxml.html import HtmlElement

HOLDERS = frozenset(("div", "section", "ul", "ol", "article", "fieldset", "label"))
CARDS = 3
"""Elements of one kind side by side, each with a picture, a link and a title, that make a grid of teasers."""
CARD_TEXT = 400
"""Characters of the longest teaser."""
BOX_TEXT = 800
"""Characters of the longest form with the words that recommend it."""
TITLE = re.compile(r"title|headline|ttl|heading|teaser|card", re.IGNORECASE)
ASKING = frozenset(("text", "email", "password", "radio", "checkbox", "tel", "search"))


def reason_of(element: HtmlElement) -> str | None:
    """Why what this element holds is no copy, or None. The caller knows that it holds little of the page's prose."""
    if element.tag not in HOLDERS:
        return None
    if len(element.text_content()) <= BOX_TEXT and asks(element):
        return "form"
    return "teasers" if _is_grid(element) else None


def asks(element: HtmlElement) -> bool:
    """Whether readers are to write into it."""
    return any((field.get("type") or "text") in ASKING for field in element.iter("input"))


def _is_grid(element: HtmlElement) -> bool:
    kinds = Counter((child.tag, child.get("class")) for child in element if isinstance(child.tag, str))
    if not kinds or max(kinds.values()) < CARDS:
        return False
    (kind, count) = kinds.most_common(1)[0]
    cards = [child for child in element if (child.tag, child.get("class")) == kind]
    return sum(map(_is_card, cards)) >= max(CARDS, count - 1)


def _is_card(element: HtmlElement) -> bool:
    held = list(element.iter())
    tags = {child.tag for child in held}
    if not ({"img", "picture"} & tags and "a" in tags):
        return False
    titled = bool({"h2", "h3", "h4", "h5"} & tags) or any(TITLE.search(child.get("class") or "") for child in held)
    return titled and len(element.text_content()) <= CARD_TEXT
