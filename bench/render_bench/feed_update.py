"""One story more in feeds of 500 entries, by the code that publishes, with archives of different sizes behind them.

The ports are in memory and count: a call to the site is one request to S3, a look at a feed one query. Rows are kept as
JSON text, as the table keeps them, so that reading them costs what it costs there. What AWS takes is not in the time.
"""

import time
from bisect import insort
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from types import SimpleNamespace
from typing import Any

from tests.support.memory_store import MemoryStore

from publishing.feeds import refresh_feeds
from slugline.desk import DeskSettings
from slugline.feed import SITE, SITEMAP, FeedEntry

A_DAY = 60
"""Stories released in a day."""
DESK = "desks/news"


class Counted:
    """Anything, with its calls counted."""

    def __init__(self, inner: Any, calls: "Counter[str]") -> None:
        self._inner = inner
        self._calls = calls

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._inner, name)

        def counted(*arguments: Any, **named: Any) -> Any:
            self._calls[name] += 1
            return method(*arguments, **named)

        return counted


class Rows:
    """The feeds' partitions: rows as text, in the order of the table's sort key."""

    def __init__(self) -> None:
        self.partitions: dict[str, list[tuple[str, str]]] = {}
        self.read = 0

    def add(self, feeds: tuple[str, ...], entry: FeedEntry) -> None:
        row = (f"{entry.released.isoformat()}#{entry.story_id}", entry.model_dump_json())
        for feed in feeds:
            insort(self.partitions.setdefault(feed, []), row)

    def feed(self, feed: str, limit: int) -> list[FeedEntry]:
        rows = self.partitions.get(feed, [])[-limit:][::-1]
        self.read += len(rows)
        return [FeedEntry.model_validate_json(text) for _, text in rows]


@dataclass(frozen=True)
class Update:
    """One feed update: requests, rows read, files and bytes written, milliseconds of processor time."""

    archive: int
    calls: int
    rows: int
    files: int
    size: int
    milliseconds: float


def feed_update(entry: FeedEntry, desk: DeskSettings, archive: int, runs: int) -> Update:
    """The median of `runs` updates of the site's feed, a desk's and the sitemaps; counts are of the last."""
    rows, calls, files = Rows(), Counter[str](), MemoryStore()
    services = SimpleNamespace(
        site=Counted(files, calls),
        stories=Counted(rows, calls),
        bus=SimpleNamespace(publish=lambda *_: None),
        desk=desk,
    )

    def feeds_of(number: int) -> tuple[str, ...]:
        """The story's entry goes into its rows; gives its feeds."""
        released = entry.released + timedelta(days=number / A_DAY)
        own = {"id": f"{entry.id}/{number}", "story_id": str(number), "url": f"{entry.url}?{number}"}
        feeds = (SITE, DESK, f"{SITEMAP}{released:%Y-%m-%d}")
        rows.add(feeds, entry.model_copy(update=own | {"released": released, "published": released}))
        return feeds

    days = {feed for number in range(archive) for feed in feeds_of(number) if feed.startswith(SITEMAP)}
    refresh_feeds(services, (SITE, DESK, *days), "bench", resumed=False)
    times = []
    for number in range(archive, archive + runs):
        feeds = feeds_of(number)
        rows.read = 0
        calls.clear()
        files.puts.clear()
        start = time.process_time()
        refresh_feeds(services, feeds, "bench", resumed=False)
        times.append(time.process_time() - start)
    size = sum(len(files.objects[key][-1].body) for key in files.puts)
    return Update(archive, calls.total(), rows.read, len(files.puts), size, median(times) * 1000)
