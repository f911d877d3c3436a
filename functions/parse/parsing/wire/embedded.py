"""Content that one format carries inside another: NITF, HTML, plain text or ninjs within NewsML, base64 pictures."""

import base64
import binascii
import re

from lxml import etree

from parsing.document import Context, Document, ParsedStory, Rejected
from parsing.markup.figures import plain_credit
from parsing.markup.sanitise import inline_html
from parsing.wire import nitf
from parsing.wire.copy import copy_of
from parsing.wire.fields import paragraphs, tidy
from slugline.story import Author, Block, Story

FILLED = (
    "headline", "kicker", "standfirst", "slug", "byline", "authors", "dateline", "language", "published", "updated",
    "embargo", "keywords", "subjects", "copyright", "usage_terms",
)  # fmt: skip
"""Fields that the content's own head fills where the envelope says nothing."""
JOINED = ("body", "images", "notices", "removed", "warnings")
NOTHING = Story()
PAIR = re.compile(r"<(?P<name>[A-Za-z][\w-]*)(?: [^<>]*)?>(?P<inner>[^<>]*)</(?P=name)>")
EMPTY = re.compile(r"<[A-Za-z][\w-]*(?: [\w-]+=\"[^\"<>]*\")*\s*/>")
CLOSING = re.compile(r"</(?:p|div|h\d|br)\s*>|<br\s*/?>", re.IGNORECASE)


def content_of(element: etree._Element, content_type: str, context: Context) -> ParsedStory:
    """The story that an element with embedded content holds. Types that carry no copy give an empty one."""
    child = next((one for one in element if isinstance(one.tag, str)), None)
    if child is not None and child.tag == "nitf":
        return nitf.read(child, context)
    if child is not None and child.tag == "html":
        body = child.find("body")
        return _copied(_markup(body if body is not None else child), context)
    if child is not None:
        return _copied("".join(_markup(one) for one in element), context)
    return _of_text("".join(element.itertext()), content_type, context)


def filled(outer: Story, inner: Story) -> Story:
    """The envelope's story with what only its content says, and with the content itself."""
    update = {name: getattr(inner, name) for name in FILLED if getattr(outer, name) in (getattr(NOTHING, name), "")}
    if inner.authors and not outer.byline:
        update["authors"] = inner.authors  # as printed, with roles, where the envelope only lists names
    update |= {name: (*getattr(outer, name), *getattr(inner, name)) for name in JOINED}
    return outer.model_copy(update=update)


def picture_data(text: str) -> bytes | None:
    """The bytes of a base64 picture; None for what is no base64."""
    try:
        return base64.b64decode("".join(text.split()), validate=True) or None
    except (binascii.Error, ValueError):
        return None


def credited(creditline: str, authors: tuple[Author, ...], provider: str) -> str | None:
    """A picture's credit: the line given, or photographer and provider as agencies print them."""
    return plain_credit(creditline) or "/".join(filter(None, (*(one.name for one in authors), provider))) or None


def _of_text(text: str, content_type: str, context: Context) -> ParsedStory:
    kind = content_type.lower()
    if "json" in kind:
        return _nested(Document("embedded.json", text.strip().encode()), context)
    if "nitf" in kind and text.lstrip().startswith("<"):
        return _nested(Document("embedded.xml", text.strip().encode()), context)
    if "html" in kind or CLOSING.search(text):
        return _copied(text, context)
    blocks = [_with_markup(block) for block in paragraphs(text)]
    return ParsedStory(Story(body=tuple(block for block in blocks if block.text)))


def _with_markup(block: Block) -> Block:
    """A paragraph of plain text without the tags that a system left in it; those of emphasis are kept as markup."""
    if not (PAIR.search(block.text) or EMPTY.search(block.text)):
        return block
    text = EMPTY.sub("", block.text)
    while (plain := PAIR.sub(r"\g<inner>", text)) != text:
        text = plain
    return block.model_copy(update={"text": tidy(text), "html": inline_html(block.text)})


def _nested(document: Document, context: Context) -> ParsedStory:
    stories = context.parse_nested(document)
    if not stories:
        raise Rejected("The embedded document holds no story.", remedy="Export the story again.")
    return stories[0]


def _copied(markup: str, context: Context) -> ParsedStory:
    copy = copy_of(markup, context.limits)
    return ParsedStory(Story(body=tuple(copy.blocks), images=tuple(copy.images), removed=tuple(copy.removed)))


def _markup(element: etree._Element) -> str:
    return etree.tostring(element, encoding="unicode", method="html")
