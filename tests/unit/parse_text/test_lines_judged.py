"""What a line is, by its place, neighbours and words."""

import pytest

from parsing import Document, parse
from parsing.text.article import read
from parsing.text.evidence import Page, observations
from parsing.text.furniture import furniture_of
from parsing.text.judge import KINDS, judge
from parsing.text.lines import logical_lines
from parsing.text.reading import Reading
from parsing.text.story import story_of

FIRST = "The minister resigned on Tuesday after she had lost a vote in parliament by a margin of three."
SECOND = "Her party said that a successor would be named within a week, though nobody has come forward so far."
THIRD = "The vote was the third in a year that the government lost, and the first that it had to heed."


def roles(*lines: str) -> list[str]:
    reading: Reading = read("\n\n".join(lines))
    return [reading.roles[index].name.lower() for index in range(len(reading.lines))]


def test_every_line_has_exactly_one_role() -> None:
    reading = read("\n\n".join(["Minister resigns after vote", FIRST, "Share this article", SECOND]))
    assert sorted(reading.roles) == list(range(len(reading.lines)))


def test_likelihoods_of_a_line_sum_to_one() -> None:
    for verdict in judge(Page(logical_lines("\n\n".join(["Minister resigns", FIRST, SECOND])))):
        assert sum(verdict.likelihoods) == pytest.approx(1)
        assert verdict.kind in KINDS


def test_observations_depend_on_what_is_seen_not_on_the_words() -> None:
    one = Page(logical_lines(f"Minister resigns\n\n{FIRST}\n\n{SECOND}"))
    other = Page(logical_lines(f"Minister returns\n\n{FIRST}\n\n{SECOND}"))
    assert observations(one, 2) == observations(other, 2)


@pytest.mark.parametrize("short", ["She left at noon.", "The harbour office answers every question."])
def test_a_short_sentence_in_a_clean_text_is_copy(short: str) -> None:
    assert roles("Minister resigns after vote", FIRST, short, SECOND)[2] == "body"


def test_an_article_of_one_sentence_has_a_body() -> None:
    assert roles("Minister resigns", "By Ada Byron", "The minister resigned on Tuesday.") == [
        "headline",
        "byline",
        "body",
    ]


def test_a_label_after_the_text_and_the_titles_under_it_are_removed() -> None:
    lines = ["Minister resigns", FIRST, SECOND, THIRD, "Related Articles", "Taxes to rise in spring", "Bus strike ends"]
    assert roles(*lines)[-3:] == ["removed"] * 3


def test_a_standfirst_stands_between_headline_and_byline() -> None:
    lines = ["Minister resigns after vote", "The government has lost its third vote this year", "By Ada Byron", FIRST]
    assert roles(*lines) == ["headline", "standfirst", "byline", "body"]


def test_a_name_between_headline_and_time_stamp_is_the_byline() -> None:
    lines = ["Minister resigns after vote", "Ada Byron", "5 March 2024, 10:00", FIRST, SECOND]
    assert roles(*lines) == ["headline", "byline", "removed", "body", "body"]


def test_the_text_after_a_repeated_alternative_text_is_the_credit() -> None:
    alt = "The minister leaves the building by the back door"
    story = story_of(read("\n".join(["Minister resigns", FIRST, "", alt, f"{alt} Ada Byron", "", SECOND, THIRD])))
    assert [(image.alt, image.caption, image.credit) for image in story.images] == [(alt, alt, "Ada Byron")]


def test_a_caption_said_twice_is_alternative_text_and_caption() -> None:
    said = "The minister leaves the building by the back door."
    story = story_of(read("\n\n".join(["Minister resigns", FIRST, f"{said} {said} (Photo: AFP)", SECOND])))
    assert [(image.alt, image.caption, image.credit) for image in story.images] == [(said, said, "AFP")]


def test_a_line_broken_within_brackets_is_one_line() -> None:
    assert [line.text for line in logical_lines("A crowd (\n\nImage:\n\nAFP)\n\nNext")] == [
        "A crowd (Image: AFP)",
        "Next",
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Back to top", "navigation"),
        ("Nach oben", "navigation"),
        ("Share this article", "share bar"),
        ("Facebook Twitter WhatsApp", "share bar"),
        ("Advertisement", "advertisement"),
        ("Mehr zum Thema", "related links"),
        ("À lire aussi : Les marchés de la ville", "related links"),
        ("Sign up for our newsletter", "newsletter prompt"),
        ("© 2024 The Daily Planet. All rights reserved.", "legal line"),
        ("3 min read", "reading time"),
        ("Updated: 5 March 2024, 10:00 GMT", "time stamp"),
        ("-30-", "end mark"),
    ],
)
def test_furniture_is_known_with_its_reason(line: str, reason: str) -> None:
    assert furniture_of(line) == reason


