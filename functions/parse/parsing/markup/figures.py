"""Pictures of a page with alternative text, caption and credit."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from parsing.markup.chunks import chunks_of, tidy
from parsing.markup.prose import ends_sentence
from parsing.text.credits import credit_of, split_tail

CAPTION = re.compile(
    r"caption|(?<![\w-])cap(?![\w-])|legend|bildunterschrift|bildtext|img-?text|(?:image|photo|info|picture|img)[-_]?(?:desc|text|title)|figure-?text|-bu\b",
    re.IGNORECASE,
)
CREDIT = re.compile(
    r"credit|copyright|photographer|photo-?by|quelle|(?:image|photo|caption)[-_]*source|media-?source|source\b|attribution"
    r"|author|autor|byline|rights|agency|fotogra|nachweis",
    re.IGNORECASE,
)
UNSEEN = re.compile(r"offscreen|visually-?hidden|sr-only|screen-?reader|counter|slidecount", re.IGNORECASE)
LABEL = re.compile(
    r"""^(?:(?:photo(?:graph|graphy)?|image|picture|pic|foto|bild|illustration|video)s?\s*
        (?:credits?|source|by|courtesy\s+of|courtesy|quelle|:)\s*[:/]?
      |(?:credits?|source|quelle|bildquelle|fotocredit|bildrechte|cr[ée]dits?(?:\s+photos?)?|cr[ée]dito|fuente|fonte|bron
        |imagen|photographer|courtesy\s+of)\s*[:/])\s*""",
    re.IGNORECASE | re.VERBOSE,
)
LABEL_LEFT = re.compile(
    r"(?:^|[\s|(\[–—-]+)(?:photo(?:graph)?|image|picture|pic|foto|bild|illustration|credit|source|quelle|crédit|crédito)s?"
    r"(?:\s+(?:by|courtesy of|von)\s*:?|(?:\s+credit)?\s*[:/])\s*$",
    re.IGNORECASE,
)
"""A label that stands before the credit that was taken off."""
SIGN = re.compile(r"^(?:©|\(c\)|&copy;|copyright)\s*(?:(?:19|20)\d\d\b,?)?\s*", re.IGNORECASE)
SOURCES = ("data-src", "data-original", "data-lazy-src", "data-image", "src")
SETS = ("data-srcset", "srcset", "data-lazy-srcset")
NO_PICTURE = re.compile(r"^data:|/(?:pixel|spacer|blank|1x1|transparent)\b|\.svg(?:$|\?)", re.IGNORECASE)
SPOKEN = re.compile(
    r"\b(?:carousel|slideshow|lightbox|full[- ]?screen|gallery|button|enlarge|expand|zoom|click|navigat\w*)\b"
    r"|\d+ (?:of|/|von|de|sur) \d+",
    re.IGNORECASE,
)
"""What a screen reader is told of a control, not of what the picture shows."""
SPOKEN_WORDS = 5
QUERIED = re.compile(r"/[^./?]*\?[^?]+$")
"""An address without a file's suffix that ends in a query."""
DASHES = " |\u2013\u2014-"
NAME_WORDS = 3
"""Words of the longest name in a script without capitals, spaces counted."""
LONGEST_CREDIT = 120
CREDIT_WORDS = 8
"""Words of a credit that only its place after the caption betrays."""
SMALLEST = 60
"""Pixels of the smallest side of an editorial picture; icons and avatars are smaller."""


@dataclass(slots=True)
class Figure:
    """A picture as the page shows it."""

    url: str | None
    alt: str | None = None
    caption: str | None = None
    credit: str | None = None
    copyright: str | None = None

    @property
    def file(self) -> str | None:
        """The name of the picture's file, without its folders and query."""
        return PurePosixPath(unquote(urlsplit(self.url).path)).name or None if self.url else None


def figure_of(element: HtmlElement, lines: Iterable[str] = ()) -> Figure | None:
    """The figure of an element that holds one picture and its texts; None for icons, counters and empty ones.

    `lines`: those beside it that are its caption and credit.
    """
    image = next(element.iter("img", "amp-img"), None)
    url = _address(image, element) if image is not None else None
    if image is not None and (_is_small(image) or _is_beacon(image, url)):
        return None
    caption, credit = _with_lines(_caption_and_credit(element), lines)
    if url is None and not caption and not credit:
        return None
    figure = Figure(url)
    if image is not None:
        figure.alt = tidy(image.get("alt") or "") or None
        caption = caption or tidy(image.get("title") or "") or None
        caption = caption or tidy(image.get("data-caption") or element.get("data-caption") or "") or None
        credit = credit or tidy(image.get("data-credit") or element.get("data-credit") or "") or None
        caption = caption or _spoken(element, image)
    add_texts(figure, caption, credit)
    return figure


