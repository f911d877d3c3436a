"""IPTC NewsML-G2: news items, package items and news messages of them (https://iptc.org/standards/newsml-g2/)."""

from parsing.document import Context, Document, ParsedStory
from parsing.xml_root import root_of

ROOTS = frozenset(
    ("newsItem", "packageItem", "newsMessage", "conceptItem", "knowledgeItem", "planningItem", "catalogItem")
)
"""Those without news are of the format too, and rejected with that reason."""


class NewsMLG2:
    name = "newsml_g2"

    def detect(self, document: Document) -> bool:
        root = root_of(document.data)
        return root is not None and root[0] in ROOTS

    def parse(self, document: Document, context: Context) -> tuple[ParsedStory, ...]:
        # Imported here since detection must not pay for the reader.
        from parsing.wire.newsml_g2 import stories_of  # noqa: PLC0415 - loaded when such a document comes

        return stories_of(document.data, context)


FORMAT = NewsMLG2()