@pytest.mark.parametrize("line", [FIRST, "She shared the prize with her sister.", "More than ninety people came."])
def test_copy_is_no_furniture(line: str) -> None:
    assert furniture_of(line) is None


TEXT = "Harbour pilots will return to work on Friday after nine days on strike, their union said late on Wednesday."
PULLED = "We did not ask for gold, we asked for sleep and for a harbour that is lit"


@pytest.mark.parametrize("pulled", [f"“{PULLED}”", f"{PULLED}."])
def test_a_pull_quote_that_repeats_the_text_is_removed(pulled: str) -> None:
    paragraph = f"“{PULLED},” said Marta Kvist, who has guided tankers through the strait since 1998."
    story = parse(Document("story.txt", "\n\n".join(["Pilots end strike", paragraph, pulled, TEXT]).encode()))[0].story
    assert [block.text for block in story.body] == [paragraph, TEXT]
    assert (pulled, "pull quote that repeats the text") in [(one.text, one.reason) for one in story.removed]


def test_a_pull_quote_may_leave_out_who_said_it_in_between() -> None:
    paragraph = '"I never learned to row," she said on the slip. "It seemed like tempting fate."'
    pulled = "“I never learned to row. It seemed like tempting fate.”"
    story = parse(Document("story.txt", "\n\n".join(["Pilots end strike", TEXT, pulled, paragraph]).encode()))[0].story
    assert [block.text for block in story.body] == [TEXT, paragraph]


PROMPTED = (
    "Skip to content\nMenu\nHome\nSport\nLogin\nSubscribe\n\n"
    "Harbour pilots end strike\n\nBy Ada Byron\n5 March 2026\nShare\nSave\n\n"
    f"{FIRST}\n\n{SECOND}\n\nSign up to our morning newsletter\nEnter your email address\n\n"
    "{last}\n\nRelated topics\nHarbour\nPilots\nMost read\nTown wins again\nShip aground\nPrivacy policy"
)


@pytest.mark.parametrize(
    ("last", "role"),
    [
        ("The fee rises from £1 to £2. It is the first rise in nine years.", "BODY"),
        ("Who is the woman that has to find a hundred new harbour pilots?", "REMOVED"),
    ],
)
def test_a_sentence_below_a_prompt_goes_on_with_the_text_and_a_question_is_a_link(last: str, role: str) -> None:
    reading = read(PROMPTED.format(last=last))
    at = next(index for index, line in enumerate(reading.lines) if line.text == last)
    assert reading.roles[at].name == role


def test_a_column_of_briefs_keeps_the_title_of_each() -> None:
    story = story_of(read(f"In brief\nMinister resigns\n{FIRST}\nParty seeks successor\n{SECOND}"))
    assert story.headline == "In brief"
    assert [block.text for block in story.body] == ["Minister resigns", FIRST, "Party seeks successor", SECOND]


def test_a_name_below_a_caption_is_no_author_where_a_byline_names_one() -> None:
    head = (
        "O homem que devolve azulejos às paredes de onde foram roubados\n"
        "Há doze anos que Horácio Pimenta percorre feiras e leilões. Já identificou 1400 peças.\n"
        "Por Inês Valadão\n9 de novembro de 2026, 7:15\nPartilhar"
    )
    picture = "Horácio Pimenta na oficina, em Vila Moçarra\nRui Castanheira"
    copy = "Na parede da oficina há um mapa com alfinetes azuis. Cada alfinete é um painel que voltou."
    story = story_of(read(f"{head}\n\n{picture}\n\n{copy}\n\n{copy.replace('azuis', 'verdes')}"))
    assert [author.name for author in story.authors] == ["Inês Valadão"]


def test_a_title_under_related_links_is_no_caption() -> None:
    related = "A lire également\nOù trouver les meilleures asperges de la région"
    assert "picture" not in roles(*[f"Minister resigns\n\n{FIRST}\n\n{related}\n\n{SECOND}\n\n{THIRD}"])


