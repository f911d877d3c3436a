"""Markdown with front matter."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsing.document import Context, Document, ParsedStory, Rejected
from parsing.formats.markdown import FORMAT
from parsing.limits import Limits
from slugline.story import BlockType, NoticeKind, Status

SAMPLES = Path(__file__).parents[2] / "samples" / "markdown"


def parsed(text: str | bytes) -> ParsedStory:
    data = text.encode() if isinstance(text, str) else text
    (found,) = FORMAT.parse(Document("a.md", data), Context(Limits(), lambda _: ()))
    return found


@pytest.fixture
def herring() -> ParsedStory:
    return parsed((SAMPLES / "herring.md").read_bytes())


def test_front_matter_gives_identity_and_fields(herring: ParsedStory) -> None:
    story = herring.story
    assert herring.identifier == "courier-2026-0311"
    assert story.headline == "Herring returns: a quay wakes up"
    assert [author.name for author in story.authors] == ["Mara Lindqvist", "Tom Ashe"]
    assert story.embargo is not None
    assert story.embargo.isoformat() == "2026-03-11T05:00:00+00:00"
    assert story.keywords == ("fishing", "Northport")


def test_the_text_becomes_blocks_without_the_headline(herring: ParsedStory) -> None:
    kinds = [block.type for block in herring.story.body if block.type is not BlockType.IMAGE]
    assert kinds == [
        BlockType.PARAGRAPH, BlockType.SUBHEAD, BlockType.QUOTE, BlockType.LIST_ITEM, BlockType.LIST_ITEM,
        BlockType.PARAGRAPH,
    ]  # fmt: skip


def test_pictures_of_front_matter_and_text_are_both_the_storys(herring: ParsedStory) -> None:
    first, second = herring.story.images
    assert (first.file, first.credit, first.caption) == (
        "harbour-1.jpg",
        "Jo Fenn / Reuters",
        "The fleet at Northport on Monday.",
    )
    assert (second.file, second.alt, second.caption) == ("nets.jpg", "Nets drying", "Nets dry on the fish quay.")


def test_raw_html_in_the_text_is_sanitised(herring: ParsedStory) -> None:
    shown = herring.story.model_dump_json()
    assert "onclick" not in shown
    assert "alert" not in shown


def test_toml_front_matter_is_read_too() -> None:
    found = parsed('+++\nid = "x1"\ntitle = "Quay"\ndate = 2026-03-11T06:00:00Z\nstatus = "canceled"\n+++\nText.')
    assert (found.identifier, found.story.headline, found.story.status) == ("x1", "Quay", Status.CANCELED)
    assert found.story.published is not None


def test_a_picture_named_twice_is_one() -> None:
    story = parsed("---\ntitle: Quay\nimages:\n - file: a.jpg\n   credit: Jo Fenn\n---\n![Boats](a.jpg)\n").story
    (image,) = story.images
    assert (image.alt, image.credit) == ("Boats", "Jo Fenn")


def test_notices_are_not_body() -> None:
    story = parsed("---\ntitle: Quay\ncorrection: The vote was 14 to 9.\n---\nText.").story
    assert [(notice.kind, notice.text) for notice in story.notices] == [
        (NoticeKind.CORRECTION, "The vote was 14 to 9.")
    ]


def test_an_unknown_status_withholds_the_story() -> None:
    story = parsed("---\ntitle: Quay\nstatus: perhaps\n---\nText.").story
    assert story.status is Status.WITHHELD
    assert story.warnings


@pytest.mark.parametrize(
    "fields",
    [
        "title: Quay\nembargo: tomorrow",
        "title: Quay\nembargo: 2026-03-05",
        "title: Quay: again",
        "title: [Quay",
        "title: &a [x]\nkeywords: *a",
    ],
)
def test_front_matter_that_cannot_be_meant_is_rejected_with_a_remedy(fields: str) -> None:
    with pytest.raises(Rejected) as rejected:
        parsed(f"---\n{fields}\n---\nText.")
    assert rejected.value.remedy
    assert rejected.value.place


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.txt", "---\ntitle: Quay\n---\nText.", True),
        ("a.txt", "# Quay\n\nThe **old** quay, [as told](https://example.org).", True),
        ("a.md", "# Quay\n\nText.", True),
        ("a.txt", "A line.\n---\nAnother line.", False),
        ("a.txt", "- one\n- two\n* three", False),
        ("a.md", "Nothing but words.", False),
        ("a.txt", "He bowled 4*3 and 2*1 # not a heading.", False),
    ],
)
def test_markdown_is_told_by_front_matter_or_structure(name: str, text: str, expected: bool) -> None:
    assert FORMAT.detect(Document(name, text.encode())) is expected


@given(st.binary(max_size=300), st.sampled_from([b"", b"---\n", b"+++\n", b"---\na: 1\n---\n"]))
def test_no_bytes_raise_anything_but_rejected(data: bytes, start: bytes) -> None:
    document = Document("a.md", start + data)
    FORMAT.detect(document)
    with suppress(Rejected):
        FORMAT.parse(document, Context(Limits(), lambda _: ()))


def test_below_a_title_of_the_front_matter_a_heading_of_the_first_level_is_a_subhead() -> None:
    story = parsed("---\ntitle: Quay\n---\nThe quay woke up.\n\n# Win or lose\n\nNobody had believed it.").story
    assert [(block.type, block.text) for block in story.body] == [
        (BlockType.PARAGRAPH, "The quay woke up."),
        (BlockType.SUBHEAD, "Win or lose"),
        (BlockType.PARAGRAPH, "Nobody had believed it."),
    ]


def test_markup_in_a_field_is_not_printed() -> None:
    story = parsed(
        "---\ntitle: Quay &amp; <em>herring</em>\nsummary: See <a href='https://a.example'>more</a>\n---\nText."
    ).story
    assert (story.headline, story.standfirst) == ("Quay & herring", "See more")


def test_less_than_in_a_field_is_a_sign() -> None:
    assert parsed("---\ntitle: Why a<b and 3 < 4\n---\nText.").story.headline == "Why a<b and 3 < 4"


def test_a_sign_alone_is_no_headline_repeated() -> None:
    story = parsed("---\ntitle: Quay\n---\nThe quay woke up.\n\n~\n\nNobody had believed it.").story
    assert [(one.text, one.reason) for one in story.removed] == [("~", "rule between parts")]
