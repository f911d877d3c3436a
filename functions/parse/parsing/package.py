"""Documents and pictures that came together, as stories with their pictures.

Here it is decided to which story a picture belongs; which of the story's images it is (by name, caption and order)
is `parsing.matching`'s to find.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from parsing.document import Context, Document, ParsedStory, PictureFile, Rejected, nothing_in_it
from parsing.formats.photo import FORMAT as PHOTO
from parsing.holds import under_note, with_pictures_held
from parsing.members import Member
from parsing.sidecars import sorted_out
from parsing.unzip import Archive
from slugline.story import Image, Status

NOTE_REMEDY = "Put what readers need into the story."
OFFICE = {
    "[Content_Types].xml": "an Office document that is no text (a spreadsheet or slides)",
    "META-INF/container.xml": "an e-book",
    "META-INF/manifest.xml": "an OpenDocument file",
}
"""Entries that tell a document of another kind from a package."""


def stories_of(document: Document, context: Context) -> tuple[ParsedStory, ...]:
    """The package's stories. A document in it that is rejected is left out with a warning on the first story.

    Raises Rejected when nothing in it can be published.
    """
    archive = Archive(document.data, context.limits)
    _refuse_office(archive.names)
    documents = archive.documents()
    photos = [one for one in documents if PHOTO.detect(one)]
    written, captions, notes = sorted_out([one for one in documents if one not in photos], photos, context.time_zone)
    members, rejected = _parsed(written, context)
    members = [*_without_repeats(members, rejected), *(_held(one, context.time_zone) for one in captions)]
    for member in members:
        member.parsed = replace(member.parsed, story=under_note(member.parsed.story, "\n".join(notes.values())))
    rejected += [(name, Rejected("It is a note to the desk.", remedy=NOTE_REMEDY)) for name in notes]
    members, photos = _without_held(members, photos, rejected)
    members, loose = _linked(members, photos)
    rejected += [(one.source, nothing_in_it()) for one in members if one.parsed.is_blank]
    members = [one for one in members if not one.parsed.is_blank]
    texts = [member for member in members if member.has_text or member.parsed.is_package]
    if not texts:
        alone, refused = _parsed(loose, context)
        return _result([*members, *alone], [*rejected, *refused])
    for member in members:
        if member not in texts:
            home = _home(member.source, member.parsed.story.images, texts)
            shown = member.joined()
            home.images += shown.story.images
            home.pictures += shown.pictures
    for photo in loose:
        _home(photo.name, (), texts).pictures.append(PictureFile(photo.name, photo.data))
    return _result(texts, rejected)


def _without_repeats(members: list[Member], rejected: list[tuple[str, Rejected]]) -> list[Member]:
    """Of texts that say the same (a story as Word and as text) the one with the most pictures, else the first."""
    best: dict[str, Member] = {}
    for one in members:
        key = _said(one)
        if key not in best or len(one.parsed.story.images) > len(best[key].parsed.story.images):
            best[key] = one
    kept = [one for one in members if not one.has_text or best[_said(one)] is one]
    for one in members:
        if one not in kept:
            reason = f"It says the same as {best[_said(one)].source}."
            rejected.append((one.source, Rejected(reason, remedy="Pack each story once.")))
    return kept


def _said(member: Member) -> str:
    story = member.parsed.story
    words = "".join((story.headline, *(block.text for block in story.body)))
    told = "".join(char for char in words.casefold() if char.isalnum())
    return f"{member.parsed.identifier or ''} {told}" if told else f"{id(member)}"


def together(found: tuple[ParsedStory, ...], source: str, time_zone: str) -> tuple[ParsedStory, ...]:
    """The stories of one document, those that others refer to by their identifiers put where they belong.

    Pictures that are canceled or withheld stay by themselves.
    """
    members = [_held(Member(source, parsed), time_zone) for parsed in found]
    free = [one for one in members if one.has_text or one.parsed.story.status is Status.USABLE]
    left, _ = _linked(free, [])
    if len(left) == len(free):
        return found
    return tuple(one.joined() for one in (*left, *(one for one in members if one not in free)))


def _refuse_office(names: Sequence[str]) -> None:
    kind = next((kind for name, kind in OFFICE.items() if name in names), None)
    if kind:
        raise Rejected(f"The file is {kind}.", remedy="Save it as a Word document (.docx), HTML or plain text.")


def _parsed(documents: Sequence[Document], context: Context) -> tuple[list[Member], list[tuple[str, Rejected]]]:
    members: list[Member] = []
    rejected: list[tuple[str, Rejected]] = []
    for one in documents:
        try:
            members += [_held(Member(one.name, parsed), context.time_zone) for parsed in context.parse_nested(one)]
        except Rejected as error:
            rejected.append((one.name, error))
    return members, rejected


def _held(member: Member, time_zone: str) -> Member:
    """A picture takes its document's embargo with it, to whatever story it joins."""
    if not member.has_text:
        member.parsed = replace(member.parsed, story=with_pictures_held(member.parsed.story, time_zone))
    return member


