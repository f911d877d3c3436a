"""A picture under an embargo of its own is in no output before its time; the story does not wait for it."""

import json
import zipfile
from io import BytesIO
from pathlib import Path

from tests.support.newsroom import Newsroom
from tests.support.photo_files import records, resource, segment

from slugline.photo_metadata.iim import RELEASE_DATE, RELEASE_TIME, dataset_bytes

PHOTO = (Path(__file__).parents[1] / "samples" / "photo" / "dust-bowl-farm.jpg").read_bytes()
XMP, IPTC = b"\xff\xe1", b"\xff\xed"
CAPTION = "The medal winner, unveiled at noon."
STORY = b"---\nid: medal\ntitle: A medal is given\n---\n\nThe mayor will give the medal at noon, she said.\n"


def photo(date: str = "20261123", time: str = "120000+0000") -> bytes:
    """A photo that is not to be used before that moment; the newsroom's clock begins at nine."""
    iim = records(caption=CAPTION.encode(), credit=b"Jo Fenn")
    iim += dataset_bytes(RELEASE_DATE, date.encode()) + dataset_bytes(RELEASE_TIME, time.encode())
    return PHOTO[:2] + segment(0xED, b"Photoshop 3.0\0" + resource(0x0404, iim)) + without_metadata(PHOTO)[2:]


def without_metadata(jpeg: bytes) -> bytes:
    """The photo without the segments that say what it shows."""
    kept, at = jpeg[:2], 2
    while jpeg[at : at + 2] != b"\xff\xda":
        size = 2 + int.from_bytes(jpeg[at + 2 : at + 4])
        kept += b"" if jpeg[at : at + 2] in (XMP, IPTC) else jpeg[at : at + size]
        at += size
    return kept + jpeg[at:]


def later(newsroom: Newsroom, hours: float = 4) -> None:
    newsroom.clock.advance(hours=hours)
    newsroom.tick()
    newsroom.settle()


def pictures(newsroom: Newsroom) -> list[str]:
    return [key for key in newsroom.site_keys() if key.endswith((".jpg", ".avif"))]


def said_anywhere(newsroom: Newsroom, words: str) -> list[str]:
    return [key for key in newsroom.site_keys() if words.encode() in newsroom.site(key)]


def page(newsroom: Newsroom) -> str:
    (key,) = newsroom.site_keys("articles/")
    return newsroom.site(key).decode()


def test_the_story_goes_out_without_the_picture_and_with_it_at_its_time(newsroom: Newsroom) -> None:
    newsroom.drop("medal/story.md", STORY)
    newsroom.drop("medal/winner.jpg", photo())
    newsroom.settle()
    newsroom.tick()
    newsroom.settle()

    assert "give the medal at noon" in page(newsroom)
    assert pictures(newsroom) == []
    assert said_anywhere(newsroom, CAPTION) == []
    assert said_anywhere(newsroom, "winner.jpg") == []

    later(newsroom)

    assert pictures(newsroom)
    assert CAPTION in page(newsroom)
    assert newsroom.dead_letters() == 0


def test_a_photo_that_comes_before_its_story_is_held_just_so(newsroom: Newsroom) -> None:
    newsroom.drop("medal/winner.jpg", photo())
    newsroom.drop("medal/story.md", STORY)
    newsroom.settle()

    assert "give the medal at noon" in page(newsroom)
    assert pictures(newsroom) == []

    later(newsroom)

    assert CAPTION in page(newsroom)


def test_a_correction_before_the_time_is_seen_at_once_and_keeps_the_picture_waiting(newsroom: Newsroom) -> None:
    newsroom.drop("medal/story.md", STORY)
    newsroom.drop("medal/winner.jpg", photo())
    newsroom.settle()

    newsroom.drop("medal/story.md", STORY.replace(b"mayor", b"minister"))
    newsroom.settle()

    assert "minister will give" in page(newsroom)
    assert pictures(newsroom) == []

    later(newsroom)

    assert "minister will give" in page(newsroom)
    assert CAPTION in page(newsroom)


def test_another_photo_is_shown_at_once_while_one_waits(newsroom: Newsroom) -> None:
    newsroom.drop("medal/story.md", STORY)
    newsroom.drop("medal/winner.jpg", photo())
    newsroom.settle()

    newsroom.drop("medal/farm.jpg", PHOTO)
    newsroom.settle()

    assert pictures(newsroom)
    assert said_anywhere(newsroom, CAPTION) == []

    later(newsroom)

    assert CAPTION in page(newsroom)


def test_an_earlier_release_of_the_photo_makes_the_old_timer_harmless(newsroom: Newsroom) -> None:
    newsroom.drop("medal/story.md", STORY)
    newsroom.drop("medal/winner.jpg", photo())
    newsroom.settle()
    newsroom.drop("medal/winner.jpg", photo("20261124"))
    newsroom.settle()

    later(newsroom)

    assert pictures(newsroom) == []

    later(newsroom, hours=24)

    assert CAPTION in page(newsroom)


def test_the_same_story_dropped_again_while_its_picture_waits_is_a_duplicate(newsroom: Newsroom) -> None:
    newsroom.drop("medal.zip", packed())
    newsroom.settle()
    before = newsroom.site_keys("stories/")

    newsroom.drop("medal.zip", packed())
    newsroom.settle()

    assert newsroom.site_keys("stories/") == before


def test_a_story_withdrawn_while_its_picture_waits_stays_away(newsroom: Newsroom) -> None:
    newsroom.drop("medal/story.md", STORY)
    newsroom.drop("medal/winner.jpg", photo())
    newsroom.settle()
    newsroom.delete("medal/story.md")
    newsroom.settle()

    later(newsroom)

    assert pictures(newsroom) == []
    assert said_anywhere(newsroom, CAPTION) == []


def test_a_photo_alone_waits_for_its_time(newsroom: Newsroom) -> None:
    newsroom.drop("winner.jpg", photo())
    newsroom.settle()

    assert newsroom.site_keys() == []

    later(newsroom)

    assert CAPTION in page(newsroom)


def test_a_photo_that_a_person_has_to_release_joins_no_story(newsroom: Newsroom) -> None:
    newsroom.drop("medal/story.md", STORY)
    newsroom.drop("medal/winner.jpg", photo("20261123", "250000+0000"))
    newsroom.settle()

    later(newsroom, hours=48)

    assert pictures(newsroom) == []


def packed() -> bytes:
    """A text and a picture in documents of their own; the picture's is under an embargo."""
    text = {
        "uri": "urn:x:text", "type": "text", "headline": "A medal is given",
        "body_text": "The mayor will give the medal at noon, she said.",
        "associations": {"main": {"uri": "urn:x:picture", "type": "picture"}},
    }  # fmt: skip
    picture = {
        "uri": "urn:x:picture", "type": "picture", "headline": "The medal", "description_caption": CAPTION,
        "embargoed": "2026-11-23T12:00:00+00:00", "renditions": {"full": {"href": "winner.jpg"}},
    }  # fmt: skip
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as package:
        package.writestr("text.json", json.dumps(text))
        package.writestr("picture.json", json.dumps(picture))
        package.writestr("winner.jpg", PHOTO)
    return archive.getvalue()


def test_a_picture_document_of_a_package_is_held_and_its_text_is_not(newsroom: Newsroom) -> None:
    newsroom.drop("medal.zip", packed())
    newsroom.settle()

    assert "give the medal at noon" in page(newsroom)
    assert pictures(newsroom) == []
    assert said_anywhere(newsroom, CAPTION) == []

    later(newsroom)

    assert pictures(newsroom)
    assert CAPTION in page(newsroom)
