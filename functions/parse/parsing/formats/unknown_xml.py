"""XML that is of none of the news formats: refused by its name, where plain text would publish its markup."""

import re

from parsing.document import Context, Document, ParsedStory, Rejected
from parsing.xml_root import root_of

DECLARED = re.compile(
    rb"^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\x00]*<\x00?(?:\?\x00?x\x00?m\x00?l|!\x00?D\x00?O\x00?C)", re.IGNORECASE
)
TAIL = 1_024


class UnknownXml:
    name = "unknown_xml"

    def detect(self, document: Document) -> bool:
        """By a declaration, or a first element that ends where the file does: copy may begin with a tag too."""
        root = root_of(document.data)
        if root is None:
            return False
        end = document.data[-TAIL:].replace(b"\x00", b"").rstrip()
        closed = re.search(rb"</(?:[\w.-]+:)?" + re.escape(root[0].encode()) + rb"\s*>$", end)
        return bool(closed or end.endswith(b"/>") or DECLARED.match(document.data))

    def parse(self, document: Document, context: Context) -> tuple[ParsedStory, ...]:  # noqa: ARG002 - the contract's
        root = root_of(document.data)
        raise Rejected(
            f"The file is XML of a kind that Slugline does not read (its first element is {root[0] if root else '?'}).",
            remedy="Export the story as NITF, NewsML, RSS, Atom or ninjs.",
        )


FORMAT = UnknownXml()
