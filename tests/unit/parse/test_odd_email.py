"""Mail as programs really send it: broken heads, boundaries that do not occur, messages within that hold nothing."""

from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from parsing import Document, Rejected, parse
from parsing.registry import format_of
from slugline.story import Status, Story

TEXT = (
    "The herring came back on Monday, and nobody on the quay had believed that it would happen.",
    '"We mended nets for a fish we no longer knew," said Ada Brook, who has fished for forty years.',
)
COPY = "\n\n".join(TEXT)
HEAD = "From: Mara Lindqvist <mara@courier.example>\nSubject: Herring returns\nMIME-Version: 1.0\n"


def story(data: str | bytes, name: str = "a.eml") -> Story:
    (parsed,) = parse(Document(name, data.encode() if isinstance(data, str) else data))
    return parsed.story


def texts(of: Story) -> list[str]:
    return [block.text for block in of.body]


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("a.eml", "Subject: Herring returns\n"),
        ("a.eml", "Content-Type: text/plain\nSubject: Herring returns\n"),
        ("a.txt", "Content-Type: multipart/mixed; boundary=b\nSubject: Herring returns\n"),
    ],
)
def test_a_message_is_known_by_few_headers_too(name: str, head: str) -> None:
    assert format_of(Document(name, f"{head}\n{COPY}\n".encode())).name == "email"


@pytest.mark.parametrize("head", ["From: the harbour\nTo: the hills\n", "Subject: Herring\nDate: today\n"])
def test_copy_that_begins_like_a_head_is_plain_text(head: str) -> None:
    assert format_of(Document("a.txt", f"{head}\n{COPY}\n".encode())).name == "plain_text"


def test_a_line_of_the_head_that_is_no_header_does_not_end_it() -> None:
    broken = f"Received: from a.example by b.example\nReferences: <a@b.example>, <c\nd@e.example>\n{HEAD}"

    found = story(f"{broken}Date: Mon, 9 Mar 2026 06:00:00 +0000\n\n{COPY}\n")

    assert (found.headline, texts(found)) == ("Herring returns", list(TEXT))
    assert found.published is not None


def test_parts_are_found_by_the_boundary_that_occurs() -> None:
    part = f"Content-Type: text/plain; charset=utf-8\n\n{COPY}\n"
    data = f'{HEAD}Content-Type: multipart/mixed; boundary="not-there"\n\nA preamble.\n\n--there\n{part}--there--\n'

    assert texts(story(data)) == list(TEXT)


def test_a_multipart_message_without_parts_is_its_text() -> None:
    assert texts(story(f'{HEAD}Content-Type: multipart/mixed; boundary="b"\n\n{COPY}\n')) == list(TEXT)


def test_a_message_within_that_holds_nothing_does_not_take_the_copy_with_it() -> None:
    inner, outer = EmailMessage(), EmailMessage()
    inner["Subject"] = "Undeliverable"
    inner.set_content("\n")
    outer["Subject"], outer["From"] = "Herring returns", "mara@courier.example"
    outer.set_content(COPY)
    outer.add_attachment(inner)

    found = story(outer.as_bytes())

    assert texts(found) == list(TEXT)
    assert any(one.startswith("message_left_out") for one in found.warnings)


@pytest.mark.parametrize("copy", ["Hello Mikel", "foo bar", "Testing."])
def test_a_few_words_under_a_subject_are_its_story(copy: str) -> None:
    found = story(f"{HEAD}\n{copy}\n")

    assert (found.headline, texts(found)) == ("Herring returns", [copy])


def test_the_first_line_of_a_letter_is_not_its_headline() -> None:
    letter = "Just sending you the copy, here, to see what it looks like,\nand to see what the desk makes of it.\n"

    found = story(f"{HEAD}\n{letter}")

    assert found.headline == "Herring returns"
    assert " ".join(texts(found)) == letter.replace("\n", " ").strip()


def test_words_that_are_no_article_are_told_from_none() -> None:
    with pytest.raises(Rejected, match="Nothing of the e-mail's text reads like an article"):
        story("From: a@b.example\nDate: Mon, 9 Mar 2026 06:00:00 +0000\nMIME-Version: 1.0\n\nTesting.\n")
    with pytest.raises(Rejected, match="The e-mail holds no text"):
        story(f"{HEAD}\n\n")


def test_a_telephones_sign_off_is_no_credit() -> None:
    assert story(f"{HEAD}\n{COPY}\n\nSent via Bell Mobility's Text Messaging service\n").images == ()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("disclaimer.txt", "This e-mail is confidential. Do not forward it."),
        ("ATT0001.txt", "_____________\nDesk mailing list\nDesk@lists.example.org\n"),
        ("data.csv", "a,b,c\n1,2,3\n"),
    ],
)
def test_a_few_words_attached_do_not_take_the_place_of_the_story(name: str, words: str) -> None:
    message = EmailMessage()
    message["Subject"], message["From"] = "Herring returns", "mara@courier.example"
    message.set_content(TEXT[0])
    message.add_attachment(words, filename=name)

    found = story(message.as_bytes())

    assert (found.headline, texts(found)) == ("Herring returns", [TEXT[0]])
    assert any(one.startswith(f"file_left_out: {name}") for one in found.warnings)


@pytest.mark.parametrize(
    ("subject", "note"),
    [
        ("Story for Friday", "Hi, the story is attached. It is under embargo until 5 March 2026, 06:00 GMT.\nMara"),
        ("EMBARGOED until 5 March 2026 06:00 GMT: herring", "Hi, the story is attached.\nMara"),
        ("EMBARGOED until 5 March 2026 06:00 GMT: herring", ""),
    ],
)
def test_an_embargo_in_the_covering_note_holds_the_story_that_is_attached(subject: str, note: str) -> None:
    message = EmailMessage()
    message["Subject"], message["From"] = subject, "mara@courier.example"
    message.set_content(note)
    message.add_attachment(f"Herring returns\n\n{COPY}\n", filename="story.txt")

    found = story(message.as_bytes())

    assert found.headline == "Herring returns"
    assert found.embargo == datetime(2026, 3, 5, 6, tzinfo=UTC)


def test_a_subject_about_an_embargo_on_goods_holds_nothing() -> None:
    message = EmailMessage()
    message["Subject"], message["From"] = "EU extends embargo to 2027", "mara@courier.example"
    message.set_content("Hi, the story is attached.\nMara")
    message.add_attachment(f"Herring returns\n\n{COPY}\n", filename="story.txt")

    found = story(message.as_bytes())

    assert (found.status, found.notices) == (Status.USABLE, ())
