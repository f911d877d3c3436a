"""The canonical story. Names follow IPTC ninjs 3 where it has one.

Copy is sacred: nothing between the dropped file and these fields rewrites a word. What is taken out of the body is
kept in `removed` with its reason. `text` is plain text; `html` has passed the sanitiser.
"""

from enum import StrEnum
from typing import Literal

from pydantic import Field

from slugline.model import Instant, Model


class Status(StrEnum):
    """ninjs `pubStatus`."""

    USABLE = "usable"
    WITHHELD = "withheld"
    CANCELED = "canceled"


class Author(Model):
    """A person, one entry each."""

    name: str
    role: str | None = None
    location: str | None = None
    bio: str | None = None
    email: str | None = None


class Dateline(Model):
    """Where and when the copy was filed. `place` is as printed, without agency and date; `text` is the whole of it."""

    place: str
    date: str | None = None
    source: str | None = None
    text: str


class NoticeKind(StrEnum):
    CORRECTION = "correction"
    EMBARGO = "embargo"
    KILL = "kill"
    UPDATE = "update"
    NOTE = "note"


class Notice(Model):
    """A message about the story, never part of its body."""

    kind: NoticeKind
    text: str


class BlockType(StrEnum):
    PARAGRAPH = "paragraph"
    SUBHEAD = "subhead"
    LIST_ITEM = "list_item"
    QUOTE = "quote"
    IMAGE = "image"
    TABLE = "table"
    EMBED = "embed"


class Block(Model):
    """One block of the body. An image block carries in `image` the id of one of the story's images."""

    type: BlockType = BlockType.PARAGRAPH
    text: str = ""
    html: str | None = None
    image: str | None = None


class Rights(Model):
    """Whether partners may have the picture, and the ground of that decision."""

    syndicate: bool = True
    agency: str | None = None
    ground: str = "no third party named"


class Asset(Model):
    """The original bytes of a picture, in the archive. Never served."""

    key: str
    sha256: str
    content_type: str
    bytes: int
    width: int
    height: int


class FocalPoint(Model):
    """The centre of interest, as fractions of width and height from the top left, after orientation is applied."""

    x: float = Field(ge=0, le=1)
    y: float = Field(ge=0, le=1)


class ContentCredentials(Model):
    """A C2PA manifest in the original. `signer` is the name on its certificate, whoever vouches for it.

    `valid` says whether manifest and picture are as signed; None when nobody has checked.
    """

    signer: str | None = None
    valid: bool | None = None


class Image(Model):
    """A picture of the story. `file` is its name as dropped or referred to; `asset` is set once its bytes are known.

    `credit` is without label, brackets, copyright sign and year. `embargo` is the picture's own: the story goes out
    without it until then. The lower fields are IPTC Photo Metadata.
    """

    id: str
    alt: str | None = None
    caption: str | None = None
    credit: str | None = None
    copyright: str | None = None
    file: str | None = None
    rights: Rights = Rights()
    embargo: Instant | None = None
    asset: Asset | None = None
    headline: str | None = None
    byline: str | None = None
    source: str | None = None
    usage_terms: str | None = None
    instructions: str | None = None
    data_mining: str | None = None
    digital_source_type: str | None = None
    created: str | None = None
    location: str | None = None
    focal_point: FocalPoint | None = None
    keywords: tuple[str, ...] = ()
    content_credentials: ContentCredentials | None = None


class Subject(Model):
    """What the story is about: an IPTC Media Topic or a newsroom's own term."""

    name: str
    uri: str | None = None


class Removed(Model):
    """Words of the input that are not in any other field, with the reason why."""

    text: str
    reason: str


class Provenance(Model):
    """Where the story came from: object key (or file name), detected format, encoding, and the parser's version."""

    key: str
    format: str
    encoding: str | None = None
    parser: str


class Story(Model):
    """One version of one story. Defaults let a format module state what it found and no more."""

    id: str = ""
    version: int = 1
    status: Status = Status.USABLE
    headline: str = ""
    kicker: str | None = None
    standfirst: str | None = None
    slug: str = ""
    byline: str | None = None
    authors: tuple[Author, ...] = ()
    dateline: Dateline | None = None
    language: str = "und"
    direction: Literal["ltr", "rtl"] = "ltr"
    published: Instant | None = None
    updated: Instant | None = None
    embargo: Instant | None = None
    notices: tuple[Notice, ...] = ()
    body: tuple[Block, ...] = ()
    images: tuple[Image, ...] = ()
    keywords: tuple[str, ...] = ()
    subjects: tuple[Subject, ...] = ()
    copyright: str | None = None
    usage_terms: str | None = None
    removed: tuple[Removed, ...] = ()
    provenance: Provenance | None = None
    warnings: tuple[str, ...] = ()
