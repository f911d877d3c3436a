"""NewsML-G2 and NITF, against IPTC's own schemas and by what they say."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from rendering import render_story
from slugline.pictures import PictureManifest
from slugline.story import Block, BlockType, Status

NAR = {"nar": "http://iptc.org/std/nar/2006-10-01/", "nitf": "http://iptc.org/std/NITF/2006-10-18/"}


@pytest.fixture(scope="module")
def newsml_schema(schemas):
    return etree.XMLSchema(etree.parse(schemas / "NewsML-G2_2.35-spec-All-Power.xsd"))


@pytest.fixture(scope="module")
def nitf_schema(schemas):
    return etree.XMLSchema(etree.parse(schemas / "nitf-3-6.xsd"))


def output(name, story, pictures, desk, links):
    outputs = {item.name: item.body for item in render_story(story, pictures, desk, links=links)}
    return etree.fromstring(outputs[name])


@pytest.fixture
def newsml(story, pictures, desk, links):
    return output("newsml-g2.xml", story, pictures, desk, links)


@pytest.fixture
def nitf(story, pictures, desk, links):
    return output("nitf.xml", story, pictures, desk, links)


def test_both_are_valid_with_every_part_of_a_story(newsml_schema, nitf_schema, newsml, nitf):
    newsml_schema.assertValid(newsml)
    nitf_schema.assertValid(nitf)


def test_the_copy_inside_newsml_is_valid_nitf(nitf_schema, newsml):
    nitf_schema.assertValid(newsml.find(".//nitf:nitf", NAR))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_both_are_valid_whatever_a_story_holds(newsml_schema, nitf_schema, desk, links, stories, data):  # noqa: PLR0913, PLR0917 - fixtures
    story = data.draw(stories)
    manifest = PictureManifest(story_id=story.id, version=story.version)

    newsml_schema.assertValid(output("newsml-g2.xml", story, manifest, desk, links))
    nitf_schema.assertValid(output("nitf.xml", story, manifest, desk, links))


def test_a_story_without_pictures_is_one_news_item(story, pictures, desk, links):
    bare = story.model_copy(update={"images": ()})

    assert output("newsml-g2.xml", bare, pictures, desk, links).tag.endswith("}newsItem")


def test_a_package_ties_the_text_to_its_pictures(newsml):
    references = newsml.xpath("//nar:packageItem//nar:itemRef/@residref", namespaces=NAR)
    items = newsml.xpath("//nar:newsItem/@guid", namespaces=NAR)

    assert references == items
    assert len(items) == 4


@pytest.mark.parametrize("status", list(Status))
def test_says_the_status(story, pictures, desk, links, status):
    item = output("newsml-g2.xml", story.model_copy(update={"status": status}), pictures, desk, links)

    text = item.xpath("//nar:newsItem[.//nar:inlineXML]//nar:pubStatus/@qcode", namespaces=NAR)
    assert text == [f"stat:{status.value}"]


def test_newsml_says_until_when_a_story_is_embargoed_and_nothing_where_it_is_not(
    newsml_schema, story, pictures, desk, links
):
    until = datetime(2026, 3, 2, 6, 0, tzinfo=timezone(timedelta(hours=1)))
    held = output("newsml-g2.xml", story.model_copy(update={"embargo": until}), pictures, desk, links)
    free = output("newsml-g2.xml", story.model_copy(update={"embargo": None}), pictures, desk, links)

    newsml_schema.assertValid(held)
    embargoes = held.xpath("//nar:itemMeta/nar:embargoed/text()", namespaces=NAR)
    assert len(embargoes) == len(held.xpath("//nar:itemMeta", namespaces=NAR))
    assert {datetime.fromisoformat(text) for text in embargoes} == {until}
    assert free.find(".//nar:embargoed", NAR) is None


def test_newsml_tells_editors_each_notice_of_the_text_in_an_ed_note(newsml, story):
    (text,) = newsml.xpath("//nar:newsItem[.//nar:inlineXML]/nar:itemMeta", namespaces=NAR)

    assert text.xpath("nar:edNote/text()", namespaces=NAR) == [notice.text for notice in story.notices]


def test_points_to_the_version_before(newsml):
    link = newsml.find(".//nar:link[@rel='irel:previousVersion']", NAR)

    assert (link.get("residref"), link.get("version")) == ("https://news.example/stories/harbour-1", "1")


def test_a_withheld_picture_keeps_its_words_and_has_no_content(newsml):
    storm = newsml.xpath("//nar:newsItem[.//nar:creditline='John Doe / Getty Images']", namespaces=NAR)[0]

    assert storm.findtext(".//nar:description", namespaces=NAR) == "The storm on Friday."
    assert storm.findtext(".//nar:edNote", namespaces=NAR) == "Picture withheld: credit names Getty Images"
    assert storm.find(".//nar:contentSet", NAR) is None


def test_reserves_text_and_data_mining(newsml, nitf):
    codes = set(newsml.xpath("//nar:dataMining/@uri", namespaces=NAR))

    assert codes == {"http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED-EXCEPTSEARCHENGINEINDEXING"}
    assert codes == set(nitf.xpath("//nitf:meta[@name='plus-DataMining']/@content", namespaces=NAR))


def test_nitf_marks_the_people_of_the_byline_and_keeps_its_words(nitf):
    byline = nitf.find(".//nitf:byline", NAR)

    assert "".join(byline.itertext()) == "By Ana Ruiz and Tom Lee"
    assert byline.xpath("nitf:person/text()", namespaces=NAR) == ["Ana Ruiz", "Tom Lee"]


def test_nitf_marks_the_place_of_the_dateline_and_keeps_its_words(nitf):
    dateline = nitf.find(".//nitf:dateline", NAR)

    assert "".join(dateline.itertext()) == "PORT ELLEN, March 1 (Courier)"
    assert dateline.findtext("nitf:location", namespaces=NAR) == "PORT ELLEN"


def test_nitf_keeps_links_emphasis_and_the_words_between(story, pictures, desk, links):
    markup = 'Read <a href="https://port.example/">the <b>new</b> notice</a>, <mark>twice</mark>.'
    one = story.model_copy(update={"body": (Block(text="Read the new notice, twice.", html=markup),)})

    paragraph = output("nitf.xml", one, pictures, desk, links).find(".//nitf:body/nitf:body.content/nitf:p", NAR)

    assert "".join(paragraph.itertext()) == "Read the new notice, twice."
    assert paragraph.find("nitf:a", NAR).get("href") == "https://port.example/"
    assert paragraph.findtext("nitf:a/nitf:em", namespaces=NAR) == "new"


def test_markup_nested_absurdly_gives_its_text_alone(story, pictures, desk, links):
    deep = Block(text="Down.", html="<em>" * 5000 + "Down." + "</em>" * 5000)

    tree = output("nitf.xml", story.model_copy(update={"body": (deep,)}), pictures, desk, links)

    assert tree.findtext(".//nitf:body/nitf:body.content/nitf:p", namespaces=NAR) == "Down."


def test_a_table_of_headings_only_is_still_valid(nitf_schema, story, pictures, desk, links):
    table = Block(type=BlockType.TABLE, text="A B", html="<table><tr><th>A</th><th>B</th></tr></table>")

    nitf_schema.assertValid(output("nitf.xml", story.model_copy(update={"body": (table,)}), pictures, desk, links))
