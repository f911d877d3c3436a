"""Outlook's own attachments (`winmail.dat`), opened: the message's text and the files in it (MS-OXTNEF)."""

from collections.abc import Iterator
from email.message import EmailMessage, MIMEPart
from mimetypes import guess_type

from parsing.mail.parts import Leaf, leaves

SIGNATURE = b"\x78\x9f\x3e\x22"


def opened(leaf: Leaf, levels: int, *, alone: bool) -> Iterator[Leaf]:
    """The leaves in a TNEF leaf, any other leaf as it is. `alone`: the message has no text but the one in it."""
    message = _message(leaf.data, text=alone) if leaf.data.startswith(SIGNATURE) else None
    if message is None:
        yield leaf
    else:
        yield from leaves(message, levels)


def _message(data: bytes, *, text: bool) -> MIMEPart | None:
    """As the MIME message that it could have been sent as; None when it is broken, or has nothing in it."""
    from tnefparse import TNEF  # noqa: PLC0415 - few messages have such an attachment

    message = EmailMessage()
    message.make_mixed()
    try:
        found = TNEF(data, do_checksum=False)
        if text:
            _add_text(message, found.htmlbody, found.body, found.rtfbody)
        for attachment in found.attachments:
            name = attachment.long_filename().strip("\x00")
            kind, _, subtype = (guess_type(name)[0] or "application/octet-stream").partition("/")
            message.add_attachment(bytes(attachment.data), maintype=kind, subtype=subtype, filename=name)
    except Exception:  # compressed_rtf raises Exception itself, tnefparse a dozen kinds for garbled bytes
        return None
    return message if message.get_payload() else None


def _add_text(message: EmailMessage, html: str | bytes | None, plain: str | bytes | None, rtf: bytes | None) -> None:
    """The richest form of the text. RTF comes last: Outlook makes it from the others."""
    if html:
        message.add_attachment(_decoded(html), subtype="html", disposition="inline")
    elif plain and _decoded(plain).strip():
        message.add_attachment(_decoded(plain), disposition="inline")
    elif rtf:
        from striprtf.striprtf import rtf_to_text  # noqa: PLC0415 - as above

        text = rtf_to_text(rtf.decode("cp1252", "replace"), errors="replace")
        message.add_attachment(text, disposition="inline")


def _decoded(text: str | bytes) -> str:
    return (text if isinstance(text, str) else text.decode("utf-8", "replace")).rstrip("\x00")
