"""Signed, expiring addresses of files that are not public: who has the address has the file, until it expires.

Each endpoint has a key of its own, so that its links end with it. The signature is HMAC-SHA256 (RFC 2104) over every
part of the address, in base64 for URLs (RFC 4648, section 5) without padding.
"""

import base64
import hmac
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urlencode

from slugline.model import Model

LIFE = timedelta(days=7)
"""At least: a link is good until the end of the UTC day that this ends in."""
KEY_BYTES = 32


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
        parts = (self.endpoint_id, self.story_id, str(self.version), self.licence, self.name)
        return "/v1/files/" + "/".join(quote(part, safe="") for part in parts)


def signed(link: FileLink, key: bytes, now: datetime) -> str:
    """Path and query of the link.

    Made again on the same day it is the same, so that a message that is sent again that day has the same bytes.
    """
    expires = _end_of_day(now + LIFE)
    return f"{link.path}?{urlencode({'expires': expires, 'signature': signature(link, key, expires)})}"


def signature(link: FileLink, key: bytes, expires: int) -> str:
    """What proves that the link was given out, to be good until `expires` (seconds since 1970)."""
    digest = hmac.digest(key, f"{link.path}\n{expires}".encode(), "sha256")
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def is_genuine(link: FileLink, key: bytes, expires: int, given: str) -> bool:
    """Whether the signature is the link's. Takes as long for any signature."""
    return hmac.compare_digest(signature(link, key, expires).encode(), given.encode("utf-8", "surrogatepass"))


def _end_of_day(moment: datetime) -> int:
    day = moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return int((day + timedelta(days=1)).timestamp())
