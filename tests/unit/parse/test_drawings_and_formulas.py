"""Words within SVG and MathML: a drawing's are kept apart, a formula's stay in the copy."""

from collections.abc import Callable

import pytest

from parsing import Document, parse
from slugline.story import Story

BEFORE = "The ferry sailed again on Thursday, and the harbour master said the water was at its lowest level."
DRAWING = "<svg><title>Fares</title><style>text{fill:red}</style><g><text>Adults</text></g></svg>"
FORMULA = (
    "<math><semantics><mrow><mi>x</mi><mo>=</mo><mn>42</mn></mrow>"
    "<annotation encoding='application/x-tex'>x=42</annotation></semantics></math>"
)


def page(markup: str) -> Story:
    copy = f"<article><h1>Ferry fares go up again</h1><p>{BEFORE}</p>{markup}</article>"
    (parsed,) = parse(Document("page.html", f"<!doctype html><html><body>{copy}</body></html>".encode()))
    return parsed.story


def feed(markup: str) -> Story:
    text = (
        f"<rss><channel><item><title>Ferry</title><description><![CDATA[<p>{BEFORE}</p>{markup}]]></description></item>"
    )
    (parsed,) = parse(Document("feed.xml", f"{text}</channel></rss>".encode()))
    return parsed.story


@pytest.mark.parametrize("read", [page, feed])
def test_the_words_of_a_drawing_are_removed_with_their_reason(read: Callable[[str], Story]) -> None:
    story = read(f"<div>{DRAWING}</div><p>The fares rise on Monday, the harbour master said.</p>")

    assert ("Fares Adults", "text of a drawing") in [(entry.text, entry.reason) for entry in story.removed]
    assert "Adults" not in " ".join(block.text for block in story.body)


@pytest.mark.parametrize("read", [page, feed])
def test_a_formula_stays_in_its_sentence_once_and_is_said_to_be_flat(read: Callable[[str], Story]) -> None:
    story = read(f"<p>The rule is {FORMULA} for all, the harbour master said on Friday.</p>")

    assert story.body[-1].text == "The rule is x=42 for all, the harbour master said on Friday."
    assert any(warning.startswith("formula_flattened") for warning in story.warnings)
