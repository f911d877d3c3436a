"""The bytes of a page to its text. Asked of every drop by detection, so that no parser is loaded here."""

import codecs
import re

MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
DECLARED = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w:.-]+)""", re.IGNORECASE)
DECLARED_WITHIN = 4096
"""Bytes searched for the declaration: HTML asks for 1,024, real pages have it later."""
LATIN = {"ascii", "us-ascii", "iso8859-1", "latin-1"}
"""Labels that the WHATWG Encoding Standard reads as windows-1252."""


def decode(data: bytes) -> tuple[str, str]:
    """The text and its encoding: byte order mark, strict UTF-8, the page's own declaration, windows-1252.

    UTF-8 goes before the declaration since a page that is valid UTF-8 with other than ASCII letters is hardly ever
    anything else, while declarations are often wrong after a page was saved again.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace"), encoding
    declared = DECLARED.search(data[:DECLARED_WITHIN])
    for name in ("utf-8", declared[1].decode("ascii") if declared else "windows-1252"):
        try:
            return data.decode(python_name(name)), name.lower()
        except (ValueError, LookupError):
            continue
    return data.decode("cp1252", errors="replace"), "windows-1252"


def python_name(label: str) -> str:
    """Python's name of the encoding that the label means on the Web, where Latin-1 is windows-1252."""
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):  # a NUL in the label
        return label
    return "cp1252" if name in LATIN else name
