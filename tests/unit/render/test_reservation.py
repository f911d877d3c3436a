"""Text and data mining: one setting, said in every vocabulary."""

import json
from urllib.robotparser import RobotFileParser

import pytest
from lxml import etree

from rendering import render_site, render_story, response_headers

RSL = {"r": "https://rslstandard.org/rsl"}


def site(desk, **change):
    outputs = render_site(desk.model_copy(update=change), sitemaps=("https://news.example/feeds/sitemap.xml",))
    return {output.name: output.body for output in outputs}


def allows(robots: bytes, agent: str) -> bool:
    parser = RobotFileParser()
    parser.parse(robots.decode().splitlines())
    return parser.can_fetch(agent, "https://news.example/articles/a.html")


def test_mining_is_reserved_by_default_and_search_is_not(desk):
    files = site(desk)

    assert json.loads(files[".well-known/tdmrep.json"]) == [
        {"location": "/*", "tdm-reservation": 1, "tdm-policy": "https://news.example/rights"}
    ]
    license_ = etree.fromstring(files["license.xml"])
    assert license_.xpath("//r:permits/text()", namespaces=RSL) == ["search"]
    assert license_.xpath("//r:prohibits/text()", namespaces=RSL) == ["ai-all"]
    assert allows(files["robots.txt"], "Googlebot")
    assert not allows(files["robots.txt"], "GPTBot")


@pytest.mark.parametrize("code", ["DMI-ALLOWED", "DMI-UNSPECIFIED"])
def test_a_desk_may_leave_mining_free(desk, code):
    files = site(desk, data_mining=code)

    assert json.loads(files[".well-known/tdmrep.json"]) == [{"location": "/*", "tdm-reservation": 0}]
    assert allows(files["robots.txt"], "GPTBot")
    assert response_headers(desk.model_copy(update={"data_mining": code}))["tdm-reservation"] == "0"


def test_every_response_names_reservation_policy_and_licence(desk):
    assert response_headers(desk) == {
        "tdm-reservation": "1",
        "tdm-policy": "https://news.example/rights",
        "link": '<https://news.example/license.xml>; rel="license"; type="application/rsl+xml"',
    }


def test_robots_txt_names_the_sitemaps(desk):
    lines = site(desk)["robots.txt"].decode().splitlines()

    assert "Sitemap: https://news.example/feeds/sitemap.xml" in lines


def test_the_page_says_it_too(story, pictures, desk, links):
    page = {item.name: item.body.decode() for item in render_story(story, pictures, desk, links=links)}["index.html"]

    assert '<meta name="tdm-reservation" content="1">' in page
    assert '<meta name="tdm-policy" content="https://news.example/rights">' in page
    assert "DMI-PROHIBITED-EXCEPTSEARCHENGINEINDEXING" in page
    assert 'type="application/rsl+xml" href="https://news.example/license.xml"' in page


def test_oembed_names_the_source_and_a_picture_that_others_may_show(story, pictures, desk, links):
    outputs = {item.name: item.body for item in render_story(story, pictures, desk, links=links)}

    embed = json.loads(outputs["oembed.json"])
    assert (embed["version"], embed["type"]) == ("1.0", "link")
    assert embed["author_name"] == "Ana Ruiz, Tom Lee"
    assert embed["thumbnail_url"].endswith("ferry-1280.jpg")
    assert [picture["width"] for picture in embed["thumbnails"]] == [320, 640, 1280]
