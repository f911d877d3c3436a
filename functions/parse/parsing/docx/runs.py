"""The inside of a paragraph: its text as accepted, its markup, and what was in it that is not for print."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from html import escape

from lxml import etree

from parsing.docx.parts import Parts, attribute, is_on
from parsing.markup.chunks import tidy
from parsing.markup.readings import READING
from parsing.text.lines import clean

INSIDE = frozenset(
    ("ins", "moveTo", "smartTag", "customXml", "dir", "bdo", "sdtContent", "oMath", "oMathPara", "ruby", "rubyBase")
)
"""Elements around runs that change nothing in how they read: inserted, moved here, tagged, controlled."""
OUT = {"del": "tracked deletion", "moveFrom": "text moved elsewhere"}
BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\N{NON-BREAKING HYPHEN}", "softHyphen": ""}
HIDDEN = "hidden text"
LINK = re.compile(r'\s*HYPERLINK\s+(?:\\l\s+)?"([^"]+)"', re.IGNORECASE)
TAGS = {"b": "strong", "i": "em"}
RAISED = {"superscript": "sup", "subscript": "sub"}


@dataclass(frozen=True)
class Look:
    """How a run reads: its tags from the outside in, and the address it links to."""

    tags: tuple[str, ...] = ()
    href: str = ""
    out: str = ""
    """Why it is not for print; empty for what is."""


@dataclass
class Inside:
    """A paragraph's runs. `objects` are the drawings and old pictures in it, in order."""

    runs: list[tuple[str, Look]] = field(default_factory=list)
    objects: list[etree._Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        return tidy("".join(text for text, look in self.runs if not look.out))

    @property
    def html(self) -> str:
        """The markup of what is for print; empty when all of it looks the same."""
        shown = [(text, look) for text, look in self.runs if not look.out and text]
        looks = {look for text, look in shown if text.strip()}
        if len(looks) <= 1 and not any(look.href for look in looks):
            return ""
        return tidy("".join(_marked(text, look) for text, look in _joined(shown)))

    @property
    def is_emphasised(self) -> bool:
        """Whether all that is for print is in italics."""
        looks = [look for text, look in self.runs if not look.out and text.strip()]
        return bool(looks) and all(TAGS["i"] in look.tags for look in looks)

    @property
    def left_out(self) -> list[tuple[str, str]]:
        """Texts that are not for print, each with its reason."""
        parts = _joined([(text, Look(out=look.out)) for text, look in self.runs])
        return [(tidy(text), look.out) for text, look in parts if look.out and text.strip()]


class Reader:
    """Reads paragraphs of one document."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._fields: list[str | None] = []
        """The fields that are open, across paragraphs: the instruction so far, or None once its result has begun."""
        self._links: list[str] = []

    def read(self, paragraph: etree._Element, *, hidden: bool) -> Inside:
        inside = Inside()
        self._children(paragraph, Look(out=HIDDEN if hidden else ""), inside)
        return inside

    def _children(self, element: etree._Element, look: Look, inside: Inside) -> None:
        for child in element:
            self._child(child, str(child.tag), look, inside)

    def _child(self, child: etree._Element, tag: str, look: Look, inside: Inside) -> None:
        if tag == "r":
            self._run(child, look, inside)
        elif tag in INSIDE:
            self._children(child, look, inside)
        elif tag in OUT:
            self._children(child, replace(look, out=OUT[tag]), inside)
        elif tag == "sdt":
            for content in child.iterfind("sdtContent"):
                self._children(content, look, inside)
        elif tag == "hyperlink":
            self._children(child, replace(look, href=self._address(child) or look.href), inside)
        elif tag == "fldSimple":
            link = LINK.match(attribute(child, "instr"))
            self._children(child, replace(look, href=link[1]) if link else look, inside)
        elif tag == "AlternateContent":
            self._children(chosen(child), look, inside)

    def _address(self, link: etree._Element) -> str:
        related = self._parts.related.get(attribute(link, "id"))
        return related.target if related and related.external else ""

    def _run(self, run: etree._Element, look: Look, inside: Inside) -> None:
        look = self._look(run.find("rPr"), look)
        for child in run:
            tag = str(child.tag)
            if tag in ("drawing", "pict", "object"):
                if not look.out:
                    inside.objects.append(child)
            elif tag == "AlternateContent":
                inside.objects += [one for one in chosen(child) if not look.out]
            elif tag == "ruby":
                self._ruby(child, look, inside)
            elif tag == "fldChar":
                self._field(attribute(child, "fldCharType"))
            elif tag == "instrText":
                if self._fields and self._fields[-1] is not None:
                    self._fields[-1] += child.text or ""
            elif not self._in_instruction() and (text := _text(child, tag)):
                href = look.href or next((link for link in reversed(self._links) if link), "")
                inside.runs.append((clean(text), replace(look, href=href)))

    def _ruby(self, ruby: etree._Element, look: Look, inside: Inside) -> None:
        """A word with its reading above it, as Japanese and Chinese print them."""
        for base in ruby.iterfind("rubyBase"):
            self._children(base, look, inside)
        for reading in ruby.iterfind("rt"):
            self._children(reading, replace(look, out=look.out or READING), inside)

    def _look(self, properties: etree._Element | None, look: Look) -> Look:
        style = self._parts.styles.get(attribute(properties.find("rStyle"), "val")) if properties is not None else None
        hidden = is_on(properties, "vanish") or is_on(properties, "webHidden") or bool(style and style.hidden)
        raised = attribute(properties.find("vertAlign"), "val") if properties is not None else ""
        tags = tuple(tag for name, tag in TAGS.items() if is_on(properties, name))
        tags += (RAISED[raised],) if raised in RAISED else ()
        return replace(look, tags=tags, out=look.out or (HIDDEN if hidden else ""))

    def _field(self, kind: str) -> None:
        """A field is `begin`, instruction, `separate`, result, `end`; of a HYPERLINK the result is the link's text."""
        if kind == "begin":
            self._fields.append("")
            self._links.append("")
        elif kind == "separate" and self._fields:
            link = LINK.match(self._fields[-1] or "")
            self._fields[-1] = None
            self._links[-1] = link[1] if link else ""
        elif kind == "end" and self._fields:
            self._fields.pop()
            self._links.pop()

    def _in_instruction(self) -> bool:
        return any(instruction is not None for instruction in self._fields)


def chosen(alternatives: etree._Element) -> etree._Element:
    """One of the alternative forms of the same content, which otherwise would be read twice."""
    for name in ("Choice", "Fallback"):
        found = alternatives.find(name)
        if found is not None and len(found):
            return found
    return etree.Element("nothing")


def _text(element: etree._Element, tag: str) -> str:
    if tag in ("t", "delText"):
        return element.text or ""
    if tag == "sym":
        code = attribute(element, "char")
        return _symbol(code)
    return BREAKS.get(tag, "")


def _symbol(code: str) -> str:
    """A character of a symbol font: those of its private area are pictures, and no text."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return chr(number) if 0x20 <= number < 0xD800 else ""  # noqa: PLR2004 - the plane's bounds


def _joined(runs: list[tuple[str, Look]]) -> Iterator[tuple[str, Look]]:
    """Neighbours that look the same as one."""
    joined: list[tuple[str, Look]] = []
    for text, look in runs:
        if joined and joined[-1][1] == look:
            joined[-1] = (joined[-1][0] + text, look)
        else:
            joined.append((text, look))
    return iter(joined)


def _marked(text: str, look: Look) -> str:
    markup = escape(text, quote=False)
    wrap: Callable[[str, str], str] = "<{1}>{0}</{1}>".format
    for tag in reversed(look.tags):
        markup = wrap(markup, tag)
    return f'<a href="{escape(look.href)}">{markup}</a>' if look.href else markup
