"""Pictures of a page with alternative text, caption and credit."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from parsing.markup.chunks import tidy

CAPTION = re.compile(
    r"caption|legend|bildunterschrift|img-?text|image-?desc|photo-?desc|image-?text|figure-?text|-bu\b", re.IGNORECASE
)
CREDIT = re.compile(
    r"credit|copyright|photographer|photo-?by|bildquelle|\bquelle|image-?source|photo-?source|source|attribution|author|byline"
    r"|rights|agency|fotograf",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"""^(?:(?:photo(?:graph|graphy)?|image|picture|pic|foto|bild|illustration|video)s?\s*
        (?:credits?|source|by|courtesy\s+of|courtesy|quelle|:)\s*[:/]?
      |(?:credits?|source|quelle|bildquelle|fotocredit|bildrechte|cr[ée]dits?(?:\s+photos?)?|cr[ée]dito|fuente|fonte|bron|imagen|
        getty\ images:?(?=\ ©)|photographer|courtesy\s+of)\s*[:/]?)\s*""",
    re.IGNORECASE | re.VERBOSE,
)
SIGN = re.compile(r"^(?:©|\(c\)|&copy;|copyright)\s*(?:(?:19|20)\d\d\b,?)?\s*", re.IGNORECASE)
TAIL = re.compile(
    r"""(?P<credit>\((?:[^()]{0,60}(?:/|\bAP\b|AFP|Reuters|REUTERS|Getty|dpa|photo|credit|via|courtesy|file)[^()]{0,60})\)
      |(?:photo(?:graph)?|image|picture|foto|bild|credit|illustration|video|cr[ée]dit|imagen)s?(?:\s+(?:credit|by|courtesy))?\s*[:/]\s*[^.:]{2,80}
      |(?:©|\(c\))\s*[^.]{2,80}
      |(?<=[.!?]\s)[^.!?]{2,50}(?:/|\bvia\s)\s?[^.!?]{2,50})\s*\.?$""",
    re.IGNORECASE | re.VERBOSE,
)
SOURCES = ("data-src", "data-original", "data-lazy-src", "data-image", "src")
SETS = ("data-srcset", "srcset", "data-lazy-srcset")
NO_PICTURE = re.compile(r"^data:|/(?:pixel|spacer|blank|1x1|transparent)\b|\.svg(?:$|\?)", re.IGNORECASE)
DASHES = " |\u2013\u2014-"
LONGEST_CREDIT = 100
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


def figure_of(element: HtmlElement) -> Figure | None:
    """The figure of a `figure`, `picture` or `img` element; None for icons, counters and empty ones."""
    image = _image_in(element)
    url = _address(image, element) if image is not None else None
    if image is not None and _is_small(image):
        return None
    caption, credit = _caption_and_credit(element) if element.tag == "figure" else (None, None)
    if url is None and not caption and not credit:
        return None
    alt = tidy(image.get("alt") or "") or None if image is not None else None
    if image is not None and not caption:
        caption = tidy(image.get("title") or "") or None
    credit = credit or (tidy(image.get("data-credit") or "") or None if image is not None else None)
    figure = Figure(url, alt)
    add_texts(figure, caption, credit)
    return figure


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
    if (LABEL.match(text) or SIGN.match(text)) and len(text) < LONGEST_CREDIT:
        return None, text
    tail = TAIL.search(text)
    if not tail:
        return text, None
    return text[: tail.start()].rstrip(DASHES) or None, tail["credit"]


def plain_credit(text: str) -> str:
    """The credit without label, brackets, copyright sign and year."""
    text = text.strip()
    while text[:1] in "([" and text[-1:] in ")]" and len(text) > 1:
        text = text[1:-1].strip()
    for _ in range(3):
        text = SIGN.sub("", LABEL.sub("", text)).strip(DASHES + ":")
    return text


def _caption_and_credit(element: HtmlElement) -> tuple[str | None, str | None]:
    printed = [e for e in element.iterdescendants() if _is(e, CREDIT) and not _is(e, CAPTION) and e.tag != "figcaption"]
    printed = [e for e in printed if not any(a in printed for a in e.iterancestors())]
    captions = [e for e in element.iterdescendants() if e.tag == "figcaption"] or [
        e for e in element.iterdescendants() if _is(e, CAPTION)
    ]
    captions = [e for e in captions if not any(a in captions for a in e.iterancestors())]
    credit = _join(_words(e) for e in printed)
    caption = _join(_words(e, without=printed) for e in captions)
    return caption, credit


def _words(element: HtmlElement, without: list[HtmlElement] | None = None) -> str:
    skipped = without or []
    if (
        element in skipped
        or element.tag in ("script", "style", "button", "noscript", "svg")
        or not isinstance(element.tag, str)
    ):
        return ""
    parts = [element.text or ""]
    for child in element:
        parts += [" " if child.tag in ("br", "p", "div") else "", _words(child, skipped), child.tail or ""]
    return "".join(parts)


def _join(texts: Iterable[str]) -> str | None:
    return " ".join(dict.fromkeys(text for raw in texts if (text := tidy(raw)))) or None


def _is(element: HtmlElement, pattern: re.Pattern[str]) -> bool:
    if not isinstance(element.tag, str):
        return False
    return bool(pattern.search(element.get("class") or "") or pattern.search(element.get("itemprop") or ""))


def _image_in(element: HtmlElement) -> HtmlElement | None:
    return element if element.tag in ("img", "amp-img") else next(element.iter("img", "amp-img"), None)


def _address(image: HtmlElement, element: HtmlElement) -> str | None:
    candidates = [image.get(name) for name in SOURCES]
    for source in (image, *element.iter("source")):
        candidates += [_largest(source.get(name)) for name in SETS]
    return next((address.strip() for address in candidates if address and not NO_PICTURE.search(address.strip())), None)


def _largest(srcset: str | None) -> str | None:
    """The last address of a source set, by custom the largest."""
    entries = [entry.split() for entry in re.split(r",\s+", srcset or "") if entry.split()]
    return entries[-1][0] if entries else None


def _is_small(image: HtmlElement) -> bool:
    sizes = [
        int(size) for name in ("width", "height") if (size := (image.get(name) or "").removesuffix("px")).isdigit()
    ]
    return any(size < SMALLEST for size in sizes)
