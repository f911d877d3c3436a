"""Wire text: header fields, bylines, version lines and end lines are fields, and the copy is what lies between."""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsing.document import Context, Document, ParsedStory, Rejected
from parsing.formats.anpa import FORMAT
from parsing.limits import Limits
from parsing.registry import format_of
from slugline.story import Author, BlockType, NoticeKind

SAMPLES = Path(__file__).parents[2] / "samples" / "anpa"
CONTEXT = Context(limits=Limits(), parse_nested=lambda _: ())


def read(name: str) -> ParsedStory:
    document = Document(name, (SAMPLES / name).read_bytes())
    assert format_of(document) is FORMAT
    (parsed,) = FORMAT.parse(document, CONTEXT)
    return parsed


def test_the_fields_of_an_anpa_message() -> None:
    parsed = read("writethru.tst")
    story = parsed.story

    assert story.headline == "Novak wins river race in record time"
    assert story.authors == (
        Author(name="ANNA ODUM", role="AP Sports Writers"),
        Author(name="CARL VEGA", role="AP Sports Writers"),
    )
    assert story.dateline is not None
    assert (story.dateline.place, story.dateline.source) == ("PRAGUE", "AP")
    assert story.slug == "BC-ROW--River-Final"
    assert story.published == datetime(2026, 2, 21, 4, 37, tzinfo=UTC)


def test_the_copy_of_an_anpa_message_with_its_codes_read() -> None:
    assert [(block.type, block.text) for block in read("writethru.tst").story.body] == [
        (
            BlockType.PARAGRAPH,
            "Petra Novak won the river race on Saturday, three seconds ahead of the field and in record time.",
        ),
        (BlockType.PARAGRAPH, "“I felt the wind,” she said. “It was behind me.”"),
        (BlockType.SUBHEAD, "TIP-INS"),
        (BlockType.PARAGRAPH, "The race is rowed since 1910."),
    ]


def test_a_writethru_is_an_update_of_the_story_of_its_keyword() -> None:
    parsed = read("writethru.tst")

    assert NoticeKind.UPDATE in {notice.kind for notice in parsed.story.notices}
    assert parsed.identifier == "anpa:BC-ROW--River-Final:2026-02-21"


def test_a_kill_names_the_story_that_it_ends() -> None:
    parsed = read("kill.tst")

    assert NoticeKind.KILL in {notice.kind for notice in parsed.story.notices}
    assert parsed.identifier == read("writethru.tst").identifier


def test_wire_lines_are_kept_with_the_reason() -> None:
    removed = {entry.text: entry.reason for entry in read("writethru.tst").story.removed}

    assert removed["AP Photo XNP101, XNP102"] == "list of pictures sent apart"
    assert removed["BC-ROW--River-Final, 1st Ld-Writethru,416"] == "wire header"


def test_an_iptc_7901_message() -> None:
    parsed = read("iptc7901.txt")
    story = parsed.story

    assert story.headline == "Kommission: Bund bleibt für Jugendhilfe zuständig"
    assert [author.name for author in story.authors] == ["Jana Roth"]
    assert story.keywords == ("Bundestag", "Kinder")
    assert story.dateline is not None
    assert (story.dateline.place, story.dateline.source) == ("Berlin", "exa")
    assert [block.text for block in story.body] == [
        "Die Kommission hat sich am Montag gegen Pläne gewandt, die Jugendhilfe den Ländern zu überlassen. "
        "Das teilte sie in Berlin mit.",
        "Die Länder wollen im März antworten.",
    ]
    assert story.published == datetime(2026, 3, 23, 12, 59, tzinfo=UTC)
    assert "Zusammenfassung folgt bis 1600" in " ".join(entry.text for entry in story.removed)
    assert parsed.identifier == "iptc7901:xyz0014:2026-03-23"


def test_a_message_that_lost_its_control_characters() -> None:
    story = read("bare.txt").story

    assert story.headline == "River race 2.0? Would be a fun final, but do not count on it"
    assert [author.name for author in story.authors] == ["Tom Kraso"]
    assert [block.text for block in story.body] == [
        "History says this was no preview of what will be rowed on the old river in the summer.",
        "The final time:",
        "Novak 54, Vega 57.",
        '"What a great race," the coach said to the people who stood at the finish and waited.',
    ]


