"""IPTC NITF 3.x, News Industry Text Format (https://iptc.org/standards/nitf/)."""

from parsing.document import Context, Document, ParsedStory
from parsing.xml_root import root_of


class Nitf:
    name = "nitf"

    def detect(self, document: Document) -> bool:
        root = root_of(document.data)
        return root is not None and root[0] == "nitf"

    def parse(self, document: Document, context: Context) -> tuple[ParsedStory, ...]:
        # Imported here since detection must not pay for the reader.
        from parsing.wire.nitf import stories_of  # noqa: PLC0415 - loaded when such a document comes

        return stories_of(document.data, context)


FORMAT = Nitf()
