"""Atom, JSON Feed, sitemaps and the feed's page, by their specifications."""

import json
import warnings
from datetime import timedelta

import jsonschema
import lxml.html
import pytest
from lxml import etree

from rendering import feed_entry, render_feeds

with warnings.catch_warnings():
    # feedparser still imports modules that Python deprecates.
    warnings.simplefilter("ignore", DeprecationWarning)
    import feedparser

ATOM = {"a": "http://www.w3.org/2005/Atom", "at": "http://purl.org/atompub/tombstones/1.0"}
MAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "n": "http://www.google.com/schemas/sitemap-news/0.9"}


@pytest.fixture
def entry(story, pictures, links):
    return feed_entry(story, pictures, links)


@pytest.fixture
def gone(entry):
    later = entry.updated + timedelta(hours=1)
    return entry.model_copy(update={"id": "urn:slugline:gone", "withdrawn": later, "url": "https://news.example/gone"})


@pytest.fixture
def feeds(entry, gone, desk, feed_links):
    return {output.name: output.body for output in render_feeds([entry, gone], desk, links=feed_links)}


def test_feedparser_reads_the_atom_feed_without_complaint(feeds):
    feed = feedparser.parse(feeds["atom.xml"])

    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.entries[0].id == "https://news.example/stories/harbour-1"
    assert feed.entries[0].published == "2026-03-01T10:00:00Z"
    assert feed.entries[0].enclosures[0]["href"].endswith("ferry-1280.jpg")


def test_the_atom_feed_has_what_rfc_4287_requires(feeds):
    feed = etree.fromstring(feeds["atom.xml"])

    for required in ("a:id", "a:title", "a:updated", "a:author/a:name"):
        assert feed.findtext(required, namespaces=ATOM), required
    for item in feed.findall("a:entry", ATOM):
        for required in ("a:id", "a:updated"):
            assert item.findtext(required, namespaces=ATOM), required
        assert item.find("a:title", ATOM) is not None
        assert item.find("a:link[@rel='alternate']", ATOM) is not None
    assert feed.find("a:link[@rel='self']", ATOM).get("href") == "https://news.example/feeds/all/atom.xml"


def test_a_withdrawn_story_leaves_a_tombstone_in_atom_alone(feeds):
    tombstone = etree.fromstring(feeds["atom.xml"]).find("at:deleted-entry", ATOM)

    assert dict(tombstone.attrib) == {"ref": "urn:slugline:gone", "when": "2026-03-01T12:30:00Z"}
    naming = [name for name, body in feeds.items() if b"news.example/gone" in body or b"slugline:gone" in body]
    assert naming == ["atom.xml"]


def test_a_withdrawal_is_a_change_of_the_feed(feeds):
    assert etree.fromstring(feeds["atom.xml"]).findtext("a:updated", namespaces=ATOM) == "2026-03-01T12:30:00Z"


def test_json_feed_has_what_version_1_1_requires(feeds):
    feed = json.loads(feeds["feed.json"])

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "https://news.example/feeds/all/feed.json"
    (item,) = feed["items"]
    assert item["id"] == "https://news.example/stories/harbour-1"
    assert item["content_html"].startswith("<p><strong>Correction:</strong>")
    assert item["authors"] == [{"name": "Ana Ruiz"}, {"name": "Tom Lee"}]


def test_the_news_sitemap_names_publication_date_and_title(feeds):
    url = etree.fromstring(feeds["sitemap-news.xml"]).find("s:url", MAP)

    assert url.findtext("s:loc", namespaces=MAP) == "https://news.example/articles/harbour-reopens-1.html"
    assert url.findtext(".//n:name", namespaces=MAP) == "The Example Courier"
    assert url.findtext(".//n:language", namespaces=MAP) == "en"
    assert url.findtext(".//n:publication_date", namespaces=MAP) == "2026-03-01T10:00:00Z"
    assert url.findtext(".//n:title", namespaces=MAP) == "Harbour reopens after storm & flood"


def test_the_news_sitemap_ends_two_days_before_the_newest_story(entry, desk, feed_links):
    ages = [timedelta(hours=hours) for hours in (0, 47, 49)]
    entries = [
        entry.model_copy(update={"published": entry.published - age, "url": f"https://news.example/{number}"})
        for number, age in enumerate(ages)
    ]

    body = {output.name: output.body for output in render_feeds(entries, desk, links=feed_links)}["sitemap-news.xml"]

    assert etree.fromstring(body).xpath("//s:loc/text()", namespaces=MAP) == [
        "https://news.example/0",
        "https://news.example/1",
    ]


