"""E-mail messages (.eml, RFC 5322 and MIME)."""

import re

from parsing.document import Context, Document, ParsedStory
from parsing.mail.headers import HEADER

HEAD = 8_192
TELLING = re.compile(
    rb"^(?:message-id|mime-version|received|return-path|content-type|content-transfer-encoding|x-mailer)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
COMMON = re.compile(rb"^(?:from|to|subject|date)[ \t]*:", re.IGNORECASE | re.MULTILINE)
MULTIPART = re.compile(rb"^content-type[ \t]*:[ \t]*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
FEWEST_COMMON = 2
SUFFIXES = frozenset((".eml", ".mht", ".mhtml"))
MOST_BROKEN = 0.2
"""Share of lines that are no header, as where a program broke a long one in two."""


class Email:
    name = "email"

    def detect(self, document: Document) -> bool:
        head = document.data[:HEAD].lstrip(b"\xef\xbb\xbf\r\n").replace(b"\r\n", b"\n").partition(b"\n\n")[0]
        telling, common = len(TELLING.findall(head)), len(COMMON.findall(head))
        lines = head.split(b"\n")[:-1] if len(head) >= HEAD else head.split(b"\n")
        broken = sum(HEADER.match(line) is None for line in lines)
        if not lines or not HEADER.match(lines[0]) or broken > (MOST_BROKEN * len(lines) if telling > 1 else 0):
            return False
        if document.suffix in SUFFIXES:
            return telling + common > 0
        return telling > 0 and (common >= FEWEST_COMMON or MULTIPART.search(head) is not None)

    def parse(self, document: Document, context: Context) -> tuple[ParsedStory, ...]:
        # Imported here since detection must not pay for the reader.
        from parsing.mail.message import stories_of  # noqa: PLC0415 - loaded when such a document comes

        return stories_of(document.data, context)


FORMAT = Email()
