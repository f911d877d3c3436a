"""IPTC ninjs 1.x, 2.x and 3.x: news in JSON (https://iptc.org/std/ninjs/).

What the generations name differently is read by one name: keys in lower case, and `headlines`, `bodies`, `descriptions`
as lists of texts with a role, which 1.x has as `headline_<role>` and so on.
"""

import re

from parsing.document import Context, Document, ParsedStory

HEAD = 4_096
OBJECT = re.compile(rb'^(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*(?:"|\})')
WIDE = (b"\xff\xfe", b"\xfe\xff")


class Ninjs:
    name = "ninjs"

    def detect(self, document: Document) -> bool:
        """Any JSON object, or list of such: ninjs is the one JSON there is to drop, and says so when it is not."""
        head = document.data[:HEAD]
        if head.startswith(WIDE):
            head = head.replace(b"\x00", b"")[2:]
        return OBJECT.match(head) is not None

    def parse(self, document: Document, context: Context) -> tuple[ParsedStory, ...]:
        # Imported here since detection must not pay for the reader.
        from parsing.wire.ninjs import stories_of  # noqa: PLC0415 - loaded when such a document comes

        return stories_of(document.data, context)


FORMAT = Ninjs()
