"""Templates tried before readers see them: every page rendered with a story that has something of everything."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from rendering import FeedLinks, StoryLinks, feed_entry, render_feeds, render_story, render_withdrawn
from rendering.environment import template_failures, template_faults
from slugline.desk import DeskSettings
from slugline.pictures import Picture, PictureManifest, Rendition
from slugline.story import Author, Block, BlockType, Dateline, Image, Notice, NoticeKind, Story

_DATE = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
_STORY = Story(
    id="trial",
    headline="A headline",
    kicker="A kicker",
    standfirst="A standfirst.",
    slug="a-headline",
    byline="By A Reporter",
    authors=(Author(name="A Reporter", bio="A Reporter reports."),),
    dateline=Dateline(place="Oslo", text="OSLO"),
    language="en",
    notices=(Notice(kind=NoticeKind.CORRECTION, text="A correction."),),
    body=(
        Block(text="A paragraph."),
        Block(type=BlockType.SUBHEAD, text="A subhead"),
        Block(type=BlockType.IMAGE, image="image-1"),
        Block(type=BlockType.QUOTE, text="A quote."),
        Block(type=BlockType.LIST_ITEM, text="An item."),
    ),
    images=(Image(id="image-1", alt="A picture", caption="A caption.", credit="A Photographer"),),
    keywords=("a keyword",),
)
_PICTURES = PictureManifest(
    story_id="trial",
    version=1,
    pictures=(
        Picture(
            image="image-1",
            renditions=(
                Rendition(key="pictures/a.jpg", content_type="image/jpeg", width=640, height=360, bytes=40_000),
                Rendition(key="pictures/a.webp", content_type="image/webp", width=640, height=360, bytes=30_000),
            ),
        ),
    ),
)


def broken_templates(desk: DeskSettings) -> tuple[str, ...]:
    """What is wrong with the overrides: what does not compile, and what fails on a story."""
    with _warnings() as said:
        links = StoryLinks(
            uri="urn:slugline:trial",
            canonical=f"{desk.site_url}/articles/a.html",
            outputs=f"{desk.site_url}/stories/trial/v1/",
            pictures=f"{desk.site_url}/stories/trial/v1/",
            first_released=_DATE,
            released=_DATE,
        )
        render_story(_STORY, _PICTURES, desk, links=links)
        feed = FeedLinks(
            title="A feed", description="Of stories", home=desk.site_url, base=f"{desk.site_url}/feeds/", language="en"
        )
        render_feeds([feed_entry(_STORY, _PICTURES, links)], desk, links=feed)
        render_withdrawn(desk, language="en")
    return tuple(dict.fromkeys((*template_faults(desk), *said)))


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """What rendering warns of within the context."""
    said: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    keep = Keep(logging.WARNING)
    template_failures.addHandler(keep)
    propagate, template_failures.propagate = template_failures.propagate, False
    try:
        yield said
    finally:
        template_failures.propagate = propagate
        template_failures.removeHandler(keep)
