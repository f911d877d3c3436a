"""Bytes or text to an element tree, within limits on size, elements and nesting."""

import codecs
import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from parsing.document import Rejected
from parsing.limits import Limits

CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
"""Never meant in copy, and libxml2 ends a text at NUL."""
MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
DECLARED = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w:.-]+)""", re.IGNORECASE)
DECLARED_WITHIN = 4096
"""Bytes searched for the declaration: HTML asks for 1,024, real pages have it later."""
XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
LATIN = {"ascii", "us-ascii", "iso8859-1", "latin-1"}
"""Labels that the WHATWG Encoding Standard reads as windows-1252."""


def decode(data: bytes) -> tuple[str, str]:
    """The text and its encoding: byte order mark, strict UTF-8, the page's own declaration, windows-1252.

    UTF-8 goes before the declaration since a page that is valid UTF-8 with other than ASCII letters is hardly ever
    anything else, while declarations are often wrong after a page was saved again.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace"), encoding
    declared = DECLARED.search(data[:DECLARED_WITHIN])
    for name in ("utf-8", declared[1].decode("ascii") if declared else "windows-1252"):
        try:
            return data.decode(python_name(name)), name.lower()
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("cp1252", errors="replace"), "windows-1252"


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


def python_name(label: str) -> str:
    """Python's name of the encoding that the label means on the Web, where Latin-1 is windows-1252."""
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return label
    return "cp1252" if name in LATIN else name


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
