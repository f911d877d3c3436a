"""ninjs of every generation becomes the same story; what is not ninjs is refused with what to do."""

import copy
import json
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parsing.document import Context, Document, ParsedStory, Rejected
from parsing.formats.ninjs import FORMAT
from parsing.limits import Limits
from slugline.story import BlockType, NoticeKind, Status, Story, Subject

SAMPLES = Path(__file__).parents[2] / "samples" / "ninjs"
CONTEXT = Context(limits=Limits(), parse_nested=lambda _: ())


def read(name: str) -> ParsedStory:
    document = Document(name, (SAMPLES / name).read_bytes())
    assert FORMAT.detect(document)
    (parsed,) = FORMAT.parse(document, CONTEXT)
    return parsed


def said(**fields: Any) -> Story:
    item = {"uri": "urn:x:1", "headline": "A headline", **fields}
    (parsed,) = FORMAT.parse(Document("x.json", json.dumps(item).encode()), CONTEXT)
    return parsed.story


def body(story: Story) -> list[tuple[BlockType, str]]:
    return [(block.type, block.text) for block in story.body if block.type is not BlockType.IMAGE]


def test_an_article_of_generation_1() -> None:
    parsed = read("1.6-ferry.json")
    story = parsed.story

    assert parsed.identifier == "http://news.example.org/items/20260212-ferry"
    assert story.version == 4
    assert story.headline == "Ferry returns to service after winter repairs"
    assert story.kicker == "Transport"
    assert story.standfirst == "The crossing had been closed since November."
    assert [author.name for author in story.authors] == ["Mara Lindqvist", "Tomas Berg"]
    assert story.dateline is not None
    assert (story.dateline.place, story.dateline.source) == ("TROMSØ, Norway", "HW")
    assert story.language == "en-GB"
    assert story.published == datetime(2026, 2, 12, 6, 15, tzinfo=UTC)
    assert story.updated == datetime(2026, 2, 12, 8, 40, tzinfo=UTC)
    assert story.copyright == "Copyright 2026 Harbour Wire"
    assert story.usage_terms == "Not for archive after 30 days."
    assert [(notice.kind, notice.text) for notice in story.notices] == [
        (NoticeKind.UPDATE, "UPDATES with quote from the harbour master")
    ]
    assert Subject(name="maritime transport", uri="medtop:20000337") in story.subjects
    assert Subject(name="Tromsø", uri="http://places.example.org/tromso") in story.subjects


def test_the_richest_form_of_the_body_is_taken_and_its_scripts_are_not() -> None:
    story = read("1.6-ferry.json").story

    assert body(story) == [
        (BlockType.PARAGRAPH, "The ferry sailed again on Thursday."),
        (BlockType.SUBHEAD, "Eleven weeks"),
        (BlockType.PARAGRAPH, "It had been away for eleven weeks, the harbour office said."),
        (BlockType.LIST_ITEM, "One engine was replaced."),
    ]
    assert story.body[1].html == "The ferry sailed <em>again</em> on Thursday."
    assert "alert" not in story.model_dump_json()


def test_associated_pictures_come_with_their_words_and_their_largest_file() -> None:
    (picture,) = read("1.6-ferry.json").story.images

    assert picture.file == "ferry quay.jpg"
    assert picture.caption == "The ferry leaves the quay on Thursday."
    assert picture.credit == "Harbour Wire Photo/Ola Nordmann"
    assert picture.byline == "Ola Nordmann"
    assert picture.usage_terms == "Editorial use only."
    assert picture.instructions == "NO SALES"


def test_what_no_field_of_the_story_takes_is_kept_with_the_reason() -> None:
    removed = {entry.text: entry.reason for entry in read("1.6-ferry.json").story.removed}

    assert removed["The ferry is back"] == "headline for another use (push)"
    assert removed["Video: first departure"] == "associated item (video)"
    assert removed["Tromso"].startswith("dateline stated in a field")


