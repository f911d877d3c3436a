"""Whoever follows the feeds is told when one of them has changed, and only then."""

import json

from tests.support.newsroom import Newsroom


def announced(newsroom: Newsroom) -> list[str]:
    """The keys that FeedsUpdated named so far, in order."""
    return [
        feed["key"]
        for entry in newsroom.calls.bus_events
        if entry["DetailType"] == "FeedsUpdated"
        for feed in json.loads(entry["Detail"])["data"]["feeds"]
    ]


def test_a_published_story_announces_every_feed_that_now_has_it(newsroom: Newsroom) -> None:
    newsroom.drop("story.md", b"# River rises\n\nThe river rose on Monday.\n")

    newsroom.settle()

    assert {"feeds/rss.xml", "feeds/atom.xml", "feeds/feed.json", "index.html"} <= set(announced(newsroom))


def test_a_feed_is_announced_after_it_is_written_with_its_address_and_type(newsroom: Newsroom) -> None:
    newsroom.drop("story.md", b"# River rises\n\nThe river rose on Monday.\n")

    newsroom.settle()

    (event,) = (entry for entry in newsroom.calls.bus_events if entry["DetailType"] == "FeedsUpdated")
    (rss,) = (feed for feed in json.loads(event["Detail"])["data"]["feeds"] if feed["key"] == "feeds/rss.xml")
    site = newsroom.services["render"].desk.site_url
    assert rss == {"key": "feeds/rss.xml", "url": f"{site}/feeds/rss.xml", "content_type": "application/rss+xml"}
    assert "River rises" in newsroom.site(rss["key"]).decode()


def test_a_repeated_event_that_changes_no_feed_announces_nothing(newsroom: Newsroom) -> None:
    newsroom.drop("story.md", b"# River rises\n\nThe river rose on Monday.\n")
    newsroom.settle()
    before = announced(newsroom)

    newsroom.repeat_everything()
    newsroom.settle()

    assert announced(newsroom) == before


def test_a_withdrawal_announces_the_feeds_that_lost_the_story(newsroom: Newsroom) -> None:
    newsroom.drop("story.md", b"# River rises\n\nThe river rose on Monday.\n")
    newsroom.settle()
    newsroom.calls.bus_events.clear()

    newsroom.delete("story.md")
    newsroom.settle()

    assert {"feeds/rss.xml", "feeds/atom.xml", "index.html"} <= set(announced(newsroom))
