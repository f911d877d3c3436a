"""A ninjs item of type picture as an image of the story."""

from parsing.markup.figures import plain_credit, split_credit
from parsing.wire.fields import file_name
from parsing.wire.ninjs_focal import focal_point
from parsing.wire.ninjs_item import Item
from slugline.story import Image

PICTURES = frozenset(("picture", "graphic"))
CAPTION = ("caption", "main", "text", "", "usable", "default", "xhtml", "html", "richtext")
CREDIT = ("creditline", "credit", "credit_line")
ALT = ("alt", "alttext", "alt_text", "accessibility")


def image_of(item: Item, identifier: str) -> Image:
    """The picture with its words. `file` is its largest rendition's."""
    caption = item.role("description", CAPTION)
    credit = item.text("creditline") or item.role("description", CREDIT)
    if caption and not credit:
        caption, credit = split_credit(caption)
    byline = item.text("by") or item.text("byline")
    return Image(
        id=identifier,
        alt=item.role("description", ALT),
        caption=caption,
        credit=(plain_credit(credit) if credit else _credited(item, byline)) or None,
        copyright=item.text("copyrightnotice") or item.text("copyrightholder") or None,
        file=next((name for href in files_of(item) if (name := file_name(href))), None),
        headline=item.role("headline", ("main", "", "default", "text")) or item.text("title") or None,
        byline=byline or None,
        source=next((source.text("name") for source in _sources(item)), None) or None,
        usage_terms=item.text("usageterms") or None,
        instructions=item.text("ednote") or None,
        digital_source_type=next((kind.text("uri") for kind in _source_type(item)), None) or None,
        created=item.text("contentcreated") or item.text("firstcreated") or None,
        location=item.text("located") or None,
        focal_point=focal_point(item),
    )


def _credited(item: Item, byline: str) -> str:
    """Without a credit line: photographer and provider, as agencies print them."""
    provider = next((source.text("name") for source in _sources(item)), "") or item.text("copyrightholder")
    return "/".join(dict.fromkeys(filter(None, (byline, provider))))


def _sources(item: Item) -> list[Item]:
    return list(item.objects("infosource"))


def _source_type(item: Item) -> list[Item]:
    value = item.object("digitalsourcetype")
    return [value] if value else []


def files_of(item: Item) -> list[str]:
    """Where its renditions are, the largest first."""
    sizes = [(_pixels(rendition), rendition.text("href")) for _, rendition in item.named("renditions")]
    return [href for _, href in sorted(sizes, key=lambda size: size[0], reverse=True) if href]


def _pixels(rendition: Item) -> int:
    return _number(rendition.text("width")) * _number(rendition.text("height"))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= len("100000") else 1
