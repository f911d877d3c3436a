"""The row that feeds are made of."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from rendering import feed_entry
from rendering.edition import shorten
from slugline.feed import MAX_ROW_BYTES, FeedEntry
from slugline.pictures import PictureManifest
from slugline.story import Author, Block, Notice, NoticeKind, Status, Story, Subject


def test_says_all_that_a_feed_needs(story, pictures, links):
    entry = feed_entry(story, pictures, links)

    assert entry.headline == story.headline
    assert [author.name for author in entry.authors] == ["Ana Ruiz", "Tom Lee"]
    assert entry.corrections == ("An earlier version misstated the number of berths.",)
    assert entry.complete


def test_takes_the_first_picture_that_partners_may_have(story, pictures, links):
    reordered = story.model_copy(update={"images": story.images[::-1]})

    entry = feed_entry(reordered, pictures, links)

    assert entry.picture.full.url == "https://news.example/stories/harbour-1/pictures/ferry-1280.jpg"
    assert entry.picture.thumbnail.width == 320
    assert entry.picture.credit == "Ana Ruiz / Courier"


def test_an_undated_story_has_the_dates_of_its_release(story, pictures, links):
    undated = story.model_copy(update={"published": None, "updated": None})

    entry = feed_entry(undated, pictures, links)

    assert (entry.published, entry.updated) == (links.first_released, links.released)


def test_a_withdrawn_story_keeps_nothing_of_what_it_said(story, pictures, links):
    entry = feed_entry(story.model_copy(update={"status": Status.CANCELED}), pictures, links)

    assert entry.withdrawn == links.released
    assert (entry.headline, entry.html, entry.picture, entry.keywords) == ("", "", None, ())


LONG = st.text(min_size=0, max_size=40).map(lambda text: text * 500)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=LONG, count=st.integers(0, 60))
@example(text=" " * 500, count=1)
def test_the_row_stays_small_and_reads_back_whatever_was_dropped(links, text, count):
    story = Story(
        id="long",
        headline=text,
        standfirst=text,
        byline=text,
        authors=tuple(Author(name=text, email=text) for _ in range(count)),
        keywords=(text,) * count,
        subjects=tuple(Subject(name=text) for _ in range(count)),
        notices=(Notice(kind=NoticeKind.CORRECTION, text=text),) * count,
        body=tuple(Block(text=text) for _ in range(count)),
    )

    row = feed_entry(story, PictureManifest(story_id="long", version=1), links).model_dump_json()

    assert len(row.encode()) <= MAX_ROW_BYTES
    assert FeedEntry.model_validate_json(row).model_dump_json() == row


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Ferry strike ends", "Ferry strike ends"),
        ("Ferry strike ends after nine days", "Ferry strike ends…"),
        ("Donaudampfschifffahrtsgesellschaft", "Donaudampfschifffahr…"),
        (" " * 500, ""),
        ("Ferry strike ends" + " " * 500, "Ferry strike ends"),
    ],
)
def test_a_long_line_is_cut_between_words(text, short):
    assert shorten(text, 21) == short


def test_a_body_too_long_for_the_row_is_cut_between_blocks(links):
    story = Story(id="long", headline="Long", body=tuple(Block(text=f"{n} " + "word " * 1000) for n in range(30)))

    entry = feed_entry(story, PictureManifest(story_id="long", version=1), links)

    assert not entry.complete
    assert entry.html.endswith("</p>")
