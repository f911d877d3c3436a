"""Word documents: Office Open XML, transitional and strict (ISO/IEC 29500)."""

from parsing.document import Context, Document, ParsedStory, Rejected
from parsing.unzip import names_in

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The container of Word 97 documents, and of encrypted ones of any age."""


class Docx:
    name = "docx"

    def detect(self, document: Document) -> bool:
        """By the parts in the package's directory: a Word document packed in a ZIP file has them in its bytes, too."""
        data = document.data
        if data.startswith(OLE):
            return True
        if not (data.startswith(ZIP) and b"word/" in data):
            return False
        names = names_in(data)
        return "[Content_Types].xml" in names and any(name.startswith("word/") for name in names)

    def parse(self, document: Document, context: Context) -> tuple[ParsedStory, ...]:
        # Imported here since detection must not pay for the reader.
        from parsing.docx.story import story_of  # noqa: PLC0415 - loaded when such a document comes

        if document.data.startswith(OLE):
            raise Rejected(
                "The file is an Office document of the old kind, or protected by a password.",
                remedy="Save it without password as a Word document (.docx).",
            )
        return (story_of(document.data, context.limits, context.time_zone),)


FORMAT = Docx()
