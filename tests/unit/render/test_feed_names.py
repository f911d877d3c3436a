"""Names of desks, subjects, authors and products are hostile: in addresses, feeds, index pages and the article.

Public lists (one payload a line, in .txt files) join when $SLUGLINE_PAYLOADS names their folder.
"""

import json
import os
import re
from pathlib import Path

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from tests.support.hostile import PAYLOADS, payloads_of

from publishing.feed_links import feed_links
from publishing.feed_names import feed_slug, shown
from publishing.memberships import feed_pages
from rendering import feed_entry, render_feeds, render_story
from slugline.desk import Desk, DeskSettings, Product
from slugline.feed import FeedEntry
from slugline.story import Author, Story, Subject

FOLDER = os.environ.get("SLUGLINE_PAYLOADS")
ALL = [*PAYLOADS, *(payloads_of(Path(FOLDER)) if FOLDER else ())]
SEGMENT = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")
DIRECTIONS = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def test_every_name_is_one_plain_segment_of_an_address_or_has_no_feed():
    for name in ALL:
        slug = feed_slug(name)
        assert slug == "" or (SEGMENT.fullmatch(slug) and len(slug) <= 80), name


@pytest.mark.parametrize("name", ["", " ", "\t\n", "\u200b", "\u202e\u2066", "\x00"])
def test_a_name_in_which_nothing_is_to_be_seen_has_no_feed(name):
    story = Story(id="a", headline="A", subjects=(Subject(name=name),), authors=(Author(name=name),))

    assert feed_pages(story, DeskSettings(), "a.md") == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ann Lee", "Ann-Lee"),
        ("Ann Lee", "Ann.Lee"),
        ("C", "C++"),
        ("Café", "Cafe"),
        ("日本", "中国"),
        ("../a", "a"),
        ("a/b", "a b"),
        ("x" * 60, "x" * 61),
        ("x" * 3000, "x" * 3001),
        ("日本", feed_slug("日本")),
        ("Ann.Lee", feed_slug("Ann.Lee").replace("-", " ")),
    ],
)
def test_two_names_that_slug_alike_share_no_feed(one, other):
    assert feed_slug(one) != feed_slug(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Ann Lee", " ann  LEE "), ("Caf\u00e9", "Cafe\u0301"), ("Ann Lee", "Ann\u200b Lee")]
)
def test_a_name_in_other_case_blanks_or_code_points_is_the_same(one, other):
    assert feed_slug(one) == feed_slug(other)


def test_no_two_names_of_the_lists_share_a_feed():
    named: dict[str, str] = {}
    for name in ALL:
        if slug := feed_slug(name):
            seen = named.setdefault(slug, name)
            assert feed_slug(seen + "x") != slug
            assert letters(seen) == letters(name)


def letters(name: str) -> str:
    """What two spellings of a name have in common."""
    import unicodedata  # noqa: PLC0415 - the test's own notion, apart from the code's

    text = unicodedata.normalize("NFC", name).casefold()
    return "".join(
        char for char in text if unicodedata.category(char) not in ("Cf", "Cc", "Zs", "Zl", "Zp", "Cn", "Cs")
    )


@given(st.text(max_size=80), st.text(max_size=80))
def test_the_slug_of_a_slug_and_of_another_name_never_meet(one, other):
    if letters(one) != letters(other):
        assert feed_slug(one) != feed_slug(other) or not feed_slug(one)


def test_a_name_is_shown_in_one_bounded_line_that_keeps_its_direction():
    for name in ALL:
        text = shown(name)
        assert len(text) <= 100
        assert not DIRECTIONS & set(text)
        assert "\n" not in text


def files_of(name: str, entry: FeedEntry, family: str, settings: DeskSettings) -> dict[str, bytes]:
    named = entry.model_copy(update={"feed_name": shown(name)})
    links = feed_links(f"{family}/x", settings, [named])
    return {made.name: made.body for made in render_feeds([named], settings, links=links)}


@pytest.mark.parametrize("family", ["desks", "products", "subjects", "authors"])
def test_no_name_breaks_out_of_a_feed_or_its_page(family, story, pictures, desk, links):
    entry = feed_entry(story, pictures, links)
    plain = skeleton(files_of("word", entry, "subjects", desk)["index.html"])
    for name in filter(str.strip, ALL):
        called = name[:100]
        settings = desk.model_copy(
            update={
                "desks": {"x": Desk.model_construct(name=called, folders=("x",), language=None, time_zone=None)},
                "products": {"x": Product.model_construct(name=called, filter={}, licensed_agencies=(), msn=False)},
            }
        )
        made = files_of(called, entry, family, settings)
        title = f"{shown(called) or 'x'} | {desk.site_name}"
        assert etree.fromstring(made["rss.xml"]).findtext("channel/title") == title
        assert etree.fromstring(made["atom.xml"]).findtext("{*}title") == title
        assert json.loads(made["feed.json"])["title"] == title
        assert skeleton(made["index.html"]) == plain, name


def test_no_name_breaks_out_of_the_article_that_links_to_it(story, pictures, desk, links):
    plain = None
    for name in ["word", *filter(str.strip, PAYLOADS)]:
        if not feed_slug(name):
            continue
        named = story.model_copy(
            update={"authors": (Author(name=name),), "byline": None, "subjects": (Subject(name=name),), "keywords": ()}
        )
        own = links.model_copy(update={"feeds": feed_pages(named, desk, "a.md")})
        page = render_story(named, pictures, desk, links=own)[0].body
        tree = lxml.html.document_fromstring(page.decode())
        assert len(own.feeds) == 2
        for href in tree.xpath("//article//a/@href[starts-with(., '/feeds/')]"):
            assert re.fullmatch("/feeds/(subjects|authors)/[a-z0-9-]+/index.html", href)
        plain = plain or skeleton(page)
        assert skeleton(page) == plain, name


def skeleton(page: bytes) -> list[str]:
    tree = lxml.html.document_fromstring(page.decode())
    assert not tree.xpath("//@*[starts-with(name(), 'on')]")
    return [node.tag for node in tree.iter() if isinstance(node.tag, str) and node.tag not in ("a", "bdi")]
