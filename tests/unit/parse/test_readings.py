"""Furigana and other readings above a text: the text is the copy, once, and its reading is not glued into the word."""

import json
from collections.abc import Callable

import pytest
from tests.support.word import p, run, word

from parsing import Document, parse
from slugline.story import Story

REST = "首相は金曜日に辞任すると述べた。港の橋は来週まで閉鎖される。"
RUBIES = {
    "whole word": "<ruby>田中<rp>(</rp><rt>たなか</rt><rp>)</rp></ruby>",
    "by character": "<ruby>田<rt>た</rt>中<rt>なか</rt></ruby>",
    "marked base": "<ruby><rb>田中</rb><rt>たなか</rt></ruby>",
}


def story(name: str, data: str | bytes) -> Story:
    (parsed,) = parse(Document(name, data.encode() if isinstance(data, str) else data))
    return parsed.story


def page(ruby: str) -> Story:
    return story("a.html", f"<h1>{ruby}首相が辞任</h1><p>{ruby}{REST}</p>")


def markdown(ruby: str) -> Story:
    return story("a.md", f"# {ruby}首相が辞任\n\n{ruby}{REST}\n")


def ninjs(ruby: str) -> Story:
    copy = f"<p>{ruby}{REST}</p>"
    return story("a.json", json.dumps({"uri": "u", "type": "text", "headline": "田中首相が辞任", "body_xhtml": copy}))


@pytest.mark.parametrize("read", [page, markdown, ninjs], ids=lambda read: read.__name__)
@pytest.mark.parametrize("ruby", RUBIES.values(), ids=RUBIES)
def test_a_reading_is_kept_apart_from_the_copy(read: Callable[[str], Story], ruby: str) -> None:
    found = read(ruby)

    assert found.headline == "田中首相が辞任"
    assert [block.text for block in found.body] == [f"田中{REST}"]
    assert "".join(one.text for one in found.removed) == "たなか"


def test_in_word_the_base_is_the_copy() -> None:
    ruby = f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('たなか')}</w:rt><w:rubyBase>{run('田中')}</w:rubyBase></w:ruby></w:r>"
    found = story("a.docx", word(p(ruby + run("首相が辞任"), "Title") + p(ruby + run(REST))))

    assert (found.headline, [block.text for block in found.body]) == ("田中首相が辞任", [f"田中{REST}"])
    assert {one.text for one in found.removed} == {"たなか"}
