"""What stands above a credit or a name: a caption, or copy and those who sign it."""

import pytest

from parsing import Document, parse
from slugline.story import Story

PARAGRAPHS = (
    "The only cinema in the valley will close on Sunday after 71 years, its owner said on Thursday.",
    "He has sold the projector to a collector in Portugal and the seats to a chapel.",
)


def told(*blocks: str) -> Story:
    return parse(Document("cinema.txt", "\n\n".join(("The cinema will close", *blocks)).encode()))[0].story


def pictures(story: Story) -> list[tuple[str | None, str | None]]:
    return [(image.caption, image.credit) for image in story.images]


def test_a_name_alone_below_a_caption_is_its_credit() -> None:
    story = told("Ada Byron\nPublished 3 May 2025", "The screen on its last evening\nBo Yi", *PARAGRAPHS)
    assert pictures(story) == [("The screen on its last evening", "Bo Yi")]


def test_a_broadcaster_and_a_name_behind_a_rule_are_the_credit() -> None:
    story = told(PARAGRAPHS[0], "The screen on its last evening | BR/Bo Yi", PARAGRAPHS[1])
    assert pictures(story) == [("The screen on its last evening", "BR/Bo Yi")]


def test_a_quotation_above_a_credit_is_copy_where_every_line_stands_alone() -> None:
    said = "“I shall miss the smell of the carpet,” said Rosa Lind, who sold the tickets."
    story = told(PARAGRAPHS[0], said, "Photo: Bo Yi", PARAGRAPHS[1])
    assert said in [block.text for block in story.body]
    assert pictures(story) == [(None, "Bo Yi")]


@pytest.mark.parametrize("line", ["Źródło: PAP", "Source: Xinhua", "Quelle: dpa"])
def test_the_source_of_the_copy_is_no_credit(line: str) -> None:
    story = told(*PARAGRAPHS, line)
    assert [block.text for block in story.body] == list(PARAGRAPHS)
    assert not story.images


def test_a_sign_off_above_the_standards_of_an_agency_is_no_caption() -> None:
    sign_off = "(Reporting by Ada Byron; Editing by Bo Yi)"
    story = told(*PARAGRAPHS, sign_off, "Our Standards: The Thomson Reuters Trust Principles.")
    assert not story.images
    assert [author.name for author in story.authors] == ["Ada Byron"]
