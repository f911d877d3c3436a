"""Any encoding, any line breaks."""

import textwrap

import pytest

from parsing import Document, Limits, Rejected, parse
from parsing.text.charset import decode
from parsing.text.language import direction_of, language_of
from parsing.text.lines import clean, ends_sentence, logical_lines, word_count
from slugline.story import Story

GERMAN = (
    "Die Ministerin trat am Dienstag zurück, nachdem sie eine Abstimmung im Parlament verloren hatte. "
    "Über ihre Nachfolge soll schon in der nächsten Woche entschieden werden, hieß es aus der Partei."
)
RUSSIAN = "Министр подала в отставку во вторник после того, как проиграла голосование в парламенте страны."
JAPANESE = "首相は火曜日、議会での採決に敗れたことを受けて辞任を表明した。後任は来週にも決まる見通しだ。"
PARAGRAPHS = (
    "The minister resigned on Tuesday after she had lost a vote in parliament by a margin of three.",
    "Her party said that a successor would be named within a week, though nobody has come forward so far.",
    "The vote was the third in a year that the government lost, and the first that it had to heed.",
)


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (GERMAN, "utf-8", "utf-8"),
        (GERMAN, "utf-8-sig", "utf-8"),
        (GERMAN, "utf-16", "utf-16"),
        (GERMAN, "utf-16-le", "utf-16-le"),
        (GERMAN, "utf-16-be", "utf-16-be"),
        ("The minister resigned on Tuesday.", "utf-16-le", "utf-16-le"),
        (RUSSIAN, "utf-16-le", "utf-16-le"),
        (JAPANESE, "iso2022_jp", "iso2022_jp"),
        (GERMAN, "cp1252", "windows-1252"),
        (RUSSIAN, "cp1251", "windows-1251"),
        (JAPANESE, "shift-jis", "windows-31j"),
    ],
)
def test_text_is_read_in_its_encoding(text: str, encoding: str, name: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded is not None
    assert (decoded.text, decoded.encoding) == (text, name)


@pytest.mark.parametrize(
    ("text", "language", "direction"),
    [
        (GERMAN, "de", "ltr"),
        (RUSSIAN, "ru", "ltr"),
        (JAPANESE, "ja", "ltr"),
        ("قدمت الوزيرة استقالتها يوم الثلاثاء بعد أن خسرت تصويتا في البرلمان.", "ar", "rtl"),
        ("השרה התפטרה ביום שלישי לאחר שהפסידה בהצבעה בפרלמנט.", "he", "rtl"),
    ],
)
def test_language_and_direction_are_found_offline(text: str, language: str, direction: str) -> None:
    assert language_of(text) == language
    assert direction_of(language, text) == direction


def test_control_characters_do_not_reach_the_story() -> None:
    assert clean("one\x00 two\x1b\r\nthree\x0bfour\u2028five\ufeff") == "one two\nthree\nfour\nfive"


@pytest.mark.parametrize("separator", ["\n\n", "\n", "\r\n\r\n", "\r", "\u2029"])
def test_paragraphs_are_found_with_any_line_breaks(separator: str) -> None:
    story = _story(separator.join(["Minister resigns after vote", *PARAGRAPHS]))
    assert story.headline == "Minister resigns after vote"
    assert tuple(block.text for block in story.body) == PARAGRAPHS


@pytest.mark.parametrize("width", [60, 72, 80])
def test_hard_wrapped_paragraphs_are_joined(width: int) -> None:
    wrapped = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in PARAGRAPHS)
    assert [line.text for line in logical_lines(wrapped)] == list(PARAGRAPHS)


def test_hard_wrapped_paragraphs_without_blank_lines_end_at_short_lines_or_indents() -> None:
    wrapped = "\n".join(textwrap.fill(paragraph, 60, initial_indent="  ") for paragraph in PARAGRAPHS)
    assert [line.text for line in logical_lines(wrapped)] == list(PARAGRAPHS)


def test_one_endless_line_keeps_every_word_and_shows_its_first_sentence() -> None:
    endless = " ".join(PARAGRAPHS * 20)
    story = _story(endless)
    assert story.headline == PARAGRAPHS[0].rstrip(".")
    assert " ".join(block.text for block in story.body) == endless


def test_text_over_the_limit_is_rejected() -> None:
    with pytest.raises(Rejected, match="bytes"):
        parse(Document("story.txt", b"word " * 100), limits=Limits(text_bytes=400))


def _story(text: str) -> Story:
    (parsed,) = parse(Document("story.txt", text.encode()))
    return parsed.story


def test_verse_is_not_joined_though_its_lines_are_about_as_long() -> None:
    verse = ["She counts the ropes, the lanterns and the keys,", "And writes them in a book without a date,"]
    verse += ["While gulls, who never ask for any fees,", "Complain about the weather and the wait."]
    assert [line.text for line in logical_lines("\n".join(verse))] == verse


def test_thai_sets_no_spaces_and_no_stops_and_has_words_and_sentences() -> None:
    title = "ตลาดน้ำเก่าเปิดใหม่หลังปิดนานแปดปี"
    paragraph = "ตลาดน้ำเก่าแก่ในจังหวัดราชบุรีเปิดให้บริการอีกครั้งเมื่อวันอาทิตย์ หลังจากปิดตัวลงนานแปดปีเพราะน้ำท่วม"
    assert word_count(title) < word_count(paragraph)
    assert word_count(paragraph) > 18
    assert not ends_sentence(title)
    assert ends_sentence(paragraph)


def test_one_zero_byte_in_a_short_text_does_not_make_it_utf_16() -> None:
    decoded = decode(b"000\x0000000000")
    assert decoded is not None
    assert decoded.encoding == "utf-8"
