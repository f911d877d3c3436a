"""Text to an element tree, within limits on size, elements and nesting."""

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from parsing.document import Rejected
from parsing.limits import Limits

CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
"""Never meant in copy, and libxml2 ends a text at NUL."""
XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def page_tree(text: str, limits: Limits) -> HtmlElement:
    """The document's root element. Raises Rejected when it is larger or deeper than any real page."""
    _bound_source(text, limits)
    clean = XML_DECLARATION.sub("", CONTROLS.sub("", text))
    parser = HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True, encoding="utf-8")
    try:
        root = document_fromstring(clean.encode("utf-8", errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Rejected("The HTML page holds nothing.", remedy="Drop the page again, with its text.") from error
    _bound_tree(root, limits)
    return root


def _bound_source(text: str, limits: Limits) -> None:
    if len(text) > limits.html_bytes:
        raise Rejected(
            f"The HTML page has {len(text):,} characters; the limit is {limits.html_bytes:,}.",
            remedy="Drop the article without inlined scripts and pictures.",
        )
    if text.count("<") > 4 * limits.elements:
        # Two tags an element, and as many again for comments and stray signs.
        raise _too_many(limits)


def _bound_tree(root: HtmlElement, limits: Limits) -> None:
    depth = count = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        if depth > limits.nesting:
            raise Rejected(
                f"The HTML page is nested more than {limits.nesting} elements deep.",
                remedy="Close the page's tags, or drop the article alone.",
            )
        if count > limits.elements:
            raise _too_many(limits)


def _too_many(limits: Limits) -> Rejected:
    return Rejected(
        f"The HTML page has more than {limits.elements:,} elements.",
        remedy="Drop the article without the page around it.",
    )
