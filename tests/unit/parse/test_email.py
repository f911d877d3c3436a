"""E-mail: the copy in its text, in an attachment, in a message within; pictures inline and attached."""

from contextlib import suppress
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsing import parse
from parsing.document import Context, Document, ParsedStory, Rejected
from parsing.formats.email import FORMAT
from parsing.limits import Limits
from parsing.registry import format_of
from slugline.story import Status

BODY = """The herring came back on Monday, and nobody on the quay had believed that it would happen in their lifetime.

"We mended nets for a fish we no longer knew," said Ada Brook, who has fished from Northport for forty years.
"""
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


def context() -> Context:
    def nested(document: Document) -> tuple[ParsedStory, ...]:
        return format_of(document).parse(document, context())

    return Context(Limits(), nested)


def parsed(message: EmailMessage | bytes) -> tuple[ParsedStory, ...]:
    data = message if isinstance(message, bytes) else message.as_bytes()
    return FORMAT.parse(Document("copy.eml", data), context())


@pytest.fixture
def message() -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Mara Lindqvist <mara@courier.example>"
    made["To"] = "desk@courier.example"
    made["Subject"] = "Fwd: Herring returns to Northport"
    made["Date"] = "Wed, 11 Mar 2026 06:00:00 +0100"
    made["Message-ID"] = "<20260311.1@courier.example>"
    return made


def test_the_message_id_is_the_identifier_and_the_date_the_publication(message: EmailMessage) -> None:
    message.set_content(BODY)
    (found,) = parsed(message)
    assert found.identifier == "20260311.1@courier.example"
    assert found.story.published is not None
    assert found.story.published.isoformat() == "2026-03-11T06:00:00+01:00"


def test_the_subject_is_the_headline_of_copy_without_one(message: EmailMessage) -> None:
    message.set_content(BODY)
    story = parsed(message)[0].story
    assert story.headline == "Herring returns to Northport"
    assert story.body[0].text.startswith("The herring came back")


def test_a_headline_in_the_copy_goes_before_the_subject(message: EmailMessage) -> None:
    message.set_content(f"Quay wakes up after nine years\n\n{BODY}")
    story = parsed(message)[0].story
    assert story.headline == "Quay wakes up after nine years"
    assert any(removed.reason == "subject of the e-mail" for removed in story.removed)


def test_html_is_read_rather_than_its_plain_alternative(message: EmailMessage) -> None:
    message.set_content("See the HTML.")
    message.add_alternative(f"<h1>Herring returns</h1><p>{BODY}</p><p>It was <b>cold</b>.</p>", subtype="html")
    story = parsed(message)[0].story
    assert story.headline == "Herring returns"
    assert story.body[-1].html == "It was <b>cold</b>."


def test_pictures_come_with_the_story_by_the_name_that_the_copy_uses(message: EmailMessage) -> None:
    message.set_content("x")
    message.add_alternative(f'<p>{BODY}</p><img src="cid:boats@1" alt="Boats">', subtype="html")
    html = message.get_payload()[1]
    html.add_related(PNG, "image", "png", cid="<boats@1>")
    message.add_attachment(PNG, maintype="image", subtype="png", filename="nets.png")
    (found,) = parsed(message)
    assert [picture.name for picture in found.pictures] == ["boats@1", "nets.png"]
    assert found.story.images[0].file == "boats@1"


def test_attached_copy_is_the_story_and_the_text_its_covering_note(message: EmailMessage) -> None:
    message.set_content("Here is the story, please run it today.")
    message.add_attachment(f"---\nid: q1\ntitle: Quay\n---\n{BODY}", filename="quay.md")
    (found,) = parsed(message)
    assert (found.identifier, found.story.headline) == ("q1", "Quay")
    assert any(removed.reason == "covering note" for removed in found.story.removed)


def test_a_message_within_is_read(message: EmailMessage) -> None:
    inner = EmailMessage()
    inner["Subject"] = "Herring returns"
    inner["Message-ID"] = "<inner@courier.example>"
    inner.set_content(BODY)
    message.set_content("FYI")
    message.add_attachment(inner)
    (found,) = parsed(message)
    assert (found.identifier, found.story.headline) == ("inner@courier.example", "Herring returns")


