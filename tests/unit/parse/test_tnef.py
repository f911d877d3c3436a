"""Outlook's winmail.dat: the text and the files in it are the message's."""

import struct
from email.message import EmailMessage
from pathlib import Path

import pytest
from compressed_rtf import compress
from hypothesis import given, settings
from hypothesis import strategies as st

from parsing import Document, ParsedStory, Rejected, parse

PNG = (Path(__file__).parents[2] / "samples" / "photo" / "airplane.jpg").read_bytes()
TEXT = "The ferry sailed again on Thursday after eleven weeks in dock, the harbour office said."
RTF = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}\f0 The caf\'e9 reopened on Friday after a year of work.\par }"
BODY, PROPERTIES, TITLE, DATA, RENDERING = 0x800C, 0x9003, 0x8010, 0x800F, 0x9002
MESSAGE, ATTACHMENT = 1, 2


def attribute(level: int, name: int, data: bytes) -> bytes:
    return struct.pack("<BHHI", level, name, 6, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


def tnef(*attributes: bytes) -> bytes:
    codepage = attribute(MESSAGE, 0x9007, struct.pack("<II", 1252, 0))
    return struct.pack("<IH", 0x223E9F78, 1) + codepage + b"".join(attributes)


def rich(text: str) -> bytes:
    data = compress(text.encode("ascii"))
    padded = data + bytes(-len(data) % 4)
    return attribute(MESSAGE, PROPERTIES, struct.pack("<IHHII", 1, 0x0102, 0x1009, 1, len(data)) + padded)


def attached(name: str, data: bytes) -> bytes:
    return (
        attribute(ATTACHMENT, RENDERING, bytes(14))
        + attribute(ATTACHMENT, TITLE, name.encode() + b"\x00")
        + attribute(ATTACHMENT, DATA, data)
    )


def read(data: bytes, text: str = "") -> tuple[ParsedStory, ...]:
    message = EmailMessage()
    message["Subject"], message["From"], message["Message-ID"] = "Ferry returns", "desk@example.org", "<1@example.org>"
    message.set_content(text)
    message.add_attachment(data, maintype="application", subtype="ms-tnef", filename="winmail.dat")
    return parse(Document("story.eml", message.as_bytes()))


def bodies(parsed: ParsedStory) -> list[str]:
    return [block.text for block in parsed.story.body if block.text]


def test_the_text_is_the_story() -> None:
    (only,) = read(tnef(attribute(MESSAGE, BODY, TEXT.encode() + b"\x00")))

    assert only.story.headline == "Ferry returns"
    assert bodies(only) == [TEXT]


def test_rich_text_is_read_where_there_is_nothing_else() -> None:
    (only,) = read(tnef(rich(RTF)))

    assert bodies(only) == ["The café reopened on Friday after a year of work."]


def test_the_pictures_in_it_are_the_storys() -> None:
    (only,) = read(tnef(attribute(MESSAGE, BODY, TEXT.encode()), attached("ferry.jpg", PNG)))

    assert [(one.name, one.data) for one in only.pictures] == [("ferry.jpg", PNG)]


def test_a_document_in_it_is_a_story() -> None:
    (only,) = read(tnef(attached("story.txt", f"Ferry sails\n\nBy Ada Byron\n\n{TEXT}\n".encode())))

    assert (only.story.headline, bodies(only)) == ("Ferry sails", [TEXT])


def test_a_text_that_the_message_has_itself_goes_before_the_one_in_it() -> None:
    (only,) = read(tnef(attribute(MESSAGE, BODY, TEXT.encode())), text=TEXT)

    assert bodies(only) == [TEXT]


def test_one_that_is_broken_is_left_out_with_the_reason() -> None:
    (only,) = read(tnef(attribute(MESSAGE, BODY, TEXT.encode()))[:20], text=TEXT)

    assert any("TNEF" in warning for warning in only.story.warnings)


def test_one_that_is_broken_and_all_there_is_is_rejected() -> None:
    with pytest.raises(Rejected, match="holds no text"):
        read(b"\x78\x9f\x3e\x22\x01\x00")


@given(st.binary(max_size=30), st.integers(min_value=4))
@settings(deadline=None, max_examples=60)
def test_bytes_overwritten_in_it_give_stories_or_a_rejection(noise: bytes, at: int) -> None:
    data = tnef(rich(RTF), attribute(MESSAGE, BODY, TEXT.encode()), attached("ferry.jpg", PNG[:2000]))
    at = 4 + at % (len(data) - 4)

    try:
        read(data[:at] + noise + data[at + len(noise) :])
    except Rejected:
        return
