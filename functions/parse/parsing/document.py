"""What goes into a format module and what comes out of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Protocol

from parsing.limits import Limits
from slugline.story import Story


class Rejected(Exception):  # noqa: N818 - named for the outcome, as in FileRejected
    """The document cannot be published: which file, where in it, why, and what a person can do about it."""

    def __init__(self, reason: str, *, remedy: str, place: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy
        self.place = place


@dataclass(frozen=True)
class Document:
    """A dropped file, or a part of one (a ZIP's entry, an e-mail's attachment). `name` may hold folders."""

    name: str
    data: bytes

    @property
    def suffix(self) -> str:
        """Lower case, with its dot; a hint only, as detection is by content."""
        return PurePosixPath(self.name).suffix.lower()


@dataclass(frozen=True)
class PictureFile:
    """The bytes of a picture that came with a document, by the name the document gives it."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Reference:
    """A part of a package that a document names: another document by its identifier, or a file by its name.

    `image` is the story's image that stands for it, where there is one; several files of one image are the picture in
    several sizes, the best first. `groups` are the package's groups that it is in, the innermost first. Of
    `alternative` texts in one group one is enough.
    """

    identifier: str = ""
    file: str = ""
    image: str = ""
    groups: tuple[str, ...] = ()
    alternative: bool = False

    def nearest(self, texts: "Sequence[Reference]") -> "Reference":
        """Of a package's texts the one of its own group, else of the nearest group around that, else the first."""
        near = (text for group in self.groups for text in texts if group in text.groups[:1])
        return next(near, texts[0])


@dataclass(frozen=True)
class ParsedStory:
    """A story as its format module found it.

    The module fills what the document says; `finish` adds id, slug, language, direction, rights and provenance.
    `identifier` is the document's own (NewsML guid, ninjs uri, NITF doc-id, front-matter id, Message-ID), else None.
    `references` are for the package that the document came in; a story that `is_package` only tells of its members,
    which take its place where they are at hand.
    """

    story: Story
    identifier: str | None = None
    pictures: tuple[PictureFile, ...] = field(default=())
    encoding: str | None = None
    references: tuple[Reference, ...] = ()
    is_package: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether it is a package that says nothing but what its members are called."""
        story = self.story
        return self.is_package and not (story.headline or story.body or story.images or story.notices)


def nothing_in_it() -> Rejected:
    """For a document whose content is elsewhere, or missing."""
    return Rejected(
        "The document holds no headline, text or picture.",
        remedy="Export the story again with its content, or pack the files that it refers to with it in one ZIP file; "
        "a link to content elsewhere is not followed.",
    )


@dataclass(frozen=True)
class Context:
    """What a format module may use: the limits, and the way to parse a document within this one."""

    limits: Limits
    parse_nested: Callable[[Document], "tuple[ParsedStory, ...]"]
    time_zone: str = "UTC"
    """The desk's IANA zone, for times that are printed without one."""
    agencies: tuple[str, ...] = ()
    """Those whose pictures stay on our own page."""


class Format(Protocol):
    """One format: a module-level object named `FORMAT` in `parsing.formats.<name>`."""

    name: str

    def detect(self, document: Document) -> bool:
        """Whether the content is of this format. Cheap: looks at the head of the data; never raises."""
        ...

    def parse(self, document: Document, context: Context) -> tuple[ParsedStory, ...]:
        """The document's stories. Raises Rejected, and nothing else, for what cannot be published."""
        ...
