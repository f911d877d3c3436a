"""oEmbed of article pages, by https://oembed.com."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from lxml import etree
from tests.support.api_caller import Caller
from tests.support.memory_store import MemoryStore

PAGE = "https://news.example/articles/harbour-1234abcd.html"
KEPT = {
    "version": "1.0",
    "type": "link",
    "title": "Harbour <reopens> & more",
    "provider_name": "Courier",
    "thumbnails": [
        {"url": f"https://news.example/{width}.jpg", "width": width, "height": width // 2}
        for width in (320, 640, 1280, 1920)
    ],
}


@pytest.fixture
def caller() -> Caller:
    site = MemoryStore()
    site.put(
        "articles/harbour-1234abcd.html", b"page", content_type="text/html", metadata={"story": "1234", "version": "2"}
    )
    site.put("stories/1234/v2/oembed.json", json.dumps(KEPT).encode(), content_type="application/json")
    return Caller(site=site)


def ask(caller: Caller, url: str = PAGE, **more: object) -> tuple[int, Any]:
    return caller.call("GET /oembed", query=urlencode({"url": url, **more}), key="")


def test_an_article_is_answered_without_a_key(caller: Caller) -> None:
    status, embed = ask(caller)

    assert status == 200
    assert embed["title"] == "Harbour <reopens> & more"
    assert (embed["thumbnail_width"], embed["thumbnail_height"]) == (1280, 640)
    assert "thumbnails" not in embed


@pytest.mark.parametrize(
    ("limits", "width"),
    [({"maxwidth": 700}, 640), ({"maxheight": 200}, 320), ({"maxwidth": 1920}, 1280), ({"maxwidth": 100}, None)],
)
def test_the_picture_is_no_larger_than_asked_for(caller: Caller, limits: dict[str, int], width: int | None) -> None:
    _, embed = ask(caller, **limits)

    assert embed.get("thumbnail_width") == width


def test_it_comes_as_xml_too(caller: Caller) -> None:
    answer = caller.answer("GET /oembed", query=urlencode({"url": PAGE, "format": "xml"}), key="")

    root = etree.fromstring(answer["body"].encode())
    assert answer["statusCode"] == 200
    assert (root.tag, root.findtext("title")) == ("oembed", "Harbour <reopens> & more")


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/articles/other-99999999.html",
        "https://elsewhere.example/articles/harbour-1234abcd.html",
        "https://news.example/stories/1234/v2/oembed.json",
        "https://news.example/articles/../stories/1234/v2/oembed.json",
        "file:///articles/harbour-1234abcd.html",
        "nonsense",
        "http://[::1",
    ],
)
def test_what_is_no_article_of_the_site_is_not_found(caller: Caller, url: str) -> None:
    assert ask(caller, url)[0] == 404


def test_a_withdrawn_story_is_not_found() -> None:
    site = MemoryStore()
    site.put(
        "articles/harbour-1234abcd.html", b"gone", content_type="text/html", metadata={"story": "1234", "version": "3"}
    )

    assert ask(Caller(site=site))[0] == 404


def test_another_format_is_not_implemented(caller: Caller) -> None:
    assert ask(caller, format="yaml")[0] == 501


def test_a_fragment_and_a_query_of_the_address_do_not_matter(caller: Caller) -> None:
    assert ask(caller, f"{PAGE}?from=feed#top")[0] == 200