def test_a_subhead_in_the_words_of_the_text_stays() -> None:
    paragraph = "“We asked for sleep and for light,” said Marta Kvist, who has guided tankers since 1998."
    text = "\n\n".join(["Pilots end strike", TEXT, "“We asked for sleep”", paragraph, TEXT.replace("Friday", "Monday")])
    story = parse(Document("story.txt", text.encode()))[0].story
    assert "“We asked for sleep”" in [block.text for block in story.body]


def test_a_tag_before_a_headline_is_a_notice() -> None:
    text = f"UPDATE 2-Harbour pilots end strike\n\nGOTHENBURG, May 4 (Reuters) - {TEXT}\n\nTalks had begun on Monday."
    story = parse(Document("story.txt", text.encode()))[0].story
    assert (story.headline, [notice.text for notice in story.notices]) == ("Harbour pilots end strike", ["UPDATE 2-"])
    assert (story.dateline.place if story.dateline else None, story.body[0].text) == ("GOTHENBURG", TEXT)


def test_a_paragraph_with_a_dateline_is_no_headline() -> None:
    text = f"By The Associated Press\n\nATLANTA (AP) — {TEXT}\n\nTalks had begun on Monday in the port."
    story = parse(Document("story.txt", text.encode()))[0].story
    assert (story.dateline.place if story.dateline else None, story.body[0].text) == ("ATLANTA", TEXT)


def test_a_name_with_a_role_above_the_text_is_the_author() -> None:
    text = (
        f"Harbour pilots end strike\n\nMarta Kvist, Staff Writer\n\nMay 4, 2026\n\n{TEXT}\n\nTalks had begun on Monday."
    )
    story = parse(Document("story.txt", text.encode()))[0].story
    assert [(author.name, author.role) for author in story.authors] == [("Marta Kvist", "Staff Writer")]


def test_the_items_of_a_list_in_a_clean_text_are_copy() -> None:
    items = ("- two onions, sliced", "- 500 g carrots", "- a litre of vegetable stock")
    assert roles("Soup for an empty cupboard", FIRST, *items, SECOND)[2:5] == ["body"] * 3


def test_a_line_with_a_number_under_a_short_line_is_no_name_of_a_photographer() -> None:
    text = (
        f"Late goal gives Northfield the title\n\n{FIRST}\n\nNorthfield 2, Carrow 1\nStoke End 0, Hallam 0\n\n{SECOND}"
    )
    assert not any(picture.credit for picture in read(text).pictures)


def test_the_first_row_of_a_table_is_no_subhead() -> None:
    table = "Northfield 2 Harwick 1\nStanmore 0 Leyton 0\nAshby 3 Corfield 3\nMilton 1 Penbridge 4"
    story = story_of(read("\n\n".join(["Goal gives Northfield the league", FIRST, "Results", table, SECOND])))
    assert [block.type.value for block in story.body] == ["paragraph", "subhead", *["paragraph"] * 5]


def test_alternative_text_caption_and_credit_are_no_rows_of_a_table() -> None:
    group = "Harbour at dusk\nBoats lie in the harbour at dusk last week\nAda Byron"
    story = story_of(read("\n\n".join(["Minister resigns after vote", FIRST, group, SECOND])))
    assert [block.text for block in story.body] == [FIRST, SECOND]


def test_name_and_place_under_each_letter_are_copy_and_no_subhead_of_the_next() -> None:
    letters = ["Letters to the editor", FIRST, "Carol Whitmore, Easton", SECOND, "Derek Olawale, Marsh Lane", THIRD]
    story = story_of(read("\n\n".join(letters)))
    assert [block.text for block in story.body] == letters[1:]
    assert {block.type.value for block in story.body} == {"paragraph"}


def test_one_name_and_place_under_a_paragraph_is_no_signature() -> None:
    page = Page(logical_lines("\n\n".join(["Minister resigns after vote", FIRST, "Carol Whitmore, Easton", SECOND])))
    assert not page.signatures


