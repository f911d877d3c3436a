"""What rendering hands back."""

from dataclasses import dataclass

HTML = "text/html; charset=utf-8"
PAGE = "index.html"


@dataclass(frozen=True)
class Output:
    """One file: its name below the story's (or feed's) folder, its media type, its bytes.

    `policy` is the Content-Security-Policy of a page, for the response header.
    """

    name: str
    content_type: str
    body: bytes
    policy: str | None = None
