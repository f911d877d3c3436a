"""The documents and files of a package, found by what other documents call them."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from parsing.document import ParsedStory, PictureFile, Reference
from slugline.story import Block, BlockType, Image


@dataclass(eq=False)
class Member:
    """A story of the package, the document it came from, and the pictures that are given to it."""

    source: str
    parsed: ParsedStory
    pictures: list[PictureFile] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)

    @property
    def has_text(self) -> bool:
        """Whether it is more than a picture with its words."""
        story = self.parsed.story
        return any(block.type is not BlockType.IMAGE for block in story.body) or not story.images

    def joined(self) -> ParsedStory:
        """The story with the pictures that were given to it, after its own."""
        if not (self.images or self.pictures):
            return self.parsed
        images = [image.model_copy(update={"id": f"package-{n}"}) for n, image in enumerate(self.images, 1)]
        blocks = [Block(type=BlockType.IMAGE, image=image.id) for image in images]
        story = self.parsed.story
        story = story.model_copy(update={"images": (*story.images, *images), "body": (*story.body, *blocks)})
        return replace(self.parsed, story=story, pictures=(*self.parsed.pictures, *self.pictures))


class Shelf:
    """The members and loose picture files of one package."""

    def __init__(self, members: Iterable[Member], photos: Iterable[PictureFile]) -> None:
        self._members = list(members)
        self._photos = list(photos)

    def find(self, reference: Reference, source: str) -> Member | PictureFile | None:
        """What the document `source` refers to: by identifier, newest version first, else by the file's name."""
        named = [one for one in self._members if _is_called(one.parsed.identifier, reference.identifier)]
        if named:
            return max(named, key=lambda one: one.parsed.story.version)
        names = filter(None, (_path(reference.file), _path(reference.identifier)))
        found = (self._by_name(name, source) for name in names)
        return next((one for one in found if one is not None), None)

    def _by_name(self, path: str, source: str) -> Member | PictureFile | None:
        """By its path from the document's folder; else, where only one is so called, by its name or its stem."""
        files: list[tuple[str, Member | PictureFile]] = [(one.source, one) for one in self._members]
        files += [(one.name, one) for one in self._photos]
        files = [(name, one) for name, one in files if name != source]
        whole = _joined(str(PurePosixPath(source).parent), path)
        for form in (_whole, _name, _stem):
            wanted = form(whole)
            found = [one for name, one in files if form(name) == wanted]
            if len(found) == 1:
                return found[0]
        return None


def _is_called(identifier: str | None, name: str) -> bool:
    """NewsML 1 refers to a revision: the item's identifier, a colon, and the revision (`1U`)."""
    if not identifier or not name:
        return False
    return name == identifier or (name.startswith(f"{identifier}:") and name[len(identifier) + 1 :][:1].isdigit())


def _path(address: str) -> str:
    try:
        return unquote(urlsplit(address.strip().replace("\\", "/")).path)
    except ValueError:
        return ""


def _joined(folder: str, path: str) -> str:
    parts: list[str] = []
    for part in (PurePosixPath(folder) / path.lstrip("/")).parts:
        if part == "..":
            parts[-1:] = []
        else:
            parts.append(part)
    return "/".join(parts)


def _whole(path: str) -> str:
    return str(PurePosixPath(path)).casefold()


def _name(path: str) -> str:
    return PurePosixPath(path).name.casefold()


def _stem(path: str) -> str:
    return PurePosixPath(path).stem.casefold()
