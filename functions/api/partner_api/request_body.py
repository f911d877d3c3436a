"""What is wrong with a request's body before anybody looks at what it says."""

import base64
import binascii
import json
from http import HTTPStatus
from typing import Any

from partner_api.problem import Problem
from partner_api.routing import JSON

LARGEST = 2 * 1024 * 1024
"""Bytes; the longest lists of stories for reconciliation fit."""


def readable(event: dict[str, Any], media_type: str) -> dict[str, Any]:
    """The event, whose headers are in lower case, with its body as text.

    Raises Problem: 415 for another media type, 413 for a body that is too long, 400 for one that cannot be read.
    """
    headers = event["headers"]
    given = headers.get("content-type", media_type).partition(";")[0].strip().lower()
    if given != media_type:
        raise Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"Send the body as {media_type}, not as {given!a}.")
    text = text_of(event)
    if media_type == JSON:
        _check_json(text)
    return event | {"headers": headers | {"content-type": media_type}, "body": text, "isBase64Encoded": False}


def text_of(event: dict[str, Any]) -> str:
    """The body as text. Raises Problem (400, 413)."""
    body = event.get("body") or ""
    if len(body) > LARGEST:
        raise Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"The body has more than {LARGEST} bytes.")
    if not event.get("isBase64Encoded"):
        return str(body)
    try:
        return base64.b64decode(body, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError) as error:
        raise Problem(HTTPStatus.BAD_REQUEST, "The body is not UTF-8.") from error


def _check_json(text: str) -> None:
    try:
        # Encoding finds lone surrogates, which JSON can escape and nothing can store.
        json.dumps(json.loads(text or "null"), ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError) as error:
        raise Problem(HTTPStatus.BAD_REQUEST, f"The body is no JSON that can be read: {_reason(error)}.") from error


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at character {error.pos}"
    if isinstance(error, UnicodeEncodeError):
        return "it escapes half a surrogate pair"
    return "it is nested too deeply" if isinstance(error, RecursionError) else "a number is out of range"
