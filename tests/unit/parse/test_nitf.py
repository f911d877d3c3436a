"""NITF: the head's data, the body's copy, and media where the copy shows them."""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsing.document import Context, Document, ParsedStory, Rejected
from parsing.formats.nitf import FORMAT
from parsing.limits import Limits
from slugline.story import Author, BlockType, NoticeKind, Status, Story, Subject

SAMPLES = Path(__file__).parents[2] / "samples" / "nitf"
CONTEXT = Context(limits=Limits(), parse_nested=lambda _: ())


def parse(data: bytes) -> ParsedStory:
    document = Document("x.xml", data)
    assert FORMAT.detect(document)
    (parsed,) = FORMAT.parse(document, CONTEXT)
    return parsed


def read(name: str) -> ParsedStory:
    return parse((SAMPLES / name).read_bytes())


def docdata(inner: str, attributes: str = "") -> ParsedStory:
    return parse(
        f"<nitf><head><docdata {attributes}>{inner}</docdata></head><body><body.head><hedline><hl1>Head</hl1></hedline>"
        "</body.head></body></nitf>".encode()
    )


def test_the_fields_of_the_head() -> None:
    parsed = read("harbour.xml")
    story = parsed.story

    assert parsed.identifier == "harbour-20260305-17"
    assert (story.version, story.slug, story.language) == (3, "harbour-berths", "en-GB")
    assert story.headline == "Harbour opens two new berths"
    assert story.standfirst == "Two berths opened on Thursday after four years of work."
    assert story.published == datetime(2026, 3, 5, 5, tzinfo=UTC)
    assert story.keywords == ("harbour", "shipping")
    assert Subject(name="Shipping", uri="subj:04015001") in story.subjects
    assert {subject.name for subject in story.subjects} >= {"Hamburg"}
    assert story.copyright == "© 2026 Example Press"
    assert story.usage_terms == "For newspapers in Europe only."


def test_the_people_of_the_byline_with_their_title() -> None:
    story = read("harbour.xml").story

    assert story.authors == (
        Author(name="Lea Brandt", role="Shipping correspondents"),
        Author(name="Jon Falk", role="Shipping correspondents"),
    )


def test_the_dateline_without_its_date() -> None:
    dateline = read("harbour.xml").story.dateline

    assert dateline is not None
    assert (dateline.place, dateline.date, dateline.text) == ("HAMBURG", "March 5", "HAMBURG, March 5")


def test_a_release_after_the_issue_is_an_embargo() -> None:
    assert read("harbour.xml").story.embargo == datetime(2026, 3, 5, 11, tzinfo=UTC)


def test_a_release_at_the_issue_is_none() -> None:
    moment = 'norm="20260305T060000+0100"'

    assert docdata(f"<date.issue {moment}/><date.release {moment}/>").story.embargo is None


def test_an_embargoed_document_without_a_release_is_withheld() -> None:
    assert docdata("", 'management-status="embargoed"').story.status is Status.WITHHELD


def test_an_embargoed_document_with_a_release_waits_for_it() -> None:
    story = docdata('<date.release norm="20260305T120000Z"/>', 'management-status="embargoed"').story

    assert (story.status, story.embargo) == (Status.USABLE, datetime(2026, 3, 5, 12, tzinfo=UTC))


def test_messages_are_notices_and_no_copy() -> None:
    story = read("harbour.xml").story

    assert [(notice.kind, notice.text) for notice in story.notices] == [
        (NoticeKind.CORRECTION, "Corrects the number of berths."),
        (NoticeKind.NOTE, "Eds: map will follow"),
        (NoticeKind.NOTE, "Pronunciation: VOSS rhymes with boss."),
    ]


def test_the_copy_in_blocks_with_the_picture_in_its_place() -> None:
    story = read("harbour.xml").story

    assert [(block.type, block.text) for block in story.body] == [
        (BlockType.IMAGE, ""),
        (BlockType.PARAGRAPH, "The harbour opened two berths on Thursday, said Nora Voss of the Port\xa0Office."),
        (BlockType.SUBHEAD, "Four years"),
        (BlockType.PARAGRAPH, "Work cost 40 million euros, twice the plan. See the plan."),
        (BlockType.QUOTE, "We had bad soil."),
        (BlockType.QUOTE, "Nora Voss"),
        (BlockType.LIST_ITEM, "Berth 5: 300 metres"),
        (BlockType.LIST_ITEM, "Berth 6: 350 metres"),
        (BlockType.TABLE, "Berth\tDepth\n5\t14\n6\t16"),
        (BlockType.PARAGRAPH, "Ships of 400 metres can turn there."),
    ]
    linked = story.body[3].html
    assert linked is not None
    assert "<em>twice</em>" in linked
    assert 'href="https://port.example.org/berths"' in linked


def test_a_picture_has_its_words_and_its_largest_file() -> None:
    (picture,) = read("harbour.xml").story.images

    assert (picture.file, picture.alt) == ("quay.jpg", "A crane above a quay.")
    assert (picture.caption, picture.credit) == ("The new quay at low tide.", "Piet Hansen")


def test_words_that_no_field_takes_are_kept() -> None:
    removed = {entry.text: entry.reason for entry in read("harbour.xml").story.removed}

    assert removed == {
        "Larger ships can now moor at any tide": "further headline",
        "Harbour file": "title of the file",
        "Example Press": "distributor",
        "Lea Brandt covers shipping.": "tagline",
        "Film: the first ship moors.": "caption of sound or film",
    }


