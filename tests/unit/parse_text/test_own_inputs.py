"""The project's own inputs: every convention, two dozen languages, with what is true of each beside it."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from parsing import Document, parse
from slugline.story import BlockType, Story

FOLDER = Path(__file__).parents[2] / "samples" / "text"
NAMES = sorted(file.name.removesuffix(".gold.json") for file in FOLDER.glob("*.gold.json"))


def read(name: str) -> tuple[Story, dict[str, Any]]:
    (parsed,) = parse(Document(f"{name}.txt", (FOLDER / f"{name}.txt").read_bytes()))
    return parsed.story, json.loads((FOLDER / f"{name}.gold.json").read_text(encoding="utf-8"))


def texts(story: Story) -> list[str]:
    return [block.text for block in story.body if block.type is not BlockType.IMAGE]


def letters(text: str) -> str:
    return "".join(re.findall(r"\w", text))


@pytest.mark.parametrize("name", NAMES)
def test_headline_people_and_dateline_are_found(name: str) -> None:
    story, gold = read(name)
    assert letters(story.headline) == letters(gold["headline"])
    assert [author.name for author in story.authors] == gold["authors"]
    assert (story.dateline.place if story.dateline else None) == gold["dateline"]


@pytest.mark.parametrize("name", NAMES)
def test_captions_and_credits_are_found(name: str) -> None:
    story, gold = read(name)
    assert [image.caption for image in story.images if image.caption] == gold["captions"]
    assert [image.credit for image in story.images if image.credit] == gold["credits"]


@pytest.mark.parametrize("name", NAMES)
def test_notices_are_told_apart(name: str) -> None:
    story, gold = read(name)
    assert [notice.kind.value for notice in story.notices] == gold["notices"]


@pytest.mark.parametrize("name", NAMES)
def test_no_furniture_is_in_the_body(name: str) -> None:
    story, gold = read(name)
    assert not set(texts(story)) & set(gold["furniture"])


@pytest.mark.parametrize("name", NAMES)
def test_the_body_is_the_paragraphs_and_nothing_else(name: str) -> None:
    story, gold = read(name)
    assert [letters(text) for text in texts(story)] == [letters(text) for text in gold["paragraphs"]]


@pytest.mark.parametrize("name", NAMES)
def test_language_is_found_offline(name: str) -> None:
    story, gold = read(name)
    assert story.language == gold["language"]
    assert story.direction == ("rtl" if gold["language"] in {"ar", "he", "fa"} else "ltr")
