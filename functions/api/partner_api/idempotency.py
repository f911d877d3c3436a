"""The header `Idempotency-Key`: a repeated POST is carried out once, and answered as the first time.

https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/, by Powertools' idempotency, whose
conditional writes decide who is first. Answers can carry a new signing secret, so they are kept sealed with a key that
is made of the caller's own API key, which is kept nowhere.
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from partner_api.problem import Problem

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.idempotency import BasePersistenceLayer
    from aws_lambda_powertools.utilities.typing import LambdaContext

Json = dict[str, Any]
KEPT_SECONDS = 24 * 3600
LONGEST_KEY = 255
NONCE_BYTES = 12


class _NotKept(Exception):  # noqa: N818 - an outcome, not a fault
    """The answer is not kept: the same request may end otherwise the next time."""

    def __init__(self, answer: Json) -> None:
        super().__init__()
        self.answer = answer


@dataclass(frozen=True)
class Idempotency:
    """`store` is asked for when a request carries a key, since most do not."""

    store: "Callable[[], BasePersistenceLayer]"

    def answer(self, event: Json, context: "LambdaContext", answer: Callable[[], Json]) -> Json:
        """The answer to a request that carries the key, carried out by `answer` if it is the first such.

        Raises Problem: 400 for a key that is none, 409 while the first is being answered, 422 for another request.
        """
        # Loaded for such requests only: they are few, and it is a good part of a cold start.
        from aws_lambda_powertools.utilities.idempotency import IdempotencyConfig, idempotent_function  # noqa: PLC0415 - few requests have a key
        from aws_lambda_powertools.utilities.idempotency import exceptions as found  # noqa: PLC0415 - few requests have a key

        key = _checked(event["headers"]["idempotency-key"])
        box = _Box(event["headers"]["authorization"], key)
        config = IdempotencyConfig(
            event_key_jmespath="key",
            payload_validation_jmespath="request",
            expires_after_seconds=KEPT_SECONDS,
            hash_function="sha256",
            lambda_context=context,
        )

        def carry_out(data: Json) -> str:  # noqa: ARG001 - Powertools reads it
            given = answer()
            if given["statusCode"] == HTTPStatus.CONFLICT or given["statusCode"] >= HTTPStatus.INTERNAL_SERVER_ERROR:
                raise _NotKept(given)
            return box.seal(given)

        sealed = idempotent_function(
            carry_out, data_keyword_argument="data", persistence_store=self.store(), config=config, key_prefix="api"
        )
        try:
            return box.open(sealed(data={"key": box.name, "request": _request(event)}))
        except _NotKept as outcome:
            return outcome.answer
        except (found.IdempotencyAlreadyInProgressError, found.IdempotencyInconsistentStateError) as error:
            detail = "The first request with this idempotency key is being answered: try again."
            raise Problem(HTTPStatus.CONFLICT, detail, headers={"Retry-After": "1"}) from error
        except found.IdempotencyValidationError as error:
            detail = "This idempotency key was sent with another request: use a new key for each request."
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail) from error


def _checked(key: str) -> str:
    if not 0 < len(key) <= LONGEST_KEY or not key.isascii() or not key.isprintable():
        raise Problem(HTTPStatus.BAD_REQUEST, f"Idempotency-Key: 1 to {LONGEST_KEY} printable ASCII characters.")
    return key


def _request(event: Json) -> Json:
    """What makes a request the same."""
    method = event["requestContext"]["http"]["method"]
    return {"method": method, "path": event["rawPath"], "query": event["rawQueryString"], "body": event.get("body")}


class _Box:
    """Seals answers for one API key and one idempotency key; `name` stands for both and tells neither."""

    def __init__(self, authorization: str, key: str) -> None:
        self.name = hashlib.sha256(f"name/{authorization}/{key}".encode()).hexdigest()
        self._key = hashlib.sha256(f"seal/{authorization}/{key}".encode()).digest()

    def seal(self, answer: Json) -> str:
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = self._cipher().encrypt(nonce, json.dumps(answer).encode(), None)
        return base64.b64encode(nonce + sealed).decode()

    def open(self, sealed: str) -> Json:
        kept = base64.b64decode(sealed)
        answer: Json = json.loads(self._cipher().decrypt(kept[:NONCE_BYTES], kept[NONCE_BYTES:], None))
        return answer

    def _cipher(self) -> Any:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - as above

        return AESGCM(self._key)