def test_a_dateline_in_the_copy_is_taken_out_of_it() -> None:
    parsed = read("dateline-in-copy.xml")

    assert parsed.encoding == "ISO-8859-1"
    assert parsed.story.headline == "Café wins prize"
    assert parsed.story.authors == (Author(name="Ana Ruiz", role="Food writer"),)
    assert parsed.story.dateline is not None
    assert (parsed.story.dateline.place, parsed.story.dateline.source) == ("MADRID", "AP")
    assert parsed.story.body[0].text == "A café in Madrid won the prize on Monday."


def test_a_canceled_document_cancels_its_story() -> None:
    parsed = read("namespaced-kill.xml")

    assert (parsed.identifier, parsed.story.status) == ("harbour-20260305-17", Status.CANCELED)
    assert parsed.story.notices[0].kind is NoticeKind.KILL


def test_an_empty_document_is_rejected() -> None:
    with pytest.raises(Rejected, match="no headline, text or picture"):
        parse(b"<nitf><head/><body/></nitf>")


def test_entities_of_its_own_are_refused() -> None:
    with pytest.raises(Rejected, match="entity"):
        parse(b'<!DOCTYPE nitf [<!ENTITY x "y">]><nitf><body><body.content><p>&x;</p></body.content></body></nitf>')


@pytest.mark.parametrize("data", [b"<html><body>nitf</body></html>", b"nitf", b"<newsItem/>"])
def test_other_content_is_not_taken_for_nitf(data: bytes) -> None:
    assert not FORMAT.detect(Document("x.xml", data))


@given(st.sampled_from(sorted(SAMPLES.iterdir())), st.data())
def test_a_sample_with_elements_moved_or_lost_is_a_story_or_rejected(path: Path, data: st.DataObject) -> None:
    pieces = path.read_bytes().split(b"<")
    at = data.draw(st.integers(1, len(pieces) - 1))
    other = data.draw(st.sampled_from(pieces) | st.binary(max_size=30))
    pieces[at : at + data.draw(st.integers(0, 2))] = [other]

    with suppress(Rejected):
        FORMAT.parse(Document("x.xml", b"<".join(pieces)), CONTEXT)


def test_a_byline_keeps_its_title_apart_and_names_each_person() -> None:
    parsed = parse(
        b"<nitf><body><body.head><hedline><hl1>Head</hl1></hedline><byline><person>Mia Robson and Jo Hill</person>"
        b"<byttl>Business Writers</byttl></byline></body.head></body></nitf>"
    )

    assert parsed.story.byline == "Mia Robson and Jo Hill, Business Writers"
    assert [author.name for author in parsed.story.authors] == ["Mia Robson", "Jo Hill"]


def copy(markup: str, head: str = "<hedline><hl1>Head</hl1></hedline>") -> Story:
    return parse(
        f"<nitf><body><body.head>{head}</body.head><body.content>{markup}</body.content></body></nitf>".encode()
    ).story


def test_typewritten_copy_keeps_its_lines() -> None:
    typed = "Rowing results\nUpper river\nNorthport: Novak, M. Vega, I. Sala, Torres, Rivas, Jonathan\nGuemez, Roth.\n"

    story = copy(f"<pre>{typed}</pre>")

    assert [block.text for block in story.body][:2] == ["Rowing results", "Upper river"]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("(Adds comments, detail)", NoticeKind.UPDATE),
        ("(In Jan. 3 story, corrects last paragraph to say that it is capacity)", NoticeKind.CORRECTION),
        ("(Repeats with no changes)", NoticeKind.UPDATE),
    ],
)
def test_a_line_on_what_is_new_is_a_notice_and_the_dateline_below_it_is_read(line: str, kind: NoticeKind) -> None:
    story = copy(f"<p>{line}</p><p>Jan 3 (Reuters) - The river rose on Sunday.</p>")

    assert [(notice.kind, notice.text) for notice in story.notices] == [(kind, line)]
    assert [block.text for block in story.body] == ["The river rose on Sunday."]


@pytest.mark.parametrize(
    ("abstract", "reason"),
    [("Head", "headline repeated"), ("The river rose", "description that repeats the copy")],
)
def test_an_abstract_that_says_nothing_new_is_no_standfirst(abstract: str, reason: str) -> None:
    head = f"<hedline><hl1>Head</hl1></hedline><abstract><p>{abstract}</p></abstract>"

    story = copy("<p>The river rose on Sunday.</p>", head)

    assert story.standfirst is None
    assert (abstract, reason) in [(entry.text, entry.reason) for entry in story.removed]


def test_a_rule_between_parts_is_no_paragraph() -> None:
    story = copy("<p>The river rose.</p><p>___</p><p>It fell again.</p>")

    assert [block.text for block in story.body] == ["The river rose.", "It fell again."]
    assert [(entry.text, entry.reason) for entry in story.removed] == [("___", "rule between parts")]


def test_a_nordic_agency_stands_between_slashes_in_the_dateline() -> None:
    story = copy("<p>København /ritzau/: En mand blev anholdt onsdag.</p><p>Det oplyser politiet.</p>")

    assert story.dateline is not None
    assert (story.dateline.place, story.dateline.source) == ("København", "ritzau")
    assert story.body[0].text == "En mand blev anholdt onsdag."
