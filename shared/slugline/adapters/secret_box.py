"""Sealing signing secrets with KMS."""

import base64
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_kms import KMSClient

CACHE_SECONDS = 300.0


class KmsSecretBox:
    """The port SecretBox.

    The context is KMS's encryption context, so that a secret copied to another endpoint's row does not open there. What
    was opened is kept in memory for `CACHE_SECONDS`, which is also how long a container goes on after the key is
    disabled.
    """

    def __init__(self, client: "KMSClient", key: str, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._key = key
        self._monotonic = monotonic
        self._opened: dict[tuple[str, str], tuple[float, bytes]] = {}

    def seal(self, secret: bytes, context: str) -> str:
        answer = self._client.encrypt(KeyId=self._key, Plaintext=secret, EncryptionContext=_context(context))
        return base64.b64encode(answer["CiphertextBlob"]).decode()

    def open(self, sealed: str, context: str) -> bytes:
        known = self._opened.get((sealed, context))
        if known and known[0] > self._monotonic():
            return known[1]
        answer = self._client.decrypt(
            KeyId=self._key, CiphertextBlob=base64.b64decode(sealed), EncryptionContext=_context(context)
        )
        self._opened[sealed, context] = (self._monotonic() + CACHE_SECONDS, answer["Plaintext"])
        return answer["Plaintext"]


def _context(context: str) -> dict[str, str]:
    return {"endpoint": context}
