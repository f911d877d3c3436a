"""The article page, read as a browser reads it."""

import hashlib
import json
import re
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, datetime

import lxml.html
import pytest

from rendering import StoryLinks, render_story, render_withdrawn
from rendering.article import article_page
from rendering.edition import Edition
from slugline.desk import DeskSettings
from slugline.pictures import FailedPicture, PictureManifest
from slugline.story import Block, Notice, NoticeKind, Story


def page_of(story: Story, pictures: PictureManifest, desk: DeskSettings, links: StoryLinks) -> str:
    outputs = {output.name: output for output in render_story(story, pictures, desk, links=links)}
    return outputs["index.html"].body.decode()


@pytest.fixture
def edition(story, pictures, desk, links):
    return Edition(story, pictures, desk, links)


@pytest.fixture
def page(story, pictures, desk, links):
    return page_of(story, pictures, desk, links)


@pytest.fixture
def tree(page):
    return lxml.html.document_fromstring(page)


def texts(tree, selector: str) -> list[str]:
    return [" ".join(node.text_content().split()) for node in tree.xpath(selector)]


def test_shows_headline_kicker_standfirst_and_byline_once_each(tree):
    assert texts(tree, "//h1") == ["Harbour reopens after storm & flood"]
    assert texts(tree, "//*[@class='kicker']") == ["Coast"]
    assert texts(tree, "//*[@class='standfirst']") == ["Ferries return to the pier, though “two berths” stay shut."]
    assert texts(tree, "//*[@class='byline']") == ["By Ana Ruiz and Tom Lee"]


def test_shows_times_in_the_newsrooms_zone_and_for_machines_in_utc(tree):
    assert texts(tree, "//time") == ["1 March 2026, 10:00 GMT", "1 March 2026, 11:30 GMT"]
    assert tree.xpath("//time/@datetime") == ["2026-03-01T10:00:00Z", "2026-03-01T11:30:00Z"]


def test_keeps_the_order_of_the_body_with_lists_as_lists(tree):
    copy = tree.xpath("//div[@class='copy']")[0]

    assert [node.tag for node in copy] == ["p", "figure", "h2", "ul", "p", "blockquote", "figure", "div", "p"]
    assert texts(tree, "//div[@class='copy']/ul/li") == ["The main pier", "The fish market"]


def test_runs_the_dateline_into_the_first_paragraph(tree):
    first = texts(tree, "//div[@class='copy']/p")[0]

    assert first == "PORT ELLEN, March 1 (Courier) The harbour reopened on Sunday, officials said."


def test_the_headlines_face_is_chosen_on_the_body_where_the_pages_language_has_its_own(page):
    assert "body{--display:var(--serif)}" in page
    assert not re.search(r":root\{[^}]*--display", page)


def test_a_notice_that_says_itself_what_it_is_gets_no_label_besides(story, pictures, desk, links):
    notice = Notice(kind=NoticeKind.CORRECTION, text="CORRECTION: An earlier version misstated the date.")
    told = story.model_copy(update={"notices": (notice,)})
    tree = lxml.html.document_fromstring(page_of(told, pictures, desk, links))
    assert texts(tree, "//aside") == ["CORRECTION: An earlier version misstated the date."]


def test_tells_readers_of_corrections_but_not_of_notes_to_editors(tree, page):
    assert texts(tree, "//aside") == ["Correction An earlier version misstated the number of berths."]
    assert "Editors: adds quote" not in page


def test_shows_every_picture_that_was_made_with_caption_and_credit(tree):
    assert texts(tree, "//figcaption") == [
        "The first ferry arrives. Ana Ruiz / Courier",
        "The storm on Friday. John Doe / Getty Images",
    ]


def test_leaves_no_hole_where_a_picture_failed(story, desk, links):
    manifest = PictureManifest(
        story_id=story.id, version=2, failed=(FailedPicture(image="ferry", reason="not a picture"),)
    )

    tree = lxml.html.document_fromstring(page_of(story, manifest, desk, links))

    assert not tree.xpath("//figure | //img")


