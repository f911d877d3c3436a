"""HTML: full pages and clean fragments."""

import re

from parsing.document import Context, Document, ParsedStory, Rejected
from parsing.limits import Limits
from parsing.markup.encoding import decode

HEAD = 65_536
PAGE = re.compile(r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype html|<html[\s>])", re.IGNORECASE | re.DOTALL)
FRAGMENT = re.compile(
    r"^\s*(?:<!--.*?-->\s*)*<(?:p|div|article|section|main|h[1-6]|figure|header|body|head|meta|title|span|img|ul|ol|blockquote|table)[\s>/]",
    re.IGNORECASE | re.DOTALL,
)
CLOSED = re.compile(r"</(?:p|div|h[1-6]|article|section|li|figure|blockquote|td)\s*>", re.IGNORECASE)
MARKDOWN = frozenset((".md", ".markdown", ".mdown", ".mkd"))
SCRIPT = re.compile(r"<script[\s>]", re.IGNORECASE)
ENOUGH = 3
"""Closed blocks that make a text with a few words before them HTML; copy mentions a tag once or twice."""


class Html:
    name = "html"

    def detect(self, document: Document) -> bool:
        text, _ = decode(document.data[:HEAD])
        if "\x00" in text:
            return False
        if PAGE.search(text):
            return True
        if document.suffix in MARKDOWN:
            return False  # Markdown may hold blocks of HTML
        if text.lstrip("\ufeff \t\r\n").startswith(("<?xml", "---", "+++")):
            return False
        closed = len(CLOSED.findall(text))
        return closed >= 1 if FRAGMENT.search(text) else closed >= ENOUGH

    def parse(self, document: Document, context: Context) -> tuple[ParsedStory, ...]:
        # Imported here since detection must not pay for the extractor.
        from parsing.markup.article import story_of  # noqa: PLC0415 - loaded when such a document comes
        from parsing.markup.tree import page_tree  # noqa: PLC0415 - loaded when such a document comes

        _bound(document.data, context.limits)
        text, encoding = decode(document.data)
        story = story_of(page_tree(text, context.limits), context.time_zone)
        if not (story.body or story.images or story.notices) and SCRIPT.search(text):
            raise Rejected(
                "The HTML page loads its text by script: there is none in the file.",
                remedy="Save the page from a browser that shows it, complete, and drop that.",
            )
        if not story.body and not story.headline:
            raise Rejected(
                "No article was found in the HTML page.",
                remedy="Drop the article's own page, saved complete; pages that load their text by script are empty.",
            )
        return (ParsedStory(story, encoding=encoding),)


def _bound(data: bytes, limits: Limits) -> None:
    if len(data) > limits.html_bytes:
        raise Rejected(
            f"The HTML file has {len(data):,} bytes; the limit is {limits.html_bytes:,}.",
            remedy="Drop the article without inlined scripts and pictures.",
        )


FORMAT = Html()
