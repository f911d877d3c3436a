"""A ninjs document to its stories."""

import json
from typing import Any

from parsing.document import Context, ParsedStory, Reference, Rejected
from parsing.holds import obeyed, without_pictures
from parsing.limits import Limits
from parsing.markup import dates
from parsing.members import Member
from parsing.unsaid import unsaid
from parsing.wire.copy import Copy, copy_of, joined
from parsing.wire.fields import embargo_of, notice, paragraphs, status_of, tidy, unique, version_of
from parsing.wire.ninjs_item import Item, Text
from parsing.wire.ninjs_pictures import PICTURES, files_of, image_of
from parsing.wire.refine import whole
from slugline.story import Dateline, Image, Removed, Status, Story

STANDFIRST = ("standfirst", "summary", "abstract", "teaser", "lead", "deck", "subheadline", "sub", "text", "")
"""Roles of descriptions and of secondary headlines that introduce the story."""
KICKER = ("kicker", "overline", "eyebrow", "supertitle")
ABOUT = ("subject", "person", "organisation", "place", "event", "object")
REMEDY = "Export the story as ninjs 1, 2 or 3; the schemas are at iptc.org/std/ninjs."


def stories_of(data: bytes, context: Context) -> tuple[ParsedStory, ...]:
    """The stories of one item, or of a list of them. Raises Rejected for JSON that is not ninjs."""
    value = _load(data, context.limits)
    items = value if isinstance(value, list) else [value]
    if len(items) > context.limits.entries:
        raise Rejected(f"The list has more than {context.limits.entries} items.", remedy="Split the file.")
    read = (_stories(_item(raw, number), context) for number, raw in enumerate(items, 1))
    return tuple(story for stories in read for story in stories)


def _stories(item: Item, context: Context) -> list[ParsedStory]:
    """The item's story; of a composite the stories of the texts that it holds, where it holds them whole."""
    story = _story(item, context)
    held = [_story(part, context) for _, part in _held(item)] if story.is_package else []
    if not held:
        return [story]
    from parsing.links import linked  # noqa: PLC0415 - composites are rare

    members, _ = linked([Member(one.identifier or "", one) for one in (story, *held)], [])
    return [one.joined() for one in members]


def _held(item: Item) -> list[tuple[str, Item]]:
    """The associated texts that come with their bodies."""
    parts = [(name, part) for name, part in item.associations() if part.text("type") not in PICTURES]
    return [(name, part) for name, part in parts if _uri(part) and any(one.value.strip() for one in part.texts("body"))]


def _load(data: bytes, limits: Limits) -> Any:
    if len(data) > limits.html_bytes:
        raise Rejected(
            f"The JSON has {len(data):,} bytes; {limits.html_bytes:,} is the most.",
            remedy="Drop pictures as files beside the story, not inside it.",
        )
    try:
        return json.loads(data)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise Rejected(f"The JSON is broken: {error.msg}.", remedy="Mend it at this place.", place=place) from None
    except RecursionError:
        raise Rejected("The JSON is nested too deep.", remedy=REMEDY) from None
    except ValueError:
        raise Rejected("The JSON is in no encoding that JSON allows.", remedy="Save it as UTF-8.") from None


def _item(raw: Any, number: int) -> Item:
    item = Item(raw if isinstance(raw, dict) else {})
    if not _uri(item):
        raise Rejected(
            "The JSON is not ninjs: it has no uri, which every ninjs item must have.",
            remedy=REMEDY,
            place=f"item {number}",
        )
    return item


def _uri(item: Item) -> str:
    """The identity; newsroom systems that speak a dialect of ninjs call it guid."""
    return item.text("uri") or item.text("guid")