def test_more_than_a_thousand_news_urls_are_split_under_an_index(entry, desk, feed_links):
    outputs = {item.name: item.body for item in render_feeds([entry] * 1001, desk, links=feed_links)}

    index = etree.fromstring(outputs["sitemap-news.xml"])
    assert index.xpath("//s:sitemap/s:loc/text()", namespaces=MAP) == [
        "https://news.example/feeds/all/sitemap-news-1.xml",
        "https://news.example/feeds/all/sitemap-news-2.xml",
    ]
    assert len(etree.fromstring(outputs["sitemap-news-1.xml"])) == 1000
    assert len(etree.fromstring(outputs["sitemap-news-2.xml"])) == 1


@pytest.mark.parametrize(
    ("language", "google"), [("zh-Hant", "zh-tw"), ("zh", "zh-cn"), ("de-CH", "de"), ("und", "en")]
)
def test_the_news_sitemap_speaks_googles_language_codes(entry, desk, feed_links, language, google):
    foreign = entry.model_copy(update={"language": language})

    body = {output.name: output.body for output in render_feeds([foreign], desk, links=feed_links)}["sitemap-news.xml"]

    assert etree.fromstring(body).findtext(".//n:language", namespaces=MAP) == google


def test_people_can_read_the_feed_as_a_page(feeds):
    page = lxml.html.document_fromstring(feeds["index.html"].decode())

    assert page.xpath("//article//h2/a/text()") == ["Harbour reopens after storm & flood"]
    assert page.xpath("//article//h2/a/@href") == ["https://news.example/articles/harbour-reopens-1.html"]
    assert page.xpath("//time/text()") == ["1 March 2026, 10:00 GMT"]
    assert len(page.xpath("//link[@rel='alternate']")) == 3


def test_the_page_is_headed_by_what_the_feed_is_called_as_the_masthead_names_the_site(entry, desk, feed_links):
    links = feed_links.model_copy(update={"title": f"Coast | {desk.site_name}"})
    made = {output.name: output.body for output in render_feeds([entry], desk, links=links)}

    page = lxml.html.fromstring(made["index.html"])

    assert page.findtext(".//h1") == "Coast"
    assert page.findtext(".//title") == f"Coast | {desk.site_name}"


def test_an_empty_feed_has_every_form_all_the_same(desk, feed_links):
    outputs = {item.name: item.body for item in render_feeds([], desk, links=feed_links)}

    assert json.loads(outputs["feed.json"])["items"] == []
    assert not feedparser.parse(outputs["atom.xml"]).bozo
    assert len(etree.fromstring(outputs["sitemap.xml"])) == 0
    assert "No stories yet." in outputs["index.html"].decode()


# From https://www.jsonfeed.org/version/1.1/, as far as Slugline writes it: nothing else may be there.
ADDRESS = {"type": "string", "format": "uri"}
PEOPLE = {
    "type": "array",
    "items": {"type": "object", "properties": {"name": {"type": "string"}, "url": ADDRESS}, "minProperties": 1},
}
JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "items"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string"},
        "home_page_url": ADDRESS,
        "feed_url": ADDRESS,
        "description": {"type": "string"},
        "icon": ADDRESS,
        "language": {"type": "string"},
        "authors": PEOPLE,
        "hubs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["type", "url"],
                "properties": {"type": {"type": "string"}, "url": ADDRESS},
            },
        },
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "content_html"],
                "additionalProperties": False,
                "patternProperties": {"^_[^.]+$": {"type": "object"}},
                "properties": {
                    "id": {"type": "string", "minLength": 1},
                    "url": ADDRESS,
                    "title": {"type": "string"},
                    "summary": {"type": "string"},
                    "content_html": {"type": "string"},
                    "image": ADDRESS,
                    "date_published": {"type": "string", "format": "date-time"},
                    "date_modified": {"type": "string", "format": "date-time"},
                    "authors": PEOPLE,
                    "tags": {"type": "array", "items": {"type": "string"}},
                    "language": {"type": "string"},
                },
            },
        },
    },
}


def test_json_feed_keeps_its_schema(feeds):
    checker = jsonschema.Draft202012Validator(JSON_FEED, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)

    checker.validate(json.loads(feeds["feed.json"]))
