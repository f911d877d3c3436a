"""What every desk asks first."""

import secrets
from collections.abc import Callable
from http import HTTPStatus
from typing import TypeVar

from partner_api.problem import Problem
from slugline.partners import ApiKey
from slugline.ports.deliveries import BadCursor, Page

Found = TypeVar("Found")


def new_id(kind: str) -> str:
    """An id of 80 random bits."""
    return f"{kind}_{secrets.token_hex(10)}"


def sees(key: ApiKey, partner_id: str) -> bool:
    """Whether the key may know of what is the partner's."""
    return key.partner_id in {None, partner_id}


def found(thing: Found | None, name: str) -> Found:
    """The thing. Raises Problem (404), also for what is another partner's, so that ids cannot be probed."""
    if thing is None:
        raise Problem(HTTPStatus.NOT_FOUND, f"There is no such {name}.")
    return thing


def page_of(read: Callable[[], Page[Found]]) -> Page[Found]:
    """What `read` gives. Raises Problem (400) for a cursor that is none."""
    try:
        return read()
    except BadCursor as error:
        raise Problem(HTTPStatus.BAD_REQUEST, f"cursor: {error}") from error
