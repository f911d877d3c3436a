"""Rich Text Format: refused by its name, where plain text would publish its control words."""

from parsing.document import Context, Document, ParsedStory, Rejected

MAGIC = b"{\\rtf"


class Rtf:
    name = "rtf"

    def detect(self, document: Document) -> bool:
        return document.data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(MAGIC)

    def parse(self, document: Document, context: Context) -> tuple[ParsedStory, ...]:  # noqa: ARG002 - the contract's
        raise Rejected(
            "The file is in Rich Text Format (RTF), which Slugline does not read.",
            remedy="Save it as a Word document (.docx) or as plain text.",
        )


FORMAT = Rtf()