def _with_lines(texts: tuple[str | None, str | None], lines: Iterable[str]) -> tuple[str | None, str | None]:
    caption, credit = texts
    for line in lines:
        if caption and not credit:
            caption, credit = split_credit(caption)
        more, by = split_credit(line)
        caption, credit = caption or more, _join(filter(None, (credit, by)))
    return caption, credit


def _spoken(element: HtmlElement, image: HtmlElement) -> str | None:
    """The `aria-label` of the nearest element that holds no other picture, where it reads like a caption."""
    for holder in (image, element, *islice(element.iterancestors("div", "figure", "a", "li"), 2)):
        if holder is not image and len(list(islice(holder.iter("img", "amp-img"), 2))) > 1:
            return None
        label = tidy(holder.get("aria-label") or "")
        if label.count(" ") >= SPOKEN_WORDS - 1 and label != tidy(image.get("alt") or "") and not SPOKEN.search(label):
            return label
    return None


def add_texts(figure: Figure, caption: str | None, credit: str | None) -> None:
    """Give the figure its caption and credit as printed; what it has already stays."""
    if caption and not credit and not figure.credit:
        caption, credit = split_credit(caption)
    figure.caption = figure.caption or caption or None
    if credit and not figure.credit:
        figure.credit = plain_credit(credit) or None
        figure.copyright = credit if SIGN.match(credit.strip("() ")) else figure.copyright


def split_credit(text: str) -> tuple[str | None, str | None]:
    """A printed caption without the credit that ends it, and that credit."""
    short, tail = len(text) <= LONGEST_CREDIT, split_tail(text)
    if short and (LABEL.match(text) or SIGN.match(text)):
        return None, text
    if short and credit_of(text) and not (tail and tail[0].count(" ") > 1 and _is_caption(tail[0])):
        return None, text
    return (LABEL_LEFT.sub("", tail[0]).rstrip(DASHES) or None, tail[1].text) if tail else (text, None)


def _is_caption(text: str) -> bool:
    """Whether it is one and no name before an agency's: a sentence, or more words than a name has without capitals."""
    cased = any(char.isupper() or char.islower() for char in text)
    return ends_sentence(text) or (not cased and text.count(" ") >= NAME_WORDS)


def plain_credit(text: str) -> str:
    """The credit without label, brackets, copyright sign and year."""
    text = text.strip()
    if not text.isascii() and (found := credit_of(text)) and (found.label or "").rstrip().endswith((":", "：")):
        text = found.text
    while text[:1] in "([" and text[-1:] in ")]" and len(text) > 1:
        text = text[1:-1].strip()
    for _ in range(3):
        text = SIGN.sub("", LABEL.sub("", text)).strip(DASHES + ":")
    return text


def is_credit(element: HtmlElement) -> bool:
    """Whether the element's names call it a credit: the last word counts, as in `caption__source`."""
    names = _names(element)
    found = list(CREDIT.finditer(names))
    captions = list(CAPTION.finditer(names))
    return bool(found) and (not captions or found[-1].start() > captions[-1].start())


def is_caption(element: HtmlElement) -> bool:
    return element.tag == "figcaption" or (CAPTION.search(_names(element)) is not None and not is_credit(element))


def _caption_and_credit(element: HtmlElement) -> tuple[str | None, str | None]:
    inner = [e for e in element.iterdescendants() if isinstance(e.tag, str)]
    printed = _outermost([e for e in inner if is_credit(e) and _is_leaf_credit(e)])
    captions = _outermost([e for e in inner if is_caption(e)])
    named = [e for e in captions if e.tag == "figcaption"] or captions
    credit = _join(_words(e) for e in printed) or _labelled(inner)
    if not named:
        return _by_place(element, credit, printed)
    texts = [tidy(_words(e, without=printed)) for e in named]
    caption = _join(texts)
    if caption and not credit and len(named) == 1:
        return _by_last_element(named[0], caption)
    return caption, credit


