"""The pictures of a NewsML 1.x news item: components of photos, each with its caption and its renditions."""

from dataclasses import dataclass

from lxml import etree

from parsing.document import PictureFile
from parsing.markup.figures import split_credit
from parsing.wire.dom import text_at, value_at, words
from parsing.wire.embedded import credited, picture_data
from parsing.wire.fields import file_name, tidy
from parsing.wire.refine import authors_of
from slugline.story import Image

MEDIA = ("photo", "graphic", "picture", "image")


@dataclass
class Picture:
    component: etree._Element
    image: Image
    file: PictureFile | None
    names: list[str]
    """What its files are called, the largest first."""


def pictures_of(item: etree._Element) -> list[Picture]:
    found: list[etree._Element] = []
    for component in item.iterfind("NewsComponent"):
        _find(component, found)
    return [_picture(component, f"photo-{number}") for number, component in enumerate(found, 1)]


def is_picture(component: etree._Element) -> bool:
    """Whether the component is one picture: photos, and no text but their captions."""
    photos = any(_is_photo(content) for content in component.iter("ContentItem"))
    return photos and not _has_copy(component) and not _is_gallery(component)


def _find(component: etree._Element, found: list[etree._Element]) -> None:
    if is_picture(component):
        found.append(component)
        return
    for child in component.iterfind("NewsComponent"):
        _find(child, found)


def _is_gallery(component: etree._Element) -> bool:
    """Whether inner components have words of their own: then each is a picture, else each is a rendition of one."""
    inner = [
        child
        for child in component.iterfind("NewsComponent")
        if any(_is_photo(content) for content in child.iter("ContentItem"))
    ]
    return any(child.find(".//NewsLines") is not None or _captions(child) for child in inner) and (
        not any(_is_photo(content) for content in component.iterfind("ContentItem"))
    )


def _is_photo(content: etree._Element) -> bool:
    media = value_at(content, "MediaType", "FormalName").lower()
    kind = value_at(content, "MimeType", "FormalName").lower()
    return media in MEDIA or (not media and kind.startswith("image/"))


def _has_copy(component: etree._Element) -> bool:
    for content in component.iter("ContentItem"):
        if content.find("DataContent") is None or _is_photo(content):
            continue
        above = content.getparent()
        role = value_at(above, "Role", "FormalName").lower() if above is not None else ""
        beside = above is not None and any(_is_photo(one) for one in above.iterfind("ContentItem"))
        if role != "caption" and not beside:
            return True
    return False


def _captions(component: etree._Element) -> list[str]:
    return [
        words(content.find("DataContent"))
        for content in component.iter("ContentItem")
        if content.find("DataContent") is not None and not _is_photo(content)
    ]


def _picture(component: etree._Element, identifier: str) -> Picture:
    caption: str | None = (
        next(iter(_captions(component)), None) or text_at(component, ".//NewsLines/SubHeadLine") or None
    )
    creditline: str | None = text_at(component, ".//NewsLines/CreditLine")
    if caption and not creditline:
        caption, creditline = split_credit(caption)
    byline = text_at(component, ".//NewsLines/ByLine") or value_at(component, ".//Creator/Party", "FormalName")
    provider = value_at(component, ".//Provider/Party", "FormalName") or value_at(
        component, ".//Source/Party", "FormalName"
    )
    photos = sorted((one for one in component.iter("ContentItem") if _is_photo(one)), key=_pixels, reverse=True)
    names = [name for one in photos if (name := file_name(one.get("Href") or ""))]
    file = _carried(photos, next(iter(names), f"{identifier}.jpg"))
    image = Image(
        id=identifier,
        caption=caption,
        credit=credited(creditline or "", authors_of(byline), provider),
        copyright=text_at(component, ".//NewsLines/CopyrightLine") or None,
        file=file.name if file else next(iter(names), None),
        headline=text_at(component, ".//NewsLines/HeadLine") or None,
        byline=byline or None,
        source=provider or None,
        usage_terms=text_at(component, ".//NewsLines/RightsLine") or None,
    )
    return Picture(component, image, file, [] if file else [tidy(one.get("Href") or "") for one in photos])


def _carried(photos: list[etree._Element], name: str) -> PictureFile | None:
    for photo in photos:
        for data in photo.iter("DataContent"):
            found = picture_data("".join(data.itertext()))
            if found:
                return PictureFile(name, found)
    return None


def _pixels(content: etree._Element) -> int:
    pixels = 1
    for one in content.iterfind("Characteristics/Property"):
        size = one.get("Value") or ""
        if (one.get("FormalName") or "").lower() in ("width", "height") and size.isascii() and size.isdigit():
            pixels *= int(size[:6])
    return pixels
