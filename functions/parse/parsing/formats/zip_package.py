"""ZIP packages: the stories of the documents in one, with its pictures."""

from parsing.document import Context, Document, ParsedStory

MAGIC = (b"PK\x03\x04", b"PK\x05\x06")


class ZipPackage:
    name = "zip_package"

    def detect(self, document: Document) -> bool:
        return document.data.startswith(MAGIC)

    def parse(self, document: Document, context: Context) -> tuple[ParsedStory, ...]:
        # Imported here since detection must not pay for the reader.
        from parsing.package import stories_of  # noqa: PLC0415 - loaded when such a document comes

        return stories_of(document, context)


FORMAT = ZipPackage()
