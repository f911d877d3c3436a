"""NewsML-G2: news items with embedded copy, pictures by package, digests of packages whose items are elsewhere."""

import json
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsing.document import Context, Document, ParsedStory, Rejected
from parsing.formats.newsml_g2 import FORMAT
from parsing.limits import Limits
from parsing.registry import format_of
from slugline.story import Author, BlockType, NoticeKind, Status, Subject

NITF = "<nitf><body><body.content><p>First.</p><p>Second.</p></body.content></body></nitf>"
SAMPLES = Path(__file__).parents[2] / "samples" / "newsml_g2"


def nested(document: Document) -> tuple[ParsedStory, ...]:
    return format_of(document).parse(document, CONTEXT)


CONTEXT = Context(limits=Limits(), parse_nested=nested)


def parse(data: bytes) -> tuple[ParsedStory, ...]:
    document = Document("x.xml", data)
    assert FORMAT.detect(document)
    return FORMAT.parse(document, CONTEXT)


def read(name: str) -> tuple[ParsedStory, ...]:
    return parse((SAMPLES / name).read_bytes())


def item(meta: str = "", content: str = "", content_meta: str = "<headline>Head</headline>") -> bytes:
    return (
        f'<newsItem guid="urn:x:1"><itemMeta><itemClass qcode="ninat:text"/>{meta}</itemMeta>'
        f"<contentMeta>{content_meta}</contentMeta><contentSet>{content}</contentSet></newsItem>"
    ).encode()


def test_the_metadata_of_a_text_item() -> None:
    (parsed,) = read("text-nitf.xml")
    story = parsed.story

    assert (parsed.identifier, story.version) == ("urn:newsml:example.org:20260410:rail", 5)
    assert story.headline == "Night trains return to the Alps"
    assert story.standfirst == "Two lines start in December."
    assert (story.slug, story.language, story.keywords) == ("rail-night-trains", "en-GB", ("trains",))
    assert story.published == datetime(2026, 4, 10, 6, tzinfo=UTC)
    assert story.updated == datetime(2026, 4, 10, 7, 30, tzinfo=UTC)
    assert story.embargo == datetime(2026, 4, 10, 10, tzinfo=UTC)
    assert story.subjects == (Subject(name="railway", uri="medtop:20000337"),)
    assert (story.copyright, story.usage_terms) == ("Copyright 2026 Example Wire", "No use in podcasts.")


def test_an_editors_note_is_of_the_kind_that_the_item_signals() -> None:
    (parsed,) = read("text-nitf.xml")

    assert [(notice.kind, notice.text) for notice in parsed.story.notices] == [
        (NoticeKind.CORRECTION, "Third paragraph now has the right year.")
    ]


def test_embedded_nitf_gives_copy_byline_and_dateline() -> None:
    (parsed,) = read("text-nitf.xml")
    story = parsed.story

    assert story.authors == (Author(name="Lena Moser", role="Transport editor"),)
    assert story.dateline is not None
    assert (story.dateline.place, story.dateline.source) == ("ZURICH", "Reuters")
    assert [block.text for block in story.body] == ["Night trains return in December.", "Two lines will run."]


def test_a_package_gives_its_text_its_pictures() -> None:
    march, withdrawn = read("message.xml")

    assert (march.identifier, march.story.headline) == ("urn:ex:text", "March fills the old town")
    assert [(block.type, block.text) for block in march.story.body] == [
        (BlockType.IMAGE, ""),
        (BlockType.PARAGRAPH, "Thousands marched on Friday."),
    ]
    (picture,) = march.story.images
    assert (picture.file, picture.caption) == ("march one.jpg", "Marchers cross the bridge.")
    assert (picture.byline, picture.credit) == ("Iris Vale", "Iris Vale/Example Wire")
    assert picture.instructions == "CROPPED"
    assert picture.digital_source_type == "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"
    assert (withdrawn.identifier, withdrawn.story.status) == ("urn:ex:other", Status.CANCELED)


