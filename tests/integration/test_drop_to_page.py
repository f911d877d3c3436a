"""A dropped file is on the site; a corrected one replaces it; a deleted one is gone."""

import json
import re
from pathlib import Path

import pytest
from tests.support.newsroom import Newsroom

from decoder import PictureFailed
from resizing.time_budget import TimeBudget

SAMPLES = Path(__file__).parents[1] / "samples"
ARTICLE = (SAMPLES / "text" / "us-equipment-pakistan.txt").read_bytes()
PHOTO = (SAMPLES / "photo" / "dust-bowl-farm.jpg").read_bytes()


def page(newsroom: Newsroom) -> str:
    (key,) = newsroom.site_keys("articles/")
    return newsroom.site(key).decode()


def test_a_text_dropped_is_a_page_and_a_feed_entry(newsroom: Newsroom) -> None:
    newsroom.drop("us-equipment-pakistan.txt", ARTICLE)

    newsroom.settle()

    headline = "Pakistani militants are reportedly using US military equipment left behind in Afghanistan"
    assert headline in page(newsroom)
    assert headline in newsroom.site("feeds/rss.xml").decode()
    assert newsroom.dead_letters() == 0


def test_the_front_page_names_the_story_and_the_root_says_what_is_reserved(newsroom: Newsroom) -> None:
    newsroom.drop("story.md", b"# River rises\n\nThe river rose on Monday.\n")

    newsroom.settle()

    assert "River rises" in newsroom.site("index.html").decode()
    assert newsroom.site("robots.txt").startswith(b"User-agent: *")
    assert json.loads(newsroom.site(".well-known/tdmrep.json"))[0]["tdm-reservation"] == 1
    assert b"rslstandard.org" in newsroom.site("license.xml")


def test_every_page_has_its_policy_for_the_distribution_to_send(newsroom: Newsroom) -> None:
    newsroom.drop("story.md", b"# River rises\n\nThe river rose on Monday.\n")
    newsroom.settle()
    newsroom.delete("story.md")
    newsroom.settle()

    for key in newsroom.site_keys(""):
        if key.endswith(".html"):
            found = newsroom.s3.head_object(Bucket=newsroom.outputs["SiteBucket"], Key=key)
            assert "style-src 'sha256-" in found["Metadata"]["content-security-policy"], key
            assert "frame-ancestors 'self'" in found["Metadata"]["content-security-policy"], key


def test_the_render_event_says_what_each_platform_would_say_of_the_story(newsroom: Newsroom) -> None:
    newsroom.drop("story.md", b"# River rises\n\nThe river rose on Monday.\n")
    newsroom.settle()

    (event,) = (entry for entry in newsroom.calls.bus_events if entry["DetailType"] == "StoryRendered")
    verdicts = {verdict["platform"]: verdict for verdict in json.loads(event["Detail"])["data"]["verdicts"]}
    assert verdicts.keys() == {"Google News", "MSN", "SmartNews", "Flipboard", "Apple News"}
    # A story without a picture, as Flipboard's rules have it.
    assert verdicts["Flipboard"]["accepted"] is False
    assert all(finding["remedy"] and finding["source"] for finding in verdicts["Flipboard"]["findings"])


def test_all_outputs_show_the_version_that_the_page_shows(newsroom: Newsroom) -> None:
    newsroom.drop("story.md", b"# First\n\nThe river rose on Monday.\n")
    newsroom.settle()
    newsroom.drop("story.md", b"# First, corrected\n\nThe river rose on Tuesday.\n")

    newsroom.settle()

    assert "rose on Tuesday" in page(newsroom)
    (ninjs,) = [key for key in newsroom.site_keys("stories/") if key.endswith("v2/ninjs-3.1.json")]
    assert json.loads(newsroom.site(ninjs))["headlines"][0]["value"] == "First, corrected"
    feed = newsroom.site("feeds/rss.xml").decode()
    assert feed.count("<item>") == 1
    assert "First, corrected" in feed


def test_a_photo_of_the_same_folder_is_on_the_page_whichever_comes_first(newsroom: Newsroom) -> None:
    newsroom.drop("dust/photo.jpg", PHOTO)
    newsroom.drop("dust/story.md", b"# Dust\n\nThe farm was buried on Monday.\n")
    newsroom.drop("farm/story.md", b"# Farm\n\nThe farm was dug out on Tuesday.\n")
    newsroom.settle()
    newsroom.drop("farm/photo.jpg", PHOTO)

    newsroom.settle()

    pages = [newsroom.site(key).decode() for key in newsroom.site_keys("articles/")]
    assert len(pages) == 2
    assert all("<picture" in shown for shown in pages)


def test_a_deleted_file_is_withdrawn_from_every_output(newsroom: Newsroom) -> None:
    newsroom.drop("dust/story.md", b"# Dust\n\nThe farm was buried on Monday.\n")
    newsroom.drop("dust/photo.jpg", PHOTO)
    newsroom.settle()

    newsroom.delete("dust/story.md")
    newsroom.settle()

    assert "buried" not in page(newsroom)
    assert newsroom.site_keys("stories/") == []
    assert "buried" not in newsroom.site("feeds/rss.xml").decode()


