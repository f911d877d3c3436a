"""RSS and Atom keep the rules of their specifications, whatever the stories hold; and the rules find faults."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.feed_rules import atom_faults, rss_faults

from rendering import feed_entry, render_feeds

RSS, ATOM = "https://news.example/feeds/all/rss.xml", "https://news.example/feeds/all/atom.xml"


def feeds(entries, desk, feed_links):
    return {output.name: output.body for output in render_feeds(entries, desk, links=feed_links)}


def faults(made):
    return rss_faults(made["rss.xml"], RSS) + atom_faults(made["atom.xml"], ATOM)


@pytest.fixture
def entry(story, pictures, links):
    return feed_entry(story, pictures, links)


def test_a_feed_of_current_and_withdrawn_stories_keeps_the_rules(entry, desk, feed_links):
    other = entry.model_copy(update={"id": "urn:slugline:2", "picture": None})
    gone = entry.model_copy(update={"id": "urn:slugline:3", "withdrawn": entry.updated + timedelta(hours=1)})

    assert faults(feeds([entry, other, gone], desk, feed_links)) == []


def test_an_empty_feed_keeps_the_rules(desk, feed_links):
    assert faults(feeds([], desk, feed_links)) == []


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_story_keeps_the_rules(stories, pictures, links, desk, feed_links, data):  # noqa: PLR0913, PLR0917 - fixtures
    story = data.draw(stories)

    assert faults(feeds([feed_entry(story, pictures, links)], desk, feed_links)) == []


@pytest.mark.parametrize(
    ("form", "sound", "broken", "fault"),
    [
        ("rss.xml", b"<pubDate>Sun, 01 Mar 2026 10:00:00 GMT", b"<pubDate>yesterday", "not an RFC 822 date"),
        ("rss.xml", b'rel="self"', b'rel="me"', "the self link"),
        ("rss.xml", b"<guid ", b"<id ", "Opening and ending tag mismatch"),
        ("rss.xml", b"https://port.example/notice", b"notice.html", "relative address"),
        ("atom.xml", b"<updated>2026-03-01T11:30:00Z", b"<updated>2026-03-01T11:30:00", "not an RFC 3339 date"),
        ("atom.xml", b"<name>The Example Courier</name>", b"<name> </name>", "a person has no name"),
        ("atom.xml", b'type="html"', b'type="xhtml"', "content is not escaped HTML"),
    ],
)
def test_the_rules_find_faults(entry, desk, feed_links, form, sound, broken, fault):  # noqa: PLR0913, PLR0917 - one case
    body = feeds([entry], desk, feed_links)[form]
    assert sound in body

    try:
        found = (rss_faults if form == "rss.xml" else atom_faults)(
            body.replace(sound, broken), RSS if form == "rss.xml" else ATOM
        )
    except SyntaxError as error:
        found = [str(error)]

    assert any(fault in item for item in found), found
