"""Which chunks of a page are the article: by prose, by links, by the elements they stand in."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from parsing.markup.chunks import Chunk
from parsing.markup.furniture import reason_by_element, reason_by_wording
from parsing.markup.people import BY

PROSE = 60
"""Characters from which a chunk counts as prose; a third of it where a character is a word."""
IDEOGRAPHS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
MOSTLY_LINKS = 0.5
WRAPPER = 0.5
"""An element with this share of the page's prose holds the article: its class names judge nothing."""
DESCENT = 0.85
"""A child with this share of its parent's prose holds the article alone."""
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
BARE = 0.8


@dataclass(slots=True)
class Article:
    """The chunks of the page: those of the article, and each of the others with the reason why it is none."""

    container: HtmlElement
    kept: list[Chunk] = field(default_factory=list)
    removed: list[tuple[Chunk, str]] = field(default_factory=list)


def article_of(root: HtmlElement, chunks: list[Chunk]) -> Article:
    """The page's chunks, told apart."""
    judge = _Judge(root, chunks)
    article = Article(judge.container())
    inside = set(article.container.iter())
    for chunk in chunks:
        reason = "outside the article" if chunk.element not in inside else judge.reason(chunk)
        if reason is None:
            article.kept.append(chunk)
        else:
            article.removed.append((chunk, reason))
    return article


def is_prose(chunk: Chunk) -> bool:
    return _weight(chunk) > 0


def _weight(chunk: Chunk) -> int:
    """Characters that speak for an article."""
    size = len(chunk.text)
    if chunk.table or chunk.tag in HEADINGS or chunk.linked > MOSTLY_LINKS * size:
        return 0
    if size < PROSE and not (size >= PROSE // 3 and IDEOGRAPHS.search(chunk.text)):
        return 0
    return size


class _Judge:
    def __init__(self, root: HtmlElement, chunks: list[Chunk]) -> None:
        self.root = root
        self.total = sum(map(_weight, chunks))
        everything = _sums(chunks)
        self.wrappers = {element for element, weight in everything.items() if weight > WRAPPER * self.total} | {root}
        self.by_element: dict[HtmlElement, str | None] = {}
        self.sums = _sums(
            [chunk for chunk in chunks if not chunk.figure and self.element_reason(chunk.element) is None]
        )

    def container(self) -> HtmlElement:
        """The deepest element that holds nearly all of the prose."""
        current = self.root
        while (best := self._heaviest_child(current)) is not None:
            current = best
        parent = current.getparent()
        return parent if current.tag in ("p", "span") and parent is not None else current

    def _heaviest_child(self, element: HtmlElement) -> HtmlElement | None:
        best = max((c for c in element if isinstance(c.tag, str)), key=lambda c: self.sums.get(c, 0), default=None)
        weight = self.sums.get(best, 0) if best is not None else 0
        return best if weight and weight >= DESCENT * self.sums.get(element, 0) else None

    def element_reason(self, element: HtmlElement) -> str | None:
        """The reason of the nearest of the element and its ancestors that has one, wrappers aside."""
        if element in self.wrappers:
            return None
        if element not in self.by_element:
            parent = element.getparent()
            inherited = self.element_reason(parent) if parent is not None else None
            self.by_element[element] = inherited or reason_by_element(element)
        return self.by_element[element]

    def reason(self, chunk: Chunk) -> str | None:
        if reason := self.element_reason(chunk.element):
            return reason
        if chunk.figure or chunk.table:
            return None
        if reason := reason_by_wording(chunk.text):
            return reason
        return "link by itself" if _is_bare_link(chunk) else None


def _is_bare_link(chunk: Chunk) -> bool:
    """Links without a sentence. A linked byline is left to be read as one."""
    whole = chunk.linked > BARE * len(chunk.text) and chunk.tag not in HEADINGS
    return whole and not chunk.text.endswith((".", "!", "?", "”")) and not BY.match(chunk.text)


def _sums(chunks: list[Chunk]) -> dict[HtmlElement, int]:
    """The prose below each element."""
    sums: dict[HtmlElement, int] = defaultdict(int)
    for chunk in chunks:
        if weight := _weight(chunk):
            sums[chunk.element] += weight
            for ancestor in chunk.element.iterancestors():
                sums[ancestor] += weight
    return sums