def _labelled(inner: list[HtmlElement]) -> str | None:
    """A credit whose label only screen readers are told: `Image source, Ada Byron`."""
    for label in inner:
        holder = label.getparent()
        if UNSEEN.search(_names(label)) and holder is not None and not is_caption(holder):
            text = tidy(holder.text_content())
            if len(text) <= LONGEST_CREDIT and (found := credit_of(text)) and found.label:
                return found.text
    return None


def _by_place(element: HtmlElement, credit: str | None, printed: list[HtmlElement]) -> tuple[str | None, str | None]:
    """Texts around a picture that no name tells apart: the last one is the credit when it is short and no sentence."""
    if element.tag in ("img", "amp-img", "picture"):
        return None, credit
    skipped = {e for outer in printed for e in outer.iter()}
    texts = [chunk.text for chunk in chunks_of(element) if chunk.text and chunk.element not in skipped]
    texts = [text for text in dict.fromkeys(texts) if text != credit]
    if len(texts) > 1 and not credit and _may_be_credit(texts[-1]):
        return _join(texts[:-1]), texts[-1]
    return _join(texts), credit


def _by_last_element(holder: HtmlElement, caption: str) -> tuple[str | None, str | None]:
    while len(holder) == 1 and not tidy((holder.text or "") + (holder[0].tail or "")):
        holder = holder[0]
    if not len(holder) or tidy(holder[-1].tail or ""):
        return caption, None
    last = tidy(_words(holder[-1]))
    rest = caption.removesuffix(last).strip()
    if last and rest and rest != caption and _may_be_credit(last) and (ends_sentence(rest) or holder[-1].tag == "span"):
        return rest.rstrip(DASHES), last
    return caption, None


def _may_be_credit(text: str) -> bool:
    return len(text.split()) <= CREDIT_WORDS and not text[:1].islower() and not text.endswith((".", "?", "!"))


def _is_leaf_credit(element: HtmlElement) -> bool:
    """A holder of caption and credit may be named after both."""
    text = tidy(_words(element))
    return 0 < len(text) <= LONGEST_CREDIT and not any(is_caption(inner) for inner in element.iterdescendants())


def _outermost(elements: list[HtmlElement]) -> list[HtmlElement]:
    chosen = set(elements)
    return [e for e in elements if not any(ancestor in chosen for ancestor in e.iterancestors())]


def _words(element: HtmlElement, without: list[HtmlElement] | None = None) -> str:
    skipped = without or []
    if not isinstance(element.tag, str) or element in skipped or UNSEEN.search(_names(element)):
        return ""
    if element.tag in ("script", "style", "button", "noscript", "svg"):
        return ""
    parts = [element.text or ""]
    for child in element:
        parts += [" " if child.tag in ("br", "p", "div") else "", _words(child, skipped), child.tail or ""]
    return "".join(parts)


def _join(texts: Iterable[str]) -> str | None:
    return " ".join(dict.fromkeys(text for raw in texts if (text := tidy(raw)))) or None


def _names(element: HtmlElement) -> str:
    if not isinstance(element.tag, str):
        return ""
    return f"{element.get('class') or ''} {element.get('itemprop') or ''}"


def _address(image: HtmlElement, element: HtmlElement) -> str | None:
    candidates = [image.get(name) for name in SOURCES]
    for source in (image, *element.iter("source")):
        candidates += [_largest(source.get(name)) for name in SETS]
    return next((address.strip() for address in candidates if address and not NO_PICTURE.search(address.strip())), None)


def _largest(srcset: str | None) -> str | None:
    """The last address of a source set, by custom the largest."""
    entries = [entry.split() for entry in re.split(r",\s+", srcset or "") if entry.split()]
    return entries[-1][0] if entries else None


def _is_beacon(image: HtmlElement, url: str | None) -> bool:
    """Whether the picture is there to count readers: it is called by a query, and nothing is said of it or its size."""
    said = any(image.get(name) for name in ("alt", "title", "width", "height", "srcset", "sizes", "data-src", "class"))
    framed = next(image.iterancestors("figure", "picture"), None) is not None
    return bool(url and QUERIED.search(url)) and not said and not framed


def _is_small(image: HtmlElement) -> bool:
    texts = [(image.get(name) or "").removesuffix("px") for name in ("width", "height")]
    return any(int(text) < SMALLEST for text in texts if text.isdigit())
