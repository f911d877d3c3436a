"""The lines of a message's head."""

import re

HEADER = re.compile(rb"^[\w.-]+[ \t]*:|^[ \t]+\S|^From ")
END = re.compile(rb"\r?\n\r?\n")


def with_headers_whole(data: bytes) -> bytes:
    """The message with the lines of its head that are no header joined to the header above, as whose rest they read.

    A parser would take the first of them for the text, and all headers below it.
    """
    end = END.search(data)
    head, rest = (data[: end.start()], data[end.start() :]) if end else (data, b"")
    lines = head.splitlines(keepends=True)
    if all(HEADER.match(line) for line in lines):
        return data
    return b"".join(line if HEADER.match(line) else b" " + line for line in lines) + rest