def test_the_first_title_with_a_clock_time_is_a_subhead_as_the_later_ones_are() -> None:
    blog = ["Minister resigns after vote", "10.42: Minister leaves parliament", FIRST, "9.15: The vote begins", SECOND]
    story = story_of(read("\n\n".join(blog)))
    assert [(block.type.value, block.text) for block in story.body] == [
        ("subhead", blog[1]), ("paragraph", FIRST), ("subhead", blog[3]), ("paragraph", SECOND)
    ]  # fmt: skip


def test_titles_under_a_label_for_links_within_the_text_are_no_rows_of_a_table() -> None:
    titles = "Vote lost by three\nWho may succeed her\nA year of lost votes\nHow parliament votes"
    lines = ["Minister resigns after vote", FIRST, "More on this story", titles, SECOND]
    assert not Page(logical_lines("\n\n".join(lines))).rows
    lines.remove("More on this story")
    assert Page(logical_lines("\n\n".join(lines))).rows


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("em/jp/ber", "desk initials"),
        ("We value your privacy", "legal line"),
        ("Διαβάστε επίσης", "related links"),
        ("Читайте також: Як врятували млин", "related links"),
        ("Lue myös: Viimeinen kyläkoulu", "related links"),
        ("Последвайте ни във Фейсбук", "newsletter prompt"),
        ("Haberi Paylaş", "share bar"),
        ("기사 공유하기", "share bar"),
        ("استمع للمقال", "share bar"),
        ("字号：大 中 小", "share bar"),
        ("댓글 3", "comments"),
        ("Dalsza część artykułu pod materiałem wideo", "advertisement"),
        ("많이 본 뉴스", "related links"),
        ("Our morning email breaks down the key stories of the day", "newsletter prompt"),
        ("Die wichtigsten Nachrichten des Tages direkt in Ihr Postfach.", "newsletter prompt"),
        ("© Riproduzione riservata", "legal line"),
        ("<저작권자 ⓒ 골짜기일보, 무단 전재 및 재배포 금지>", "legal line"),
        ("（责任编辑：王芳）", "legal line"),
        ("Det här är en nyhetsartikel.", "legal line"),
    ],
)
def test_furniture_is_known_in_other_languages(line: str, reason: str) -> None:
    assert furniture_of(line) == reason


def test_a_dash_that_opens_speech_is_copy() -> None:
    speech = "– De ligger der fordi veien er varm, sier operasjonslederen til avisen."
    story = story_of(read("\n\n".join(["Minister resigns after vote", FIRST, speech, SECOND])))
    assert [block.text for block in story.body][1] == speech


def test_a_sign_off_at_the_end_of_a_paragraph_leaves_the_paragraph() -> None:
    sign_off = "(Reporting by Ada Byron in London and Bo Yi in Lusaka; Editing by Cy Dee)"
    story = story_of(read(f"Minister resigns\n\n{FIRST}\n\nThe company declined to comment. {sign_off}"))
    assert [block.text for block in story.body] == [FIRST, "The company declined to comment."]
    assert (sign_off, "desk sign-off") in [(one.text, one.reason) for one in story.removed]
    assert [author.name for author in story.authors] == ["Ada Byron", "Bo Yi"]


def test_a_sentence_above_a_dateline_is_the_standfirst() -> None:
    story = story_of(read(f"Minister resigns\n\nThe vote was close.\n\nLONDON, Nov 5 (Reuters) - {FIRST}\n\n{SECOND}"))
    assert story.standfirst == "The vote was close."
    assert [block.text for block in story.body] == [FIRST, SECOND]


def test_the_initials_of_a_desk_are_no_headline() -> None:
    story = story_of(read(f"(ANSA) - LUCCA, 12 NOV - {FIRST}\n\n{SECOND} (ANSA).\n\nYAA-DOA"))
    assert ("YAA-DOA", "desk initials") in [(one.text, one.reason) for one in story.removed]


def test_a_sentence_of_three_words_that_ends_the_text_is_copy() -> None:
    story = story_of(read(f"Minister resigns\n\n{FIRST}\n\n{SECOND}\n\nLet it be."))
    assert [block.text for block in story.body] == [FIRST, SECOND, "Let it be."]


def test_a_credit_below_a_byline_is_no_author() -> None:
    story = story_of(read(f"Minister resigns\n\nServizio di Ada Byron\nFoto di Bo Yi\n\n{FIRST}\n\n{SECOND}"))
    assert [author.name for author in story.authors] == ["Ada Byron"]
    assert [image.credit for image in story.images] == ["Foto di Bo Yi"]
