"""Front matter over the story of the text below it: what the fields say goes first."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from parsing.desk_time import assumed, instant_in, zone_of
from parsing.document import Rejected
from parsing.focal import focal_point_of
from parsing.markup import dates
from parsing.markup.figures import Figure, add_texts
from parsing.markup.people import people_of
from slugline.story import Author, Block, BlockType, Image, Notice, NoticeKind, Removed, Status, Story

STATUS = {
    "canceled": Status.CANCELED, "cancelled": Status.CANCELED, "killed": Status.CANCELED, "withdrawn": Status.CANCELED,
    "withheld": Status.WITHHELD, "hold": Status.WITHHELD, "held": Status.WITHHELD, "draft": Status.WITHHELD,
    "usable": Status.USABLE, "published": Status.USABLE, "ready": Status.USABLE, "final": Status.USABLE,
}  # fmt: skip
DATES = {"published": ("published", "date", "pubdate", "published_at", "date_published"),
         "updated": ("updated", "modified", "lastmod", "last_modified", "updated_at")}  # fmt: skip
TEXTS = {
    "headline": ("headline", "title"),
    "kicker": ("kicker", "overline", "eyebrow"),
    "standfirst": ("standfirst", "subtitle", "dek", "deck", "summary", "description", "lede"),
    "slug": ("slug",),
    "language": ("language", "lang", "locale"),
}
IMAGES = ("images", "image", "photos", "photo", "pictures", "picture", "cover", "hero", "featured_image")
FOCAL = ("focal_point", "focalpoint", "focal", "focus", "poi")
EMBARGO = ("embargo", "embargoed_until", "embargo_until", "not_before", "release")

TIME = re.compile(r"\d\d:\d\d|T\d{4}")

Fields = dict[str, Any]


def identifier_of(fields: Fields) -> str | None:
    return _text(fields, ("id", "guid", "uri", "identifier"))


def story_with(story: Story, fields: Fields, time_zone: str) -> Story:
    """The story with the front matter's fields. Raises Rejected for an embargo that is no exact moment.

    `time_zone`: the desk's IANA zone, for times without one.
    """
    given: Fields = {name: text for name, keys in TEXTS.items() if (text := _text(fields, keys))}
    warnings = list(story.warnings)
    for name, keys in DATES.items():
        given[name] = _moment(fields, keys, name, time_zone, warnings)
    byline, authors = _authors(fields)
    images, body = _images(fields, story)
    status, notices = _status(fields, warnings)
    given |= {
        "embargo": _embargo(fields, time_zone, warnings),
        "byline": byline or story.byline,
        "authors": _with_details(authors, story.authors) or story.authors,
        "keywords": tuple(_words(fields, ("keywords", "tags", "topics", "categories"))),
        "images": images,
        "body": body,
        "status": status,
        "notices": (*story.notices, *notices),
        "warnings": tuple(warnings),
    }
    return _accounted(story, story.model_copy(update=given))


def _accounted(story: Story, result: Story) -> Story:
    """The result, with what the text below the front matter says otherwise kept in `removed`."""
    displaced = [
        Removed(text=text, reason=f"{name} in the text, another in its fields")
        for name in ("headline", "kicker", "standfirst", "byline")
        if (text := getattr(story, name)) and text != getattr(result, name)
    ]
    bios = {author.bio for author in result.authors}
    displaced += [
        Removed(text=author.bio, reason="bio of another person")
        for author in story.authors
        if author.bio and author.bio not in bios
    ]
    captioned = {image.id: image for image in result.images}
    displaced += [
        Removed(text=text, reason=f"{name} in the text, another in its fields")
        for image in story.images
        for name in ("alt", "caption", "credit", "copyright")
        if (text := getattr(image, name)) and text != getattr(captioned.get(image.id), name, None)
    ]
    return result.model_copy(update={"removed": (*result.removed, *displaced)}) if displaced else result


def _with_details(authors: tuple[Author, ...], known: tuple[Author, ...]) -> tuple[Author, ...]:
    """The authors of the front matter with what the text tells of them."""
    by_name = {author.name.casefold(): author for author in known}
    return tuple(
        author.model_copy(
            update={
                name: value
                for name, value in by_name.get(author.name.casefold(), author)
                if value and getattr(author, name) is None
            }
        )
        for author in authors
    )


def _value(fields: Fields, keys: Iterable[str]) -> Any:
    return next((fields[key] for key in keys if fields.get(key) not in (None, "", [], {})), None)


def _text(fields: Fields, keys: Iterable[str]) -> str | None:
    value = _value(fields, keys)
    return None if value is None or isinstance(value, list | dict) else str(value).strip() or None


def _words(fields: Fields, keys: Iterable[str]) -> list[str]:
    value = _value(fields, keys)
    parts = value if isinstance(value, list) else str(value).split(",") if value else []
    return list(dict.fromkeys(word for part in parts if (word := str(part).strip())))


def _moment(fields: Fields, keys: Iterable[str], name: str, time_zone: str, warnings: list[str]) -> datetime | None:
    value = _value(fields, keys)
    if value is None:
        return None
    text = value.isoformat() if isinstance(value, date) else str(value)
    return dates.instant(text, name, time_zone, warnings)


def _embargo(fields: Fields, time_zone: str, warnings: list[str]) -> datetime | None:
    value = _value(fields, EMBARGO)
    if value is None or value is False:
        return None
    found = value if isinstance(value, datetime) else dates.read(str(value))
    if found is None or (not isinstance(value, datetime) and not TIME.search(str(value))):
        raise Rejected(
            f"The embargo “{value}” is no exact moment.",
            place="front matter, embargo",
            remedy="Write date, time and zone, as in 2026-03-05T06:00:00+01:00.",
        )
    if found.tzinfo is None:
        warnings.append(assumed("embargo", found, time_zone))
        return instant_in(zone_of(time_zone), found, latest=True)
    return found.astimezone(UTC)


def _status(fields: Fields, warnings: list[str]) -> tuple[Status, list[Notice]]:
    text = (
        _text(fields, ("status", "pubstatus", "pub_status")) or ("draft" if fields.get("draft") is True else "usable")
    ).lower()
    status = STATUS.get(text)
    if status is None:
        warnings.append(f"The status “{text}” is not known; the story is withheld.")
        status = Status.WITHHELD
    notices = [Notice(kind=NoticeKind.CORRECTION, text=text) for text in _lines(fields, ("correction", "corrections"))]
    notices += [
        Notice(kind=NoticeKind.NOTE, text=text) for text in _lines(fields, ("note", "editors_note", "editor_note"))
    ]
    return status, notices


def _lines(fields: Fields, keys: Iterable[str]) -> list[str]:
    value = _value(fields, keys)
    return [str(item).strip() for item in (value if isinstance(value, list) else [value]) if item]


def _authors(fields: Fields) -> tuple[str | None, tuple[Author, ...]]:
    byline = _text(fields, ("byline",))
    value = _value(fields, ("authors", "author", "byline", "by"))
    found: list[Author] = []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            found += _author(item)
        elif item:
            found += [Author(name=name) for name in people_of([str(item)])]
    return byline, tuple(found)


def _author(item: Fields) -> list[Author]:
    details = {
        name: _text(item, (name, *others)) for name, *others in (("role", "title"), ("location",), ("bio",), ("email",))
    }
    name = _text(item, ("name",))
    return [Author(name=name, **details)] if name else []


def _images(fields: Fields, story: Story) -> tuple[tuple[Image, ...], tuple[Block, ...]]:
    """The pictures listed in the front matter join those of the text by file name; new ones come first."""
    listed = [image for key in IMAGES if fields.get(key) for image in _listed(fields[key])]
    by_file = {image.file: image for image in story.images if image.file}
    joined: dict[str | None, Image] = {}
    new: dict[str | None, Image] = {}
    for image in listed:
        shown = by_file.get(image.file or "")
        if shown:
            joined[image.file] = _joined(shown, image)
        else:
            new[image.file] = image
    numbered = [
        image.model_copy(update={"id": f"image-{len(story.images) + n}"}) for n, image in enumerate(new.values(), 1)
    ]
    blocks = tuple(Block(type=BlockType.IMAGE, image=image.id) for image in numbered)
    return (*numbered, *(joined.get(image.file, image) for image in story.images)), (*blocks, *story.body)


def _listed(value: Any) -> list[Image]:
    items = value if isinstance(value, list) else [value]
    return [image for item in items if (image := _image(item))]


def _image(item: Any) -> Image | None:
    texts = item if isinstance(item, dict) else {"file": item}
    address = _text(texts, ("file", "src", "path", "url", "name"))
    if not address:
        return None
    figure = Figure(address, alt=_text(texts, ("alt",)))
    add_texts(figure, _text(texts, ("caption", "title")), _text(texts, ("credit", "photographer", "source")))
    return Image(
        id="", file=figure.file, alt=figure.alt, caption=figure.caption, credit=figure.credit,
        copyright=_text(texts, ("copyright",)) or figure.copyright,
        focal_point=focal_point_of(_value(texts, FOCAL)),
    )  # fmt: skip


def _joined(shown: Image, listed: Image) -> Image:
    return shown.model_copy(
        update={
            name: value
            for name in ("alt", "caption", "credit", "copyright", "focal_point")
            if (value := getattr(listed, name))
        }
    )
