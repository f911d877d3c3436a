"""A story as feeds need it: one row of the table, small enough to be read by the hundred.

The body travels in the row, cut between blocks where it is very long, so that a feed is one query and no other read.
"""

from pydantic import Field

from slugline.model import Instant, Model

MAX_ROW_BYTES = 100_000


class FeedRendition(Model):
    """A file of a picture, by its absolute address."""

    url: str
    content_type: str
    width: int
    height: int
    bytes: int


class FeedPicture(Model):
    """The story's first picture that partners may have. Never one that is withheld."""

    full: FeedRendition
    thumbnail: FeedRendition
    alt: str | None = None
    caption: str | None = None
    credit: str | None = None
    copyright: str | None = None


class FeedAuthor(Model):
    name: str
    email: str | None = None


class FeedEntry(Model):
    """One story in a feed. A withdrawn one keeps `id`, `version`, `url` and the dates only."""

    id: str = Field(description="stable over versions; a URI")
    story_id: str
    version: int
    url: str
    headline: str = ""
    standfirst: str | None = None
    html: str = Field(default="", description="the body, safe, with absolute addresses")
    complete: bool = Field(default=True, description="False when `html` was cut between blocks")
    authors: tuple[FeedAuthor, ...] = ()
    byline: str | None = None
    language: str = "und"
    direction: str = "ltr"
    published: Instant
    updated: Instant
    picture: FeedPicture | None = None
    keywords: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()
    withdrawn: Instant | None = None
