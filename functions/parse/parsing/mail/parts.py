"""The leaves of a MIME message: which are shown, what their bytes say, which are pictures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import MIMEPart
from pathlib import PurePosixPath

from parsing.document import Document, PictureFile, Rejected
from parsing.formats.photo import FORMAT as PHOTO
from parsing.mail.flowed import unflowed
from parsing.markup.encoding import python_name
from parsing.text.charset import decode

BOUNDARY = re.compile(rb"^--([\w'()+,./:=? -]*[\w'()+,./:=?-])[ \t]*\r?\n(?=[\w-]+[ \t]*:)", re.MULTILINE)
"""A line that opens a part: headers follow it."""
DEEPEST = 20
"""Parts within parts, and messages within messages; a forwarded forward with pictures has six."""


@dataclass(frozen=True)
class Leaf:
    """A part without parts. `alternative`: it says what another part beside it says too."""

    part: MIMEPart
    alternative: bool = False

    @property
    def is_shown(self) -> bool:
        return self.part.get_content_maintype() == "text" and not self.part.is_attachment()

    def is_text(self, subtype: str) -> bool:
        return self.is_shown and self.part.get_content_subtype() == subtype

    @property
    def data(self) -> bytes:
        payload = self.part.get_payload(decode=True)
        return payload if isinstance(payload, bytes) else b""

    @property
    def text(self) -> str:
        """By the declared charset, else by what the bytes say; soft line breaks are undone."""
        if str(self.part.get_param("format", "")).lower() == "flowed":
            return unflowed(self._decoded, delete_space=str(self.part.get_param("delsp", "")).lower() == "yes")
        return self._decoded

    @property
    def _decoded(self) -> str:
        declared = self.part.get_content_charset()
        if declared:
            try:
                return self.data.decode(python_name(declared))
            except (ValueError, LookupError):
                pass
        found = decode(self.data)
        return found.text if found else self.data.decode("cp1252", errors="replace")


def leaves(message: MIMEPart, levels: int = DEEPEST, alternative: bool = False) -> Iterator[Leaf]:
    """The leaves of the message, messages within it unopened. Raises Rejected when they are nested too deep."""
    if not levels:
        raise too_deep()
    if message.is_multipart() and message.get_content_maintype() == "multipart":
        for part in message.iter_parts():
            yield from leaves(part, levels - 1, alternative or message.get_content_subtype() == "alternative")
    elif message.get_content_maintype() == "multipart":
        yield from leaves(_by_its_own_boundary(message), levels - 1, alternative)
    else:
        yield Leaf(message, alternative)


def _by_its_own_boundary(message: MIMEPart) -> MIMEPart:
    """A multipart message in which the boundary that it declares does not occur: by the one that does, else as text."""
    payload = message.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    found = BOUNDARY.search(data)
    head = b"Content-Type: text/plain"
    if found:
        head = b"Content-Type: multipart/mixed; boundary=" + b'"' + found[1].replace(b'"', b"") + b'"'
    mended = message_from_bytes(head + b"\n\n" + data, policy=policy.default)
    if mended.is_multipart() or not found:
        return mended
    return message_from_bytes(b"Content-Type: text/plain\n\n" + data, policy=policy.default)


def picture_of(leaf: Leaf, number: int) -> PictureFile | None:
    """A picture by its file name or else its content id, as `cid:` addresses name it.

    Many programs attach photos as `application/octet-stream`: the bytes count.
    """
    part = leaf.part
    kind = part.get_content_maintype()
    if kind != "image" and not (kind == "application" and PHOTO.detect(Document("", leaf.data))):
        return None
    name = PurePosixPath((part.get_filename() or "").replace("\\", "/")).name
    name = name or (part["Content-ID"] or "").strip("<> ")
    return PictureFile(name or f"picture-{number}.{part.get_content_subtype()}", leaf.data) if leaf.data else None


def too_deep() -> Rejected:
    return Rejected(
        f"The e-mail's parts are nested more than {DEEPEST} deep.", remedy="Send the copy by itself, not as a forward."
    )
