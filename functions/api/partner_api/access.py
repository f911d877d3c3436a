"""Who may do what. Every route is closed unless it is named here."""

import re
from collections.abc import Callable
from http import HTTPStatus

from partner_api.problem import Problem
from slugline.domain.api_keys import known_key
from slugline.partners import ApiKey, Scope

OPEN = re.compile(r"/health|/jwks/[^/]+")


def is_open(method: str, path: str) -> bool:
    """Whether a request needs no key: the state of health, and public keys."""
    return method == "GET" and OPEN.fullmatch(path) is not None


def required_scope(method: str, path: str) -> Scope:
    """What a key needs for a request: reading is GET, and deliveries are apart from partners and endpoints."""
    area = "deliveries" if "deliveries" in path.split("/") else "partners"
    return Scope(f"{area}:{'read' if method == 'GET' else 'write'}")


def authorised(method: str, path: str, authorization: str, find: Callable[[str], ApiKey | None]) -> ApiKey:
    """The key that allows the request. Raises Problem (401, 403)."""
    scheme, _, text = authorization.partition(" ")
    key = known_key(text.strip(), find) if scheme.lower() == "bearer" else None
    if key is None:
        raise Problem(HTTPStatus.UNAUTHORIZED, "Send a valid API key as 'Authorization: Bearer slk_…'.")
    scope = required_scope(method, path)
    if scope not in key.scopes:
        raise Problem(HTTPStatus.FORBIDDEN, f"This API key lacks the scope {scope}.")
    return key