def test_a_picture_item_is_a_story_with_the_bytes_it_carries() -> None:
    (parsed,) = read("picture-inline.xml")

    (picture,) = parsed.story.images
    (file,) = parsed.pictures
    assert file.data.startswith(b"\x89PNG")
    assert (picture.file, picture.credit) == (file.name, "Example Wire")
    assert "/" not in file.name
    assert parsed.identifier == "tag:example.org,2026:p/9"


def test_a_package_without_its_items_is_a_digest_of_what_it_says_of_them() -> None:
    (parsed,) = read("package.xml")

    assert (parsed.identifier, parsed.story.headline) == ("urn:ex:top", "The day in three stories")
    assert [(block.type, block.text) for block in parsed.story.body] == [
        (BlockType.SUBHEAD, "Bridge closed"),
        (BlockType.PARAGRAPH, "It rusted."),
        (BlockType.IMAGE, ""),
    ]
    assert parsed.story.images[0].file == "lake.jpg"
    assert [entry.text for entry in parsed.story.removed] == ["Wrong story"]


@pytest.mark.parametrize(
    ("content_type", "data"),
    [
        ("text/plain", "First.\n\nSecond."),
        ("text/html", "&lt;p&gt;First.&lt;/p&gt;&lt;p&gt;Second.&lt;/p&gt;"),
        ("application/nitf+xml", f"<![CDATA[{NITF}]]>"),
        ("application/ninjs+json", json.dumps({"uri": "u", "body_text": "First.\n\nSecond."})),
    ],
)  # fmt: skip
def test_inline_data_of_every_kind_is_copy(content_type: str, data: str) -> None:
    (parsed,) = parse(item(content=f'<inlineData contenttype="{content_type}">{data}</inlineData>'))

    assert [block.text for block in parsed.story.body] == ["First.", "Second."]


def test_an_embargo_without_an_end_is_withheld() -> None:
    (parsed,) = parse(item("<embargoed/>"))

    assert parsed.story.status is Status.WITHHELD
    assert any("embargo_open" in warning for warning in parsed.story.warnings)


def test_text_at_an_address_is_not_fetched_and_said_so() -> None:
    (parsed,) = parse(item(content='<remoteContent href="http://127.0.0.1:1/a.html" contenttype="text/html"/>'))

    assert any("content_elsewhere" in warning for warning in parsed.story.warnings)


@pytest.mark.parametrize("root", ["conceptItem", "newsMessage", "planningItem"])
def test_a_document_without_news_is_rejected(root: str) -> None:
    with pytest.raises(Rejected, match="holds no news"):
        parse(f'<{root} guid="x"/>'.encode())


def test_xml_of_no_news_format_is_rejected_by_its_name() -> None:
    for data in (b"<contentSet><p>x</p></contentSet>", b'<?xml version="1.0"?><invoice>x', "<a/>".encode("utf-16")):
        document = Document("x.xml", data)
        with pytest.raises(Rejected, match="does not read"):
            format_of(document).parse(document, CONTEXT)


@given(st.sampled_from(sorted(SAMPLES.iterdir())), st.data())
def test_a_sample_with_elements_moved_or_lost_is_stories_or_rejected(path: Path, data: st.DataObject) -> None:
    pieces = path.read_bytes().split(b"<")
    at = data.draw(st.integers(1, len(pieces) - 1))
    other = data.draw(st.sampled_from(pieces) | st.binary(max_size=30))
    pieces[at : at + data.draw(st.integers(0, 2))] = [other]

    with suppress(Rejected):
        FORMAT.parse(Document("x.xml", b"<".join(pieces)), CONTEXT)


def test_where_the_item_was_made_is_no_dateline() -> None:
    (parsed,) = parse(item(content_meta="<located><name>Bangalore</name></located><headline>Head</headline>"))

    assert parsed.story.dateline is None