def test_offers_modern_formats_first_and_fixes_the_size(tree):
    figure = tree.xpath("//figure")[0]

    assert figure.xpath(".//source/@type") == ["image/avif", "image/webp"]
    assert figure.xpath(".//img/@width") == ["1280"]
    assert figure.xpath(".//img/@height") == ["720"]
    assert figure.xpath(".//source/@srcset")[0].split(", ")[0] == "/stories/harbour-1/pictures/ferry-320.avif 320w"


def test_a_picture_the_body_does_not_place_leads_the_page_and_loads_first(story, pictures, desk, links):
    unplaced = story.model_copy(update={"body": (Block(text="Only words."),)})

    tree = lxml.html.document_fromstring(page_of(unplaced, pictures, desk, links))

    assert tree.xpath("//figure[@class='lead']//img/@fetchpriority") == ["high"]
    assert tree.xpath("//div[@class='copy']//img/@loading") == ["lazy"]


@pytest.mark.parametrize(
    ("language", "published"),
    [("ar", "نُشر في"), ("ja", "公開"), ("de-CH", "Veröffentlicht"), ("sw", "Published")],
)
def test_speaks_the_language_of_the_story_else_the_desks(edition, language, published):
    foreign = replace(edition, verbatim=edition.verbatim.model_copy(update={"language": language}))

    tree = lxml.html.document_fromstring(article_page(foreign).body.decode())

    assert tree.get("lang") == language
    assert texts(tree, "//p[@class='times']/span")[0].startswith(published)


def test_runs_from_right_to_left_where_the_story_does(edition):
    arabic = edition.verbatim.model_copy(update={"language": "ar", "direction": "rtl"})

    tree = lxml.html.document_fromstring(article_page(replace(edition, verbatim=arabic)).body.decode())

    assert tree.get("dir") == "rtl"


def test_marks_words_that_are_not_in_the_storys_language(story, pictures, desk, links):
    swahili = story.model_copy(update={"language": "sw"})

    tree = lxml.html.document_fromstring(page_of(swahili, pictures, desk, links))

    assert tree.xpath("//p[@class='times']/@lang") == ["en"]


def test_lets_in_its_own_style_sheet_by_hash_and_no_script(page, tree):
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = b64encode(hashlib.sha256(style.group(1).encode()).digest()).decode()

    assert f"style-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert not tree.xpath("//script[@type!='application/ld+json'] | //@style | //@onload")


