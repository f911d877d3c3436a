"""The feeds on the site equal the queries over the table, however many renders write at once."""

from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

from publishing.feed_files import FeedFiles, etags_of
from publishing.feed_links import FOLDER, FRONT_PAGE, feed_links, file_url, licence_of
from publishing.services import PublishServices
from rendering import (
    Output,
    render_day_sitemap,
    render_feeds,
    render_licensed_feed,
    render_news_sitemap,
    render_sitemap_index,
)
from slugline.desk import DeskSettings
from slugline.domain.licence import covers
from slugline.events import FeedsUpdated, UpdatedFeed
from slugline.feed import SITE, SITEMAP, FeedEntry
from slugline.licensed_forms import PRODUCTS, feed_folder

_CONNECTIONS = 8
_EVENT_FEEDS = 200
"""Feeds named in one event, which with addresses of a kilobyte each stays under EventBridge's 256 KiB."""
_MOST_OF_A_DAY = 100_000
_NEWS_DAYS = 3
"""Two days that end in the midst of a day lie in three."""
_INDEX = f"{FOLDER}sitemap.xml"
_NEWS = f"{FOLDER}sitemap-news"


def refresh_feeds(services: PublishServices, feeds: Iterable[str], correlation_id: str, *, resumed: bool) -> None:
    """Write these feeds anew from the table, and tell of the files that changed.

    `resumed` says that an earlier try may have written them and died before it told: then all are told of.
    Raises ObjectChanged after many lost races, for the queue to try again.
    """
    refresh = _Refresh(services, services.desk, told_all=resumed)
    tasks = [task for feed in feeds for task in refresh.tasks(feed)]
    with ThreadPoolExecutor(_CONNECTIONS) as pool:
        done = [pool.submit(task) for task in tasks]
    outputs = {key: output for task in done for key, output in task.result().items()}
    changed = tuple(_updated(key, outputs[key], services.desk) for key in sorted(outputs))
    for start in range(0, len(changed), _EVENT_FEEDS):
        services.bus.publish(FeedsUpdated(feeds=changed[start : start + _EVENT_FEEDS]), correlation_id)


def _updated(key: str, output: Output, desk: DeskSettings) -> UpdatedFeed:
    return UpdatedFeed(key=key, url=file_url(key, desk), content_type=output.content_type)


class _Refresh:
    """The files of one feed, and the sitemaps. Each method gives what it wrote, by key."""

    def __init__(self, services: PublishServices, desk: DeskSettings, *, told_all: bool) -> None:
        self._site = services.site
        self._archive = services.archive
        self._stories = services.stories
        self._desk = desk
        self._files = FeedFiles(services.site, desk, told_all=told_all)
        self._licensed_files = FeedFiles(services.archive, desk, told_all=False)

    def tasks(self, feed: str) -> list[Callable[[], dict[str, Output]]]:
        """What may be done side by side."""
        if feed.startswith(SITEMAP):
            return [partial(self._day, feed), self._news]
        if licence_of(feed, self._desk):
            return [partial(self._licensed_feed, feed)]
        return [partial(self._feed, feed)]

    def _feed(self, feed: str) -> dict[str, Output]:
        def render(entries: list[FeedEntry]) -> dict[str, Output]:
            entries = covered(entries, ())
            outputs = render_feeds(entries, self._desk, links=feed_links(feed, self._desk, entries))
            if feed != SITE:
                return {f"{FOLDER}{feed}/{output.name}": output for output in outputs}
            # Its page is the site's front page, and its sitemaps have every story, not the newest alone.
            kept = (output for output in outputs if not output.name.startswith("sitemap"))
            return {(FRONT_PAGE if o.name == FRONT_PAGE else f"{FOLDER}{o.name}"): o for o in kept}

        keys = render([]).keys()
        below = f"{FOLDER}{feed}/"
        return self._files.settle(
            there=lambda: etags_of(self._site, keys) if feed == SITE else self._site.etags(below),
            look=lambda: self._stories.feed(feed, self._desk.feed_length),
            render=render,
        )

    def _licensed_feed(self, feed: str) -> dict[str, Output]:
        """In the archive, of which nobody is told; what was made for another licence goes, or for everybody."""
        product = feed.removeprefix(PRODUCTS)
        licence = self._desk.products[product].licensed_agencies
        below = feed_folder(product, licence)

        def render(entries: list[FeedEntry]) -> dict[str, Output]:
            entries = covered(entries, licence)
            outputs = render_licensed_feed(entries, self._desk, links=feed_links(feed, self._desk, entries))
            return {below + output.name: output for output in outputs}

        self._licensed_files.settle(
            there=lambda: self._archive.etags(below),
            look=lambda: self._stories.feed(feed, self._desk.feed_length),
            render=render,
        )
        self._archive.delete([key for key in self._archive.keys(feed_folder(product)) if not key.startswith(below)])
        self._site.delete(self._site.keys(f"{FOLDER}{feed}/"))
        return {}

    def _day(self, feed: str) -> dict[str, Output]:
        """The day's sitemap, and the index where it may not have that yet."""
        stem = f"sitemap-{feed.removeprefix(SITEMAP)}"
        known = bool(self._site.etags(f"{FOLDER}{stem}"))
        written = self._files.settle(
            there=lambda: self._site.etags(f"{FOLDER}{stem}"),
            look=lambda: self._stories.feed(feed, _MOST_OF_A_DAY),
            render=lambda entries: _by_key(render_day_sitemap(entries, stem)),
        )
        if known and not self._files.told_all:
            return written
        return written | self._files.settle(
            there=lambda: etags_of(self._site, [_INDEX]),
            look=lambda: [key for key in self._site.keys(f"{FOLDER}sitemap-") if not key.startswith(_NEWS)],
            render=lambda days: _by_key((render_sitemap_index([f"{self._desk.site_url}/{day}" for day in days]),)),
        )

    def _news(self) -> dict[str, Output]:
        links = feed_links(SITE, self._desk, [])
        return self._files.settle(
            there=lambda: self._site.etags(_NEWS),
            look=self._recent,
            render=lambda entries: _by_key(render_news_sitemap(entries, self._desk, links=links)),
        )

    def _recent(self) -> list[FeedEntry]:
        """The stories of the days that the news sitemap may show, newest first."""
        newest = next(iter(self._stories.feed(SITE, 1)), None)
        if newest is None:
            return []
        days = [newest.released - timedelta(days=back) for back in range(_NEWS_DAYS)]
        return [entry for day in days for entry in self._stories.feed(f"{SITEMAP}{day:%Y-%m-%d}", _MOST_OF_A_DAY)]


def covered(entries: Sequence[FeedEntry], licence: Collection[str]) -> list[FeedEntry]:
    """Those that show no picture beyond the licence: a product's may have been another when their rows were written."""
    return [entry for entry in entries if covers(licence, entry.licensed_agencies)]


def _by_key(outputs: Sequence[Output]) -> dict[str, Output]:
    return {f"{FOLDER}{output.name}": output for output in outputs}
