"""Files of a package that are no stories: its photos' captions, what a saved page loads, notes to the desk."""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from parsing.document import Document, ParsedStory, Reference
from parsing.markup import dates
from parsing.members import Member
from parsing.text.charset import decode
from parsing.text.credits import parted
from parsing.text.lines import clean, logical_lines
from slugline.photo_metadata import Photo, image_of
from slugline.photo_metadata.xmp import read_xmp
from slugline.story import Block, BlockType, Image, Removed, Story

IMAGE = "sidecar"
OF_PAGES = frozenset((".css", ".js", ".mjs", ".map", ".woff", ".woff2", ".ttf", ".otf", ".eot", ".ico"))
PAGES = frozenset((".html", ".htm", ".xhtml"))
TEXTS = frozenset((".txt", ".text", ".cap"))
NOTE = re.compile(
    r"(?:please[ _-]?)?read[ _-]?me|cover(?:ing)?[ _-]?(?:note|letter)"
    r"|notes?[ _-]to[ _-](?:the[ _-])?(?:desk|editors?)",
    re.IGNORECASE,
)
LONGEST = 1_000
"""Characters of a caption or a note; a brief has fewer, too, so that its name or its end has to tell."""
NAMED = r"[ \t]*(?::|\||\t|,|[-\u2013\u2014]+[ \t])[ \t]*(?=\S)"
"""What stands between a photo's name and its caption in a list of captions."""


def sorted_out(
    documents: Sequence[Document], photos: Sequence[Document], time_zone: str
) -> tuple[list[Document], list[Member], dict[str, str]]:
    """The documents that may be stories, the captions as picture documents, and the texts of notes to the desk."""
    has_page = any(one.suffix in PAGES for one in documents)
    documents = [one for one in documents if not (has_page and one.suffix in OF_PAGES)]
    left: list[Document] = []
    captions: list[Member] = []
    notes: dict[str, str] = {}
    for one in documents:
        text = _text(one)
        found = _captions(text, one, photos, alone=len(documents) == 1) if text else _metadata(one, photos, time_zone)
        if found:
            captions += found
        elif text and len(documents) > 1 and NOTE.fullmatch(PurePosixPath(one.name).stem):
            notes[one.name] = text
        else:
            left.append(one)
    return left, captions, notes


def _text(document: Document) -> str:
    """The text of a small text file; empty for any other."""
    if document.suffix not in TEXTS or len(document.data) > 4 * LONGEST:
        return ""
    decoded = decode(document.data)
    return clean(decoded.text).strip() if decoded and len(decoded.text) <= LONGEST else ""


def _metadata(document: Document, photos: Sequence[Document], time_zone: str) -> list[Member]:
    """An XMP file beside its photo, as programs write it that do not touch the photo."""
    twin = _twin(document, photos)
    if document.suffix != ".xmp" or twin is None:
        return []
    found = read_xmp(document.data)
    photo = Photo(content_type="", width=1, height=1, frames=1, metadata=found.metadata)
    image = image_of(photo, image_id=IMAGE, file=PurePosixPath(twin.name).name)
    warnings = list(found.warnings)
    embargo = dates.instant(found.metadata.release, "release", time_zone, warnings)
    return [_member(document, twin, image.model_copy(update={"embargo": embargo}), warnings=tuple(warnings))]


def _twin(document: Document, photos: Sequence[Document]) -> Document | None:
    """The photo of the same folder that the file is called after."""
    folder, stem = PurePosixPath(document.name).parent, PurePosixPath(document.name).stem.casefold()
    return next((one for one in photos if PurePosixPath(one.name).parent == folder and stem in _called(one)), None)


def _captions(text: str, document: Document, photos: Sequence[Document], *, alone: bool) -> list[Member]:
    """Of the photo that the file is called after; else of the photos that its lines begin with."""
    if twin := _twin(document, photos):
        words = " ".join(line.text for line in logical_lines(text))
        return [_worded(document, twin, words)] if parted(words)[1] or not alone else []
    return [_worded(document, photo, words) for photo, words in _listed(text, photos)]


def _called(photo: Document) -> set[str]:
    path = PurePosixPath(photo.name)
    return {path.name.casefold(), path.stem.casefold()}


def _listed(text: str, photos: Sequence[Document]) -> list[tuple[Document, str]]:
    """`a.jpg: The quay at dawn. Photo: Jo Fenn`, a line each; a line without a name goes on with the one above."""
    names = {name: photo for photo in photos for name in _called(photo)}
    if not names:
        return []
    opening = re.compile(f"({'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))}){NAMED}", re.IGNORECASE)
    found: list[tuple[Document, str]] = []
    for line in filter(None, (line.strip() for line in text.split("\n"))):
        if match := opening.match(line):
            found.append((names[match[1].casefold()], line[match.end() :]))
        elif found:
            found[-1] = (found[-1][0], f"{found[-1][1]} {line}")
        else:
            return []
    return found


def _worded(document: Document, photo: Document, words: str) -> Member:
    caption, credit = parted(words)
    image = Image(
        id=IMAGE,
        file=PurePosixPath(photo.name).name,
        caption=caption or None,
        credit=credit.text if credit else None,
        copyright=credit.copyright if credit else None,
    )
    label = credit.label.strip() if credit and credit.label else ""
    removed = (Removed(text=label, reason="label of a picture credit"),) if label else ()
    return _member(document, photo, image, removed=removed)


def _member(
    document: Document,
    photo: Document,
    image: Image,
    removed: tuple[Removed, ...] = (),
    warnings: tuple[str, ...] = (),
) -> Member:
    """A picture document whose file is the photo."""
    body = (Block(type=BlockType.IMAGE, image=image.id),)
    story = Story(images=(image,), body=body, removed=removed, warnings=warnings)
    return Member(document.name, ParsedStory(story, references=(Reference(file=photo.name, image=image.id),)))
