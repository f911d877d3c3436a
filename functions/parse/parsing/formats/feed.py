"""RSS 0.9x, 1.0, 2.0 and Atom 1.0: each entry is a story."""

from parsing.document import Context, Document, ParsedStory
from parsing.xml_root import root_of

ROOTS = frozenset(("rss", "feed", "RDF"))
RSS = "http://purl.org/rss/1.0/"


class Feed:
    name = "feed"

    def detect(self, document: Document) -> bool:
        root = root_of(document.data)
        if root is None or root[0] not in ROOTS:
            return False
        return root[0] != "RDF" or RSS in root[1]

    def parse(self, document: Document, context: Context) -> tuple[ParsedStory, ...]:
        # Imported here since detection must not pay for the reader.
        from parsing.syndication.entries import stories_of  # noqa: PLC0415 - loaded when such a document comes

        return stories_of(document.data, context.limits, context.time_zone)


FORMAT = Feed()
