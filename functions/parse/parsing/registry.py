"""The formats, in the order in which they are asked whether a document is theirs.

A module is imported when its turn comes, so that a plain-text drop does not pay for a DOCX library at cold start.
Adding a format is a module in `parsing.formats` and its name here.
"""

from importlib import import_module
from typing import cast

from parsing.document import Document, Format, Rejected

FORMATS = (
    "photo",
    "docx",
    "zip_package",
    "unread",
    "ninjs",
    "nitf",
    "newsml_g2",
    "newsml_1",
    "anpa",
    "feed",
    "email",
    "html",
    "unknown_xml",
    "markdown",
    "plain_text",
)
"""From the most telling content to the least: plain text takes whatever decodes as text."""


def format_of(document: Document) -> Format:
    """The format whose content test the document passes. Raises Rejected when there is none."""
    for name in FORMATS:
        candidate = cast(Format, import_module(f"parsing.formats.{name}").FORMAT)
        if candidate.detect(document):
            return candidate
    raise Rejected(
        "The file is of no type that Slugline reads.",
        remedy="Drop it as text, HTML, Markdown, Word, e-mail, NITF, NewsML, ninjs, RSS, a ZIP file of these, or "
        "a photo; the list of formats is in docs/newsroom.md.",
    )