def test_a_file_of_no_known_type_is_quarantined_with_a_reason_and_its_neighbours_go_on(newsroom: Newsroom) -> None:
    newsroom.drop("program.exe", bytes(range(256)) * 64)
    newsroom.drop("empty.txt", b"")
    newsroom.drop("C++ news #1 📰.md", b"# C++ news\n\nA committee met on Monday.\n")

    newsroom.settle()

    drops = newsroom.services["parse"].stories.recent_drops(["quarantined"], 10)
    assert {drop.key for drop in drops} == {"program.exe", "empty.txt"}
    assert all(drop.reason and drop.remedy for drop in drops)
    assert "A committee met" in page(newsroom)


def test_a_photo_by_itself_is_a_picture_story(newsroom: Newsroom) -> None:
    newsroom.drop("airplane.jpg", (SAMPLES / "photo" / "airplane.jpg").read_bytes())

    newsroom.settle()

    assert "<picture" in page(newsroom)
    assert newsroom.dead_letters() == 0


def test_a_photo_whose_story_never_comes_is_published_by_itself(newsroom: Newsroom) -> None:
    newsroom.drop("alone/photo.jpg", PHOTO)

    newsroom.settle()

    assert "<picture" in page(newsroom)


def shown_pictures(newsroom: Newsroom) -> set[str]:
    """The keys of the pictures that the page asks for."""
    return {f"stories/{path}" for path in re.findall(r"stories/([^\s\"']+/pictures/[^\s\"',]+)", page(newsroom))}


def test_a_corrected_story_shows_the_pictures_that_are_there_and_a_withdrawal_takes_them(newsroom: Newsroom) -> None:
    # Given a story with a photo
    newsroom.drop("dust/story.md", b"# Dust\n\nThe farm was buried on Monday.\n")
    newsroom.drop("dust/photo.jpg", PHOTO)
    newsroom.settle()
    first = shown_pictures(newsroom)
    made = {key for key in newsroom.site_keys("stories/") if "/pictures/" in key}
    # When it is corrected
    newsroom.drop("dust/story.md", b"# Dust\n\nThe farm was buried on Tuesday.\n")
    newsroom.settle()
    # Then its page shows the same files, and no others were made
    assert "on Tuesday" in page(newsroom)
    assert shown_pictures(newsroom) == first
    assert {key for key in newsroom.site_keys("stories/") if "/pictures/" in key} == made >= first
    # When it is withdrawn
    newsroom.delete("dust/story.md")
    newsroom.settle()
    # Then they are gone, and when it is published anew they have another address
    assert newsroom.site_keys("stories/") == []
    newsroom.drop("dust/story.md", b"# Dust\n\nThe farm was buried on Wednesday.\n")
    newsroom.settle()
    assert shown_pictures(newsroom)
    assert shown_pictures(newsroom).isdisjoint(first)
    assert shown_pictures(newsroom) <= set(newsroom.site_keys("stories/"))


@pytest.mark.parametrize("again", ["photo.jpg", "story.md"])
def test_a_file_dropped_again_brings_the_picture_that_no_time_was_left_for(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, again: str
) -> None:
    # Given a story whose picture was left out, as others had taken all the time
    def no_time(*_: object) -> float:
        raise PictureFailed("No time was left for this one.", untried=True)

    files = {"story.md": b"# Dust\n\nThe farm was buried on Monday.\n", "photo.jpg": PHOTO}
    with monkeypatch.context() as busy:
        busy.setattr(TimeBudget, "share", no_time)
        for name, data in files.items():
            newsroom.drop(f"dust/{name}", data)
        newsroom.settle()
    assert "<picture" not in page(newsroom)
    # When one of its files is dropped again, unchanged
    newsroom.drop(f"dust/{again}", files[again])
    newsroom.settle()
    # Then the picture is there
    assert "<picture" in page(newsroom)
    # And dropped once more, the file is a duplicate
    before = newsroom.site_keys("stories/")
    newsroom.drop(f"dust/{again}", files[again])
    newsroom.settle()
    assert newsroom.site_keys("stories/") == before


def test_no_original_and_no_part_of_its_private_metadata_is_served(newsroom: Newsroom) -> None:
    newsroom.drop("farm/story.md", b"# A farm\n\nThe farm was sold on Monday.\n\n![A farm](farm.jpg)\n")
    newsroom.drop("farm/farm.jpg", PHOTO)
    newsroom.drop("alone.jpg", PHOTO + b"\0")
    newsroom.settle()

    served = {key: newsroom.site(key) for key in newsroom.site_keys()}
    assert [key for key in served if key.endswith(".avif")]
    for key, data in served.items():
        assert data not in {PHOTO, PHOTO + b"\0"}, key
        assert PHOTO[-1_000:] not in data, key
        assert b"SN-1938-0042" not in data, key
