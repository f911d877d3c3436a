"""A page's text as people copy it out: alt texts, captions, credits, bios and furniture among the paragraphs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import lxml.html
from lxml.etree import _Comment

from parsing_bench.fundus import Page

SILENT = {"script", "style", "noscript", "template", "svg", "head", "iframe", "select", "textarea", "object", "math"}
BLOCKS = {
    "address", "article", "aside", "blockquote", "br", "button", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "img", "label",
    "li", "main", "nav", "ol", "p", "picture", "pre", "section", "summary", "table", "tbody", "td", "th", "time", "tr",
    "ul", "video",
}  # fmt: skip
CAPTION = re.compile(r"(?i)caption(?!s)|bildunterschrift|legend")
CREDIT = re.compile(r"(?i)credit|copyright")
BESIDE = re.compile(r"(?i)figure|image|img|picture|photo|gallery|slide|bild|foto|media|quelle|source|rights")
LONGEST_CAPTION = 600
LONGEST_CREDIT = 120
HEADINGS = ("h2", "h3", "h4", "h5", "h6")
LINKED = 0.5
"""The share of an item's letters from which on it is a link to elsewhere, not copy."""
FOUND = 0.9
"""The share of gold paragraphs that have to be in the dump: of other pages the text is not in the markup."""


@dataclass(frozen=True)
class Dump:
    name: str
    text: str
    page: Page
    captions: tuple[str, ...] = ()
    """What the page marks up as captions; the gold lists only some of a page's pictures."""
    credits: tuple[str, ...] = ()
    alts: tuple[str, ...] = ()
    beside_pictures: tuple[str, ...] = ()
    """Texts of elements whose class or tag names a picture. Whether they are captions the page does not say."""
    unlisted: frozenset[str] = frozenset()
    """Copy that the gold leaves out, squeezed: items of lists and subheads that are siblings of its paragraphs."""


def dump_of(page: Page) -> Dump | None:
    """The text of the smallest element that holds headline and paragraphs; None when the page has them elsewhere."""
    tree = lxml.html.fromstring(page.html.encode("utf-8"), parser=lxml.html.HTMLParser(encoding="utf-8"))
    wanted = {squeezed(text) for text in page.paragraphs}
    holders = [element for element in tree.iter() if _says(element, wanted)]
    title = [element for element in tree.iter("h1") if squeezed(element.text_content()) == squeezed(page.title)]
    if not wanted or not holders:
        return None
    lines = lines_of(_common(holders + title[:1]))
    text = "\n".join(lines)
    present = {squeezed(line) for line in lines}
    if len(wanted & present) < len(wanted) * FOUND:
        return None
    return Dump(
        name=page.name,
        text=text if title else f"{page.title}\n\n{text}",
        page=page,
        captions=_marked(tree, CAPTION, LONGEST_CAPTION)
        + tuple(each.text_content() for each in tree.iter("figcaption")),
        credits=_marked(tree, CREDIT, LONGEST_CREDIT),
        beside_pictures=_marked(tree, BESIDE, LONGEST_CAPTION)
        + tuple(text for each in tree.iter("figure") if len(text := each.text_content().strip()) <= LONGEST_CAPTION),
        alts=tuple(filter(None, (image.get("alt") for image in tree.iter("img")))),
        unlisted=frozenset(_unlisted(tree, holders)),
    )


def _unlisted(tree: lxml.html.HtmlElement, paragraphs: list[lxml.html.HtmlElement]) -> Iterator[str]:
    """What stands beside the gold's paragraphs: items of lists after the first one, and headings right above one.

    Fundus' parsers pick paragraphs and subheads by one selector a publisher, which seldom takes in lists and often not
    every level of heading. Lists of links are no copy.
    """
    beside = {paragraph.getparent() for paragraph in paragraphs}
    known = set(paragraphs)
    begun = False
    for element in tree.iter("ul", "ol", *HEADINGS, paragraphs[0].tag):
        begun = begun or element is paragraphs[0]
        if element.tag in HEADINGS and element.getnext() in known:
            yield squeezed(element.text_content())
        if begun and element.tag in {"ul", "ol"} and element.getparent() in beside:
            yield from (squeezed(item.text_content()) for item in element.iter("li") if not _is_link(item))


def _is_link(item: lxml.html.HtmlElement) -> bool:
    linked = sum(len(squeezed(link.text_content())) for link in item.iter("a"))
    return linked >= LINKED * len(squeezed(item.text_content()))


def _marked(tree: lxml.html.HtmlElement, word: re.Pattern[str], longest: int) -> tuple[str, ...]:
    """The texts of the elements whose class says what they are."""
    marked = (each for each in tree.xpath("//*[@class]") if each.tag not in SILENT and word.search(each.get("class")))
    return tuple(text for each in marked if len(text := each.text_content().strip()) <= longest)


def squeezed(text: str) -> str:
    """The text's letters and digits, for comparing."""
    return "".join(re.findall(r"\w+", text.lower()))


def _says(element: lxml.html.HtmlElement, wanted: set[str]) -> bool:
    if not isinstance(element.tag, str) or element.tag in SILENT or element.tag in {"html", "body"}:
        return False
    own = (element.text or "") + "".join(child.tail or "" for child in element)
    return bool(own.strip()) and squeezed(element.text_content()) in wanted


def _common(elements: list[lxml.html.HtmlElement]) -> lxml.html.HtmlElement:
    paths = [[*reversed(list(element.iterancestors())), element] for element in elements]
    shared = [level[0] for level in zip(*paths, strict=False) if all(node is level[0] for node in level)]
    return shared[-1] if len(elements) > 1 else elements[0].getparent()


def lines_of(root: lxml.html.HtmlElement) -> list[str]:
    """The element's text, one line per block, a blank line between blocks except within a figure."""
    lines: list[str] = []
    current: list[str] = []

    def end_line(*, blank: bool) -> None:
        text = re.sub(r"\s+", " ", "".join(current)).strip()
        current.clear()
        if text:
            lines.append(text)
        if blank and lines and lines[-1]:
            lines.append("")

    def walk(element: lxml.html.HtmlElement, *, in_figure: bool) -> None:
        if isinstance(element, _Comment) or not isinstance(element.tag, str) or element.tag in SILENT:
            return
        figure = in_figure or element.tag == "figure"
        block = element.tag in BLOCKS
        if block:
            end_line(blank=not in_figure)
        if element.tag == "img":
            current.append(element.get("alt") or "")
        current.append(element.text or "")
        for child in element:
            walk(child, in_figure=figure)
            current.append(child.tail or "")
        if block:
            end_line(blank=not in_figure)

    walk(root, in_figure=False)
    end_line(blank=False)
    return lines
