"""An element tree as a list of chunks: each run of text between two block boundaries, and each figure."""

import re
from dataclasses import dataclass, field
from html import escape
from itertools import islice

from lxml.html import HtmlElement

from parsing.markup.sanitise import INLINE

SKIPPED = frozenset(
    ("script", "style", "template", "noscript", "head", "svg", "annotation", "annotation-xml", "iframe", "object",
     "canvas", "select", "option", "input", "textarea", "datalist", "audio", "map", "dialog", "amp-ad",
     "amp-analytics")
)  # fmt: skip
"""Holds no copy."""
BLOCKS = frozenset(
    ("address", "article", "aside", "blockquote", "body", "button", "center", "dd", "details", "div", "dl", "dt",
     "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr",
     "html", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
     "thead", "tr", "ul", "video")
)  # fmt: skip
NOT_HELD = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "form", "time", "article", "section"))
"""Never part of a picture's own texts."""
PICTURE_NAME = re.compile(r"image|figure|photo|picture|caption|media|foto|bild|img", re.IGNORECASE)
LONGEST_CAPTION = 600
UNNAMED_CAPTION = 300
COPY_NAME = re.compile(r"content|entry|article|story|post|text|body", re.IGNORECASE)
LABELS = 40
"""Characters of a slide counter and the like beside a caption."""
EMBED_CLASS = re.compile(r"twitter-(?:tweet|video)|instagram-media|tiktok-embed|bluesky-embed|fb-post|reddit-embed")
SPACE = re.compile(r"[ \t\r\n\f]+")
SENTENCE = 40
"""Characters that a line break must follow to end a paragraph; verses and addresses are shorter."""
SENTENCE_END = re.compile("[.!?\u2026\u3002\uff01\uff1f\u0964][\"'\u201d\u2019\u00bb)\u300d\\]]*$")
FEWEST, LONGEST_CELL = 2, 200
"""Rows and columns of a table of data, and the characters of a cell of one."""
DEEPEST_INLINE = 8
"""Levels of inline markup kept; deeper is broken markup, and costs the sanitiser."""


@dataclass(slots=True, eq=False)
class Chunk:
    """Text between block boundaries, with the block element that holds it; or a figure, whose text is empty."""

    element: HtmlElement
    text: str = ""
    markup: str = ""
    linked: int = 0
    figure: bool = False
    table: bool = False
    embed: HtmlElement | None = None
    """The posting from elsewhere that it stands in."""
    lines: list[str] = field(default_factory=list)
    """Of a figure: the lines beside it that are its caption or credit, see `picture_lines`."""

    @property
    def tag(self) -> str:
        return str(self.element.tag)


def chunks_of(root: HtmlElement) -> list[Chunk]:
    """The chunks below the element, in document order."""
    walk = _Walk(root)
    walk.inside(root, root)
    walk.flush(root)
    return walk.found


def texts_in(element: HtmlElement) -> list[str]:
    """Each run of text below the element that readers see, whatever block or picture it stands in."""
    if not isinstance(element.tag, str) or element.tag in SKIPPED or _is_hidden(element):
        return []
    texts = [tidy(element.text or "")]
    for child in element:
        texts += [*texts_in(child), tidy(child.tail or "")]
    return [text for text in texts if text]


def _embed_of(element: HtmlElement) -> HtmlElement | None:
    near = (element, *islice(element.iterancestors(), 3))
    return next((e for e in near if EMBED_CLASS.search(e.get("class") or "")), None)


def tidy(text: str) -> str:
    """White space as HTML collapses it; a no-break space inside the copy stays."""
    return SPACE.sub(" ", text).strip()


class _Walk:
    """Appends to `found` as it goes; two Python frames a level of nesting, so the limit on nesting bounds them."""

    def __init__(self, root: HtmlElement) -> None:
        self.held = _held_below(root)
        self.found: list[Chunk] = []
        self.text: list[str] = []
        self.markup: list[str] = []
        self.linked = 0
        self.link_depth = 0
        self.inline_depth = 0
        self.broken = False

    def inside(self, element: HtmlElement, block: HtmlElement) -> None:
        self._add(element.text)
        for child in element:
            if isinstance(child.tag, str):
                self._child(child, block)
            self._add(child.tail)

    def flush(self, block: HtmlElement) -> None:
        text = tidy("".join(self.text))
        if text:
            markup = tidy("".join(self.markup))
            self.found.append(Chunk(block, text=text, markup=markup, linked=self.linked, embed=_embed_of(block)))
        self.text, self.markup, self.linked, self.broken = [], [], 0, False

    def _child(self, child: HtmlElement, block: HtmlElement) -> None:
        tag = child.tag
        if tag in SKIPPED or _is_hidden(child):
            return
        if tag == "br" or (tag == "span" and "br" in (child.get("class") or "").split()):
            self._line_break(block)
        elif _is_figure(child, self.held.get(child, NOTHING)):
            self.flush(block)
            self.found.append(Chunk(child, figure=True))
        elif tag == "table" and is_data_table(child):
            self.flush(block)
            self.found.append(Chunk(child, text=_rows(child), table=True))
        elif tag in BLOCKS or "-" in str(tag):
            self.flush(block)
            outer, self.inline_depth = self.inline_depth, 0
            self.inside(child, child)
            self.inline_depth = outer
            self.flush(child)
        else:
            self._inline(child, block)

    def _inline(self, child: HtmlElement, block: HtmlElement) -> None:
        link = child.tag == "a"
        kept = child.tag in INLINE and self.inline_depth < DEEPEST_INLINE
        self.link_depth += link
        self.inline_depth += kept
        if kept:
            self.markup.append(_opening(child))
        self.inside(child, block)
        if kept:
            self.markup.append(f"</{child.tag!s}>")
        self.inline_depth -= kept
        self.link_depth -= link

    def _line_break(self, block: HtmlElement) -> None:
        """One break is a space, two are a paragraph; so is one that a sentence ends at."""
        if self.broken or self._ends_sentence():
            self.flush(block)
        else:
            self._add(" ")
            self.broken = True

    def _ends_sentence(self) -> bool:
        text = "".join(self.text).rstrip()
        return len(text) >= SENTENCE and SENTENCE_END.search(text) is not None

    def _add(self, text: str | None) -> None:
        if not text:
            return
        if text.strip():
            self.broken = False
        self.text.append(text)
        self.markup.append(escape(text, quote=False))
        if self.link_depth:
            self.linked += len(tidy(text))


