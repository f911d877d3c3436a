"""Signatures of Standard Webhooks 1.0 (https://github.com/standard-webhooks/standard-webhooks, "Signature scheme")."""

import base64
import binascii
import hmac
import secrets

SECRET_PREFIX = "whsec_"  # noqa: S105 - the prefix that the specification gives to secrets, not a secret
SHORTEST_SECRET = 24
LONGEST_SECRET = 64


class BadSecret(ValueError):  # noqa: N818 - reads as the finding it is
    """The text is not a signing secret."""


def new_secret() -> bytes:
    """A symmetric secret of 32 random bytes."""
    return secrets.token_bytes(32)


def secret_text(secret: bytes) -> str:
    """The secret as partners get it."""
    return SECRET_PREFIX + base64.b64encode(secret).decode()


def secret_bytes(text: str) -> bytes:
    """The bytes of a secret with or without its prefix. Raises BadSecret."""
    try:
        secret = base64.b64decode(text.removeprefix(SECRET_PREFIX), validate=True)
    except binascii.Error as error:
        raise BadSecret(f"a secret is {SECRET_PREFIX} and base64") from error
    if not SHORTEST_SECRET <= len(secret) <= LONGEST_SECRET:
        raise BadSecret(f"a secret has {SHORTEST_SECRET} to {LONGEST_SECRET} bytes, this one has {len(secret)}")
    return secret


def signed_content(webhook_id: str, timestamp: int, body: bytes) -> bytes:
    """What is signed: id, seconds since 1970, and the exact bytes of the body, joined by full stops."""
    return f"{webhook_id}.{timestamp}.".encode() + body


def sign_v1(secret: bytes, content: bytes) -> str:
    """The symmetric signature: HMAC-SHA256."""
    return "v1," + base64.b64encode(hmac.digest(secret, content, "sha256")).decode()


def webhook_headers(webhook_id: str, timestamp: int, body: bytes, keys: list[bytes]) -> dict[str, str]:
    """The three headers of a message; one signature per secret, separated by one space."""
    content = signed_content(webhook_id, timestamp, body)
    return {
        "webhook-id": webhook_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(sign_v1(key, content) for key in keys),
    }
