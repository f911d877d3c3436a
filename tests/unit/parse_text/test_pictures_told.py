"""Alternative text, caption and credit told apart by their block, and from the titles and paragraphs around them."""

import pytest

from parsing.text.article import read
from parsing.text.credits import credit_of, split_tail
from parsing.text.cues import is_placed
from parsing.text.story import story_of
from slugline.story import Story

TITLE = "Harbour pilots end their strike"
FIRST = "Harbour pilots will return to work on Friday after nine days on strike, their union said late on Wednesday."
SECOND = "The union said that the port had agreed to a rest of eleven hours after each night, as it had asked in May."
THIRD = "Forty ships had been waiting outside the harbour, three of them with fruit that has since been thrown away."


def story(*blocks: str) -> Story:
    return story_of(read("\n\n".join([TITLE, *blocks])))


def test_of_two_sentences_in_a_block_the_one_with_the_credit_is_the_caption() -> None:
    block = "A woman in a blue coat speaks.\nMarta Kvist says that pilots need sleep. (Photo: Ada Byron)"
    told = [(image.alt, image.caption, image.credit) for image in story(FIRST, block, SECOND, THIRD).images]
    assert told == [
        ("A woman in a blue coat speaks.", "Marta Kvist says that pilots need sleep.", "Ada Byron"),
    ]


def test_a_caption_may_stand_below_its_credit() -> None:
    block = "Photo: Ada Byron\nThe head of the union, Marta Kvist."
    told = [(image.caption, image.credit) for image in story(FIRST, block, SECOND, THIRD).images]
    assert told == [("The head of the union, Marta Kvist.", "Ada Byron")]


def test_a_paragraph_below_a_credit_stays_in_the_body() -> None:
    body = [block.text for block in story(FIRST, "Photo: Ada Byron", SECOND, THIRD).body]
    assert SECOND in body


def test_the_headline_said_again_is_no_caption() -> None:
    read_story = story(f"{TITLE}", FIRST, SECOND, TITLE, THIRD)
    assert not [image.caption for image in read_story.images if image.caption]
    assert (TITLE, "headline said again") in [(one.text, one.reason) for one in read_story.removed]


def test_a_credit_below_the_headline_said_again_is_kept() -> None:
    assert [image.credit for image in story(FIRST, f"{TITLE}\nPhoto: Ada Byron", SECOND, THIRD).images] == ["Ada Byron"]


@pytest.mark.parametrize(
    "line", ["Marta Kvist (l.) with pilots.", "From left: Kvist, Byron and Hart.", "Legende: Der Hafen am Morgen."]
)
def test_who_stands_where_makes_a_caption(line: str) -> None:
    assert is_placed(line)
    assert line in [image.caption for image in story(FIRST, SECOND, line, THIRD).images]


@pytest.mark.parametrize("line", ["Senator Jo Hart (R) said so.", "She left the room.", "He turned left: it was late."])
def test_prose_tells_nobodys_place(line: str) -> None:
    assert not is_placed(line)


def test_a_caption_with_a_bracketed_credit_is_not_a_credit_as_a_whole() -> None:
    line = "Ships wait outside the harbour (Image: AFP via Getty Images)"
    assert credit_of(line) is None
    tail = split_tail(line)
    assert tail is not None
    assert (tail[0], tail[1].text) == ("Ships wait outside the harbour", "AFP via Getty Images")


def test_a_name_and_a_desk_in_brackets_end_a_caption() -> None:
    tail = split_tail("Ships wait outside the harbour. (Ada Byron/CBC)")
    assert tail is not None
    assert tail[1].text == "Ada Byron/CBC"


def test_two_parties_in_brackets_are_no_credit() -> None:
    assert split_tail("Forty members of the group voted for it (CDU/CSU)") is None


def test_a_title_followed_by_a_date_is_another_articles() -> None:
    teaser = "Port of Rotterdam: two pilots, one ship\n\n5 March 2024, 10:00"
    assert not story(FIRST, SECOND, teaser, THIRD).images


def test_the_headline_is_found_below_the_sections_name_and_above_byline_and_date() -> None:
    blocks = ["World", TITLE, "What the union has won and what it has not", "By Ada Byron", "5 March 2024, 10:00"]
    found = story_of(read("\n\n".join([*blocks, FIRST, SECOND, THIRD])))
    assert (found.headline, found.standfirst) == (TITLE, "What the union has won and what it has not")
