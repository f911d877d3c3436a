"""Signed addresses of files that are not public: who has the address has the file, until it expires.

Each endpoint has a key of its own, so that its links end with it. The signature is HMAC-SHA256 (RFC 2104) over every
part of the address, in base64 for URLs (RFC 4648, section 5) without padding.
"""

import base64
import hmac
from datetime import UTC, datetime, timedelta
from typing import Protocol
from urllib.parse import quote, urlencode

from slugline.model import Model

LIFE = timedelta(days=7)
"""At least: a link is good until the end of the UTC day that this ends in."""
KEY_BYTES = 32
NEVER = 0
"""When a link expires that is to be kept: a feed's, which readers ask for years on."""


class Link(Protocol):
    """A file, as one endpoint's partner may have it."""

    @property
    def endpoint_id(self) -> str: ...

    @property
    def path(self) -> str:
        """Its path on the API."""


class FileLink(Model):
    """A form of a story version, as one endpoint's partner may have it. `licence` names the set of agencies."""

    endpoint_id: str
    story_id: str
    version: int
    licence: str
    name: str

    @property
    def path(self) -> str:
        """Its path on the API."""
        return _path("files", self.endpoint_id, self.story_id, str(self.version), self.licence, self.name)


class FeedLink(Model):
    """A form of a product's feed, for one endpoint's partner."""

    endpoint_id: str
    product: str
    name: str

    @property
    def path(self) -> str:
        """Its path on the API."""
        return _path("feeds", self.endpoint_id, self.product, self.name)


def signed_for_good(link: Link, key: bytes) -> str:
    """Path and query of a link that does not expire. It ends with its endpoint, the endpoint's key, or the licence."""
    return f"{link.path}?{urlencode({'signature': signature(link, key, NEVER)})}"


def signed(link: Link, key: bytes, now: datetime) -> str:
    """Path and query of the link.

    Made again on the same day it is the same, so that a message that is sent again that day has the same bytes.
    """
    expires = _end_of_day(now + LIFE)
    return f"{link.path}?{urlencode({'expires': expires, 'signature': signature(link, key, expires)})}"


def signature(link: Link, key: bytes, expires: int) -> str:
    """What proves that the link was given out, to be good until `expires` (seconds since 1970)."""
    digest = hmac.digest(key, f"{link.path}\n{expires}".encode(), "sha256")
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def is_genuine(link: Link, key: bytes, expires: int, given: str) -> bool:
    """Whether the signature is the link's. Takes as long for any signature."""
    return hmac.compare_digest(signature(link, key, expires).encode(), given.encode("utf-8", "surrogatepass"))


def _path(kind: str, *parts: str) -> str:
    return f"/v1/{kind}/" + "/".join(quote(part, safe="") for part in parts)


def _end_of_day(moment: datetime) -> int:
    day = moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return int((day + timedelta(days=1)).timestamp())
