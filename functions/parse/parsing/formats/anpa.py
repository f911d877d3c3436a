"""Wire text for teleprinters' heirs: ANPA Bulletin 1312 and IPTC Recommendation 7901."""

import re

from parsing.document import Context, Document, ParsedStory

HEAD = 400
FRAME = rb"[\x00-\x20]*"
ANPA = re.compile(
    FRAME + rb"[A-Za-z]\d{3,4}[^\s\x02]{0,12}[\x02\s]*?\r*\n[\x02\x11-\x14]*"
    rb"[a-z]\s+[a-z]{1,3}\s+\S[^\r\n]{0,60}?\s+\d\d-\d\d\s+\d{1,5}\b",
)
"""Service letter and number; priority, category, keyword, month-day and word count."""
IPTC_7901 = re.compile(FRAME + rb"[a-z]{2,4}\d{3,4}\s+[1-9]\s+[a-z]{1,3}\s+\d{1,5}\b[^\r\n]{0,80}\r*\n")
"""Source and number, priority, category, word count."""


class Anpa:
    name = "anpa"

    def detect(self, document: Document) -> bool:
        """By the header lines, as the control characters around them are often lost on the way."""
        head = document.data[:HEAD]
        return bool(ANPA.match(head) or IPTC_7901.match(head))

    def parse(self, document: Document, context: Context) -> tuple[ParsedStory, ...]:
        # Imported here since detection must not pay for the reader.
        from parsing.wire.anpa import stories_of  # noqa: PLC0415

        return stories_of(document.data, context.limits)


FORMAT = Anpa()
