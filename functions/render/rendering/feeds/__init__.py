"""Feeds: a list of entries in, the forms that readers and platforms poll out."""

from collections.abc import Sequence

from rendering.feeds import atom, index_page, json_feed, rss, sitemap
from rendering.links import FeedLinks
from rendering.output import Output
from slugline.desk import DeskSettings
from slugline.feed import FeedEntry


def feed_outputs(entries: Sequence[FeedEntry], desk: DeskSettings, links: FeedLinks) -> tuple[Output, ...]:
    """Every form of one feed, its entries in the order given."""
    return (
        *syndicated(entries, desk, links),
        *sitemap.news_sitemap(entries, desk, links),
        *sitemap.sitemap(entries, desk, links),
        index_page.render(entries, desk, links),
    )


def syndicated(entries: Sequence[FeedEntry], desk: DeskSettings, links: FeedLinks) -> tuple[Output, ...]:
    """The forms that other sites take."""
    return (
        Output("rss.xml", "application/rss+xml", rss.render(entries, desk, links)),
        Output("atom.xml", "application/atom+xml", atom.render(entries, desk, links)),
        Output("feed.json", "application/feed+json", json_feed.render(entries, desk, links)),
    )
