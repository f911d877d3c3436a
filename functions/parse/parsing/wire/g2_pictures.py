"""A NewsML-G2 item of class picture as an image of a story."""

import mimetypes
import re
from dataclasses import dataclass

from lxml import etree

from parsing.document import PictureFile, Reference
from parsing.holds import obeyed
from parsing.markup.figures import split_credit
from parsing.wire.dom import text_at, value_at
from parsing.wire.embedded import credited, picture_data
from parsing.wire.fields import file_name, tidy
from parsing.wire.g2_meta import copyright_of, creators, description, meta_of, name_of
from slugline.story import Image, Story

CAPTION = ("caption", "", "summary")
UNSAFE = re.compile(r"[^\w.-]+")


@dataclass
class Picture:
    """The image, its bytes where the item carries them, and the item as a story of its own."""

    item: etree._Element
    image: Image
    files: tuple[PictureFile, ...]
    story: Story
    references: tuple[Reference, ...]


def picture_of(item: etree._Element, identifier: str, time_zone: str) -> Picture:
    """The picture with its words. `file` is its largest rendition's."""
    story = obeyed(meta_of(item, time_zone), time_zone)
    caption = description(item, CAPTION)
    creditline: str | None = text_at(item, "contentMeta/creditline") or text_at(item, "creditline")
    if caption and not creditline:
        caption, creditline = split_credit(caption)
    files = tuple(_files(item))
    people = creators(item)
    image = Image(
        id=identifier,
        alt=description(item, ("altText", "alttext", "alt")),
        caption=caption,
        credit=credited(creditline or "", people, name_of(item, "itemMeta/provider")),
        copyright=copyright_of(item),
        file=files[0].name if files else _remote_file(item),
        embargo=story.embargo,
        headline=text_at(item, "contentMeta/headline") or None,
        byline=", ".join(one.name for one in people) or story.byline,
        source=name_of(item, "contentMeta/infoSource") or name_of(item, "itemMeta/provider") or None,
        usage_terms=story.usage_terms,
        instructions=text_at(item, "itemMeta/edNote") or None,
        digital_source_type=_source_type(item) or None,
        created=text_at(item, "contentMeta/contentCreated") or None,
        location=name_of(item, "contentMeta/located") or None,
    )
    names = (tidy(one.get(name) or "") for one in _renditions(item) for name in ("residref", "href"))
    references = tuple(Reference(file=name, image=identifier) for name in names if name)
    return Picture(item, image, files, story, () if files else references)


def _source_type(item: etree._Element) -> str:
    path = "contentMeta/digitalSourceType"
    return value_at(item, path, "uri") or value_at(item, path, "qcode")


def _files(item: etree._Element) -> list[PictureFile]:
    found = []
    for inline in item.iterfind("contentSet/inlineData"):
        kind = inline.get("contenttype") or ""
        data = picture_data("".join(inline.itertext())) if kind.startswith("image/") else None
        if data:
            stem = UNSAFE.sub("-", tidy(item.get("guid") or "picture")).strip("-.")[-60:]
            found.append(PictureFile(f"{stem}{mimetypes.guess_extension(kind) or '.jpg'}", data))
    return found


def _remote_file(item: etree._Element) -> str | None:
    names = (
        file_name(one.get("href") or "") or file_name(value_at(one, "altId", "value") or text_at(one, "altId"))
        for one in _renditions(item)
    )
    return next(filter(None, names), None)


def _renditions(item: etree._Element) -> list[etree._Element]:
    """The picture's files, the largest first."""
    return sorted(item.iterfind("contentSet/remoteContent"), key=_pixels, reverse=True)


def _pixels(content: etree._Element) -> int:
    pixels = 1
    for name in ("width", "height"):
        size = content.get(name) or ""
        pixels *= int(size) if size.isascii() and size.isdigit() and len(size) <= len("100000") else 1
    return pixels
