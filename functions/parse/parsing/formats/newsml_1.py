"""IPTC NewsML 1.x (https://iptc.org/standards/newsml-1/)."""

from parsing.document import Context, Document, ParsedStory
from parsing.xml_root import root_of


class NewsML1:
    name = "newsml_1"

    def detect(self, document: Document) -> bool:
        root = root_of(document.data)
        return root is not None and root[0] == "NewsML"

    def parse(self, document: Document, context: Context) -> tuple[ParsedStory, ...]:
        # Imported here since detection must not pay for the reader.
        from parsing.wire.newsml_1 import stories_of  # noqa: PLC0415 - loaded when such a document comes

        return stories_of(document.data, context)


FORMAT = NewsML1()
