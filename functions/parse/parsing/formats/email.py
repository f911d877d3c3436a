"""E-mail messages (.eml, RFC 5322 and MIME)."""

import re

from parsing.document import Context, Document, ParsedStory

HEAD = 8_192
HEADER = re.compile(rb"^[\w-]+[ \t]*:|^[ \t]+\S|^From ")
TELLING = re.compile(
    rb"^(?:message-id|mime-version|received|return-path|content-type|x-mailer)[ \t]*:", re.IGNORECASE | re.MULTILINE
)
COMMON = re.compile(rb"^(?:from|to|subject|date)[ \t]*:", re.IGNORECASE | re.MULTILINE)
FEWEST_COMMON = 2


class Email:
    name = "email"

    def detect(self, document: Document) -> bool:
        head = document.data[:HEAD].lstrip(b"\xef\xbb\xbf\r\n").replace(b"\r\n", b"\n").partition(b"\n\n")[0]
        lines = head.split(b"\n")
        if not all(HEADER.match(line) for line in lines[:-1]):
            return False
        return bool(TELLING.search(head)) and len(COMMON.findall(head)) >= FEWEST_COMMON

    def parse(self, document: Document, context: Context) -> tuple[ParsedStory, ...]:
        # Imported here since detection must not pay for the reader.
        from parsing.mail.message import stories_of  # noqa: PLC0415 - loaded when such a document comes

        return stories_of(document.data, context)


FORMAT = Email()
