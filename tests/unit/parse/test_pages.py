"""Pages as content management systems make them, `tests/samples/pages`, with what is true of each beside it."""

import json
import re
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from parsing import Document, parse
from slugline.story import BlockType, Story

FOLDER = Path(__file__).parents[2] / "samples" / "pages"
NAMES = sorted(file.name.removesuffix(".gold.json") for file in FOLDER.glob("*.gold.json"))
NO_COPY = (BlockType.IMAGE, BlockType.EMBED, BlockType.TABLE)


@cache
def read(name: str) -> tuple[Story, dict[str, Any]]:
    (parsed,) = parse(Document(f"{name}.html", (FOLDER / f"{name}.html").read_bytes()))
    return parsed.story, json.loads((FOLDER / f"{name}.gold.json").read_text(encoding="utf-8"))


def letters(text: str | None) -> str:
    return "".join(re.findall(r"\w+", (text or "").lower()))


@pytest.mark.parametrize("name", NAMES)
def test_headline_authors_and_dateline(name: str) -> None:
    story, gold = read(name)
    assert letters(story.headline) == letters(gold["headline"])
    assert [author.name for author in story.authors] == gold["authors"]
    assert (story.dateline.place if story.dateline else None) == gold["dateline"]


@pytest.mark.parametrize("name", NAMES)
def test_paragraphs_without_furniture(name: str) -> None:
    story, gold = read(name)
    copy = [block.text for block in story.body if block.type not in NO_COPY]
    assert [letters(text) for text in copy] == [letters(text) for text in gold["paragraphs"]]
    assert not [text for text in gold["absent"] if any(text in block.text for block in story.body)]


@pytest.mark.parametrize("name", NAMES)
def test_captions_and_credits(name: str) -> None:
    story, gold = read(name)
    assert [image.caption for image in story.images if image.caption] == gold["captions"]
    assert [image.credit for image in story.images if image.credit] == gold["credits"]


@pytest.mark.parametrize("name", NAMES)
def test_notices_standfirst_and_dates(name: str) -> None:
    story, gold = read(name)
    assert [notice.kind.value for notice in story.notices] == gold["notices"]
    assert gold["standfirst"] is None or story.standfirst == gold["standfirst"]
    assert gold["published"] is None or story.published == datetime.fromisoformat(gold["published"])


@pytest.mark.parametrize("name", NAMES)
def test_language_and_direction(name: str) -> None:
    story, gold = read(name)
    assert story.language.split("-")[0] == gold["language"]
    assert story.direction == ("rtl" if gold["language"] in {"ar", "he"} else "ltr")