def test_an_article_of_generation_2() -> None:
    parsed = read("2.1-derby.json")
    story = parsed.story

    assert story.headline == "Stadtderby endet ohne Sieger"
    assert story.standfirst == "Beide Trainer zufrieden"
    assert [author.name for author in story.authors] == ["Klara Weiß"]
    assert story.dateline is not None
    assert story.dateline.place == "Neustadt"
    assert body(story)[0] == (BlockType.PARAGRAPH, "Das Derby endete 1:1.")
    assert story.subjects == (Subject(name="Fußball", uri="http://cv.iptc.org/newscodes/mediatopic/20000882"),)


def test_an_article_of_generation_3() -> None:
    story = read("3.1-bridge.json").story

    assert story.headline == "Bridge report names rust as cause"
    assert story.standfirst == "Inspectors had warned twice."
    assert story.dateline is not None
    assert story.dateline.place == "Riverton"
    assert body(story) == [
        (BlockType.PARAGRAPH, "Rust weakened the bridge, a report says."),
        (BlockType.QUOTE, "We knew."),
        (BlockType.TABLE, "Year\tChecks\n2024\t1"),
    ]
    first, second = story.images
    assert (first.file, first.alt, first.caption) == (
        "bridge.jpg",
        "A rusty steel bridge.",
        "The closed bridge at dawn.",
    )
    assert first.credit == "Sam Reed / Example News"
    assert first.digital_source_type == "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"
    assert (second.file, second.credit) == (None, "Sam Reed/Example News")
    assert [block.image for block in story.body if block.image] == [first.id, second.id]
    assert story.body[0].image == first.id


def test_an_embargo_is_its_instant_and_its_reason_a_notice() -> None:
    story = read("3.1-bridge.json").story

    assert story.embargo == datetime(2026, 4, 2, 6, tzinfo=UTC)
    assert [(notice.kind, notice.text) for notice in story.notices] == [
        (NoticeKind.EMBARGO, "Report is released at 8.")
    ]


@pytest.mark.parametrize("embargoed", ["2026-04-02T08:00:00", "2026-04-02", "tomorrow"])
def test_an_embargo_that_is_no_exact_moment_is_left_as_a_notice_to_be_resolved(embargoed: str) -> None:
    story = said(embargoed=embargoed)

    assert story.embargo is None
    assert [(notice.kind, notice.text) for notice in story.notices] == [(NoticeKind.EMBARGO, embargoed)]


def test_a_picture_is_a_story_by_itself() -> None:
    story = read("3.0-photo.json").story

    assert story.headline == "Storm on the coast"
    (picture,) = story.images
    assert (picture.file, picture.credit) == ("storm.jpg", "EXAMPLE NEWS")
    assert picture.caption == "Waves break over the sea wall, Friday, Jan. 9, 2026."
    assert [block.image for block in story.body] == [picture.id]


def test_a_canceled_item_is_a_canceled_story_with_the_reason() -> None:
    parsed = read("2.0-canceled.json")

    assert parsed.identifier == read("2.1-derby.json").identifier
    assert parsed.story.status is Status.CANCELED
    assert parsed.story.notices[0].kind is NoticeKind.KILL


def test_an_unknown_status_is_withheld_with_a_warning() -> None:
    story = said(pubstatus="maybe")

    assert story.status is Status.WITHHELD
    assert any("maybe" in warning for warning in story.warnings)


def test_a_list_of_items_is_a_story_each() -> None:
    data = json.dumps([{"uri": f"urn:x:{n}", "headline": f"Story {n}"} for n in (1, 2)]).encode()

    parsed = FORMAT.parse(Document("list.json", data), CONTEXT)

    assert [(one.identifier, one.story.headline) for one in parsed] == [("urn:x:1", "Story 1"), ("urn:x:2", "Story 2")]


