"""Which chunks of a page are the article: by prose, by links, by the elements around them, by what the page states."""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import dropwhile, takewhile

from lxml.html import HtmlElement

from parsing.markup import boxes, passes
from parsing.markup.chunks import Chunk
from parsing.markup.furniture import reason_by_element
from parsing.markup.prose import is_sentence, strength_of

WRAPPER = 0.4
"""An element with this share of the page's prose holds the article: its class names judge nothing."""
BOX = 0.15
"""A box has less than this of it."""
SOFT_SHARE = 0.1
SOFT = frozenset(
    ("newsletter prompt", "share link", "advertisement", "tag list", "notice of the site", "page furniture")
)
"""Names that publishers also give to parts of the copy (`paywall`, `premium-promo`), when they hold enough of it."""
ANCHORED = 0.35
"""The share is less for a child that prints the headline: the others may be other articles."""
COPY = 80
"""Strength of a paragraph that is copy whatever it is named."""
BARELY = frozenset(("page furniture", "button", "form", "share link", "advertisement", "notice of the site"))
"""Reasons that hold for text and not for a picture: lightboxes are buttons, pictures are widgets."""
COMMENTS = 0.8
"""The same for comments, which can be longer than the article."""
DESCENT = 0.85
"""A child with this share of its parent's prose holds the article alone."""


@dataclass(slots=True)
class Article:
    """The chunks of the page: those of the article, and each of the others with the reason why it is none."""

    container: HtmlElement
    kept: list[Chunk] = field(default_factory=list)
    removed: list[tuple[Chunk, str]] = field(default_factory=list)


def article_of(
    root: HtmlElement, chunks: list[Chunk], headline: HtmlElement | None = None, stated_body: str | None = None
) -> Article:
    """The page's chunks, told apart.

    `headline` is the element that prints it; `stated_body` the article's text as the page's metadata has it.
    """
    judge = _Judge(root, chunks, headline)
    container = judge.container()
    inside = set(container.iter()) | _lead(judge, chunks, container, headline)
    verdicts: passes.Verdicts = [
        (_reason(judge, chunk) if chunk.element in inside else "outside the article") for chunk in chunks
    ]
    for judged in passes.PASSES:
        judged(chunks, verdicts)
    if stated_body:
        passes.by_stated_body(chunks, verdicts, stated_body)
    article = Article(container)
    for chunk, reason in zip(chunks, verdicts, strict=True):
        if reason is None:
            article.kept.append(chunk)
        else:
            article.removed.append((chunk, reason))
    return article


def _reason(judge: "_Judge", chunk: Chunk) -> str | None:
    reason = judge.element_reason(chunk.element)
    return None if chunk.figure and reason in BARELY else reason


def _lead(
    judge: "_Judge", chunks: list[Chunk], container: HtmlElement, headline: HtmlElement | None
) -> set[HtmlElement]:
    """Elements of the sentences between the headline and the article's element: its first paragraph or standfirst."""
    if headline is None:
        return set()
    above = list(takewhile(lambda chunk: not _is_below(chunk.element, container), chunks))
    after = list(dropwhile(lambda chunk: not _is_below(chunk.element, headline), above))
    return {chunk.element for chunk in after if is_sentence(chunk) and judge.element_reason(chunk.element) is None}


def _is_below(element: HtmlElement, ancestor: HtmlElement) -> bool:
    return element is ancestor or any(e is ancestor for e in element.iterancestors())


class _Judge:
    """What the elements say: their names and the prose below them."""

    def __init__(self, root: HtmlElement, chunks: list[Chunk], headline: HtmlElement | None) -> None:
        self.above_headline = set(headline.iterancestors()) if headline is not None else set()
        self.root = root
        self.everything = _sums(chunks)
        self.total = self.everything.get(root, 0)
        self.by_element: dict[HtmlElement, str | None] = {root: None}
        self.sums = _sums([chunk for chunk in chunks if self.element_reason(chunk.element) is None])

    def container(self) -> HtmlElement:
        """The deepest element that holds nearly all of the prose."""
        current = self.root
        while (best := self._heaviest_child(current)) is not None:
            current = best
        parent = current.getparent()
        return parent if current.tag in ("p", "span") and parent is not None else current

    def element_reason(self, element: HtmlElement) -> str | None:
        """The reason of the outermost of the element and its ancestors that has one, wrappers aside."""
        if element not in self.by_element:
            parent = element.getparent()
            inherited = self.element_reason(parent) if parent is not None else None
            self.by_element[element] = inherited or self._own_reason(element)
        return self.by_element[element]

    def _own_reason(self, element: HtmlElement) -> str | None:
        share = self.everything.get(element, 0) / (self.total or 1)
        if element.tag == "p" and self.everything.get(element, 0) > COPY:
            return None
        reason = reason_by_element(element) if share < COMMENTS else None
        if share < BOX and reason is None:
            reason = boxes.reason_of(element)
        most = SOFT_SHARE if reason in SOFT and not boxes.asks(element) else WRAPPER
        return reason if share < most or reason == "comment" else None

    def _heaviest_child(self, element: HtmlElement) -> HtmlElement | None:
        for child in element:
            if child in self.above_headline and self.sums.get(child, 0) >= ANCHORED * self.sums.get(element, 0) > 0:
                return child
        best = max((c for c in element if isinstance(c.tag, str)), key=lambda c: self.sums.get(c, 0), default=None)
        weight = self.sums.get(best, 0) if best is not None else 0
        return best if weight and weight >= DESCENT * self.sums.get(element, 0) else None


def _sums(chunks: list[Chunk]) -> dict[HtmlElement, float]:
    """The prose below each element."""
    sums: dict[HtmlElement, float] = defaultdict(float)
    for chunk in chunks:
        if weight := strength_of(chunk):
            sums[chunk.element] += weight
            for ancestor in chunk.element.iterancestors():
                sums[ancestor] += weight
    return sums