@pytest.mark.parametrize("charset", ["iso-8859-1", "utf-8", "shift_jis", "koi8-r", "no-such-charset"])
def test_text_follows_its_charset(charset: str) -> None:
    word = {"shift_jis": "漁港", "koi8-r": "Сельдь"}.get(charset, "Fähre")
    raw = f"{word} 1\n\n{BODY}".encode("utf-8" if charset == "no-such-charset" else charset)
    head = f"From: a@b.example\nTo: c@d.example\nMessage-ID: <1@b>\nContent-Type: text/plain; charset={charset}\n\n"
    assert parsed(head.encode() + raw)[0].story.headline == f"{word} 1"


def test_a_signature_is_removed_with_its_reason(message: EmailMessage) -> None:
    message.set_content(f"{BODY}\n-- \nMara Lindqvist\nNorthport Courier\n")
    story = parsed(message)[0].story
    assert [removed.text for removed in story.removed if removed.reason == "signature"] == [
        "-- \nMara Lindqvist\nNorthport Courier"
    ]
    assert all("Courier" not in block.text for block in story.body)


@pytest.mark.parametrize("depth", [30, 3_000])
def test_parts_nested_without_end_are_rejected(depth: int) -> None:
    opening = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (number, number) for number in range(depth)
    )
    head = b"From: a@b.example\nSubject: x\nMessage-ID: <1@b>\n"
    with pytest.raises(Rejected) as rejected:
        parsed(head + opening + b"Content-Type: text/plain\n\nx\n")
    assert "deep" in rejected.value.reason


def test_a_message_without_text_is_rejected(message: EmailMessage) -> None:
    message.add_attachment(PNG, maintype="image", subtype="png", filename="nets.png")
    with pytest.raises(Rejected) as rejected:
        parsed(message)
    assert rejected.value.remedy


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("From: a@b\nSubject: x\nMessage-ID: <1@b>\n\ntext", True),
        ("Return-Path: <a@b>\r\nFrom: a@b\r\nTo: c@d\r\n\r\ntext", True),
        ("From: the quay\nTo: the market\n\nA day in the life of a fish.", False),
        ("Herring returns\n\nFrom: Northport\nMessage-ID: none", False),
        ("", False),
    ],
)
def test_an_e_mail_is_told_by_its_headers(text: str, expected: bool) -> None:
    assert FORMAT.detect(Document("a.txt", text.encode())) is expected


@given(st.binary(max_size=300))
def test_no_bytes_raise_anything_but_rejected(data: bytes) -> None:
    document = Document("a.eml", b"From: a@b\nMessage-ID: <1@b>\nContent-Type: multipart/mixed; boundary=x\n" + data)
    FORMAT.detect(document)
    with suppress(Rejected):
        FORMAT.parse(document, context())


PHOTO = (Path(__file__).parents[2] / "samples/photo/airplane.jpg").read_bytes()


def reasons(found: ParsedStory) -> list[str]:
    return [removed.reason for removed in found.story.removed]


def test_a_photo_attached_as_mere_bytes_is_the_storys_picture(message: EmailMessage) -> None:
    message.set_content(f"{BODY}\n")
    message.add_attachment(PHOTO, maintype="application", subtype="octet-stream", filename="../../etc/quay.jpg")
    (found,) = parsed(message)
    assert [picture.name for picture in found.pictures] == ["quay.jpg"]
    assert found.story.body


def test_photos_alone_are_a_story_each(message: EmailMessage) -> None:
    message.set_content(" ")
    message.add_attachment(PHOTO, maintype="image", subtype="jpeg", filename="quay.jpg")
    document = Document("mail.eml", message.as_bytes())
    assert [story.story.headline for story in parse(document)] == ["A biplane over the fields"]


def test_an_attachment_that_cannot_be_read_is_said_to_be_left_out(message: EmailMessage) -> None:
    message.set_content(BODY)
    message.add_attachment(b"\x00\x01\x02\x03" * 99, maintype="application", subtype="pdf", filename="plan.pdf")
    (found,) = parse(Document("mail.eml", message.as_bytes()))
    assert any("plan.pdf is left out" in warning for warning in found.story.warnings)


