"""What goes into a format module and what comes out of it."""

from collections.abc import Callable
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
class ParsedStory:
    """A story as its format module found it.

    The module fills what the document says; `finish` adds id, slug, language, direction, rights and provenance.
    `identifier` is the document's own (NewsML guid, ninjs uri, NITF doc-id, front-matter id, Message-ID), else None.
    """

    story: Story
    identifier: str | None = None
    pictures: tuple[PictureFile, ...] = field(default=())
    encoding: str | None = None


@dataclass(frozen=True)
class Context:
    """What a format module may use: the limits, and the way to parse a document within this one."""

    limits: Limits
    parse_nested: Callable[[Document], "tuple[ParsedStory, ...]"]
    time_zone: str = "UTC"
    """The desk's IANA zone, for times that are printed without one."""


class Format(Protocol):
    """One format: a module-level object named `FORMAT` in `parsing.formats.<name>`."""

    name: str

    def detect(self, document: Document) -> bool:
        """Whether the content is of this format. Cheap: looks at the head of the data; never raises."""
        ...

    def parse(self, document: Document, context: Context) -> tuple[ParsedStory, ...]:
        """The document's stories. Raises Rejected, and nothing else, for what cannot be published."""
        ...
