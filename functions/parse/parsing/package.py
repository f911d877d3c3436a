"""Documents and pictures that came together, as stories with their pictures.

Here it is decided to which story a picture belongs; which of the story's images it is (by name, caption and order)
is `parsing.matching`'s to find.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from parsing.document import Context, Document, ParsedStory, PictureFile, Rejected
from parsing.formats.photo import FORMAT as PHOTO
from parsing.unzip import Archive
from slugline.story import Block, BlockType, Image

OFFICE = {
    "[Content_Types].xml": "an Office document that is no text (a spreadsheet or slides)",
    "META-INF/container.xml": "an e-book",
    "META-INF/manifest.xml": "an OpenDocument file",
}
"""Entries that tell a document of another kind from a package."""


@dataclass
class _Member:
    """A story of the package, the document it came from, and the pictures that are given to it."""

    source: str
    parsed: ParsedStory
    pictures: list[PictureFile] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)


def stories_of(document: Document, context: Context) -> tuple[ParsedStory, ...]:
    """The package's stories. A document in it that is rejected is left out with a warning on the first story.

    Raises Rejected when nothing in it can be published.
    """
    archive = Archive(document.data, context.limits)
    _refuse_office(archive.names)
    documents = archive.documents()
    photos = [one for one in documents if PHOTO.detect(one)]
    members, rejected = _parsed([one for one in documents if one not in photos], context)
    texts = [member for member in members if _has_text(member.parsed)]
    if not texts:
        alone, refused = _parsed(photos, context)
        return _result([*members, *alone], [*rejected, *refused])
    for member in members:
        if member not in texts:
            home = _home(member.source, member.parsed.story.images, texts)
            home.images += member.parsed.story.images
            home.pictures += member.parsed.pictures
    for photo in photos:
        _home(photo.name, (), texts).pictures.append(PictureFile(photo.name, photo.data))
    return _result(texts, rejected)


def _refuse_office(names: Sequence[str]) -> None:
    kind = next((kind for name, kind in OFFICE.items() if name in names), None)
    if kind:
        raise Rejected(f"The file is {kind}.", remedy="Save it as a Word document (.docx), HTML or plain text.")


def _parsed(documents: Sequence[Document], context: Context) -> tuple[list[_Member], list[tuple[str, Rejected]]]:
    members: list[_Member] = []
    rejected: list[tuple[str, Rejected]] = []
    for one in documents:
        try:
            members += [_Member(one.name, parsed) for parsed in context.parse_nested(one)]
        except Rejected as error:
            rejected.append((one.name, error))
    return members, rejected


def _has_text(parsed: ParsedStory) -> bool:
    """Whether it is more than a picture with its words."""
    return any(block.type is not BlockType.IMAGE for block in parsed.story.body) or not parsed.story.images


def _home(source: str, images: Sequence[Image], texts: Sequence[_Member]) -> _Member:
    """The story that names the picture's file, else the one in the picture's folder, else the first."""
    names = {_name(source), *(_name(image.file) for image in images if image.file)}
    for member in texts:
        if names & {_name(image.file) for image in member.parsed.story.images if image.file}:
            return member
    folder = PurePosixPath(source).parent
    return next((member for member in texts if PurePosixPath(member.source).parent == folder), texts[0])


def _name(path: str) -> str:
    return PurePosixPath(path).name.casefold()


def _result(members: Sequence[_Member], rejected: Sequence[tuple[str, Rejected]]) -> tuple[ParsedStory, ...]:
    if not members:
        raise _nothing(rejected)
    stories = [_joined(member) for member in members]
    warnings = tuple(f"file_left_out: {name} is left out of the package: {error.reason}" for name, error in rejected)
    story = stories[0].story
    stories[0] = replace(stories[0], story=story.model_copy(update={"warnings": (*story.warnings, *warnings)}))
    return tuple(stories)


def _nothing(rejected: Sequence[tuple[str, Rejected]]) -> Rejected:
    if not rejected:
        return Rejected("The ZIP file is empty.", remedy="Pack the story and its pictures again.")
    name, error = rejected[0]
    return Rejected(error.reason, remedy=error.remedy, place=" in ".join(filter(None, (error.place, name))))


def _joined(member: _Member) -> ParsedStory:
    """The member's story with the pictures that were given to it, after its own."""
    images = [image.model_copy(update={"id": f"package-{n}"}) for n, image in enumerate(member.images, 1)]
    blocks = [Block(type=BlockType.IMAGE, image=image.id) for image in images]
    story = member.parsed.story
    story = story.model_copy(update={"images": (*story.images, *images), "body": (*story.body, *blocks)})
    return replace(member.parsed, story=story, pictures=(*member.parsed.pictures, *member.pictures))
