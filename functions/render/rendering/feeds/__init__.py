"""Feeds: a list of entries in, the forms that readers and platforms poll out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rendering.feeds import rss
from rendering.links import FeedLinks
from slugline.desk import DeskSettings
from slugline.feed import FeedEntry


@dataclass(frozen=True)
class FeedFormat:
    """One form of a feed."""

    name: str
    content_type: str
    render: Callable[[Sequence[FeedEntry], DeskSettings, FeedLinks], bytes]


FEED_FORMATS = (FeedFormat("rss.xml", "application/rss+xml", rss.render),)
