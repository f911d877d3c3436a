"""RSS 2.0, by the board's specification and as feedparser reads it."""

import warnings

import pytest
from lxml import etree

from rendering import feed_entry, render_feeds

with warnings.catch_warnings():
    # feedparser still imports modules that Python deprecates.
    warnings.simplefilter("ignore", DeprecationWarning)
    import feedparser


@pytest.fixture
def entry(story, pictures, links):
    return feed_entry(story, pictures, links)


def rss(entries, desk, feed_links) -> bytes:
    return {output.name: output.body for output in render_feeds(entries, desk, links=feed_links)}["rss.xml"]


def test_feedparser_reads_the_story_without_complaint(entry, desk, feed_links):
    feed = feedparser.parse(rss([entry], desk, feed_links))
    item = feed.entries[0]

    assert not feed.bozo
    assert feed.version == "rss20"
    assert item.title == "Harbour reopens after storm & flood"
    assert item.link == "https://news.example/articles/harbour-reopens-1.html"
    assert item.id == "https://news.example/stories/harbour-1"
    assert item.published == "Sun, 01 Mar 2026 10:00:00 GMT"
    assert [author.name for author in item.authors] == ["Ana Ruiz", "Tom Lee"]
    assert item.media_content[0]["url"].endswith("ferry-1280.jpg")
    assert item.media_credit[0]["content"] == "Ana Ruiz / Courier"


def test_the_channel_links_to_the_page_and_to_itself(entry, desk, feed_links):
    channel = etree.fromstring(rss([entry], desk, feed_links)).find("channel")

    assert channel.findtext("link") == "https://news.example/"
    self_link = channel.find("{http://www.w3.org/2005/Atom}link")
    assert dict(self_link.attrib) == {
        "href": "https://news.example/feeds/all/rss.xml",
        "rel": "self",
        "type": "application/rss+xml",
    }


def test_names_the_hub_where_the_desk_has_one(entry, desk, feed_links):
    body = rss([entry], desk.model_copy(update={"hub_url": "https://hub.example/"}), feed_links)

    hubs = etree.fromstring(body).xpath("//*[local-name()='link'][@rel='hub']/@href")

    assert hubs == ["https://hub.example/"]


def test_a_withdrawn_story_is_gone(entry, desk, feed_links):
    gone = entry.model_copy(update={"withdrawn": entry.updated})

    assert b"<item>" not in rss([gone], desk, feed_links)


def test_an_empty_feed_is_still_a_feed(desk, feed_links):
    assert not feedparser.parse(rss([], desk, feed_links)).bozo


def test_the_same_entries_give_the_same_bytes(entry, desk, feed_links):
    assert rss([entry], desk, feed_links) == rss([entry], desk, feed_links)


def test_a_body_that_was_cut_ends_in_a_link_to_the_rest(entry, desk, feed_links):
    body = rss([entry.model_copy(update={"complete": False})], desk, feed_links)

    content = feedparser.parse(body).entries[0].content[0].value
    assert content.rstrip().endswith("…</a></p>")
    assert f'href="{entry.url}"' in content


def test_microsofts_extensions_are_there_for_who_asks(entry, desk, feed_links):
    long = entry.model_copy(update={"headline": "word " * 40})
    names = {"mi": "http://schemas.ingestion.microsoft.com/common/", "dcterms": "http://purl.org/dc/terms/"}

    plain = etree.fromstring(rss([long], desk, feed_links))
    extended = etree.fromstring(rss([long], desk, feed_links.model_copy(update={"msn": True})))

    assert not plain.xpath("//mi:*", namespaces=names)
    assert len(extended.xpath("string(//mi:shortTitle)", namespaces=names)) <= 150
    assert extended.xpath("//mi:hasSyndicationRights/text()", namespaces=names) == ["1"]
    assert extended.xpath("//dcterms:modified/text()", namespaces=names) == ["2026-03-01T11:30:00Z"]
