"""NITF's `body.content` as HTML, which one reader turns into blocks, and its media as images."""

from lxml import etree

from parsing.document import Reference
from parsing.limits import Limits
from parsing.markup.figures import plain_credit, split_credit
from parsing.wire.copy import PLACED, Copy, copy_of
from parsing.wire.dom import text_at, texts_at, value_at
from parsing.wire.fields import embargo_of, file_name, tidy
from slugline.story import Image, Removed

AS_HTML = {
    "hl1": "h2", "hl2": "h3", "bq": "blockquote", "block": "div", "nitf-table": "div", "note": "p", "fn": "p",
    "byline": "p", "dateline": "p", "credit": "p", "tagline": "p", "bibliography": "p", "custom-table": "div",
}  # fmt: skip
HTML = frozenset(
    ("a", "br", "caption", "col", "colgroup", "dd", "div", "dl", "dt", "em", "h2", "h3", "hr", "img", "li", "ol", "p",
     "pre", "q", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "span")
)  # fmt: skip
"""Elements that mean the same in both."""
EMBARGO = ("embargo", "embargoed", "embargo-date", "embargodate", "release-date", "releasedate")
"""Names that systems give to a picture's embargo: NITF has none of its own."""
KEPT = frozenset(("href", "colspan", "rowspan", "scope", PLACED))


def copy_of_body(content: etree._Element, limits: Limits, references: list[Reference] | None = None) -> Copy:
    """The copy with its pictures. The tree is changed. To `references` comes what the pictures' files are called."""
    images: list[Image] = []
    removed: list[Removed] = []
    for media in list(content.iter("media")):
        if _is_image(media):
            images.append(_image(media, f"nitf-{len(images) + 1}"))
            if references is not None:
                references += [Reference(file=name, image=images[-1].id) for name in _names(media)]
            _replace(media, images[-1].id)
        else:
            removed += [
                Removed(text=text, reason="caption of sound or film") for text in texts_at(media, "media-caption")
            ]
            _replace(media, None)
    for element in content.iter(etree.Element):
        _as_html(element)
    content.tag = "div"
    copy = copy_of(etree.tostring(content, encoding="unicode", method="html", with_tail=False), limits)
    return Copy(copy.blocks, [*copy.images, *images], removed)


def _is_image(media: etree._Element) -> bool:
    kind = (media.get("media-type") or value_at(media, "media-reference", "mime-type") or "image").lower()
    return kind.startswith(("image", "photo", "graphic", "picture"))


def _replace(media: etree._Element, identifier: str | None) -> None:
    """A mark in the place of a picture; nothing in that of anything else."""
    tail = media.tail
    media.clear()
    media.tag, media.tail = ("img" if identifier else "span"), tail
    if identifier:
        media.set(PLACED, identifier)


def _image(media: etree._Element, identifier: str) -> Image:
    caption: str | None = " ".join(texts_at(media, "media-caption")) or None
    producer = text_at(media, "media-producer")
    told = {
        tidy(one.get("name") or "").lower(): tidy(one.get("value") or "") for one in media.iterfind("media-metadata")
    }
    credit: str | None = told.get("credit") or told.get("creditline") or told.get("credit-line")
    if caption and not credit:
        caption, credit = split_credit(caption)
    stated = next((told[name] for name in EMBARGO if told.get(name)), "")
    embargo = embargo_of(stated)
    return Image(
        id=identifier,
        alt=value_at(media, "media-reference", "alternate-text") or None,
        caption=caption,
        credit=plain_credit(credit or producer) or None,
        copyright=value_at(media, "media-reference", "copyright") or told.get("copyright") or None,
        file=next((name for one in _names(media) if (name := file_name(one))), None),
        byline=producer or told.get("byline") or None,
        source=told.get("source") or None,
        usage_terms=told.get("usageterms") or told.get("rights") or None,
        embargo=embargo.until,
        instructions=told.get("instructions") or (f"Embargo: {stated}" if embargo.notices else None),
    )


def _names(media: etree._Element) -> list[str]:
    """What its files are called, with a suffix or without, the largest first."""
    references = sorted(media.iterfind("media-reference"), key=_pixels, reverse=True)
    return [name for one in references for key in ("source", "name") if (name := tidy(one.get(key) or ""))]


def _pixels(reference: etree._Element) -> int:
    sizes = (reference.get("width") or "", reference.get("height") or "")
    width, height = (int(size) if size.isascii() and size.isdigit() and len(size) < 7 else 1 for size in sizes)  # noqa: PLR2004 - more digits than a picture has
    return width * height


def _as_html(element: etree._Element) -> None:
    tag = AS_HTML.get(str(element.tag), str(element.tag))
    element.tag = tag if tag in HTML or tag == "blockquote" else "span"
    for name in set(element.attrib) - KEPT:
        del element.attrib[name]