@pytest.mark.parametrize(
    ("root", "kind"),
    [
        ("conceptItem", "a concept item"),
        ("planningItem", "a planning item, which announces coverage"),
        ("knowledgeItem", "a knowledge item, which is a vocabulary"),
    ],
)
def test_an_item_without_news_is_rejected_by_its_kind(root: str, kind: str) -> None:
    with pytest.raises(Rejected) as caught:
        parse(f'<{root} xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:1"/>'.encode())

    assert kind in caught.value.reason


def test_a_digest_says_that_the_packages_items_are_elsewhere() -> None:
    (parsed,) = parse(
        b'<packageItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:1"><itemMeta>'
        b'<itemClass qcode="ninat:composite"/></itemMeta><contentMeta><headline>Top</headline></contentMeta><groupSet>'
        b'<group><itemRef residref="urn:2"><title>Herring returns</title></itemRef></group></groupSet></packageItem>'
    )

    assert any(warning.startswith("package_members_elsewhere") for warning in parsed.story.warnings)


def inline(body: str) -> bytes:
    return (
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:1" version="1"><itemMeta>'
        '<itemClass qcode="ninat:text"/></itemMeta><contentMeta><headline>Headline stated</headline></contentMeta>'
        '<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body>'
        f"{body}</body></html></inlineXML></contentSet></newsItem>"
    ).encode()


def test_the_labels_that_dpa_prints_over_the_copy_are_none() -> None:
    (parsed,) = parse(
        inline(
            "<header><ul><li>Hafen</li><li>London</li></ul><time>11.10.2022 11:14</time>"
            '<p class="genre dpatextgenre-7">Extra</p><h1>Headline stated</h1></header>'
            "<section><p>London (dpa) - Die Fische sind am Montag zurückgekehrt.</p>"
            "<ul><li>Ein Punkt</li></ul></section>"
        )
    )

    assert [block.text for block in parsed.story.body] == ["Die Fische sind am Montag zurückgekehrt.", "Ein Punkt"]
    labels = [entry.text for entry in parsed.story.removed if entry.reason == "label above the story"]
    assert labels == ["Hafen", "London", "11.10.2022 11:14", "Extra"]
    assert parsed.story.dateline is not None
    assert parsed.story.dateline.place == "London"


def test_typewritten_copy_in_one_paragraph_keeps_its_lines() -> None:
    (parsed,) = parse(
        inline(
            "<p>Results of the river races on Monday\nNorthport           2 Old Quay             0\n"
            "Low Weir            5 High Weir            1</p>"
        )
    )

    assert [" ".join(block.text.split()) for block in parsed.story.body] == [
        "Results of the river races on Monday",
        "Northport 2 Old Quay 0",
        "Low Weir 5 High Weir 1",
    ]


def test_a_note_that_another_note_has_whole_is_there_once() -> None:
    notes = "<edNote>Notebook. Two pictures. Ada Byron edited.</edNote><edNote>Two pictures.</edNote>"
    (parsed,) = parse(item(notes))

    assert [notice.text for notice in parsed.story.notices] == ["Notebook. Two pictures. Ada Byron edited."]


def test_a_catalog_is_rejected_as_what_it_is() -> None:
    with pytest.raises(Rejected, match="a catalog of vocabularies"):
        parse(b'<catalogItem guid="x"/>')


def test_a_headline_below_the_headline_is_the_standfirst() -> None:
    heads = '<headline>Head</headline><headline role="hld:subHeadline">Two boats sail again.</headline>'
    (parsed,) = parse(item(content_meta=heads))

    assert (parsed.story.headline, parsed.story.standfirst) == ("Head", "Two boats sail again.")


def test_further_headlines_descriptions_and_terms_are_kept_apart() -> None:
    heads = "<headline>Head</headline><headline>Kopf</headline>"
    described = "<description>One.</description><description>Two.</description>"
    (parsed,) = parse(item("<title>head-0001</title>", content_meta=heads + described))

    assert [(one.text, one.reason) for one in parsed.story.removed] == [
        ("Kopf", "further headline"),
        ("Two.", "further description"),
        ("head-0001", "title of the item"),
    ]
