"""Files of well-known kinds that hold no story Slugline reads: refused by name, where plain text would publish their
control words, or nobody would learn what an attachment was."""

from dataclasses import dataclass

from parsing.document import Context, Document, ParsedStory, Rejected

HEAD = 1_024
AS_TEXT = "Save it as a Word document (.docx) or as plain text."
UNPACK = "Unpack it, or pack the files as ZIP."


@dataclass(frozen=True)
class Kind:
    """What the file is to a person, and what that person can do."""

    what: str
    remedy: str
    starts: tuple[bytes, ...]


KINDS = (
    Kind("in Rich Text Format (RTF)", AS_TEXT, (b"{\\rtf",)),
    Kind("a PDF", AS_TEXT, (b"%PDF-",)),
    Kind(
        "an attachment of Outlook's own kind (TNEF, winmail.dat)",
        "Send the message again as HTML or plain text, with its files attached.",
        (b"\x78\x9f\x3e\x22",),
    ),
    Kind("a calendar entry", "Drop the story itself.", (b"BEGIN:VCALENDAR",)),
    Kind("an address card", "Drop the story itself.", (b"BEGIN:VCARD",)),
    Kind("encrypted (PGP)", "Send it without encryption.", (b"-----BEGIN PGP MESSAGE-----",)),
    Kind("a packed archive", UNPACK, (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x1f\x8b\x08")),
)


class Unread:
    name = "unread"

    def detect(self, document: Document) -> bool:
        return _kind_of(document) is not None

    def parse(self, document: Document, context: Context) -> tuple[ParsedStory, ...]:  # noqa: ARG002 - the contract's
        kind = _kind_of(document)
        if kind is None:
            raise Rejected("The file is of a kind that Slugline does not read.", remedy=AS_TEXT)
        raise Rejected(f"The file is {kind.what}, which Slugline does not read.", remedy=kind.remedy)


def _kind_of(document: Document) -> Kind | None:
    head = document.data[:HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    return next((kind for kind in KINDS if head.startswith(kind.starts)), None)


FORMAT = Unread()