def test_the_desks_sign_off_is_no_copy() -> None:
    data = b"xyz0014 4 pl 171\nLakes/\nLake frozen=\nThe lake froze on Monday.\nexa jr yy\n231259 Mar 26\n"

    (parsed,) = FORMAT.parse(Document("x.txt", data), CONTEXT)

    assert [block.text for block in parsed.story.body] == ["The lake froze on Monday."]
    assert ("exa jr yy", "sign-off of the desk") in {(entry.text, entry.reason) for entry in parsed.story.removed}


def test_a_title_without_its_equals_sign_ends_at_the_blank_line_below_the_keywords() -> None:
    title = "Lakes/Frost/\n(Zusammenfassung 1600 - neu: Reaktion)\nLake frozen\nVon Ada Byron, dpa\n\n"
    data = f"xyz0014 4 pl 171 dpa 0587\n{title}Altsee (dpa) - The lake froze on Monday.\n231259 Mar 26\n".encode()
    story = FORMAT.parse(Document("wire.txt", data), CONTEXT)[0].story
    assert (story.headline, story.authors[0].name) == ("Lake frozen", "Ada Byron")
    assert [one.kind for one in story.notices] == [NoticeKind.UPDATE]
    assert (story.dateline.place if story.dateline else None) == "Altsee"
    assert [block.text for block in story.body] == ["The lake froze on Monday."]


def test_several_messages_in_one_file_are_a_story_each() -> None:
    data = (SAMPLES / "writethru.tst").read_bytes() + (SAMPLES / "iptc7901.txt").read_bytes()

    parsed = FORMAT.parse(Document("x.tst", data), CONTEXT)

    assert [one.story.headline[:5] for one in parsed] == ["Novak", "Kommi"]


@pytest.mark.parametrize("data", [b"", b"Plain text\n\nof a story", b"abc0014 is a product\n", b"z6715\nnot a header"])
def test_other_content_is_not_taken_for_wire_text(data: bytes) -> None:
    assert not FORMAT.detect(Document("x.txt", data))


@given(st.sampled_from(sorted(SAMPLES.iterdir())), st.binary(max_size=60), st.integers(min_value=0))
def test_a_sample_with_bytes_overwritten_is_stories_or_rejected(path: Path, noise: bytes, at: int) -> None:
    data = path.read_bytes()
    at %= len(data)
    document = Document("x.tst", data[:at] + noise + data[at + len(noise) :])

    FORMAT.detect(document)
    with suppress(Rejected):
        FORMAT.parse(document, CONTEXT)


@given(st.binary())
def test_any_bytes_are_stories_or_rejected(data: bytes) -> None:
    FORMAT.detect(Document("x.tst", data))
    with suppress(Rejected):
        FORMAT.parse(Document("x.tst", data), CONTEXT)


def test_the_control_characters_of_the_wire_are_read_over() -> None:
    data = (
        b"\x16\x16\x01s0284\x1f-----\nr s \x14\x12BC-BBO--Wild Card Glance             08-18     \r\n"
        b"\x02^BC-BBO--Wild Card Glance<\r\n^Wild cards at a glance<\r\n"
        b"\t   Two teams are level after Sunday.\r\n\r\n\t   AP-WF-08-18-26 2350GMT<\r\n\x03\r\n"
    )
    assert FORMAT.detect(Document("x.tst", data))

    (parsed,) = FORMAT.parse(Document("x.tst", data), CONTEXT)

    assert parsed.story.headline == "Wild cards at a glance"
    assert [block.text for block in parsed.story.body] == ["Two teams are level after Sunday."]


def test_tabular_lines_are_tables_with_their_headings() -> None:
    story = read("standings.tst").story

    shown = [(block.type, block.text) for block in story.body]
    assert shown == [
        (BlockType.SUBHEAD, "UPPER RIVER"),
        (BlockType.SUBHEAD, "East Course"),
        (BlockType.TABLE, "\tW\tL\tPct\tGB\nNorthport\t23\t13\t.639\t—\nOld Quay\t19\t21\t.475\t3½"),
        (BlockType.SUBHEAD, "LOWER RIVER"),
        (BlockType.TABLE, "\tW\tL\tPct\nLow Weir\t73\t52\t.584"),
        (BlockType.SUBHEAD, "Saturday's Races"),
        (BlockType.PARAGRAPH, "Northport 6, Old Quay 5"),
    ]
    table = story.body[2].html or ""
    assert table.startswith("<table><tr><th></th><th>W</th>")
    assert "<td>3½</td>" in table