@pytest.mark.parametrize("subtype", ["plain", "html"])
def test_an_embargo_in_the_subject_is_obeyed(message: EmailMessage, subtype: str) -> None:
    del message["Subject"]
    message["Subject"] = "EMBARGOED until 6 March 2026 06:00 GMT: Quay to be rebuilt"
    message.set_content(f"<p>{BODY}</p>" if subtype == "html" else BODY, subtype=subtype)
    (found,) = parse(Document("mail.eml", message.as_bytes()))
    assert (found.story.headline, found.story.embargo) == ("Quay to be rebuilt", datetime(2026, 3, 6, 6, tzinfo=UTC))


def test_a_kill_in_the_subject_cancels_the_story(message: EmailMessage) -> None:
    del message["Subject"]
    message["Subject"] = "KILL: Quay to be rebuilt"
    message.set_content(f"<p>{BODY}</p>", subtype="html")
    assert parse(Document("mail.eml", message.as_bytes()))[0].story.status is Status.CANCELED


def test_an_empty_html_alternative_does_not_hide_the_text(message: EmailMessage) -> None:
    message.set_content(BODY)
    message.add_alternative("<html><body></body></html>", subtype="html")
    assert parsed(message)[0].story.body


def test_html_in_several_parts_is_one_copy_and_the_lists_footer_none(message: EmailMessage) -> None:
    message.make_mixed()
    for text, subtype in ((f"<p>{BODY}</p>", "html"), ("<p>It ended well.</p>", "html"), ("Unsubscribe", "plain")):
        part = EmailMessage()
        part.set_content(text, subtype=subtype)
        message.attach(part)
    (found,) = parsed(message)
    assert found.story.body[-1].text == "It ended well."
    assert "text beside the HTML" in reasons(found)


def test_latin_1_in_mail_is_windows_1252() -> None:
    head = (
        b"Subject: Quay\r\nFrom: a@x.org\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\n"
    )
    (found,) = parse(Document("mail.eml", head + b"\x93We are done,\x94 said the leader of the council.\r\n"))
    assert found.story.body[0].text == "“We are done,” said the leader of the council."


def test_a_message_forwarded_as_text_is_the_copy(message: EmailMessage) -> None:
    message.set_content(
        "Please use.\n\n---------- Forwarded message ---------\nFrom: Ann Lee <ann@x.org>\n"
        f"Subject: Quay to be rebuilt\nTo: Desk <desk@x.org>\n\nBy Ann Lee\n\n{BODY}\n"
    )
    (found,) = parse(Document("mail.eml", message.as_bytes()))
    assert [author.name for author in found.story.authors] == ["Ann Lee"]
    assert "above a forwarded message" in reasons(found)
    assert all("Please use" not in block.text for block in found.story.body)


def attached(message: EmailMessage, data: bytes, kind: str, name: str) -> list[str]:
    maintype, subtype = kind.split("/")
    message.set_content(BODY)
    message.add_attachment(data, maintype=maintype, subtype=subtype, filename=name)
    (only,) = parsed(message)
    return [warning for warning in only.story.warnings if warning.startswith("file_left_out")]


@pytest.mark.parametrize(
    ("data", "kind", "name", "what"),
    [
        (b"%PDF-1.7\n1 0 obj", "application/pdf", "release.pdf", "a PDF"),
        (b"\x78\x9f\x3e\x22\x01\x00", "application/ms-tnef", "winmail.dat", "TNEF"),
        (b"BEGIN:VCALENDAR\r\nSUMMARY:Board\r\nEND:VCALENDAR", "application/ics", "invite.ics", "a calendar entry"),
    ],
)
def test_an_attachment_that_holds_no_copy_is_left_out_by_its_kind(
    message: EmailMessage, data: bytes, kind: str, name: str, what: str
) -> None:
    (warning,) = attached(message, data, kind, name)

    assert name in warning
    assert what in warning


def test_a_signature_by_certificate_is_no_attachment(message: EmailMessage) -> None:
    assert attached(message, b"\x30\x80\x06\x09", "application/pkcs7-signature", "smime.p7s") == []