def test_has_its_policy_for_the_response_header_too(edition, tree):
    (meta,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")

    assert article_page(edition).policy == meta


def test_describes_itself_to_search_engines(tree):
    data = json.loads(tree.xpath("//script[@type='application/ld+json']/text()")[0])

    assert data["@type"] == "NewsArticle"
    assert data["headline"] == "Harbour reopens after storm & flood"
    assert [author["name"] for author in data["author"]] == ["Ana Ruiz", "Tom Lee"]
    assert (data["datePublished"], data["dateModified"]) == ("2026-03-01T10:00:00Z", "2026-03-01T11:30:00Z")
    assert data["correction"][0]["text"] == "An earlier version misstated the number of berths."
    assert data["image"][0]["creditText"] == "Ana Ruiz / Courier"
    assert data["image"][0]["digitalSourceType"].endswith("/digitalCapture")


def test_links_to_every_other_output(story, pictures, desk, links, tree):
    outputs = render_story(story, pictures, desk, links=links)
    others = [output.name for output in outputs if output.name not in ("index.html", "oembed.json")]

    hrefs = [href for href in tree.xpath("//link[@rel='alternate']/@href") if not href.startswith("/feeds/")]

    assert hrefs == [f"/stories/harbour-1/v2/{name}" for name in others]


def test_names_the_oembed_endpoint_asked_for_this_page_in_both_formats(edition):
    with_endpoint = edition.desk.model_copy(update={"oembed_url": "https://api.example/oembed"})

    tree = lxml.html.document_fromstring(article_page(replace(edition, desk=with_endpoint)).body.decode())

    page = "https%3A%2F%2Fnews.example%2Farticles%2Fharbour-reopens-1.html"
    for kind, name in (("application/json+oembed", "json"), ("text/xml+oembed", "xml")):
        (href,) = tree.xpath(f"//link[@rel='alternate' and @type='{kind}']/@href")
        assert href == f"https://api.example/oembed?url={page}&format={name}"


def test_opens_from_disk_when_everything_lies_in_one_folder(story, pictures, desk, links):
    beside = links.model_copy(update={"page_outputs": "", "page_pictures": "", "page_feeds": "feeds/"})

    tree = lxml.html.document_fromstring(page_of(story, pictures, desk, beside))

    assert tree.xpath("//img/@src")[0] == "pictures/ferry-1280.jpg"
    alternates = tree.xpath("//link[@rel='alternate']/@href")
    assert {"feeds/rss.xml", "ninjs-3.1.json"} <= set(alternates)


def test_a_placeholder_that_is_not_a_picture_never_reaches_the_style_sheet(story, pictures, desk, links):
    hostile = pictures.pictures[0].model_copy(update={"placeholder": 'data:image/webp;base64,AA")}</style><script>'})

    page = page_of(story, pictures.model_copy(update={"pictures": (hostile,)}), desk, links)

    assert "background-image" not in page


def test_the_same_input_gives_the_same_bytes(story, pictures, desk, links):
    assert render_story(story, pictures, desk, links=links) == render_story(story, pictures, desk, links=links)


def test_the_page_of_a_withdrawn_story_says_so_and_nothing_else_of_it(desk):
    (output,) = render_withdrawn(desk, language="en")
    tree = lxml.html.document_fromstring(output.body.decode())

    assert output.name == "index.html"
    assert texts(tree, "//h1") == ["Story withdrawn"]
    assert "noindex" in tree.xpath("//meta[@name='robots']/@content")[0]


def test_a_time_zone_that_is_none_gives_utc(edition, caplog):
    nowhere = edition.desk.model_copy(update={"time_zone": "Mars/Olympus_Mons"})

    tree = lxml.html.document_fromstring(article_page(replace(edition, desk=nowhere)).body.decode())

    assert texts(tree, "//time")[0] == "1 March 2026, 10:00 UTC"
    assert "Mars/Olympus_Mons" in caplog.text


def test_names_the_feeds_of_the_site_its_desk_subjects_and_authors(tree):
    found = tree.xpath("//link[@rel='alternate' and starts-with(@href, '/feeds/')]/@href")

    assert found == [
        "/feeds/rss.xml",
        "/feeds/atom.xml",
        "/feeds/desks/coast/rss.xml",
        "/feeds/subjects/disaster/rss.xml",
        "/feeds/authors/ana-ruiz/rss.xml",
    ]


def test_links_desk_author_and_subject_to_their_stories(tree):
    links = {link.text: link.get("href") for link in tree.xpath("//article//a[starts-with(@href, '/feeds/')]")}

    assert links == {
        "Coast": "/feeds/desks/coast/index.html",
        "Ana Ruiz": "/feeds/authors/ana-ruiz/index.html",
        "disaster": "/feeds/subjects/disaster/index.html",
    }
    assert tree.xpath("string(//*[@class='byline'])") == "By Ana Ruiz and Tom Lee", "as printed"


def test_links_authors_without_a_byline_too(story, pictures, desk, links):
    made = render_story(story.model_copy(update={"byline": None}), pictures, desk, links=links)[0].body.decode()

    tree = lxml.html.document_fromstring(made)
    assert tree.xpath("//bdi[@class='author']/a/text()") == ["Ana Ruiz"]
    assert tree.xpath("string(//*[@class='byline'])") == "By Ana Ruiz, Tom Lee"


@pytest.mark.parametrize(
    ("language", "time"),
    [
        ("en", "1 March 2026, 10:00 GMT"),
        ("ur", "2026-03-01\u060c 10:00 GMT"),
        ("ja", "2026\u5e743\u67081\u65e5 10:00 GMT"),
    ],
)
def test_a_date_has_the_comma_of_its_language(desk, links, language, time):
    dated = Story(id="a", headline="A", language=language, published=datetime(2026, 3, 1, 10, tzinfo=UTC))

    page = page_of(dated, PictureManifest(story_id="a", version=1), desk, links)

    assert lxml.html.document_fromstring(page).xpath("//article//time/text()")[0] == time
