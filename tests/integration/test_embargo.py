"""Nothing under embargo is readable or sent before its time; after it, it appears without anyone's help."""

from tests.support.newsroom import Newsroom

STORY = b"""---
title: Budget day
embargo: {embargo}
---

The minister will speak about the harbour.
"""


def story(embargo: str) -> bytes:
    return STORY.replace(b"{embargo}", embargo.encode())


def test_a_story_under_embargo_leaves_no_byte_on_the_site_before_its_time(newsroom: Newsroom) -> None:
    newsroom.drop("budget.md", story("2026-11-23T12:00:00Z"))

    newsroom.settle()
    newsroom.tick()
    newsroom.settle()

    assert newsroom.site_keys() == []


def test_it_appears_at_the_first_tick_after_its_time(newsroom: Newsroom) -> None:
    newsroom.drop("budget.md", story("2026-11-23T12:00:00Z"))
    newsroom.settle()

    newsroom.clock.advance(hours=3)
    newsroom.tick()
    newsroom.settle()

    (page,) = newsroom.site_keys("articles/")
    assert "about the harbour" in newsroom.site(page).decode()


def test_a_changed_embargo_makes_the_old_timer_harmless(newsroom: Newsroom) -> None:
    newsroom.drop("budget.md", story("2026-11-23T12:00:00Z"))
    newsroom.settle()
    newsroom.drop("budget.md", story("2026-11-23T15:00:00Z"))
    newsroom.settle()

    newsroom.clock.advance(hours=4)
    newsroom.tick()
    newsroom.settle()

    assert newsroom.site_keys() == []


def test_a_story_withdrawn_under_embargo_never_appears(newsroom: Newsroom) -> None:
    newsroom.drop("budget.md", story("2026-11-23T12:00:00Z"))
    newsroom.settle()
    newsroom.delete("budget.md")
    newsroom.settle()

    newsroom.clock.advance(hours=4)
    newsroom.tick()
    newsroom.settle()

    assert newsroom.site_keys() == []


def test_a_withheld_story_does_not_appear_when_its_embargo_ends(newsroom: Newsroom) -> None:
    newsroom.drop("budget.md", story("2026-11-23T12:00:00Z").replace(b"title:", b"status: hold\ntitle:"))
    newsroom.settle()

    newsroom.clock.advance(hours=3)
    newsroom.tick()
    newsroom.settle()

    assert newsroom.site_keys() == []
