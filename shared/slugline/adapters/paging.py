"""Cursors over DynamoDB's LastEvaluatedKey: opaque text for the caller."""

import base64
import binascii
import json
from typing import TYPE_CHECKING, Any

from slugline.ports.deliveries import BadCursor

if TYPE_CHECKING:
    from collections.abc import Mapping


def cursor_of(last_key: "Mapping[str, Any] | None") -> str | None:
    """The cursor that continues after `last_key`; None at the end."""
    if not last_key:
        return None
    names = {name: value["S"] for name, value in last_key.items()}
    return base64.urlsafe_b64encode(json.dumps(names).encode()).decode()


def start_key(cursor: str | None) -> dict[str, Any]:
    """The arguments of a query that continue at `cursor`. Raises BadCursor."""
    if cursor is None:
        return {}
    try:
        names = json.loads(base64.b64decode(cursor, altchars=b"-_", validate=True))
        return {"ExclusiveStartKey": {str(name): {"S": str(value)} for name, value in names.items()}}
    except (binascii.Error, UnicodeDecodeError, ValueError, AttributeError) as error:
        raise BadCursor("this cursor is none that a list gave out") from error
