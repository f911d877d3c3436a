"""An editor changes the desk's settings; no deploy."""

import json

from tests.support.newsroom import Newsroom

STORY = b"# River rises\n\nThe river rose on Monday, said AFP.\n"


def save(newsroom: Newsroom, name: str, text: str) -> None:
    newsroom.s3.put_object(Bucket=newsroom.outputs["ArchiveBucket"], Key=f"desk/{name}", Body=text.encode())
    newsroom.clock.advance(seconds=31)


def page(newsroom: Newsroom) -> str:
    (key,) = newsroom.site_keys("articles/")
    return newsroom.site(key).decode()


def test_a_name_saved_by_an_editor_is_on_the_next_page_and_in_the_feeds(newsroom: Newsroom) -> None:
    newsroom.services["render"].desk  # noqa: B018 - the container has the old settings
    save(newsroom, "settings.json", json.dumps({"site_name": "The Courier"}))

    newsroom.drop("story.md", STORY)
    newsroom.settle()

    assert "The Courier" in page(newsroom)
    assert "<title>The Courier</title>" in newsroom.site("feeds/rss.xml").decode()


def test_a_template_of_the_newsroom_is_used_and_a_broken_one_is_not(newsroom: Newsroom) -> None:
    extends = '{% extends "default/article.html" %}{% block masthead %}<header>'
    save(newsroom, "templates/article.html", extends + "Ours</header>{% endblock %}")
    newsroom.drop("story.md", STORY)
    newsroom.settle()
    assert "<header>Ours</header>" in page(newsroom)

    save(newsroom, "templates/article.html", "{% if %}")
    newsroom.drop("story.md", STORY + b"It fell on Tuesday.\n")
    newsroom.settle()

    assert "It fell on Tuesday" in page(newsroom)
    assert "Ours" not in page(newsroom)


def test_an_invalid_document_stops_nothing(newsroom: Newsroom) -> None:
    save(newsroom, "settings.json", json.dumps({"site_name": "The Courier"}))
    save(newsroom, "settings.json", "{ not json")

    newsroom.drop("story.md", STORY)
    newsroom.settle()

    assert "The Courier" in page(newsroom)
    assert newsroom.dead_letters() == 0


def test_an_embargo_without_a_zone_is_in_the_zone_of_the_file_s_desk(newsroom: Newsroom) -> None:
    desks = {"asia": {"name": "Asia", "folders": ["asia"], "time_zone": "Asia/Tokyo"}}
    save(newsroom, "settings.json", json.dumps({"desks": desks}))

    notice = b"EMBARGOED until 23 November 2026, 20:00\n\n"
    newsroom.drop("asia/story.txt", notice + b"River rises\n\nThe river rose on Monday.\n")
    newsroom.settle()

    drops = newsroom.services["parse"].stories.recent_drops(["withheld"], 10)
    assert "2026-11-23T11:00:00Z" in str(drops[0].reason)
