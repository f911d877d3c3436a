"""Feeds stay equal to the table while renders race for them in processes of their own (invariant 7)."""

from concurrent.futures import ThreadPoolExecutor

import feedparser
import httpx
import pytest
from tests.e2e.conftest import Newsroom, eventually

from slugline.feed import SITE

pytestmark = pytest.mark.e2e

AT_ONCE = 20


def test_stories_dropped_all_at_once_are_each_once_in_the_feed_and_in_the_table_s_order(newsroom: Newsroom) -> None:
    keys = [f"race/{number}/story.txt" for number in range(AT_ONCE)]
    articles = [newsroom.article("Harbour reopens") for _ in keys]

    with ThreadPoolExecutor(AT_ONCE) as editors:
        list(editors.map(newsroom.drop, keys, articles))
    urls = {f"{newsroom.stack.site}/{newsroom.published(key).path}" for key in keys}

    def feeds_agree() -> bool:
        entries = newsroom.stack.stories.feed(SITE, 50)
        table = [entry.url for entry in entries if entry.withdrawn is None]  # RSS has no tombstones
        feed = feedparser.parse(httpx.get(f"{newsroom.stack.site}/feeds/rss.xml", trust_env=False).content)
        return [entry.link for entry in feed.entries] == table and urls <= set(table)

    eventually(feeds_agree)
