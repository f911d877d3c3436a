"""Signing keys of an endpoint: new ones, those in use, and the public ones for everybody."""

import base64
import json
import secrets
from datetime import datetime
from typing import Any

from slugline.domain.endpoint_life import valid
from slugline.domain.file_links import KEY_BYTES
from slugline.domain.webhook_signature import PrivateKey, SharedSecret, SigningKey
from slugline.model import Model
from slugline.partners import Endpoint, SealedHeaders, SealedSecret
from slugline.ports.deliveries import SecretBox


class NewKeys(Model):
    """Keys as they are kept, and as they are told: the shared secret this once, the public key at any time."""

    sealed: tuple[SealedSecret, ...]
    secret: str
    public_key: str | None


def new_keys(box: SecretBox, endpoint_id: str, now: datetime, *, asymmetric: bool) -> NewKeys:
    """A shared secret (v1), and when `asymmetric` an Ed25519 key (v1a) beside it."""
    secret = SharedSecret.new()
    sealed = [SealedSecret(sealed=box.seal(secret.sealable, endpoint_id), created_at=now)]
    private = PrivateKey.new() if asymmetric else None
    if private:
        public = base64.b64encode(private.public).decode()
        kept = box.seal(private.sealable, endpoint_id)
        sealed.append(SealedSecret(sealed=kept, public_key=public, created_at=now))
    return NewKeys(sealed=tuple(sealed), secret=secret.text, public_key=private.public_text if private else None)


def new_link_key(box: SecretBox, endpoint_id: str) -> str:
    """A new key for signed links, sealed. Nobody is told it."""
    return box.seal(secrets.token_bytes(KEY_BYTES), endpoint_id)


def sealed_headers(box: SecretBox, endpoint_id: str, headers: dict[str, str]) -> SealedHeaders | None:
    """The partner's own headers as they are kept; None for none."""
    if not headers:
        return None
    return SealedHeaders(names=tuple(headers), sealed=box.seal(json.dumps(headers).encode(), endpoint_id))


def signing_keys(box: SecretBox, endpoint: Endpoint, now: datetime) -> list[SigningKey]:
    """The endpoint's keys that are valid, opened."""
    valid_ones = [secret for secret in endpoint.secrets if valid(secret, now)]
    opened = [(secret, box.open(secret.sealed, endpoint.id)) for secret in valid_ones]
    return [PrivateKey(seed) if secret.public_key else SharedSecret(seed) for secret, seed in opened]


def key_set(endpoint: Endpoint, now: datetime) -> dict[str, Any]:
    """The public keys as a JSON Web Key Set (RFC 7517; Ed25519 by RFC 8037), newest first."""
    keys = (secret.public_key for secret in endpoint.secrets if secret.public_key and valid(secret, now))
    return {"keys": [_key(key) for key in keys]}


def _key(public_key: str) -> dict[str, str]:
    x = base64.urlsafe_b64encode(base64.b64decode(public_key)).decode().rstrip("=")
    return {"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": x[:16], "x": x}
