"""The OpenAPI 3.1 document of the API, generated from its routes."""

import json
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from aws_lambda_powertools.event_handler.openapi.models import HTTPBearer

from partner_api.routing import API_KEY

DESCRIPTION = """\
Partners, their webhook endpoints, and what was sent to them.

**Keys.** `Authorization: Bearer slk_…`. Each operation names the scope it needs. A key may be confined to one partner:
what is another's is then as if it did not exist (404).

**Errors** are `application/problem+json` (RFC 9457); `errors` names the fields.

**Paging.** A list gives `cursor` when there is more; send it back as `cursor`. Cursors are opaque and stay good.

**Idempotency.** A POST may carry `Idempotency-Key`. For 24 hours the same key and request get the same answer, and are
carried out once. The key with another request is 422, and 409 while the first one is being answered.

**Times** are RFC 3339, in UTC.
"""
IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "any text of your own that names this request: repeated, it is carried out once",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
}
Json = dict[str, Any]


def openapi_document(app: APIGatewayHttpResolver) -> Json:
    """The document, ready for JSON."""
    text = app.get_openapi_json_schema(
        title="Slugline",
        version="1",
        description=DESCRIPTION,
        security_schemes={API_KEY: HTTPBearer(description="An API key, slk_…")},
    )
    document: Json = json.loads(text)
    for path in document["paths"].values():
        for method, operation in path.items():
            _complete(method, operation)
    # Powertools' own error models: our errors are problems.
    for unused in ("HTTPValidationError", "ResponseValidationError", "ValidationError"):
        document["components"]["schemas"].pop(unused, None)
    return document


def _complete(method: str, operation: Json) -> None:
    """Says what the routes' functions do not: idempotency keys, and which answers have no body."""
    if method == "post" and operation.get("security"):
        operation.setdefault("parameters", []).append(IDEMPOTENCY_KEY)
    for response in operation["responses"].values():
        if not response.get("content"):
            response.pop("content", None)
