"""RSS and Atom: each entry a story."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsing.document import Context, Document, ParsedStory, Rejected
from parsing.formats.feed import FORMAT
from parsing.limits import Limits
from slugline.story import BlockType

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Courier</title><language>en-GB</language>
<item><title>Herring returns &amp;#8211; at last</title><link>https://courier.example/1</link>
<guid isPermaLink="false">courier-1</guid><pubDate>Wed, 11 Mar 2026 06:00:00 +0100</pubDate>
<dc:creator>Mara Lindqvist</dc:creator><category>Fishing</category><category>Northport</category>
<description>After nine &lt;b&gt;empty&lt;/b&gt; winters.</description>
<content:encoded><![CDATA[<p>The boats are <em>full</em>.</p><h2>Next</h2><script>alert(1)</script>]]></content:encoded>
<media:content url="https://cdn.example/boats.jpg?w=1200" type="image/jpeg"><media:credit>Jo Fenn/Reuters</media:credit>
<media:description>The fleet on Monday.</media:description></media:content></item>
<item><title>Quay closed</title><description>First paragraph.

Second &lt; third.</description><author>tom@courier.example (Tom Ashe)</author><link>https://courier.example/2</link></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Kurier</title>
<entry><title type="html">Hering &amp;amp; Kai</title><id>tag:kurier.example,2026:1</id>
<link rel="alternate" href="https://kurier.example/1"/><published>2026-03-11T06:00:00Z</published>
<updated>2026-03-11T07:30:00Z</updated><author><name>Mara Lindqvist</name></author>
<category term="fisch" label="Fisch"/>
<summary>Kurz gesagt.</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Die Boote sind
<a href="https://x.example/">voll</a>.</p></div></content></entry></feed>"""


def parsed(text: str, limits: Limits | None = None) -> tuple[ParsedStory, ...]:
    return FORMAT.parse(Document("feed.xml", text.encode()), Context(limits or Limits(), lambda _: ()))


def test_each_entry_is_a_story_with_its_guid() -> None:
    first, second = parsed(RSS)
    assert (first.identifier, second.identifier) == ("courier-1", "https://courier.example/2")
    assert second.story.headline == "Quay closed"


def test_an_rss_entrys_fields() -> None:
    story = parsed(RSS)[0].story
    assert story.headline == "Herring returns – at last"
    assert story.standfirst == "After nine empty winters."
    assert [author.name for author in story.authors] == ["Mara Lindqvist"]
    assert story.keywords == ("Fishing", "Northport")
    assert story.language == "en-GB"
    assert story.published is not None
    assert story.published.isoformat() == "2026-03-11T06:00:00+01:00"


def test_the_text_is_sanitised_html() -> None:
    story = parsed(RSS)[0].story
    shown = [(block.type, block.text, block.html) for block in story.body if block.type is not BlockType.IMAGE]
    assert shown == [
        (BlockType.PARAGRAPH, "The boats are full.", "The boats are <em>full</em>."),
        (BlockType.SUBHEAD, "Next", None),
    ]


def test_media_gives_the_picture_with_caption_and_credit() -> None:
    (image,) = parsed(RSS)[0].story.images
    assert (image.file, image.caption, image.credit) == ("boats.jpg", "The fleet on Monday.", "Jo Fenn/Reuters")


def test_plain_text_becomes_paragraphs() -> None:
    story = parsed(RSS)[1].story
    assert [block.text for block in story.body] == ["First paragraph.", "Second < third."]
    assert [author.name for author in story.authors] == ["Tom Ashe"]


def test_an_atom_entry_with_xhtml() -> None:
    (found,) = parsed(ATOM)
    story = found.story
    assert found.identifier == "tag:kurier.example,2026:1"
    assert (story.headline, story.standfirst, story.language) == ("Hering & Kai", "Kurz gesagt.", "de")
    assert story.keywords == ("Fisch",)
    assert story.updated is not None
    assert story.body[0].text == "Die Boote sind voll."
    assert 'href="https://x.example/"' in (story.body[0].html or "")


@pytest.mark.parametrize(
    "text",
    [
        RSS.replace("<rss", '<!DOCTYPE rss [<!ENTITY a "b">]><rss', 1),
        RSS[:400],
        '<rss version="2.0"><channel><title>Empty</title></channel></rss>',
        '<rss version="2.0"><channel>' + "<item><title>x</title></item>" * 501 + "</channel></rss>",
    ],
)
def test_a_feed_that_is_unsafe_broken_or_too_long_is_rejected(text: str) -> None:
    with pytest.raises(Rejected) as rejected:
        parsed(text)
    assert rejected.value.remedy