def test_plain_text_bodies_keep_their_paragraphs() -> None:
    story = said(body_text="First paragraph.\n\nSecond < third.")

    assert body(story) == [(BlockType.PARAGRAPH, "First paragraph."), (BlockType.PARAGRAPH, "Second < third.")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32"])
def test_every_encoding_of_json_is_read(encoding: str) -> None:
    data = json.dumps({"uri": "urn:x:1", "headline": "Straße"}, ensure_ascii=False).encode(encoding)

    (parsed,) = FORMAT.parse(Document("x.json", data), CONTEXT)

    assert parsed.story.headline == "Straße"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{"a": 1}', "not ninjs"),
        (b"{}", "not ninjs"),
        (b'[{"uri": "urn:x:1", "headline": "x"}, {"headline": "y"}]', "not ninjs"),
        (b'{"uri": "urn:x:1"}', "no headline, text or picture"),
        (b'{"uri": "urn:x:1",', "broken"),
        (b'{"a":' * 100_000, "nested too deep"),
        (b'{"uri": "\xff\xfe"}', "encoding"),
        (b"[" + b'{"uri":"u","headline":"h"},' * 500 + b'{"uri":"u","headline":"h"}]', "500 items"),
    ],
)
def test_what_is_no_ninjs_is_rejected_with_a_remedy(data: bytes, reason: str) -> None:
    with pytest.raises(Rejected, match=reason) as caught:
        FORMAT.parse(Document("x.json", data), CONTEXT)

    assert caught.value.remedy


def test_broken_json_is_rejected_with_its_place() -> None:
    with pytest.raises(Rejected) as caught:
        FORMAT.parse(Document("x.json", b'{"uri": "urn:x:1",\n "headline": }'), CONTEXT)

    assert caught.value.place == "line 2, column 14"


@pytest.mark.parametrize("data", [b"", b"Plain text", b"[1, 2]", b"{curly} start of a text", b"<p>{</p>"])
def test_other_content_is_not_taken_for_ninjs(data: bytes) -> None:
    assert not FORMAT.detect(Document("x.json", data))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(SAMPLES.iterdir())), st.data())
def test_a_sample_with_any_field_replaced_is_a_story_or_rejected(path: Path, data: st.DataObject) -> None:
    item = json.loads(path.read_bytes())
    changed = copy.deepcopy(item)
    place: Any = changed
    while True:
        keys = sorted(place) if isinstance(place, dict) else range(len(place))
        key = data.draw(st.sampled_from(list(keys)))
        if not (isinstance(place[key], dict | list) and place[key] and data.draw(st.booleans())):
            break
        place = place[key]
    place[key] = data.draw(JSON)

    with suppress(Rejected):
        FORMAT.parse(Document("x.json", json.dumps(changed).encode()), CONTEXT)


@given(st.binary(max_size=200), st.sampled_from(sorted(SAMPLES.iterdir())), st.integers(min_value=0))
def test_a_sample_with_bytes_overwritten_is_a_story_or_rejected(noise: bytes, path: Path, at: int) -> None:
    data = path.read_bytes()
    at %= len(data)
    document = Document("x.json", data[:at] + noise + data[at + len(noise) :])

    FORMAT.detect(document)
    with suppress(Rejected):
        FORMAT.parse(document, CONTEXT)


def test_a_dialect_that_says_guid_for_uri_is_read() -> None:
    data = json.dumps({"guid": "a-1", "headline": "Head", "body_html": "<p>Text.</p>"}).encode()

    (parsed,) = FORMAT.parse(Document("x.json", data), CONTEXT)

    assert (parsed.identifier, body(parsed.story)) == ("a-1", [(BlockType.PARAGRAPH, "Text.")])


def test_a_status_of_open_is_usable() -> None:
    assert said(pubstatus="OPEN").status is Status.USABLE


def test_descriptions_for_other_uses_are_kept_apart() -> None:
    story = said(description_summary="One.", description_social="Two.", body_text="Three.")

    assert story.standfirst == "One."
    assert [(one.text, one.reason) for one in story.removed] == [("Two.", "description (social)")]
