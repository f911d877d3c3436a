"""What wire copy carries at its edges is told apart from the copy, whatever format brought it."""

import pytest

from parsing.wire.fields import notice
from parsing.wire.refine import refined, stated_dateline
from slugline.story import Author, Block, BlockType, Image, NoticeKind, Story

COPY = ("Traffic crossed the bridge at dawn on Monday.", "It had been closed for eleven weeks.")


def story(*texts: str, **fields: object) -> Story:
    return refined(
        Story(headline="Bridge reopens", body=tuple(Block(text=text) for text in texts)).model_copy(update=fields)
    )


def texts(of: Story) -> list[str]:
    return [block.text for block in of.body]


def test_a_byline_that_opens_the_copy_is_the_byline() -> None:
    found = story("By Marwan Haddad", f"DAMASCUS (Reuters) - {COPY[0]}", COPY[1])

    assert (found.byline, found.authors) == ("By Marwan Haddad", (Author(name="Marwan Haddad"),))
    assert found.dateline is not None
    assert found.dateline.place == "DAMASCUS"
    assert texts(found) == list(COPY)


def test_a_notice_that_opens_the_copy_is_a_notice() -> None:
    found = story("(Adds quote from mayor)", *COPY)

    assert [(notice.kind, notice.text) for notice in found.notices] == [(NoticeKind.UPDATE, "(Adds quote from mayor)")]
    assert texts(found) == list(COPY)


@pytest.mark.parametrize("line", ["ends", "AAP RTV ar", "hh/ph/ts", "/ritzau/", "(END)", "(Editing by Ann Lee)"])
def test_a_sign_off_that_ends_the_copy_is_removed(line: str) -> None:
    found = story(*COPY, line)

    assert texts(found) == list(COPY)
    assert [(entry.text, entry.reason) for entry in found.removed] == [(line, "sign-off")]


@pytest.mark.parametrize(
    "line", ["It ends here.", "NATO allies agreed", "US beat Iran", "Yes/No", "The end of the road"]
)
def test_a_last_line_that_only_looks_alike_stays(line: str) -> None:
    assert texts(story(*COPY, line))[-1] == line


def test_a_copyright_line_that_ends_the_copy_is_removed() -> None:
    assert texts(story(*COPY, "(©NTB)")) == list(COPY)


def test_the_headline_in_the_copy_and_a_standfirst_that_begins_it_are_removed() -> None:
    found = story("Bridge reopens", *COPY, standfirst=f"{COPY[0]} It had")

    assert texts(found) == list(COPY)
    assert found.standfirst is None
    assert {entry.reason for entry in found.removed} == {"headline repeated", "description that repeats the copy"}


@pytest.mark.parametrize(("stated", "tag"), [("EN", "en"), ("en_US", "en-US"), ("fi-FI", "fi-FI"), ("und", "und")])
def test_the_language_is_a_tag_as_bcp_47_writes_it(stated: str, tag: str) -> None:
    assert story(*COPY, language=stated).language == tag


def test_a_story_of_one_line_keeps_it() -> None:
    assert texts(story("By Marwan Haddad")) == ["By Marwan Haddad"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("PRAGUE, Feb 14, 2026 (AFP) -", "PRAGUE"),
        ("Berlin", "Berlin"),
        ("4/4/2018", None),
        ("2018-01-03 20:13:08 GMT+00:00", None),
        ("", None),
    ],
)
def test_a_stated_dateline_gives_its_place_and_a_date_alone_is_none(text: str, place: str | None) -> None:
    found = stated_dateline(text)

    assert (found.place if found else None) == place


def test_paragraphs_behind_stars_are_a_list_and_the_dateline_stands_below_them() -> None:
    texts = ("* Oil falls", "* Euro rises", "SHANGHAI, Oct 26 (Reuters) - Shares wobbled.")
    story = refined(Story(headline="Markets", body=tuple(Block(text=text) for text in texts)))

    assert [(block.type, block.text) for block in story.body] == [
        (BlockType.LIST_ITEM, "Oil falls"),
        (BlockType.LIST_ITEM, "Euro rises"),
        (BlockType.PARAGRAPH, "Shares wobbled."),
    ]
    assert story.dateline is not None
    assert story.dateline.place == "SHANGHAI"


def test_of_two_copyright_lines_above_a_last_picture_the_last_is_none_of_the_copy() -> None:
    line, picture = Block(text="(© NTB)"), Block(type=BlockType.IMAGE, image="a")
    body = (Block(text="Shares wobbled."), line, Block(text="(© NTB)"), picture)
    story = refined(Story(headline="Markets", body=body, images=(Image(id="a"),)))

    assert [block.text for block in story.body] == ["Shares wobbled.", "(© NTB)", ""]
    assert [(one.text, one.reason) for one in story.removed] == [("(© NTB)", "copyright line")]


def test_initials_where_a_byline_could_be_are_no_byline() -> None:
    found = story(*COPY, byline="daa/mt/msr")

    assert (found.byline, found.authors) == (None, ())
    assert [(entry.text, entry.reason) for entry in found.removed] == [("daa/mt/msr", "initials of the desk")]


@pytest.mark.parametrize(
    "note",
    ["(see also POLITICS EU) Embargoed to 0001 Friday September 9", "Photos follow. Not for publication before 6 p.m."],
)
def test_a_note_to_editors_that_speaks_of_an_embargo_at_its_end_is_one(note: str) -> None:
    assert [one.kind for one in notice(note)] == [NoticeKind.EMBARGO]


def test_a_note_about_an_embargo_on_goods_is_a_note() -> None:
    assert [one.kind for one in notice("Links to stories on the embargo of Cuba")] == [NoticeKind.NOTE]