def _without_held(
    members: list[Member], photos: list[Document], rejected: list[tuple[str, Rejected]]
) -> tuple[list[Member], list[Document]]:
    """The documents beside a text without the pictures that are canceled or withheld, and without their files."""
    held = [one for one in members if not one.has_text and one.parsed.story.status is not Status.USABLE]
    if len(held) == len(members):
        return members, photos
    for one in held:
        reason = f"The picture is {one.parsed.story.status}."
        rejected.append((one.source, Rejected(reason, remedy="Pack the story without it, or release it.")))
    called = {_name(image.file) for one in held for image in one.parsed.story.images if image.file}
    called |= {_name(reference.file) for one in held for reference in one.parsed.references if reference.file}
    left = [one for one in photos if not called & {_name(one.name), _name(PurePosixPath(one.name).stem)}]
    return [one for one in members if one not in held], left


def _linked(members: list[Member], photos: list[Document]) -> tuple[list[Member], list[Document]]:
    """What the documents' references leave to be placed by name and folder."""
    if not any(member.parsed.references for member in members):
        return members, photos
    from parsing.links import linked  # noqa: PLC0415 - few packages have references

    left, placed = linked(members, [PictureFile(one.name, one.data) for one in photos])
    return left, [one for one in photos if one.name not in placed]


def _home(source: str, images: Sequence[Image], texts: Sequence[Member]) -> Member:
    """The story that names the picture's file, else the one in the picture's folder, else the first."""
    names = {_name(source), *(_name(image.file) for image in images if image.file)}
    for member in texts:
        if names & {_name(image.file) for image in (*member.parsed.story.images, *member.images) if image.file}:
            return member
    folder = PurePosixPath(source).parent
    return next((member for member in texts if PurePosixPath(member.source).parent == folder), texts[0])


def _name(path: str) -> str:
    return PurePosixPath(path).name.casefold()


def _result(members: Sequence[Member], rejected: Sequence[tuple[str, Rejected]]) -> tuple[ParsedStory, ...]:
    if not members:
        raise _nothing(rejected)
    stories = [member.joined() for member in members]
    warnings = tuple(f"file_left_out: {name} is left out of the package: {error.reason}" for name, error in rejected)
    story = stories[0].story
    stories[0] = replace(stories[0], story=story.model_copy(update={"warnings": (*story.warnings, *warnings)}))
    return tuple(stories)


def _nothing(rejected: Sequence[tuple[str, Rejected]]) -> Rejected:
    if not rejected:
        return Rejected("The ZIP file is empty.", remedy="Pack the story and its pictures again.")
    name, error = rejected[0]
    return Rejected(error.reason, remedy=error.remedy, place=" in ".join(filter(None, (error.place, name))))
