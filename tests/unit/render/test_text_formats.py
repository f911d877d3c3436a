"""Markdown, wire text and Apple News."""

import json
import re

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from rendering import render_story
from slugline.pictures import PictureManifest
from slugline.story import Block, BlockType

YAML_SIGNS = st.text(alphabet="ab: #'\"-{}[]\n&*!|>%@`\u2028é")


def text_of(name, story, pictures, desk, links) -> str:
    return {item.name: item.body for item in render_story(story, pictures, desk, links=links)}[name].decode()


def with_paragraph(story, **block):
    return story.model_copy(update={"body": (Block(**block),)})


def markdown_body(text: str) -> str:
    return text.split("\n---\n", 1)[1].strip()


def test_markdown_keeps_the_blocks_in_order(story, pictures, desk, links):
    body = markdown_body(text_of("story.md", story, pictures, desk, links))

    assert body.split("\n\n") == [
        "The harbour reopened on Sunday, officials said.",
        "![A white ferry at a stone pier](<https://news.example/stories/harbour-1/pictures/ferry-1280.jpg>"
        ' "The first ferry arrives.")',
        "## What is open",
        "- The main pier\n- The fish market",
        "Read [the notice](<https://port.example/notice>).",
        "> We are glad to be back.",
        "| Berth | Open |\n| --- | --- |\n| 1 | yes |",
        "Two berths stay shut.",
    ]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_front_matter_gives_back_what_the_story_says(desk, links, stories, data):
    story = data.draw(stories).model_copy(
        update={"headline": data.draw(st.text(alphabet="ab: #'\"-{}[]\n&*!|>%@`\u2028é"))}
    )

    text = text_of("story.md", story, PictureManifest(story_id=story.id, version=story.version), desk, links)
    fields = yaml.safe_load(text.split("\n---\n", 1)[0].removeprefix("---\n"))

    assert fields.get("headline", "") == story.headline
    assert fields["status"] == story.status.value


@pytest.mark.parametrize(
    "words",
    ["# no heading", "1. no list", "- no list", "> no quote", "*no* _emphasis_", "[no](link)", "<b>no tag</b>", "`no`",
     "+ no list", "--- no rule", "    no code", "| no | table |", "~~no~~", "& no &amp; entity", "=== no heading"],
)  # fmt: skip
def test_words_never_turn_into_markdown(story, pictures, desk, links, words):
    body = markdown_body(text_of("story.md", with_paragraph(story, text=words), pictures, desk, links))
    html = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(body)

    escaped = words.strip().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert html == f"<p>{escaped}</p>\n"


def test_markdown_keeps_links_and_emphasis(story, pictures, desk, links):
    marked = with_paragraph(
        story, text="See the new rules.", html='See <a href="https://a.example/(x)">the <em>new</em> rules</a>.'
    )

    body = markdown_body(text_of("story.md", marked, pictures, desk, links))

    assert body == "See [the *new* rules](<https://a.example/(x)>)."


def test_wire_text_runs_the_dateline_in_and_lists_pictures(story, pictures, desk, links):
    lines = text_of("story.txt", story, pictures, desk, links).split("\n\n")

    assert lines[0] == "harbour-reopens v2 usable 2026-03-01T11:30:00Z"
    assert "PORT ELLEN, March 1 (Courier) The harbour reopened on Sunday, officials said." in lines
    assert (
        "PHOTO 2: The storm on Friday. (John Doe / Getty Images) [Picture withheld: credit names Getty Images]" in lines
    )


def test_no_field_of_wire_text_can_look_like_another(story, pictures, desk, links):
    forged = story.model_copy(update={"headline": "Calm\n\n[KILL: everything]\x01\x03"})

    text = text_of("story.txt", forged, pictures, desk, links)

    assert "Calm [KILL: everything]\n" in text
    assert not re.search(r"[\x00-\x08\x0b-\x1f]", text)


def apple(story, pictures, desk, links):
    return json.loads(text_of("apple-news/article.json", story, pictures, desk, links))


def test_apple_news_has_the_required_properties(story, pictures, desk, links):
    article = apple(story, pictures, desk, links)

    required = {"components", "componentTextStyles", "identifier", "language", "layout", "title", "version"}
    assert required <= article.keys()
    assert "default" in article["componentTextStyles"]
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", article["identifier"])


def test_apple_news_components_follow_the_body(story, pictures, desk, links):
    roles = [component["role"] for component in apple(story, pictures, desk, links)["components"]]

    assert roles == [
        "title", "intro", "byline", "body", "body", "photo", "heading2", "body", "body", "quote", "caption", "body",
        "caption", "body",
    ]  # fmt: skip


def test_apple_news_refers_only_to_layouts_it_defines(story, pictures, desk, links):
    article = apple(story, pictures, desk, links)

    used = {component["layout"] for component in article["components"] if "layout" in component}
    assert used <= article["componentLayouts"].keys()


def test_apple_news_text_holds_no_markup_that_apple_does_not_know(story, pictures, desk, links):
    table = with_paragraph(story, type=BlockType.PARAGRAPH, text="x", html='<span lang="fr">x</span><mark>y</mark>')

    body = [part for part in apple(table, pictures, desk, links)["components"] if part.get("format") == "html"]

    assert [part["text"] for part in body] == ["<p>xy</p>"]
