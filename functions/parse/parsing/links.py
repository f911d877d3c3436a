"""The documents of a package, put together by what they refer to.

A document that only tells of its members (a NewsML-G2 package item, a ninjs composite, an index of NewsML 1) gives way
to them: each text is a story, and has the pictures of its group. A text without an identity of its own takes the
package's. The pictures that a text refers to are its own.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import PurePosixPath

from parsing.document import ParsedStory, PictureFile, Reference
from parsing.members import Member, Shelf
from parsing.same_picture import merged, repeated
from parsing.unsaid import everything_in, unsaid
from parsing.wire.embedded import filled
from slugline.story import Image, NoticeKind, Status

ELSEWHERE = "package_members_elsewhere"
"""The warning of a package whose members are not at hand."""
BINDING = (NoticeKind.EMBARGO, NoticeKind.KILL)
"""Notices of a package that hold for each of its texts."""
_Found = Sequence[tuple[Reference, Member | PictureFile | None]]


def linked(members: Sequence[Member], photos: Sequence[PictureFile]) -> tuple[list[Member], set[str]]:
    """The members that are left once each is where a reference has it, and the names of the photos that are."""
    shelf = Shelf(members, photos)
    used: list[Member] = []
    placed: set[str] = set()
    for member in sorted(members, key=_turn):
        found = [(one, shelf.find(one, member.source)) for one in member.parsed.references]
        placed |= {target.name for _, target in found if isinstance(target, PictureFile)}
        used += [target for _, target in found if isinstance(target, Member) and not _is_text(target)]
        used += _unpacked(member, found) if member.parsed.is_package else _illustrated(member, found)
    return [one for one in members if not any(one is other for other in used)], placed


def _turn(member: Member) -> int:
    """A picture has its files before a text takes it, and a text its pictures before a package takes that."""
    return 2 if member.parsed.is_package else int(member.has_text)


def _illustrated(text: Member, found: _Found) -> list[Member]:
    """Gives the document the pictures that it refers to, each in the place of the image that stands for it.

    Files of one image are the same picture in several sizes, the best first.
    """
    shown: set[str] = set()
    for reference, target in found:
        images, files = _picture(target)
        if not images or reference.image in shown:
            continue
        shown |= {reference.image} - {""}
        text.pictures += files
        own = next((image for image in text.parsed.story.images if image.id == reference.image), None)
        if own is None:
            text.images += images
        else:
            _show(text, own, images[0])
            text.images += images[1:]
    return []


def _show(text: Member, own: Image, found: Image) -> None:
    """The story's image becomes the picture that was found, with the story's words on it."""
    story = text.parsed.story
    shown = merged(own, found).model_copy(update={"file": found.file or own.file})
    update = {
        "images": tuple(shown if image is own else image for image in story.images),
        "removed": (*story.removed, *unsaid(repeated(found), [shown])),
    }
    text.parsed = replace(text.parsed, story=story.model_copy(update=update))


def _unpacked(package: Member, found: _Found) -> list[Member]:
    """Puts the package's texts in its place; without any the package is the story. What is used up by that is told."""
    texts, spare = _texts(found)
    if not texts:
        return _illustrated(package, found)
    for reference, text in texts:
        suffix = f"#{PurePosixPath(reference.file).name}" if len(texts) > 1 else ""
        text.parsed = _under(package.parsed, text.parsed, suffix)
    hints = {image.id: image for image in package.parsed.story.images}
    for reference, target in found:
        images, files = _picture(target)
        hint = hints.get(reference.image)
        if images or (hint and target is None):
            home = next(text for ref, text in texts if ref is reference.nearest([one for one, _ in texts]))
            shown = merged(images[0], hint) if images and hint else hint or images[0]
            home.images += [shown, *images[1:]]
            home.pictures += files
    first = texts[0][1]
    doubts = [
        f"package_member_missing: {ref.identifier or ref.file} is not in the package." for ref, one in found if not one
    ]
    doubts += [f"alternative_left_out: {one.source} is another form of {first.source}." for one in spare]
    said = [text.parsed.story for _, text in texts]
    words = unsaid(everything_in(package.parsed.story, "package's words on its items"), [*said, *first.images])
    words += unsaid(
        (one for text in spare for one in everything_in(text.parsed.story, "another form of the text")), said
    )
    story = first.parsed.story
    update = {"warnings": (*story.warnings, *doubts), "removed": (*story.removed, *words)}
    first.parsed = replace(first.parsed, story=story.model_copy(update=update))
    return [package, *spare]


def _is_text(target: Member) -> bool:
    return target.has_text or target.parsed.is_package


def _texts(found: _Found) -> tuple[list[tuple[Reference, Member]], list[Member]]:
    """The package's texts, and those that say the same as another of their group in the same language."""
    texts: list[tuple[Reference, Member]] = []
    spare: list[Member] = []
    taken: set[tuple[tuple[str, ...], str]] = set()
    for reference, target in found:
        if not isinstance(target, Member) or not target.has_text or target.parsed.is_package:
            continue
        form = (reference.groups, target.parsed.story.language)
        if any(target is text for _, text in texts):
            continue
        if reference.alternative and form in taken:
            spare.append(target)
            continue
        taken.add(form)
        texts.append((reference, target))
    return texts, spare


def _picture(target: Member | PictureFile | None) -> tuple[list[Image], list[PictureFile]]:
    """What a reference shows, with its files; nothing when it leads to a text or nowhere."""
    if isinstance(target, PictureFile):
        return [Image(id="", file=PurePosixPath(target.name).name)], [target]
    if target is None or _is_text(target):
        return [], []
    whole = target.joined()
    return list(whole.story.images), list(whole.pictures)


def _under(package: ParsedStory, text: ParsedStory, suffix: str) -> ParsedStory:
    """The text as the package has it: its holds bind each text, its fields are those of a text without an identity."""
    story, head = text.story, package.story
    notices = (*story.notices, *(one for one in head.notices if one.kind in BINDING and one not in story.notices))
    embargo = _later(story.embargo, head.embargo)
    if text.identifier is None:
        warnings = tuple(one for one in head.warnings if not one.startswith(ELSEWHERE))
        update = {"body": (), "images": (), "removed": (), "notices": (), "warnings": warnings}
        story = filled(story, head.model_copy(update=update | ({"headline": "", "standfirst": None} if suffix else {})))
        story = story.model_copy(update={"version": head.version, "status": head.status})
    elif head.status is not Status.USABLE and story.status is Status.USABLE:
        doubt = f"package_{head.status}: the package is {head.status}; a person has to release its text."
        story = story.model_copy(update={"status": Status.WITHHELD, "warnings": (*story.warnings, doubt)})
    identifier = text.identifier or (package.identifier and f"{package.identifier}{suffix}")
    return replace(text, story=story.model_copy(update={"embargo": embargo, "notices": notices}), identifier=identifier)


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max(filter(None, (one, other)), default=None)