@pytest.mark.parametrize(
    ("kind", "body", "reason"),
    [
        ("multipart/encrypted; boundary=B", "--B\r\nContent-Type: application/octet-stream\r\n\r\nhQ\r\n--B--", "PGP"),
        ("application/pkcs7-mime; smime-type=enveloped-data", "MIAGCSqGSIb3DQEHA6CA", "encrypted (S/MIME)"),
        ("application/pkcs7-mime; smime-type=signed-data", "MIAGCSqGSIb3DQEHAqCA", "signed-data"),
        ("text/plain", "-----BEGIN PGP MESSAGE-----\r\n\r\nhQEM\r\n-----END PGP MESSAGE-----", "encrypted (PGP)"),
    ],
)
def test_a_message_that_nobody_else_can_read_is_rejected_as_such(kind: str, body: str, reason: str) -> None:
    head = f"From: a@example.org\r\nSubject: Herring\r\nMIME-Version: 1.0\r\nContent-Type: {kind}\r\n\r\n"

    with pytest.raises(Rejected) as caught:
        parsed(f"{head}{body}\r\n".encode())

    assert reason in caught.value.reason


def test_an_inline_pgp_signature_is_no_copy(message: EmailMessage) -> None:
    message.set_content(
        f"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n{BODY}-----BEGIN PGP SIGNATURE-----\n\niQ==\n"
        "-----END PGP SIGNATURE-----\n"
    )

    (only,) = parsed(message)

    assert [block.text for block in only.story.body] == [line for line in BODY.splitlines() if line]
    assert "PGP signature" in [entry.reason for entry in only.story.removed]


@pytest.mark.parametrize(("delsp", "left"), [("no", "quay had "), ("yes", "quay ha ")])
def test_soft_line_breaks_are_undone(delsp: str, left: str) -> None:
    rest = "never seen the like of it" if delsp == "no" else "d never seen the like of it"
    text = f"The herring came back on Monday, and the {left}\r\n{rest}.\r\n\r\nThe boats are full, said the master.\r\n"
    head = f"From: a@example.org\r\nSubject: Herring\r\nContent-Type: text/plain; format=flowed; delsp={delsp}\r\n\r\n"

    (only,) = parsed((head + text).encode())

    assert [block.text for block in only.story.body] == [
        "The herring came back on Monday, and the quay had never seen the like of it.",
        "The boats are full, said the master.",
    ]


def test_the_message_that_is_answered_and_the_disclaimer_are_no_copy(message: EmailMessage) -> None:
    message.set_content(
        f"{BODY}\nThis e-mail and any attachments are confidential and intended solely for the addressee.\n\n"
        "On Sun, 8 Mar 2026 at 10:00, Desk <desk@example.org> wrote:\n> Can you send the story?\n> Thanks\n"
    )

    (only,) = parsed(message)

    assert [block.text for block in only.story.body] == [line for line in BODY.splitlines() if line]
    assert {"disclaimer", "message that is answered"} <= {entry.reason for entry in only.story.removed}


def test_a_chinese_sentence_is_no_headline(message: EmailMessage) -> None:
    message.replace_header("Subject", "北京的天气")
    message.set_content("北京的天气今天非常好，很多人都出门散步了。他们说，这是多年来最好的一个春天。\n")

    (only,) = parsed(message)

    assert only.story.headline == "北京的天气"


@pytest.mark.parametrize(
    "line",
    ["Date: Thu, 99999999999999999999 Mar 2026 08:00:00 +0000", "Content-Type: text/plain; charset=ut\x00f"],
)
def test_a_header_beyond_reading_does_not_stop_the_copy(line: str) -> None:
    (only,) = parsed(f"From: a@example.org\r\nSubject: Herring\r\n{line}\r\n\r\n{BODY}".encode())

    assert only.story.body


def test_dashes_above_more_copy_are_no_signature(message: EmailMessage) -> None:
    more = BODY.replace("Monday", "Tuesday").replace("forty", "fifty")
    message.set_content(f"{BODY}\n-- \n\n{more}\n-- \nMara Lindqvist\nCourier\n")
    story = parsed(message)[0].story

    assert len([block for block in story.body if block.text]) == 4
    assert [one.text for one in story.removed if one.reason == "signature"] == ["-- \nMara Lindqvist\nCourier"]


def test_no_word_of_a_covering_note_is_lost(message: EmailMessage) -> None:
    message.set_content("Hi all,\n\nHere is the herring story, with a picture.\n\nShare this article\n\nThanks,\nAl\n")
    message.add_attachment(BODY.encode(), maintype="text", subtype="plain", filename="herring.txt")
    story = parsed(message)[0].story

    told = " ".join(one.text for one in story.removed)
    assert all(word in told for word in ("Hi all,", "Here is the herring story", "Share this article", "Thanks,", "Al"))
    assert not any("Thanks" in block.text for block in story.body)
