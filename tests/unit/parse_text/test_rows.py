"""Rows and verse in text: each line stays a line of the body, in the middle of the copy and at its end."""

import pytest

from parsing import Document, parse
from parsing.text.results import shape_of
from slugline.story import BlockType, Story

PROSE = (
    "The harbour office said on Thursday that the ferry would sail again after eleven weeks in dock, which is longer "
    "than anyone on the island remembers."
)
ROWS = ("Harbour 3 Island 1", "Dock 2 Quay 2", "Sound 0 Reef 4")
VERSE = (
    "The boat is gone, the quay is bare,",
    "the gulls have left the morning air,",
    "and I who came too late to see",
    "stand waiting by the winter sea.",
)


def read(*blocks: str) -> Story:
    text = "\n\n".join(("The day on the island", "By Ada Byron", PROSE, *blocks))
    (parsed,) = parse(Document("story.txt", f"{text}\n".encode()))
    return parsed.story


def body(story: Story) -> list[str]:
    return [block.text for block in story.body]


def test_three_results_at_the_end_are_rows_below_their_title() -> None:
    story = read("Results", "\n".join(ROWS))

    assert body(story) == [PROSE, "Results", *ROWS]
    assert [block.type for block in story.body[1:]] == [BlockType.SUBHEAD, *[BlockType.PARAGRAPH] * 3]


def test_results_with_blank_lines_between_are_rows() -> None:
    assert body(read(*ROWS, PROSE.replace("Thursday", "Friday")))[1:4] == list(ROWS)


def test_verse_that_ends_the_text_is_kept_line_by_line() -> None:
    assert body(read("The poem ends:", "\n".join(VERSE)))[-4:] == list(VERSE)


def test_titles_of_links_that_end_the_text_are_not_rows() -> None:
    titles = ("Mayor calls for a bridge", "School opens again", "What the dock repairs cost", "Island in pictures")

    assert not set(titles) & set(body(read("More on this story", "\n".join(titles))))


def test_stars_and_dashes_between_parts_are_no_copy() -> None:
    story = read("* * *", PROSE.replace("Thursday", "Friday"), "--", PROSE.replace("Thursday", "Monday"))

    assert len(body(story)) == 3
    assert {one.text: one.reason for one in story.removed} == {
        "* * *": "rule between parts",
        "--": "rule between parts",
    }


@pytest.mark.parametrize("text", ["5 March 2026", "Comments 12", "Chapter 3", "It cost 3 or 4 crowns in 2020."])
def test_a_date_a_count_and_a_sentence_are_no_rows(text: str) -> None:
    assert shape_of(text) == ""


def test_market_quotations_are_rows_price_and_change_at_their_ends() -> None:
    quotations = ("Tea, March 2.68 +2.3%", "Cocoa, May 5,114 unch", "Coffee, May 301.15 -0.4%")

    assert body(read("\n".join(("Prices at 1600 GMT:", *quotations)))) == [PROSE, "Prices at 1600 GMT:", *quotations]
