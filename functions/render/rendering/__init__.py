"""Rendering: a story, its pictures and the desk's settings in, bytes out. Pure: no clock, no network, no bucket.

The same input gives the same bytes, always.
"""

from collections.abc import Sequence

from rendering.article import article_page, withdrawn_page
from rendering.edition import Edition
from rendering.entries import feed_entry
from rendering.feeds import feed_outputs, sitemap, syndicated
from rendering.formats import FORMATS, PARTNER_FORMATS, oembed
from rendering.links import FeedLinks, FeedPage, StoryLinks
from rendering.output import PAGE, Output
from rendering.reservation import response_headers, site_files
from slugline.desk import DeskSettings
from slugline.feed import FeedEntry
from slugline.pictures import PictureManifest
from slugline.story import Story

__all__ = [
    "PAGE",
    "FeedLinks",
    "FeedPage",
    "Output",
    "StoryLinks",
    "feed_entry",
    "render_day_sitemap",
    "render_empty_sitemap",
    "render_feeds",
    "render_licensed_feed",
    "render_news_sitemap",
    "render_partner_formats",
    "render_site",
    "render_sitemap_index",
    "render_story",
    "render_withdrawn",
    "response_headers",
]


def render_story(
    story: Story, pictures: PictureManifest, desk: DeskSettings, *, links: StoryLinks
) -> tuple[Output, ...]:
    """Every output of one story version: the page (`index.html`) and the formats."""
    edition = Edition(story, pictures, desk, links)
    embed = Output("oembed.json", "application/json+oembed", oembed.render(edition))
    return (
        article_page(edition),
        *(Output(item.name, item.content_type, item.render(edition)) for item in FORMATS),
        embed,
    )


def render_partner_formats(
    story: Story, pictures: PictureManifest, desk: DeskSettings, *, links: StoryLinks
) -> tuple[Output, ...]:
    """The formats alone that partners take."""
    edition = Edition(story, pictures, desk, links)
    return tuple(Output(item.name, item.content_type, item.render(edition)) for item in PARTNER_FORMATS)


def render_withdrawn(desk: DeskSettings, *, language: str) -> tuple[Output, ...]:
    """The page that stands where a withdrawn story was; the story's other outputs have to go."""
    return (withdrawn_page(desk, language),)


def render_site(desk: DeskSettings, *, sitemaps: tuple[str, ...] = ()) -> tuple[Output, ...]:
    """Files of the site's root, with the reservations that go with everything: `robots.txt`, TDMRep, RSL."""
    return site_files(desk, sitemaps)


def render_day_sitemap(entries: Sequence[FeedEntry], stem: str) -> tuple[Output, ...]:
    """The sitemap of one day's stories, named by the stem."""
    return sitemap.day_sitemap(entries, stem)


def render_sitemap_index(addresses: Sequence[str]) -> Output:
    """`sitemap.xml`, the index of these sitemaps."""
    return sitemap.sitemap_index(addresses)


def render_news_sitemap(entries: Sequence[FeedEntry], desk: DeskSettings, *, links: FeedLinks) -> tuple[Output, ...]:
    """`sitemap-news.xml` of the newest two days, an index where there are more than 1,000 stories."""
    return sitemap.news_sitemap(entries, desk, links)


def render_empty_sitemap(name: str) -> Output:
    """A sitemap without a story."""
    return sitemap.empty_sitemap(name)


def render_feeds(entries: Sequence[FeedEntry], desk: DeskSettings, *, links: FeedLinks) -> tuple[Output, ...]:
    """Every form of one feed, its entries in the order given."""
    return feed_outputs(entries, desk, links)


def render_licensed_feed(entries: Sequence[FeedEntry], desk: DeskSettings, *, links: FeedLinks) -> tuple[Output, ...]:
    """The forms of a feed that only partners with a licence get: it names no hub and no address of its own."""
    unannounced = desk.model_copy(update={"hub_url": None})
    return syndicated(entries, unannounced, links.model_copy(update={"public": False, "home": f"{desk.site_url}/"}))
