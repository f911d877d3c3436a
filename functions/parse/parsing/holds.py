"""What holds a story or a picture back: a kill cancels it; an embargo is an instant, or a person has to look."""

import re
from datetime import datetime

from parsing.desk_time import assumed
from parsing.text.moments import moment_of
from parsing.text.notices import notice_of, speaks_of_embargo
from parsing.unsaid import words_of
from slugline.model import rfc3339
from slugline.story import BlockType, Image, Notice, NoticeKind, Removed, Status, Story

SAYING = ("instructions", "usage_terms")
"""Where agencies write a picture's embargo when its metadata have no field for it."""
KILLED = re.compile(r"\bkill", re.IGNORECASE)
"""Terms ask to delete a picture after some days, which is no kill."""
WHY = "its embargo names no date and time that is sure, or its status says so. A person has to release it."


def obeyed(story: Story, time_zone: str) -> Story:
    """The story with its notices' effects. Times without a zone are in the desk's `time_zone`."""
    kinds = {notice.kind for notice in story.notices}
    if NoticeKind.KILL in kinds:
        return story.model_copy(update={"status": Status.CANCELED})
    if NoticeKind.EMBARGO not in kinds or story.embargo is not None:
        return story
    moments = [moment_of(notice.text) for notice in story.notices if notice.kind is NoticeKind.EMBARGO]
    if any(moment is None or not moment.has_time for moment in moments):
        doubt = "embargo_unclear: the embargo names no date and time that is sure; a person has to set it."
        return story.model_copy(update={"status": Status.WITHHELD, "warnings": (*story.warnings, doubt)})
    instants = [moment.instant(time_zone, latest=True) for moment in moments if moment]
    warnings = story.warnings
    warnings += tuple(
        f"embargo_zone_assumed: {assumed('embargo', moment.local, time_zone).partition(': ')[2]}"
        for moment in moments
        if moment and moment.zone is None
    )
    # Of two embargoes the later one: too late is a delay, too early a breach.
    return story.model_copy(update={"embargo": max(instants), "warnings": warnings})


def with_pictures_held(story: Story, time_zone: str) -> Story:
    """The story with each picture's own embargo, and without the pictures that a person has to release.

    A document of pictures alone holds them with itself, and is held as they are.
    """
    story = obeyed(story, time_zone)
    held = [(image, _hold(image, time_zone)) for image in story.images]
    if not any(block.type is not BlockType.IMAGE for block in story.body):
        return _of_pictures(story, held)
    unclear = [image for image, hold in held if hold.status is not Status.USABLE]
    images = tuple(
        image.model_copy(update={"embargo": hold.embargo}) for image, hold in held if hold.status is Status.USABLE
    )
    return without_pictures(story.model_copy(update={"images": (*images, *unclear)}), unclear)


def under_note(story: Story, note: str) -> Story:
    """The story held by an embargo that a note sent with it (a covering letter, a README) speaks of."""
    lines = [line.strip() for line in note.split("\n")]
    held = [line for line in lines if line and (notice_of(line) is NoticeKind.EMBARGO or speaks_of_embargo(line))]
    notices = tuple(Notice(kind=NoticeKind.EMBARGO, text=line) for line in dict.fromkeys(held))
    return story.model_copy(update={"notices": (*notices, *story.notices)}) if notices else story


def without_pictures(story: Story, held: list[Image]) -> Story:
    """The story without the pictures that are not to be used. What they say is kept where nobody else sees it."""
    if not held:
        return story
    gone = {image.id for image in held}
    doubts = tuple(f"picture_withheld: {image.file or 'a picture'} is left out; {WHY}" for image in held)
    removed = (Removed(text=text, reason="words of a withheld picture") for image in held for text in words_of(image))
    update = {
        "images": tuple(image for image in story.images if image.id not in gone),
        "body": tuple(block for block in story.body if block.type is not BlockType.IMAGE or block.image not in gone),
        "warnings": (*story.warnings, *doubts),
        "removed": (*story.removed, *removed),
    }
    return story.model_copy(update=update)


def doubts_of(story: Story) -> tuple[str, ...]:
    """A warning for each picture that the story goes out without at first."""
    held = (image for image in story.images if image.embargo and not (story.embargo and story.embargo >= image.embargo))
    return tuple(
        f"picture_embargo: {image.file or 'a picture'} is held until {rfc3339(image.embargo)}; the story goes out "
        "without it, and with it then."
        for image in held
        if image.embargo
    )


def _of_pictures(story: Story, held: list[tuple[Image, Story]]) -> Story:
    if not held:
        return story
    if any(hold.status is not Status.USABLE for _, hold in held) and story.status is Status.USABLE:
        doubt = f"picture_withheld: {WHY[0].upper()}{WHY[1:]}"
        story = story.model_copy(update={"status": Status.WITHHELD, "warnings": (*story.warnings, doubt)})
    images = tuple(image.model_copy(update={"embargo": _later(hold.embargo, story.embargo)}) for image, hold in held)
    first = min((image.embargo for image in images if image.embargo), default=None)
    own = first if all(image.embargo for image in images) else None
    return story.model_copy(update={"images": images, "embargo": _later(story.embargo, own)})


def _hold(image: Image, time_zone: str) -> Story:
    """A story of nothing but what the picture says of its use."""
    texts = [text for name in SAYING if (text := getattr(image, name))]
    if image.caption and (moment := moment_of(image.caption)) and moment.has_time:
        texts.append(image.caption)  # without a time it is a caption about an embargo
    notices = tuple(Notice(kind=kind, text=text) for text in texts if (kind := _binding(text)))
    told = obeyed(Story(notices=notices), time_zone)
    return told.model_copy(update={"embargo": _later(image.embargo, told.embargo)})


def _binding(text: str) -> NoticeKind | None:
    kind = notice_of(text)
    return kind if kind is NoticeKind.EMBARGO or (kind is NoticeKind.KILL and KILLED.search(text)) else None


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max(filter(None, (one, other)), default=None)
