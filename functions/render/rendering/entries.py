"""What feeds keep of a story: a row that stays small whatever was dropped."""

import json
from collections.abc import Iterable

from markupsafe import Markup

from rendering.characters import clean_story
from rendering.dates import first_published, last_updated
from rendering.edition import language_of, shorten
from rendering.links import StoryLinks
from rendering.markup import partner_elements
from rendering.pictures import Figure, Figures
from slugline.feed import FeedAuthor, FeedEntry, FeedPicture, FeedRendition
from slugline.pictures import PictureManifest, Rendition
from slugline.story import NoticeKind, Status, Story

# With the body's bytes of JSON and at most four bytes a character for the rest, a row is under feed.MAX_ROW_BYTES.
_BODY_BYTES = 36_000
_NAME = 200
_ADDRESS = 254  # RFC 5321
_LINE = 500
_TEXT = 1_000
_AUTHORS = 10
_KEYWORDS = 20
_CORRECTIONS = 3
_THUMBNAIL_WIDTH = 320


def feed_entry(story: Story, pictures: PictureManifest, links: StoryLinks) -> FeedEntry:
    """The story's row in every feed."""
    story = clean_story(story)
    dates = {
        "published": first_published(story, links),
        "updated": last_updated(story, links),
        "released": links.first_released,
    }
    names = {"id": links.uri, "story_id": story.id, "version": story.version, "url": links.canonical}
    if story.status == Status.CANCELED:
        return FeedEntry(**names, **dates, withdrawn=links.released)
    figures = Figures(story, pictures)
    html, complete = _within(partner_elements(story, figures, links), _BODY_BYTES)
    return FeedEntry(
        **names,
        **dates,
        headline=shorten(story.headline, _LINE),
        standfirst=story.standfirst and shorten(story.standfirst, _TEXT),
        html=html,
        complete=complete,
        authors=tuple(
            FeedAuthor(name=shorten(author.name, _NAME), email=_address(author.email))
            for author in story.authors[:_AUTHORS]
        ),
        byline=story.byline and shorten(story.byline, _LINE),
        language=language_of(story, "und"),
        direction=story.direction,
        picture=_picture(figures, links),
        keywords=tuple(shorten(keyword, 100) for keyword in story.keywords[:_KEYWORDS]),
        subjects=tuple(shorten(subject.name, 100) for subject in story.subjects[:_KEYWORDS]),
        corrections=tuple(
            shorten(notice.text, _TEXT) for notice in story.notices if notice.kind == NoticeKind.CORRECTION
        )[:_CORRECTIONS],
    )


def _within(elements: Iterable[Markup], budget: int) -> tuple[str, bool]:
    """The elements that fit into so many bytes of JSON, and whether they are all."""
    kept: list[str] = []
    for item in elements:
        budget -= len(json.dumps(item, ensure_ascii=False).encode())
        if budget < 0:
            return "\n".join(kept), False
        kept.append(item)
    return "\n".join(kept), True


def _address(email: str | None) -> str | None:
    return email if email and len(email) <= _ADDRESS else None


def _picture(figures: Figures, links: StoryLinks) -> FeedPicture | None:
    figure = next((item for item in figures.values() if item.syndicable), None)
    if figure is None:
        return None
    image = figure.image
    return FeedPicture(
        full=_rendition(figure.main, links),
        thumbnail=_rendition(_thumbnail(figure), links),
        alt=image.alt and shorten(image.alt, _TEXT),
        caption=image.caption and shorten(image.caption, _TEXT),
        credit=image.credit and shorten(image.credit, _LINE),
        copyright=image.copyright and shorten(image.copyright, _LINE),
    )


def _thumbnail(figure: Figure) -> Rendition:
    return next((item for item in figure.fallbacks if item.width >= _THUMBNAIL_WIDTH), figure.fallbacks[-1])


def _rendition(item: Rendition, links: StoryLinks) -> FeedRendition:
    return FeedRendition(
        url=links.picture(item.key),
        content_type=item.content_type,
        width=item.width,
        height=item.height,
        bytes=item.bytes,
    )
