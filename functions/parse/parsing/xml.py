"""XML that a stranger wrote, read safely: no entity, no DTD and no network is ever followed.

A DOCTYPE by itself is accepted, as NITF documents carry one; a document that declares entities is rejected. A
reference to one of HTML's named characters, which NITF's own DTD would declare, is that character.
"""

import re
from html.entities import html5

from lxml import etree

from parsing.document import Rejected
from parsing.limits import Limits

CHUNK = 65_536
DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:-]+)[\"']")
ONE_BYTE = frozenset((b"us-ascii", b"ascii", b"iso-8859-1", b"iso-8859-15", b"latin1", b"windows-1252", b"cp1252"))


def parse(data: bytes, limits: Limits) -> etree._Element:
    """The root element. Comments and processing instructions are left out.

    Raises Rejected, with line and column, for what is not well-formed, declares or needs entities, or has more
    elements or a deeper nesting than the limits allow; the latter before the whole of it is in memory.
    """
    parser = etree.XMLPullParser(
        events=("start", "end"),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        encoding=_encoding(data),
    )
    bounds = _Bounds(limits)
    try:
        for start in range(0, len(data), CHUNK):
            parser.feed(data[start : start + CHUNK])
            bounds.check(parser)
        root: etree._Element = parser.close()
        bounds.check(parser)
    except etree.XMLSyntaxError as error:
        raise _malformed(error) from None
    _resolve_characters(root)
    return root


def _encoding(data: bytes) -> str | None:
    """UTF-8 where that is what the bytes are though they declare one byte a character; else as they declare.

    Systems that re-encode a document often leave its declaration as it was. Text in one byte a character that has any
    letter beyond ASCII is as good as never valid UTF-8.
    """
    declared = DECLARED.match(data)
    if declared is None or declared[1].lower() not in ONE_BYTE or data.isascii():
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


class _Bounds:
    """Counts elements and depth over the chunks of one document."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.elements = 0
        self.depth = 0

    def check(self, parser: "etree.XMLPullParser") -> None:
        for event, element in parser.read_events():
            if event == "end":
                self.depth -= 1
                continue
            if self.elements == 0:
                _refuse_entities(element)
            self.elements += 1
            self.depth += 1
            if self.elements > self.limits.elements:
                raise _too_large(f"more than {self.limits.elements:,} elements", element)
            if self.depth > self.limits.nesting:
                raise _too_large(f"elements nested more than {self.limits.nesting} deep", element)


def _refuse_entities(root: etree._Element) -> None:
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is None:
        return
    declared = next(dtd.iterentities(), None)
    if declared is not None:
        raise Rejected(
            f"The XML declares an entity of its own ({declared.name}), which Slugline does not expand.",
            remedy="Export the document without entity declarations: the characters themselves, in UTF-8.",
            place="DOCTYPE",
        )


def _resolve_characters(root: etree._Element) -> None:
    for entity in list(root.iter(etree.Entity)):
        reference = entity.text or ""
        character = html5.get(reference.removeprefix("&"))
        if character is None:
            raise Rejected(
                f"The XML uses the entity {reference}, which is not declared.",
                remedy="Write the character itself, in UTF-8.",
                place=f"line {entity.sourceline}",
            )
        _replace(entity, character)


def _replace(entity: etree._Element, character: str) -> None:
    parent, before = entity.getparent(), entity.getprevious()
    text = character + (entity.tail or "")
    if before is not None:
        before.tail = (before.tail or "") + text
    elif parent is not None:
        parent.text = (parent.text or "") + text
    if parent is not None:
        entity.tail = None
        parent.remove(entity)


def _too_large(what: str, element: etree._Element) -> Rejected:
    return Rejected(
        f"The XML has {what}.",
        remedy="Split the document, or raise the limit (docs/operator.md) if your documents need it.",
        place=f"line {element.sourceline}",
    )


def _malformed(error: etree.XMLSyntaxError) -> Rejected:
    line, column = error.position
    return Rejected(
        f"The XML is not well-formed: {error.msg}.",
        remedy="Export the document again, or mend it at this place.",
        place=f"line {line}, column {column}",
    )
