"""Keys of the API: `slk_<id>_<secret>`.

Kept is only the SHA-256 of the secret, which is random enough (256 bits) to need neither salt nor a slow hash.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from datetime import datetime

from slugline.partners import ApiKey, Scope

PREFIX = "slk_"


def new_key(
    scopes: tuple[Scope, ...], now: datetime, partner_id: str | None = None, expires_at: datetime | None = None
) -> tuple[ApiKey, str]:
    """A key's row and its text, which is shown once."""
    identifier, secret = secrets.token_hex(8), secrets.token_urlsafe(32)
    row = ApiKey(
        id=identifier,
        secret_sha256=_digest(secret),
        scopes=scopes,
        partner_id=partner_id,
        created_at=now,
        expires_at=expires_at,
    )
    return row, f"{PREFIX}{identifier}_{secret}"


def known_key(text: str, find: Callable[[str], ApiKey | None]) -> ApiKey | None:
    """The key that the text proves, compared in constant time; None if it proves none."""
    identifier, _, secret = text.removeprefix(PREFIX).partition("_")
    if not text.startswith(PREFIX) or not identifier.isalnum() or not secret.isascii():
        return None
    key = find(identifier)
    # An unknown id takes as long as a wrong secret.
    proven = hmac.compare_digest(_digest(secret), key.secret_sha256 if key else _digest(""))
    return key if proven and key else None


def expired(key: ApiKey, now: datetime) -> bool:
    """Whether the key opens nothing any more."""
    return key.expires_at is not None and key.expires_at <= now


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
