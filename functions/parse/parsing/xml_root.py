"""What an XML document is, from its first bytes alone: detection must not pay for a parser."""

import re

HEAD = 4_096
UTF16_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
PROLOG = re.compile(
    r"\ufeff?(?:\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE(?:[^\[>\"']|\"[^\"]*\"|'[^']*'|\[[^\]]*\])*>)*", re.DOTALL
)
ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)(?:[\s/>]|$)([^>]*)")


def root_of(data: bytes) -> tuple[str, str] | None:
    """The local name of the document's first element and its attributes as written, or None if `data` is no XML.

    Cheap enough to ask of every file: looks at the first 4 KiB only, and only if they start like XML.
    """
    head = data[:HEAD]
    encoding = UTF16_MARKS.get(head[:2], "latin-1")
    text = head.decode(encoding, "replace").removeprefix("\xef\xbb\xbf").removeprefix("\ufeff")
    if not text.lstrip().startswith("<"):
        return None
    prolog = PROLOG.match(text)
    root = ROOT.match(text, prolog.end() if prolog else 0)
    return (root[1], root[2]) if root else None
