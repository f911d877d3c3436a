"""Headers that a partner wants on every message, such as a key of its own gateway."""

import re
from typing import Annotated

from pydantic import AfterValidator

MOST_HEADERS = 20
# KMS encrypts at most 4,096 bytes at once, and they are sealed together.
MOST_BYTES = 3_500

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}")  # a token (RFC 9110, section 5.6.2)
_VALUE = re.compile(r"[!-~](?:[\t -~]*[!-~])?")
# What says where a message goes, how long it is, how it is framed or who signed it is ours to say.
_RESERVED = frozenset(
    {
        "accept-encoding", "connection", "content-encoding", "content-length", "content-type", "cookie", "date",
        "expect", "host", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "user-agent", "via",
    }
)  # fmt: skip
_RESERVED_STARTS = ("proxy-", "sec-", "svix-", "webhook-", "x-forwarded-", "x-amz-", "x-amzn-", "x-slugline-")


def check_headers(headers: dict[str, str]) -> dict[str, str]:
    """The headers as given. Raises ValueError, which names the header and the remedy."""
    if len(headers) > MOST_HEADERS:
        raise ValueError(f"give at most {MOST_HEADERS} headers")
    if sum(len(name) + len(value) for name, value in headers.items()) > MOST_BYTES:
        raise ValueError(f"keep all headers together within {MOST_BYTES} characters")
    seen: set[str] = set()
    for name, value in headers.items():
        _check(name, value, seen)
        seen.add(name.lower())
    return headers


def _check(name: str, value: str, seen: set[str]) -> None:
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name[:100]!r} is not the name of a header: use letters, digits and hyphens")
    lower = name.lower()
    if lower in _RESERVED or lower.startswith(_RESERVED_STARTS):
        raise ValueError(f"the header {name} is reserved: choose another name, such as X-Api-Key")
    if lower in seen:
        raise ValueError(f"the header {name} is given twice: names are the same in upper and lower case")
    if not _VALUE.fullmatch(value):
        raise ValueError(f"the value of the header {name} must be ASCII, with no line breaks nor spaces at its ends")


CustomHeaders = Annotated[dict[str, str], AfterValidator(check_headers)]
