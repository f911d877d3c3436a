"""The parts of a Word package: the document, what it refers to, and its styles."""

import posixpath
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from parsing.document import Rejected
from parsing.limits import Limits
from parsing.markup.chunks import tidy
from parsing.unzip import Archive
from parsing.wire.dom import local_name, text_at, without_namespaces
from parsing.xml import parse

ELEMENTS_PER_WORD = 10
"""Word splits words into runs by editing session, each with properties: it needs so many times a page's elements."""
DEEPEST_BASE = 20
REMEDY = "Open the document in Word, save it again as .docx, and drop that."


@dataclass(frozen=True)
class Relation:
    """What an id in a part refers to: a part of the package by its name, or an address outside it."""

    kind: str
    target: str
    external: bool


@dataclass(frozen=True)
class Style:
    """A style by the name that Word shows, lower case. `hidden`: its text is not shown."""

    name: str = ""
    hidden: bool = False
    is_list: bool = False


class Parts:
    """One package. Raises Rejected when it has no document part, and for what `Archive` and `xml` refuse."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._archive = Archive(data, limits)
        self._limits = limits.model_copy(update={"elements": limits.elements * ELEMENTS_PER_WORD})
        root = self.relations("")
        main = next((one.target for one in root.values() if one.kind == "officeDocument"), "word/document.xml")
        document = self.xml(main)
        body = document.find("body") if document is not None else None
        if body is None:
            raise Rejected("The Word document has no text part.", remedy=REMEDY)
        self.body = body
        self.main = main

    def xml(self, name: str) -> etree._Element | None:
        """The part's root, without namespaces; None when there is no such part."""
        data = self._archive.read(name)
        if data is None:
            return None
        try:
            return without_namespaces(parse(data, self._limits))
        except Rejected as error:
            raise Rejected(error.reason, remedy=REMEDY, place=f"{name}, {error.place}") from None

    def read(self, name: str) -> bytes | None:
        return self._archive.read(name)

    def relations(self, part: str) -> dict[str, Relation]:
        """What the part refers to, by id; of the package itself for an empty name."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        return {} if root is None else {one.get("Id") or "": _relation(one, folder) for one in root}

    @cached_property
    def related(self) -> dict[str, Relation]:
        """What the document refers to."""
        return self.relations(self.main)

    def texts(self, kind: str, path: str) -> list[str]:
        """The words of each element at the path in the related parts of a kind: comments, notes, headers."""
        texts = []
        for related in self.related.values():
            root = self.xml(related.target) if related.kind == kind and not related.external else None
            if root is not None:
                texts += [_words(one) for one in root.iterfind(path)]
        return [text for text in texts if text]

    @cached_property
    def properties(self) -> etree._Element:
        """The core properties: title, creator, keywords, identifier."""
        name = next((one.target for one in self.relations("").values() if one.kind == "core-properties"), "")
        root = self.xml(name) if name else None
        return root if root is not None else etree.Element("coreProperties")

    def property(self, name: str) -> str:
        return text_at(self.properties, name)

    @cached_property
    def styles(self) -> dict[str, Style]:
        """By id, each with what it inherits."""
        name = next((one.target for one in self.related.values() if one.kind == "styles"), "")
        root = self.xml(name) if name else None
        raw = {attribute(one, "styleId"): one for one in root.iterfind("style")} if root is not None else {}
        return {identifier: _style(identifier, raw) for identifier in raw}


def _words(element: etree._Element) -> str:
    """All of its text, with a blank where a paragraph, a line or a cell ends."""
    parts = ((one.text or "") if one.tag == "t" else " " for one in element.iter("t", "p", "tab", "br", "cr"))
    return tidy("".join(parts))


def attribute(element: etree._Element | None, name: str) -> str:
    """The attribute's value whatever namespace it is in; empty when there is none."""
    if element is None:
        return ""
    return next((str(value) for key, value in element.attrib.items() if local_name(str(key)) == name), "")


def is_on(properties: etree._Element | None, name: str) -> bool:
    """Whether a toggle property is set: present, and not switched off by its value."""
    element = properties.find(name) if properties is not None else None
    return element is not None and attribute(element, "val").lower() not in ("0", "false", "off", "none")


def _relation(element: etree._Element, folder: str) -> Relation:
    target, external = element.get("Target") or "", element.get("TargetMode") == "External"
    if not external:
        target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    return Relation((element.get("Type") or "").rsplit("/", 1)[-1], target, external)


def _style(identifier: str, raw: dict[str, etree._Element]) -> Style:
    name, hidden, is_list = "", False, False
    for _ in range(DEEPEST_BASE):
        element = raw.get(identifier)
        if element is None:
            break
        name = name or attribute(element.find("name"), "val").lower()
        hidden = hidden or is_on(element.find("rPr"), "vanish")
        is_list = is_list or element.find("pPr/numPr") is not None
        identifier = attribute(element.find("basedOn"), "val")
    return Style(name, hidden, is_list)