@dataclass(slots=True)
class _Held:
    """What stands below an element."""

    pictures: int = 0
    letters: int = 0
    linked: int = 0
    blocks: bool = False
    hinted: bool = False
    copies: bool = False


def _held_below(root: HtmlElement) -> dict[HtmlElement, _Held]:
    """What each element that could be a picture's holder holds, from the leaves up."""
    held: dict[HtmlElement, _Held] = {}
    for element in reversed(list(root.iter())):
        if not isinstance(element.tag, str) or element.tag in SKIPPED:
            continue
        own = _Held(letters=len((element.text or "").strip()))
        own.pictures = element.tag in ("img", "amp-img")
        own.blocks = element.tag in NOT_HELD
        own.hinted = PICTURE_NAME.search(element.get("class") or "") is not None
        own.copies = element.tag == "p" and own.letters > 0
        for child in element:
            below = held.get(child, NOTHING)
            own.pictures += below.pictures
            own.letters += below.letters + len((child.tail or "").strip())
            own.linked += below.linked
            own.blocks = own.blocks or below.blocks
            own.copies = own.copies or below.copies
        if element.tag == "a":
            own.linked = own.letters
        held[element] = own
    return held


NOTHING = _Held()


def _is_figure(element: HtmlElement, held: _Held) -> bool:
    """A `figure`, or an element that holds one picture and at most a caption's length of text that is no copy."""
    if element.tag == "figure":
        shows = held.pictures > 0 or next(element.iter("video", "noscript"), None) is not None
        return shows and not _is_gallery(element, held)
    if (
        held.pictures != 1
        or held.letters > LONGEST_CAPTION
        or element.tag in ("body", "article", "main", "li", "p", "td")
    ):
        return False
    if not held.letters:
        return element.tag in ("img", "picture", "amp-img")
    captions = sum(len(tidy(caption.text_content())) for caption in element.iter("figcaption"))
    named = captions > 0 and held.letters - captions <= LABELS
    if held.blocks or held.linked > held.letters / 2:
        return False
    hinted = held.hinted or any(
        PICTURE_NAME.search(child.get("class") or "") for child in element if len(child) or child.text
    )
    if COPY_NAME.search(element.get("class") or "") or (not hinted and element.get("class") is None and held.copies):
        return named
    return named or (
        held.letters <= UNNAMED_CAPTION and not (element.text or "").strip() and (hinted or not held.copies)
    )


def _is_gallery(element: HtmlElement, held: _Held) -> bool:
    """A figure of figures: each has a caption of its own."""
    return held.pictures > 1 and next(element.iterdescendants("figure"), None) is not None


def is_data_table(table: HtmlElement) -> bool:
    """Rows and columns of short cells, rather than a page laid out by a table."""
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    if len(rows) < FEWEST or next(table.iterdescendants("table", "img", "form"), None) is not None:
        return False
    short = all(len(tidy(cell.text_content())) <= LONGEST_CELL for row in rows for cell in row)
    return max(map(len, rows)) >= FEWEST and short and _letters(table.text_content()) == _letters(_rows(table))


def _letters(text: str) -> int:
    """A table with text outside its cells is broken, and would lose it as rows."""
    return sum(map(str.isalnum, text))


def _rows(table: HtmlElement) -> str:
    """A line for each caption and row."""
    captions = [tidy(caption.text_content()) for caption in table.iterfind("caption")]
    rows = (
        "\t".join(tidy(cell.text_content()) for cell in row if cell.tag in ("td", "th")) for row in table.iter("tr")
    )
    return "\n".join((*filter(None, captions), *rows))


def _is_hidden(element: HtmlElement) -> bool:
    """Screen-reader texts and hints are no copy; `aria-hidden` is not asked, as pages hide real text with it."""
    style = (element.get("style") or "").replace(" ", "").lower()
    streamed = (element.get("id") or "").startswith("S:")  # React's server sends late parts of a page hidden
    return "display:none" in style or (element.get("hidden") is not None and not streamed)


def _opening(element: HtmlElement) -> str:
    href = element.get("href") if element.tag == "a" else None
    return f'<a href="{escape(href)}">' if href else f"<{element.tag!s}>"
