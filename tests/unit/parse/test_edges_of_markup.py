"""Notices, datelines, biographies and time stamps of pages and Markdown, by the rules that plain text is read with."""

import json
from datetime import UTC, datetime
from html import escape

import pytest

from parsing import Document, parse
from parsing.finish import tag_of
from parsing.markup.figures import split_credit
from slugline.story import NoticeKind, Status, Story

FIRST = "The council voted 14 to 9 on Tuesday night to rebuild the old fish quay, after nine years of argument."
SECOND = "“We are done talking,” said the council leader, who opened the debate with a map and closed it with a joke."
BIO = "Ann Lee is the harbour correspondent of The Harbour Post. She lives in Skerray."


def page(*lines: str) -> Story:
    copy = "".join(f"<p>{line}</p>" for line in lines)
    html = f"<!doctype html><html><body><article><h1>Quay rebuilt</h1>{copy}</article></body></html>"
    return parse(Document("a.html", html.encode()))[0].story


def note(*lines: str) -> Story:
    return parse(Document("a.md", "\n\n".join(["# Quay rebuilt", *lines]).encode()))[0].story


READERS = pytest.mark.parametrize("read", [page, note])


@READERS
def test_an_embargo_above_the_copy_is_obeyed_though_it_reads_like_a_time_stamp(read) -> None:  # type: ignore[no-untyped-def] # two readers
    story = read("EMBARGOED until 6 March 2026 06:00 GMT", FIRST, SECOND)
    assert story.embargo == datetime(2026, 3, 6, 6, tzinfo=UTC)
    assert [block.text for block in story.body] == [FIRST, SECOND]


@READERS
def test_a_kill_cancels_the_story(read) -> None:  # type: ignore[no-untyped-def] # two readers
    story = read("KILL: Editors, please kill the story on the quay.", FIRST, SECOND)
    assert (story.status, story.notices[0].kind) == (Status.CANCELED, NoticeKind.KILL)


@READERS
def test_a_correction_below_the_copy_is_a_notice(read) -> None:  # type: ignore[no-untyped-def] # two readers
    story = read(FIRST, SECOND, "Correction: An earlier version of this article misstated the count.")
    assert [notice.kind for notice in story.notices] == [NoticeKind.CORRECTION]
    assert [block.text for block in story.body] == [FIRST, SECOND]


@READERS
def test_the_dateline_is_taken_out_of_the_first_paragraph(read) -> None:  # type: ignore[no-untyped-def] # two readers
    story = read(f"SKERRAY, Scotland, March 5 (Reuters) - {FIRST}", SECOND)
    assert story.dateline is not None
    assert (story.dateline.place, story.dateline.source) == ("SKERRAY, Scotland", "Reuters")
    assert story.body[0].text == FIRST


def test_markup_of_the_first_paragraph_survives_the_dateline() -> None:
    story = page(
        '<b>LONDON</b> — The council voted to rebuild <a href="https://x.org/q">the quay</a> &amp; more.', FIRST
    )
    assert story.body[0].text == "The council voted to rebuild the quay & more."
    assert (story.body[0].html or "").startswith('The council voted to rebuild <a href="https://x.org/q"')


@READERS
def test_a_biography_at_the_end_is_the_authors(read) -> None:  # type: ignore[no-untyped-def] # two readers
    (author,) = read("By Ann Lee", FIRST, SECOND, BIO).authors
    assert (author.name, author.role, author.location, author.bio) == (
        "Ann Lee",
        "harbour correspondent",
        "Skerray",
        BIO,
    )


@READERS
def test_a_sign_off_is_no_copy(read) -> None:  # type: ignore[no-untyped-def] # two readers
    story = read(FIRST, SECOND, "(Reporting by Ann Lee; Editing by Tom Reyes)")
    assert [author.name for author in story.authors] == ["Ann Lee"]
    assert [(removed.text, removed.reason) for removed in story.removed] == [
        ("(Reporting by Ann Lee; Editing by Tom Reyes)", "sign-off")
    ]


def test_a_printed_time_counts_where_the_page_states_none() -> None:
    story = page("Published 5 March 2026, 6:05 pm GMT", "Updated 6 March 2026, 7:00 am GMT", FIRST, SECOND)
    assert story.published == datetime(2026, 3, 5, 18, 5, tzinfo=UTC)
    assert story.updated == datetime(2026, 3, 6, 7, tzinfo=UTC)


def test_the_time_of_a_time_element_goes_before_what_it_prints() -> None:
    story = page('<time datetime="2026-03-05T19:05:00+01:00">5 March 2026, 7:05 pm</time>', FIRST, SECOND)
    assert story.published == datetime(2026, 3, 5, 18, 5, tzinfo=UTC)


def test_front_matter_keeps_what_the_text_says_otherwise() -> None:
    text = f"---\nheadline: Quay to be rebuilt\nauthor: Ann Lee\n---\n# Quay rebuilt\n\n{FIRST}\n\n{SECOND}\n\n{BIO}\n"
    story = parse(Document("a.md", text.encode()))[0].story
    assert story.authors[0].bio == BIO
    assert ("Quay rebuilt", "headline in the text, another in its fields") in [
        (removed.text, removed.reason) for removed in story.removed
    ]


def test_a_biography_at_the_end_of_wire_copy_is_the_authors() -> None:
    copy = f"<p>{FIRST}</p><p>{SECOND}</p><p>{BIO}</p>"
    item = json.dumps({"uri": "urn:1", "type": "text", "headline": "Quay", "byline": "By Ann Lee", "body_xhtml": copy})
    story = parse(Document("a.json", item.encode()))[0].story
    assert (story.authors[0].bio, story.body[-1].text) == (BIO, SECOND)


def feed(content: str) -> Story:
    item = f"<item><title>Quay</title><description>{escape(content)}</description></item>"
    return parse(Document("f.xml", f'<rss version="2.0"><channel>{item}</channel></rss>'.encode()))[0].story


def test_what_a_site_writes_below_each_entry_of_its_feed_is_no_copy() -> None:
    story = feed(f"<p>{FIRST}</p><p>The post Quay appeared first on The Harbour Post.</p>")
    assert [block.text for block in story.body] == [FIRST]
    assert story.removed[-1].reason == "notice of the feed"


def test_an_entry_without_text_is_a_story_with_a_doubt() -> None:
    assert any(warning.startswith("no_text") for warning in feed("").warnings)


@pytest.mark.parametrize("label", ["Photo:", "Photo by", "PHOTO CREDIT:", "Bild:", "| Image:", "(Foto:"])
def test_no_label_stays_in_the_caption_when_its_credit_is_taken_out(label: str) -> None:
    assert split_credit(f"The quay at dawn. {label} Jo Fenn/Getty Images")[0] == "The quay at dawn."


@pytest.mark.parametrize(("given", "expected"), [("EN", "en"), ("en_us", "en-US"), ("zh-hant-tw", "zh-Hant-TW")])
def test_language_tags_are_written_as_bcp_47_recommends(given: str, expected: str) -> None:
    assert tag_of(given) == expected
