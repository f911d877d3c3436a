"""A story as feeds need it: one row of the table for each feed that has it, small enough to be read by the hundred.

The body travels in the row, cut between blocks where it is very long, so that a feed is one query and no other read.

A feed's id is its folder below `feeds/` on the site: `desks/sport`, `subjects/economy`, `authors/ann-lee`,
`products/football`; SITE is the feed of everything. `sitemap/<day>` has no feed but rows for that day's sitemap.
"""

from pydantic import Field

from slugline.model import Instant, Model

MAX_ROW_BYTES = 100_000
SITE = "all"
SITEMAP = "sitemap/"
MOST_SUBJECTS = 10
MOST_AUTHORS = 6
"""With at most 20 products these make 39 feeds: a release writes and deletes that many rows at most, within a
transaction's 100 items and 4 MB."""


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
    released: Instant = Field(description="when the story first went out, by which feeds are ordered")
    picture: FeedPicture | None = None
    keywords: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()
    withdrawn: Instant | None = None
    licensed_agencies: tuple[str, ...] = Field(default=(), description="whose pictures are in it by the feed's licence")
    feed_name: str = Field(default="", description="what the row's feed is called, as this story spells it")
