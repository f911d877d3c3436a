"""What holds however an input was mangled on its way: lines joined, cut, repeated, shuffled, in any encoding."""

import re
import textwrap
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml.html import Element, HtmlElement, document_fromstring, tostring
from tests.support.story_words import texts_of

from parsing import Document, Limits, Rejected, parse
from parsing.markup.chunks import texts_in
from parsing.markup.tree import page_tree
from parsing.text.charset import decode
from parsing.text.lines import clean

SAMPLES = Path(__file__).parents[2] / "samples"
TEXTS = [decode(file.read_bytes()).text for file in sorted((SAMPLES / "text").glob("*.txt"))]
PAGES = [file.read_text(encoding="utf-8") for file in sorted((SAMPLES / "pages").glob("*.html"))]
ENCODINGS = (
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1250", "cp1251", "cp1252", "cp1253",
    "cp1254", "cp1255", "cp1256", "iso-8859-1", "iso-8859-2", "iso-8859-5", "iso-8859-7", "iso-8859-9", "iso-8859-15",
    "koi8-r", "cp932", "euc_jp", "iso2022_jp", "euc_kr", "gb18030", "big5", "mac_roman",
)  # fmt: skip
WIDE = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
"""Scripts in which a line may be cut anywhere, so that characters are compared and not words."""
WORD = re.compile(rf"[{WIDE}]|(?:(?![{WIDE}])[^\W_])+")
OPENINGS = ("- ", "• ", "1. ", "> ", "\t", "– ", "(", "[", "#", "By ", "Photo: ", "© ", "UPDATE 1-", "Foto: ", "記者 ")
LINES = ("By Ada Byron", "Photo: Ada Byron/Reuters", "Read more", "Updated 5 May 2026, 10:32", "KILL KILL KILL", "1")
TAGS = ("p", "div", "span", "h2", "li", "figcaption", "aside", "blockquote", "section", "td", "address", "time", "a")
CLASSES = ("byline", "author", "caption", "credit", "newsletter", "related", "pullquote", "bio", "standfirst", "hentry")


def joined(lines: list[str], at: int, _: Random) -> list[str]:
    return [*lines[:at], " ".join(lines[at : at + 2]), *lines[at + 2 :]]


def cut(lines: list[str], at: int, random: Random) -> list[str]:
    middle = random.randint(0, len(lines[at]))
    return [*lines[:at], lines[at][:middle], lines[at][middle:], *lines[at + 1 :]]


def shuffled(lines: list[str], _: int, random: Random) -> list[str]:
    return random.sample(lines, len(lines))


def repeated(lines: list[str], at: int, random: Random) -> list[str]:
    where = random.randint(0, len(lines))
    return [*lines[:where], lines[at], *lines[where:]]


def without_blank_lines(lines: list[str], _: int, __: Random) -> list[str]:
    return [line for line in lines if line.strip()] or [""]


def wrapped(lines: list[str], _: int, random: Random) -> list[str]:
    width = random.randint(25, 80)
    return [part for line in lines for part in textwrap.wrap(line, width) or [""]]


def opened(lines: list[str], at: int, random: Random) -> list[str]:
    return [*lines[:at], random.choice(OPENINGS) + lines[at], *lines[at + 1 :]]


def capitals(lines: list[str], at: int, _: Random) -> list[str]:
    return [*lines[:at], lines[at].upper(), *lines[at + 1 :]]


CHANGES: tuple[Callable[[list[str], int, Random], list[str]], ...] = (
    joined, cut, shuffled, repeated, without_blank_lines, wrapped, opened, capitals,
)  # fmt: skip


@given(
    st.sampled_from(TEXTS), st.lists(st.sampled_from(CHANGES), min_size=1, max_size=5), st.sampled_from(ENCODINGS),
    st.randoms(use_true_random=False),
)  # fmt: skip
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_a_mangled_text_keeps_its_words(
    text: str, changes: list[Callable[[list[str], int, Random], list[str]]], encoding: str, random: Random
) -> None:
    lines = text.split("\n")
    for change in changes:
        lines = change(lines, random.randrange(len(lines)), random)
    data = encoded("\n".join(lines), encoding)
    try:
        stories = parse(Document("story.txt", data))
    except Rejected:
        return
    told = " \n ".join(texts_of([parsed.story.model_dump(mode="json") for parsed in stories]))
    missing = Counter(words(clean(decode(data).text))) - Counter(words(told))
    assert not missing


@given(st.sampled_from(PAGES), st.integers(1, 6), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_a_mangled_page_keeps_its_words(page: str, changes: int, random: Random) -> None:
    root = document_fromstring(page)
    for _ in range(changes):
        if len(root.find("body")):
            change_element(root, random)
    data = tostring(root, encoding="unicode", doctype="<!DOCTYPE html>").encode()
    try:
        (parsed,) = parse(Document("page.html", data))
    except Rejected:
        return
    told = " \n ".join(texts_of(parsed.story.model_dump(mode="json")))
    body = page_tree(data.decode(), Limits()).find("body")
    assert body is not None
    assert not [word for word in words(" \n ".join(texts_in(body))) if word not in told]


def encoded(text: str, encoding: str) -> bytes:
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return text.encode()


def words(text: str) -> list[str]:
    return WORD.findall(text)


def change_element(root: HtmlElement, random: Random) -> None:
    """One element of the body dropped, renamed, reclassified or followed by another."""
    body = root.find("body")
    elements = [element for element in body.iterdescendants() if isinstance(element.tag, str)]
    element = random.choice(elements)
    match random.randrange(5):
        case 0:
            element.drop_tree()
        case 1:
            element.drop_tag()
        case 2:
            element.tag = random.choice(TAGS)
        case 3:
            element.set("class", random.choice(CLASSES))
        case _:
            added = Element(random.choice(TAGS))
            added.set("class", random.choice(CLASSES))
            added.text = random.choice(LINES)
            element.addnext(added)