def _story(item: Item, context: Context) -> ParsedStory:
    warnings: list[str] = []
    status, doubts = status_of(item.text("pubstatus"))
    embargo = embargo_of(item.text("embargoed"), item.text("embargoedreason"))
    main = item.main("headline")
    copy = _copy(item, context.limits)
    is_package = item.text("type") == "composite" and not copy.blocks
    associated, removed, references = _associated(item, context, whole=not is_package)
    copy = joined(copy, [image for image, _ in associated])
    own = [image_of(item, "own")] if item.text("type") in PICTURES else []
    this = dates.instant(item.text("versioncreated"), "versionCreated", context.time_zone, warnings)
    first = (
        dates.instant(
            item.text("firstcreated") or item.text("contentcreated"), "firstCreated", context.time_zone, warnings
        )
        or this
    )
    located = item.text("located")
    story = Story(
        version=version_of(item.text("version")),
        status=status,
        headline=main.plain if main else item.text("title"),
        kicker=item.role("headline", KICKER),
        standfirst=None if own else _standfirst(item),
        slug=item.text("slugline"),
        byline=item.text("by") or item.text("byline") or None,
        dateline=Dateline(place=located, text=located) if located else None,
        language=item.text("language") or "und",
        published=first,
        updated=this if this != first else None,
        embargo=embargo.until,
        notices=(*embargo.notices, *notice(item.text("ednote"))),
        body=tuple(copy.blocks),
        images=(*own, *copy.images),
        keywords=unique((*item.words("keyword"), *item.words("keywords"))),
        subjects=tuple(subject for kind in ABOUT for subject in item.concepts(kind)),
        copyright=item.text("copyrightnotice") or item.text("copyrightholder") or None,
        usage_terms=item.text("usageterms") or None,
        removed=(*removed, *copy.removed, *_others(item, main)),
        warnings=(*doubts, *warnings),
    )
    others = (Removed(text=text.plain, reason=f"description ({text.role or 'no role'})") for text in _described(item))
    story = story.model_copy(update={"removed": (*story.removed, *unsaid(others, [story]))})
    story = without_pictures(story, [image for image, status in associated if status is not Status.USABLE])
    references += [Reference(file=name, image=image.id) for image in own for name in files_of(item)]
    return whole(ParsedStory(story, _uri(item), references=tuple(references), is_package=is_package))


def _with_hold(part: Item, image: Image, time_zone: str) -> tuple[Image, Status]:
    """Of a picture that comes without its file, as where a partner has no right to it, the words are left."""
    status = status_of(part.text("pubstatus"))[0] if files_of(part) else Status.USABLE
    embargo = embargo_of(part.text("embargoed"))
    hold = obeyed(Story(status=status, embargo=embargo.until, notices=embargo.notices), time_zone)
    return image.model_copy(update={"embargo": hold.embargo}), hold.status


def _standfirst(item: Item) -> str | None:
    return item.role("description", STANDFIRST) or item.role("headline", STANDFIRST[:-2])


def _described(item: Item) -> list[Text]:
    return [text for text in item.texts("description") if text.plain]


def _others(item: Item, main: Text | None) -> list[Removed]:
    """Headlines for other uses: they are words of the document, but none of this story's fields is theirs."""
    used = {main.plain if main else "", item.role("headline", KICKER), _standfirst(item)}
    texts = [text for text in item.texts("headline") if text.plain not in used]
    return [Removed(text=text.plain, reason=f"headline for another use ({text.role or 'no role'})") for text in texts]


def _copy(item: Item, limits: Limits) -> Copy:
    """The body in its richest form: the others say the same."""
    bodies = [text for text in item.texts("body") if text.value.strip()]
    rich = next((text for text in bodies if text.is_nitf), None) or next((t for t in bodies if t.is_html), None)
    if rich and rich.is_nitf:
        from parsing.wire.nitf import copy_of_nitf  # noqa: PLC0415 - rare, and not for every ninjs to load

        return copy_of_nitf(rich.value.encode(), limits)
    if rich:
        return copy_of(rich.value, limits)
    return Copy(list(paragraphs(bodies[0].value)) if bodies else [])


def _associated(
    item: Item, context: Context, *, whole: bool
) -> tuple[list[tuple[Image, Status]], list[Removed], list[Reference]]:
    """Pictures and whether they may be used, the words of what else is associated, and what all of it is called.

    `whole`: with the others' texts.
    """
    images: list[tuple[Image, Status]] = []
    removed: list[Removed] = []
    references: list[Reference] = []
    for name, part in item.associations():
        kind = part.text("type")
        if kind in PICTURES:
            images.append(_with_hold(part, image_of(part, f"associated-{len(images) + 1}"), context.time_zone))
        else:
            words = [text.plain for field in ("headline", "description") for text in part.texts(field)]
            words += [block.text for block in _copy(part, context.limits).blocks] if whole else []
            told = " ".join(filter(None, words)) or part.text("uri") or name
            removed.append(Removed(text=tidy(told), reason=f"associated item ({kind or 'no type'})"))
        shown = images[-1][0].id if kind in PICTURES else ""
        references += [Reference(_uri(part), file, image=shown) for file in files_of(part) or [part.text("href")]]
    return images, removed, references
