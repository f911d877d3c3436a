"""Short lines that are copy, as of live blogs, letters and lists, and those between paragraphs that are not."""

import pytest

from parsing import Document, parse
from slugline.story import BlockType

ONE = "The foreman needed less than a minute to read the verdict, and the dock was silent."
TWO = "After nine hours of deliberation the jury is back on its benches in the crown court."
THREE = "Flat all the way, so it is good for prams and for arguments, and it ends at an inn."
FOUR = "Go at low tide and read the tide table twice, since the café on the sands closes at four."


def body(*blocks: str) -> list[str]:
    story = parse(Document("court.txt", "\n\n".join(("Seven walks from the court", *blocks)).encode()))[0].story
    assert not story.images
    return [block.text for block in story.body if block.type is not BlockType.IMAGE]


def test_clock_times_alone_head_the_entries_of_a_live_blog() -> None:
    entries = ["14:58", "Guilty on all four counts", ONE, "14:31", "Jury returns", TWO]
    assert body(*entries) == entries


def test_names_and_places_below_letters_are_copy() -> None:
    found = body(f"Sir – {ONE}", "Ada Byron\nMarsh Lane", f"Sir – {TWO}", "Bo Yi\nHigh Street", THREE, "Name supplied")
    assert found == [
        f"Sir – {ONE}",
        "Ada Byron",
        "Marsh Lane",
        f"Sir – {TWO}",
        "Bo Yi",
        "High Street",
        THREE,
        "Name supplied",
    ]


def test_numbers_in_a_row_belong_to_the_titles_they_open() -> None:
    blocks = [ONE, "1. Gorsey Bank", TWO, "2. The Old Tramway", THREE, "3. Long Sands", FOUR]
    assert body(*blocks) == blocks


@pytest.mark.parametrize("line", ["Serves 4", "Attendance: 4,118.", "($1 = 10.2110 Norwegian crowns)"])
def test_lines_of_figures_are_copy(line: str) -> None:
    assert body(ONE, TWO, line, THREE) == [ONE, TWO, line, THREE]


def test_two_line_scores_are_copy() -> None:
    scores = ["COMETS 22 25 24 16 — 87", "MILLERS 20 19 23 26 — 88"]
    assert body(ONE, TWO, "\n".join(scores), THREE) == [ONE, TWO, *scores, THREE]


@pytest.mark.parametrize(
    "line",
    [
        "A version of this article appears in print on Feb. 21, 2026, Section B, Page 8 of the New York edition.",
        "The views expressed here are the author's own.",
        "Do you have an opinion on the issues raised in this article? Email us your letters.",
    ],
)
def test_notes_about_the_article_are_none_of_it(line: str) -> None:
    assert body(ONE, TWO, THREE, line) == [ONE, TWO, THREE]


def test_the_end_of_a_lusa_dispatch_is_no_caption_and_credit() -> None:
    opening = "Évora, 13 out 2025 (Lusa) - Uma estudante de 19 anos foi eleita presidente da junta de uma aldeia."
    assert body(opening, TWO, "RML // MLS\nLusa/Fim") == [opening.partition(" - ")[2], TWO]


@pytest.mark.parametrize("label", ["Leggi anche", "Mehr zum Thema", "Most read"])
def test_titles_below_a_label_of_links_between_paragraphs_are_links(label: str) -> None:
    links = ["Storm leaves 4,000 without power on the coast", "What to know about the new tolls"]
    assert body(ONE, label, *links, TWO, THREE) == [ONE, TWO, THREE]


def test_a_sentence_between_the_lines_of_a_newsletter_prompt_is_of_it() -> None:
    prompt = "Get the Morning Ledger in your inbox\nThe five stories that matter, delivered every weekday.\nSign up"
    assert body(ONE, TWO, prompt, THREE, FOUR) == [ONE, TWO, THREE, FOUR]


def test_the_first_paragraph_above_a_prompt_is_copy() -> None:
    head = "For years the council tried to sell the tower at Gannet Point, until one family moved in"
    opening = "On the roof of the old tower, Pauline Achterberg lies on her back with a clicker in each hand."
    prompt = "Sign up to our daily briefing\nOur morning email breaks down the key stories of the day."
    found = body(head, "Imogen Farrar\nSun 25 May 2025 09.00 BST", opening, prompt, ONE, TWO, THREE)
    assert found == [opening, ONE, TWO, THREE]


def test_what_a_press_release_says_of_its_sender_is_left_out() -> None:
    boilerplate = "Founded in 2012, Harbor Light Brewing makes ales and lagers on the Oregon coast."
    contact = "Media contact:\nJoan Petty\njoan@harborlight.example"
    assert body(ONE, TWO, "About Harbor Light Brewing", boilerplate, contact, "###") == [ONE, TWO]


def test_the_notes_to_the_desk_below_a_dispatch_are_left_out() -> None:
    assert body(ONE, TWO, "# Notizblock", "## Orte\n- [Rathaus](Deichstr. 4, 25899 Ort)", "dpa ho yydd n1 kre") == [
        ONE,
        TWO,
    ]
