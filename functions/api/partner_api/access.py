"""Who may do what."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

from partner_api.problem import Problem
from slugline.domain.api_keys import expired, known_key
from slugline.partners import ApiKey, Scope


def authenticated(authorization: str, find: Callable[[str], ApiKey | None], now: datetime) -> ApiKey:
    """The key that the header proves, unless it has expired. Raises Problem (401)."""
    scheme, _, text = authorization.partition(" ")
    key = known_key(text.strip(), find) if scheme.lower() == "bearer" else None
    if key is None or expired(key, now):
        asked = "Send a valid API key as 'Authorization: Bearer slk_…'."
        raise Problem(HTTPStatus.UNAUTHORIZED, asked, headers={"WWW-Authenticate": "Bearer"})
    return key


def check_unconfined(key: ApiKey, doing: str) -> None:
    """Raises Problem (403) when the key is confined to a partner."""
    if key.partner_id:
        raise Problem(HTTPStatus.FORBIDDEN, f"This API key is confined to one partner: it may not {doing}.")


def check_scope(key: ApiKey, scope: Scope) -> None:
    """Raises Problem (403) when the key may not do this."""
    if scope not in key.scopes:
        raise Problem(HTTPStatus.FORBIDDEN, f"This API key lacks the scope {scope}.")