def test_a_head_without_marks_repeats_the_keyword_and_gives_the_headline() -> None:
    story = read("no-marks.txt").story

    assert story.headline == "Rowing: Northport win seventh River Cup by half a length"
    assert [entry.text for entry in story.removed] == ["BC-Rowing-River-Cup"]
    assert len(story.body) == 2


def test_iptc_7901_numbers_may_have_five_digits_and_fillers_before_them() -> None:
    story = read("five-digits.txt").story

    assert story.headline == "Court: Harbour can take back its notice"
    assert [author.name for author in story.authors] == ["Helen Roth"]
    assert story.keywords == ("harbour",)


def message(*lines: str) -> ParsedStory:
    text = "\r\n".join(
        ("a0001----", "r i BC-Ferry 03-05 0123", *lines, "    BERLIN (dpa) - The ferry sailed again.", "")
    )
    (parsed,) = FORMAT.parse(Document("wire.tst", text.encode()), CONTEXT)
    return parsed


def test_correspondents_who_sign_together_are_a_byline_of_nobody() -> None:
    story = message("^Ferry returns to service=", "^By dpa correspondents<").story

    assert (story.headline, story.byline, story.authors) == ("Ferry returns to service", "By dpa correspondents", ())


def test_fields_below_a_line_of_stars_are_fields() -> None:
    story = message("*", "^Ferry returns to service<", "^By ADA BYRON=", "^Associated Press Writer<").story

    assert story.headline == "Ferry returns to service"
    assert story.authors == (Author(name="ADA BYRON", role="Associated Press Writer"),)
    assert [block.text for block in story.body] == ["The ferry sailed again."]


def test_a_note_behind_a_star_is_a_notice() -> None:
    story = message("^BC-Ferry,0123<", "* NOTE to editors", "^Ferry returns to service<").story

    assert [notice.text for notice in story.notices] == ["* NOTE to editors"]
    assert story.headline == "Ferry returns to service"


def test_titles_that_no_sign_closes_are_paragraphs_without_their_marks() -> None:
    text = "\r\n".join(
        ("a0001----", "r e AP-Top-Entertainment-Hea 02-09 0121", "^*9006< ^AP-Top-Entertainment-Headlines,0176<",
         "^AP Top Entertainment News at 11:23 p.m. EST<", "^Ex-bodyguard testifies about messages",
         "^Stage version of 'Frozen' to be directed", "")
    )  # fmt: skip
    (parsed,) = FORMAT.parse(Document("wire.tst", text.encode()), CONTEXT)

    assert parsed.story.headline == "AP Top Entertainment News at 11:23 p.m. EST"
    assert [block.text for block in parsed.story.body] == [
        "Ex-bodyguard testifies about messages",
        "Stage version of 'Frozen' to be directed",
    ]


def test_two_agencies_in_the_brackets_of_a_dateline_are_its_source() -> None:
    copy = "Situation France =\n\nParis (ats afp) Les violences ont continué.\n\n(SDA\\/sj)"
    text = f"bsf025 4 pl 171\n{copy}\n\n091223 Dez 18\n"
    (parsed,) = FORMAT.parse(Document("wire.txt", text.encode()), CONTEXT)

    assert parsed.story.dateline is not None
    assert (parsed.story.dateline.place, parsed.story.dateline.source) == ("Paris", "ats afp")
    assert [block.text for block in parsed.story.body] == ["Les violences ont continué."]


@pytest.mark.parametrize(
    ("line", "headline", "update"),
    [
        ("1ST LEAD Lake frozen solid", "Lake frozen solid", ["1ST LEAD"]),
        ("REFILE 2ND ROUNDUP Lake frozen solid", "Lake frozen solid", ["REFILE 2ND ROUNDUP"]),
        ("EXTRA Lake frozen solid", "Lake frozen solid", []),
        ("Lake frozen solid", "Lake frozen solid", []),
        ("1st lead climber rescued", "1st lead climber rescued", []),
    ],
)
def test_the_tag_of_a_take_is_no_part_of_the_headline(line: str, headline: str, update: list[str]) -> None:
    data = f"xyz0014 4 pl 171\nLakes/\n{line}=\nThe lake froze on Monday.\nexa jr yy\n231259 Mar 26\n".encode()

    (parsed,) = FORMAT.parse(Document("x.txt", data), CONTEXT)

    assert parsed.story.headline == headline
    assert [one.text for one in parsed.story.notices] == update
