"""`slugline lint` of a feed: each platform's verdict, with place, source and remedy."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from tests.support.render_sample import sample_desk, sample_links, sample_pictures, sample_story
from typer.testing import CliRunner

from rendering import FeedLinks, feed_entry, render_feeds
from slugline.feed import FeedEntry
from slugline.verdict import Verdict
from slugline_local.cli import app
from slugline_local.feed_lint import lint_feed, read_feed

LINKS = FeedLinks(
    title="Courier", description="News", home="https://news.example/", base="https://news.example/feeds/", language="en"
)


def entry(number: int = 0) -> FeedEntry:
    made = feed_entry(sample_story(), sample_pictures(), sample_links())
    return made.model_copy(update={"id": f"urn:slugline:{number}", "url": f"https://news.example/{number}.html"})


def files(*entries: FeedEntry, logo: str | None = "https://news.example/logo.png") -> dict[str, bytes]:
    desk = sample_desk().model_copy(update={"logo_url": logo})
    return {output.name: output.body for output in render_feeds(entries, desk, links=LINKS)}


def verdicts(data: bytes) -> dict[str, Verdict]:
    feed = read_feed(data)
    assert feed
    return {verdict.platform: verdict for verdict in lint_feed(feed)}


def broken(data: bytes, platform: str) -> set[str]:
    return {finding.rule for finding in verdicts(data)[platform].findings}


def test_our_own_rss_is_taken_by_every_platform_that_takes_feeds() -> None:
    found = verdicts(files(*(entry(number) for number in range(30)))["rss.xml"])

    assert {name for name, verdict in found.items() if not verdict.accepted} == {"Apple News"}
    assert {finding.rule for verdict in found.values() for finding in verdict.findings} == {"form"}


def test_our_own_atom_and_sitemaps_are_taken_by_google() -> None:
    for name in ("atom.xml", "sitemap.xml", "sitemap-news.xml"):
        assert verdicts(files(entry())[name])["Google News"].findings == (), name


def test_a_json_feed_is_refused_by_platforms_that_do_not_read_it() -> None:
    found = verdicts(files(entry())["feed.json"])

    assert not any(verdict.accepted for verdict in found.values())
    assert "This is JSON Feed" in found["MSN"].findings[0].fault


@pytest.mark.parametrize(
    ("old", "new", "platform", "rule"),
    [
        (b'<guid isPermaLink="false">urn:slugline:0</guid>', b"", "MSN", "id"),
        (b"<link>https://news.example/0.html", b"<link>/0.html", "MSN", "address"),
        (b"<link>https://news.example/0.html", b"<link>http://news.example/0.html", "MSN", "https"),
        (b"GMT</pubDate><description>", b"yesterday</pubDate><description>", "MSN", "date"),
        (b"&lt;p&gt;", b"&lt;script&gt;alert(1)&lt;/script&gt;&lt;p&gt;", "MSN", "allowed markup"),
        (b"&lt;p&gt;", b"&lt;img src='/a.jpg'&gt;&lt;p&gt;", "MSN", "absolute addresses"),
        (b"<item><title>", b"<item><title>&lt;b&gt;Bold&lt;/b&gt; ", "MSN", "plain title"),
        (b"snf:logo", b"snf:other", "SmartNews", "logo"),
        (b'width="1280"', b'width="120"', "Flipboard", "picture of 400 pixels"),
        (b"dc:creator", b"dc:other", "Flipboard", "author"),
        (b"content:encoded", b"content:other", "Flipboard", "full text"),
    ],
)
def test_a_fault_in_an_rss_feed_is_found(old: bytes, new: bytes, platform: str, rule: str) -> None:
    good = files(entry())["rss.xml"]
    assert old in good
    assert rule not in broken(good, platform)

    assert rule in broken(good.replace(old, new), platform)


def test_two_items_of_one_id_are_told_with_the_id() -> None:
    (finding,) = [one for one in verdicts(files(entry(), entry())["rss.xml"])["MSN"].findings if "id" in one.rule]

    assert "urn:slugline:0" in finding.fault
    assert finding.source.startswith("https://")
    assert finding.remedy


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        (b"<news:title>", b"<news:headline>", "title"),
        (b"<news:language>", b"<news:tongue>", "language"),
        (b"<news:name>", b"<news:called>", "name"),
        (b"<news:publication_date>", b"<news:publication_date>on ", "publication_date"),
    ],
)
def test_a_fault_in_a_news_sitemap_is_found(old: bytes, new: bytes, rule: str) -> None:
    good = files(entry())["sitemap-news.xml"]
    bad = good.replace(old, new).replace(old.replace(b"<", b"</"), new.split(b">")[0].replace(b"<", b"</") + b">")

    assert rule in broken(bad, "Google News")


def test_a_news_sitemap_with_old_or_too_many_stories_is_told_so() -> None:
    good = files(entry(), entry(1))["sitemap-news.xml"]
    date = good.split(b"<news:publication_date>")[1].split(b"<")[0]
    old = (entry().published - timedelta(days=5)).isoformat().encode()
    assert "two days" in broken(good.replace(date, old, 1), "Google News")

    url = good[good.index(b"<url>") : good.index(b"</url>") + 6]
    assert "1,000 stories" in broken(good.replace(b"</urlset>", url * 1_000 + b"</urlset>"), "Google News")


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"<html><p>story</p></html>", b"<rss", b"Plain words", b'{"a": 1}'])
def test_what_is_no_feed_is_left_to_the_lint_of_stories(data: bytes) -> None:
    assert read_feed(data) is None


def test_entities_of_a_stranger_s_file_are_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret words", encoding="utf-8")
    data = f'<!DOCTYPE rss [<!ENTITY a SYSTEM "{secret.as_uri()}">]><rss><channel><title>&a;</title></channel></rss>'

    feed = read_feed(data.encode())

    assert feed is None or "secret" not in feed.title


def test_the_command_lints_a_feed_by_its_content(tmp_path: Path) -> None:
    file = tmp_path / "feed.txt"
    file.write_bytes(files(entry())["rss.xml"])

    result = CliRunner().invoke(app, ["lint", str(file), "--json"])

    lines = [json.loads(line) for line in result.output.splitlines()]
    assert [line["platform"] for line in lines] == ["Google News", "MSN", "SmartNews", "Flipboard", "Apple News"]
    assert lines[0]["accepted"]
