"""No word of the copy is lost or made up between a wire document and its story."""

import re
from pathlib import Path

import pytest
from lxml import etree

from parsing import Document, parse

SAMPLES = Path(__file__).parents[2] / "samples"
FILES = [path for name in ("nitf", "newsml_g2", "newsml_1") for path in sorted((SAMPLES / name).iterdir())]
COPY = frozenset(
    ("p", "hl1", "hl2", "li", "td", "th", "headline", "HeadLine", "media-caption", "credit", "edNote", "tagline",
     "abstract", "byline", "ByLine", "CreditLine", "NewsLineText", "usageTerms", "copyrightNotice")
)  # fmt: skip
"""Elements whose text is for readers or editors."""
SIGNS = {"Photo", "nbsp"}
"""`Photo: X` gives the credit X, `&nbsp;` a blank."""


def words(texts: list[str]) -> set[str]:
    return {word for text in texts for word in re.findall(r"\w+", text)}


def document(path: Path) -> etree._Element:
    return etree.parse(path, etree.XMLParser(resolve_entities=False, load_dtd=False)).getroot()


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_word_of_the_copy_is_in_a_field_of_the_story(path: Path) -> None:
    copy = [one for one in document(path).iter(etree.Element) if etree.QName(one).localname in COPY]
    told = [one.story.model_dump_json() for one in parse(Document(path.name, path.read_bytes()))]

    assert words([text for one in copy for text in one.itertext()]) - words(told) <= SIGNS


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_word_of_the_body_is_in_the_document(path: Path) -> None:
    stories = parse(Document(path.name, path.read_bytes()))
    body = [block.text for one in stories for block in one.story.body]

    assert words(body) <= words(list(document(path).itertext()))