def test_an_external_dtd_is_not_fetched() -> None:
    doctype = '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://my.netscape.example/rss-0.91.dtd"><rss'
    assert len(parsed(RSS.replace("<rss", doctype, 1))) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [(RSS, True), (ATOM, True), ("<html><feed>x</feed></html>", False), ("<nitf/>", False), ("rss feed", False)],
)
def test_a_feed_is_told_by_its_root(text: str, expected: bool) -> None:
    assert FORMAT.detect(Document("a.xml", text.encode())) is expected


@given(st.text(max_size=200))
def test_no_entry_raises_anything_but_rejected(text: str) -> None:
    item = f"<item><title>x</title><description>{text}</description></item>"
    with suppress(Rejected):
        parsed(f"<rss><channel>{item}</channel></rss>")


def atom(entry: str, attributes: str = "") -> ParsedStory:
    text = f'<feed xmlns="http://www.w3.org/2005/Atom"{attributes}><title>K</title><entry>{entry}</entry></feed>'
    (only,) = parsed(text)
    return only


def test_an_entry_with_its_last_change_alone_is_published_then() -> None:
    story = atom("<title>Herring</title><id>urn:1</id><updated>2026-03-11T07:30:00Z</updated>").story

    assert story.published is not None
    assert story.published.isoformat() == "2026-03-11T07:30:00+00:00"


@pytest.mark.parametrize(
    ("attributes", "content", "expected"),
    [
        (' xml:base="https://kurier.example/a/"', "<content type='html'>", "https://kurier.example/a/2"),
        (
            ' xml:base="https://kurier.example/a/"',
            "<content xml:base='b/' type='html'>",
            "https://kurier.example/a/b/2",
        ),
        ("", "<link href='https://kurier.example/news/1'/><content type='html'>", "https://kurier.example/news/2"),
    ],
)
def test_relative_links_are_resolved(attributes: str, content: str, expected: str) -> None:
    markup = "&lt;p>The boats are &lt;a href='2'>full&lt;/a> again, said the master.&lt;/p>"
    story = atom(f"<title>Herring</title><id>urn:1</id>{content}{markup}</content>", attributes).story

    assert f'href="{expected}"' in (story.body[0].html or "")


def test_rss_1_items_stand_beside_their_channel() -> None:
    (only,) = parsed(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Courier</title></channel>'
        '<item rdf:about="https://courier.example/1"><title>Herring</title><link>https://courier.example/1</link>'
        "<description>The boats are full.</description><dc:creator>Mara Lindqvist</dc:creator>"
        "<dc:date>2026-03-11T06:00:00Z</dc:date><dc:subject>Fishing</dc:subject></item></rdf:RDF>"
    )

    assert (only.identifier, only.story.headline) == ("https://courier.example/1", "Herring")
    assert [author.name for author in only.story.authors] == ["Mara Lindqvist"]
    assert only.story.keywords == ("Fishing",)


def test_markup_that_was_escaped_twice_is_markup() -> None:
    twice = "&amp;lt;{0}&amp;gt;{1}&amp;lt;/{0}&amp;gt;"
    title, copy = (
        f"The {twice.format('b', 'Astrid')} returns",
        twice.format("p", "First.") + twice.format("p", "Second."),
    )
    (found,) = parsed(
        f"<rss><channel><item><title>{title}</title><description>{copy}</description></item></channel></rss>"
    )

    assert found.story.headline == "The Astrid returns"
    assert [block.text for block in found.story.body] == ["First.", "Second."]


def test_a_tag_that_the_copy_speaks_of_stays() -> None:
    tag = "&amp;lt;b&amp;gt;"
    item = f"<item><title>Why {tag} is back</title><description>Use {tag} now.</description></item>"
    (found,) = parsed(f"<rss><channel>{item}</channel></rss>")

    assert found.story.headline == "Why <b> is back"
    assert [block.text for block in found.story.body] == ["Use <b> now."]


def test_the_feeds_own_elements_go_before_those_of_another_vocabulary() -> None:
    item = (
        '<rss xmlns:m="http://search.yahoo.com/mrss/"><channel><item><m:title>bar</m:title><title>Herring</title>'
        "<m:description>The quay.</m:description><description>The boats are full.</description></item></channel></rss>"
    )
    (found,) = parsed(item)

    assert found.story.headline == "Herring"
    assert [block.text for block in found.story.body] == ["The boats are full."]
    assert [one.text for one in found.story.removed] == ["bar", "The quay."]


def test_elements_that_stand_in_a_text_unescaped_are_its_markup() -> None:
    item = "<item><title>Herring</title><description>Full <b>boats</b> now.</description></item>"
    (found,) = parsed(f"<rss><channel>{item}</channel></rss>")

    assert [block.text for block in found.story.body] == ["Full boats now."]
