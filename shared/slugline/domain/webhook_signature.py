"""Signatures of Standard Webhooks 1.0 (https://github.com/standard-webhooks/standard-webhooks, "Signature scheme").

v1 is HMAC-SHA256 under a shared secret; v1a is Ed25519, whose public key anybody may have.
"""

import base64
import binascii
import hmac
import secrets
from collections.abc import Iterable
from typing import Protocol

SHORTEST_SECRET = 24
LONGEST_SECRET = 64
SEED_LENGTH = 32


class BadSecret(ValueError):  # noqa: N818 - reads as the finding it is
    """The text is not a signing secret."""


class SigningKey(Protocol):
    """What signs messages. `sealable` are the bytes to keep secret."""

    @property
    def sealable(self) -> bytes: ...

    def sign(self, content: bytes) -> str:
        """The signature with its version, as it stands in the header."""
        ...


class SharedSecret:
    """A v1 secret of 24 to 64 bytes. Raises BadSecret."""

    PREFIX = "whsec_"

    def __init__(self, secret: bytes) -> None:
        if not SHORTEST_SECRET <= len(secret) <= LONGEST_SECRET:
            raise BadSecret(f"a secret has {SHORTEST_SECRET} to {LONGEST_SECRET} bytes, this one has {len(secret)}")
        self._secret = secret

    @classmethod
    def new(cls) -> "SharedSecret":
        return cls(secrets.token_bytes(32))

    @classmethod
    def parse(cls, text: str) -> "SharedSecret":
        """The secret that partners know as `text`. Raises BadSecret."""
        return cls(_decoded(text, cls.PREFIX))

    @property
    def sealable(self) -> bytes:
        return self._secret

    @property
    def text(self) -> str:
        """The secret as partners get it."""
        return self.PREFIX + base64.b64encode(self._secret).decode()

    def sign(self, content: bytes) -> str:
        return "v1," + base64.b64encode(hmac.digest(self._secret, content, "sha256")).decode()


class PrivateKey:
    """A v1a key, of a seed of 32 bytes. Raises BadSecret."""

    PREFIX = "whsk_"
    PUBLIC_PREFIX = "whpk_"

    def __init__(self, seed: bytes) -> None:
        # Only endpoints that ask for v1a pay for the import of a cryptography library.
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 - few endpoints have such a key

        if len(seed) != SEED_LENGTH:
            raise BadSecret(f"an Ed25519 seed has {SEED_LENGTH} bytes, this one has {len(seed)}")
        self._seed = seed
        self._key = Ed25519PrivateKey.from_private_bytes(seed)

    @classmethod
    def new(cls) -> "PrivateKey":
        return cls(secrets.token_bytes(SEED_LENGTH))

    @classmethod
    def parse(cls, text: str) -> "PrivateKey":
        """The key pair (seed and public key, 64 bytes) that `text` holds. Raises BadSecret."""
        return cls(_decoded(text, cls.PREFIX)[:SEED_LENGTH])

    @property
    def sealable(self) -> bytes:
        return self._seed

    @property
    def public(self) -> bytes:
        """The 32 bytes of the public key."""
        return self._key.public_key().public_bytes_raw()

    @property
    def public_text(self) -> str:
        """The public key as partners get it."""
        return self.PUBLIC_PREFIX + base64.b64encode(self.public).decode()

    def sign(self, content: bytes) -> str:
        return "v1a," + base64.b64encode(self._key.sign(content)).decode()


def signed_content(webhook_id: str, timestamp: int, body: bytes) -> bytes:
    """What is signed: id, seconds since 1970, and the exact bytes of the body, joined by full stops."""
    return f"{webhook_id}.{timestamp}.".encode() + body


def webhook_headers(webhook_id: str, timestamp: int, body: bytes, keys: Iterable[SigningKey]) -> dict[str, str]:
    """The three headers of a message; one signature per key, separated by one space."""
    content = signed_content(webhook_id, timestamp, body)
    return {
        "webhook-id": webhook_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(key.sign(content) for key in keys),
    }


def _decoded(text: str, prefix: str) -> bytes:
    try:
        return base64.b64decode(text.removeprefix(prefix), validate=True)
    except binascii.Error as error:
        raise BadSecret(f"a secret is {prefix} and base64") from error
