"""The sample article: a web page's text with alt texts, captions, credits, a cut-off biography and page furniture."""

from pathlib import Path

import pytest

from parsing import Document, parse
from slugline.story import BlockType, Story

SAMPLE = Path(__file__).parents[2] / "samples" / "text" / "us-equipment-pakistan.txt"
LINES = SAMPLE.read_text(encoding="utf-8").splitlines()
BODY_LINES = (3, 5, 7, 9, 19, 21, 23, 29, 31, 33)
ALT = "US military equipment Afghanistan"


@pytest.fixture(scope="module")
def story() -> Story:
    (parsed,) = parse(Document("us-equipment-pakistan.txt", SAMPLE.read_bytes()))
    return parsed.story


def test_headline_is_the_first_line(story: Story) -> None:
    assert story.headline == LINES[0]


def test_body_is_the_copy_as_printed_oddities_included(story: Story) -> None:
    paragraphs = [block.text for block in story.body if block.type is BlockType.PARAGRAPH]
    assert paragraphs == [LINES[number - 1] for number in BODY_LINES]


def test_pictures_stand_where_they_stood(story: Story) -> None:
    order = [block.image or "text" for block in story.body]
    assert order == ["text"] * 4 + ["image-1", "image-2"] + ["text"] * 3 + ["image-3"] + ["text"] * 3


def test_pictures_have_alt_caption_and_credit(story: Story) -> None:
    assert [(image.alt, image.caption, image.credit) for image in story.images] == [
        (ALT, LINES[11], "Los Angeles Times via Getty Images"),
        (ALT, LINES[15], "Los Angeles Times via Getty Images"),
        (f"{ALT}.", LINES[25], "AFP via Getty Images"),
    ]


def test_agency_pictures_are_not_for_partners(story: Story) -> None:
    assert [(image.rights.syndicate, image.rights.agency) for image in story.images] == [
        (False, "Getty Images"),
        (False, "Getty Images"),
        (False, "AFP"),
    ]


def test_author_comes_from_the_biography(story: Story) -> None:
    (author,) = story.authors
    assert (author.name, author.role, author.location) == ("JACLYN DIAZ", "USTimeToday U.S. News Reporter", "London")
    assert author.bio == LINES[35]
    assert author.email is None
    assert story.byline is None


def test_furniture_is_removed_with_its_reason(story: Story) -> None:
    assert [(removed.text, removed.reason) for removed in story.removed] == [
        ("Related Articles", "related links"),
        ("Back to top button", "navigation"),
    ]


def test_doubts_are_warnings(story: Story) -> None:
    assert [warning.partition(":")[0] for warning in story.warnings] == [
        "byline_inferred_from_bio",
        "author_bio_truncated",
        "duplicate_alt_text",
        "caption_repeats_body",
        "stray_punctuation",
        "no_publication_date",
        "image_file_missing",
    ]


def test_nothing_is_made_up(story: Story) -> None:
    assert (story.dateline, story.published, story.embargo, story.notices) == (None, None, None, ())
    assert (story.language, story.direction) == ("en", "ltr")
