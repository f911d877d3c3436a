"""A brief of one or two sentences, or a flash that is a headline alone, is news in every format that carries copy."""

from collections.abc import Callable
from email.message import EmailMessage

import pytest
from tests.support.word import p, word

from parsing import Document, Rejected, parse
from slugline.story import Story

HEADLINE = "Harbour bridge closed after storm"
SENTENCE = "The harbour bridge was closed on Friday after a storm tore a cable, the police said."
SHORT = ("Police closed the bridge.", "It opens Monday.")
DRAFTS = (
    (HEADLINE, SENTENCE),
    (SENTENCE,),
    SHORT[:1],
    SHORT,
    (HEADLINE, SHORT[0]),
    (HEADLINE,),
    ("Kabul falls",),
    ("港の橋が金曜日に閉鎖された。",),
    (HEADLINE, "By Jo Fenn", SENTENCE),
    ("LONDON (Reuters) - The bridge was closed.",),
)
STYLES = ("", "Title", "Subtitle", "heading1")


def story(name: str, data: str | bytes) -> Story:
    (parsed,) = parse(Document(name, data.encode() if isinstance(data, str) else data))
    return parsed.story


def text(lines: tuple[str, ...]) -> Story:
    return story("a.txt", "\n\n".join(lines))


def markdown(lines: tuple[str, ...]) -> Story:
    return story("a.md", f"# {lines[0]}\n\n" + "\n\n".join(lines[1:]))


def page(lines: tuple[str, ...]) -> Story:
    return story("a.html", f"<h1>{lines[0]}</h1>" + "".join(f"<p>{line}</p>" for line in lines[1:]))


def mail(lines: tuple[str, ...]) -> Story:
    message = EmailMessage()
    message["Subject"], message["From"] = "News", "desk@courier.example"
    message.set_content("\n\n".join(lines))
    return story("a.eml", message.as_bytes())


def kept(of: Story) -> str:
    """What readers see of the story."""
    dateline = of.dateline.text if of.dateline else ""
    return " ".join(filter(None, (of.headline, of.standfirst, of.byline, dateline, *(one.text for one in of.body))))


@pytest.mark.parametrize("read", [text, markdown, page, mail])
@pytest.mark.parametrize("lines", DRAFTS)
def test_a_brief_is_a_story_with_all_of_its_words(
    read: Callable[[tuple[str, ...]], Story], lines: tuple[str, ...]
) -> None:
    found = read(lines)

    assert all(word in kept(found) for line in lines for word in line.replace(" - ", " ").split())


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("lines", DRAFTS)
def test_in_word_too_whatever_the_style_of_its_first_line(style: str, lines: tuple[str, ...]) -> None:
    found = story("a.docx", word(p(lines[0], style) + "".join(map(p, lines[1:]))))

    assert all(word in kept(found) for line in lines for word in line.replace(" - ", " ").split())


def test_of_two_short_sentences_neither_is_headline_nor_kicker() -> None:
    found = text(SHORT)

    assert (found.kicker, [block.text for block in found.body]) == (None, list(SHORT))


def test_a_headline_by_its_style_is_said_once_and_without_a_doubt() -> None:
    found = story("a.docx", word(p(SENTENCE, "heading1")))

    assert (found.headline, found.body) == (SENTENCE, ())
    assert not any(one.startswith("headline_from_first_sentence") for one in found.warnings)


def test_labels_of_a_page_are_no_brief() -> None:
    with pytest.raises(Rejected):
        text(("Menu", "Subscribe", "Log in"))


@pytest.mark.parametrize("name", ["broken.docx", "photo.jpg", "app.js"])
def test_a_few_words_in_a_file_of_another_kind_are_no_brief(name: str) -> None:
    with pytest.raises(Rejected):
        story(name, "PK no zip")
