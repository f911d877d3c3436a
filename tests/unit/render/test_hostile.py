"""Every field is hostile in every context: no output stops being well-formed, no markup of theirs gets in.

Public lists (one payload a line, in .txt files) join when $SLUGLINE_PAYLOADS names their folder.
"""

import json
import os
from pathlib import Path

import lxml.html
import pytest
import yaml
from lxml import etree
from markdown_it import MarkdownIt
from tests.support.hostile import PAYLOADS, hostile_story, payloads_of

from rendering import feed_entry, render_feeds, render_story

FOLDER = os.environ.get("SLUGLINE_PAYLOADS")
ALL = [*PAYLOADS, *(payloads_of(Path(FOLDER)) if FOLDER else ())]
SOLID = [text for text in PAYLOADS if text.strip()]
FOREIGN = "script|iframe|object|embed|form|input|svg|math|base|video|audio|details|noscript|link|style|meta|img"
FOREIGN_XPATH = " | ".join(f"//{tag}" for tag in FOREIGN.split("|"))


@pytest.fixture(scope="module")
def outputs():
    """The outputs of a story that says a text everywhere; each text is rendered once."""
    from tests.support.render_sample import sample_desk, sample_feed_links, sample_links, sample_pictures  # noqa: PLC0415 - as above

    made: dict[str, dict[str, bytes]] = {}

    def of(text: str) -> dict[str, bytes]:
        if text not in made:
            story, desk, links, pictures = hostile_story(text), sample_desk(), sample_links(), sample_pictures()
            entry = feed_entry(story, pictures, links)
            files = render_story(story, pictures, desk, links=links)
            feeds = render_feeds([entry], desk, links=sample_feed_links())
            made.clear()
            made[text] = {file.name: file.body for file in files} | {f"feeds/{file.name}": file.body for file in feeds}
        return made[text]

    return of


def judge(text: str, files: dict[str, bytes], harmless: dict[str, list[str]]) -> None:
    for name, body in files.items():
        if name.endswith(".xml"):
            etree.fromstring(body, etree.XMLParser(resolve_entities=False, huge_tree=True))
        elif name.endswith((".json", ".jsonld")):
            json.loads(body)
        elif name.endswith(".html"):
            assert skeleton(body) == harmless[name], (name, text)
        elif name == "story.md":
            front, rest = body.decode().split("\n---\n", 1)
            assert yaml.safe_load(front)["status"] == "usable"
            assert "<script" not in MarkdownIt("commonmark").render(rest)
    for name in ("feeds/rss.xml", "feeds/atom.xml"):
        for content in embedded(files[name]):
            no_foreign(content, name)
    for markup in json_markup(files):
        no_foreign(markup, "json")


def skeleton(page: bytes) -> list[str]:
    """The page's active elements, in order: what no text of a story may change."""
    tree = lxml.html.document_fromstring(page.decode())
    assert not tree.xpath("//@*[starts-with(name(), 'on')]")
    return [
        node.tag
        for node in tree.xpath(FOREIGN_XPATH)
        if node.get("property") is None and node.get("name") != "description"
    ]


def embedded(feed: bytes) -> list[str]:
    tree = etree.fromstring(feed, etree.XMLParser(huge_tree=True))
    return tree.xpath("//*[local-name()='encoded' or (local-name()='content' and @type='html')]/text()")


def json_markup(files: dict[str, bytes]) -> list[str]:
    ninjs = json.loads(files["ninjs-3.1.json"])
    feed = json.loads(files["feeds/feed.json"])
    apple = json.loads(files["apple-news/article.json"])
    return [
        next(body["value"] for body in ninjs["bodies"] if body["contentType"] == "text/html"),
        feed["items"][0]["content_html"],
        *(part["text"] for part in apple["components"] if part.get("format") == "html"),
    ]


def no_foreign(markup: str, where: str) -> None:
    tree = lxml.html.fragment_fromstring(markup, create_parent="div")
    found = [node for node in tree.xpath(FOREIGN_XPATH) if node.tag != "img"]
    assert not found, (where, markup[:300])
    assert not tree.xpath(".//@*[starts-with(name(), 'on')]"), where
    sources = tree.xpath(".//img/@src")
    assert all(source.startswith("https://news.example/") for source in sources), where
    schemes = (href.partition(":")[0].lower() for href in tree.xpath(".//@href"))
    assert all(scheme in {"http", "https", "mailto"} for scheme in schemes), where


@pytest.fixture(scope="module")
def harmless(outputs):
    """The same story saying a plain word everywhere: its active elements are the templates' own."""
    return {name: skeleton(body) for name, body in outputs("word").items() if name.endswith(".html")}


@pytest.mark.parametrize("text", SOLID, ids=range(len(SOLID)))
def test_no_text_breaks_out_of_any_output(outputs, harmless, text):
    judge(text, outputs(text), harmless)


@pytest.mark.skipif(  # in CI too, so not `lacking`: 7,216 lines of public lists, not committed; our list always runs
    not FOLDER, reason="set SLUGLINE_PAYLOADS to a folder of public payload lists (.txt)"
)
def test_no_public_payload_breaks_out_of_any_output(outputs, harmless):
    for text in ALL[len(PAYLOADS) :]:
        judge(text, outputs(text), harmless)


@pytest.mark.parametrize("text", ["", " "])
def test_empty_texts_give_outputs_all_the_same(outputs, text):
    files = outputs(text)

    etree.fromstring(files["newsml-g2.xml"])
    assert json.loads(files["story.json"])["headline"] == text
