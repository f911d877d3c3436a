"""The API's own description."""

from functools import cache
from typing import Any

from partner_api.routing import Routes


def add_routes(routes: Routes) -> None:
    @cache
    def document() -> dict[str, Any]:
        # Its making imports half of pydantic's schema machinery, which no other request needs.
        from partner_api.openapi import openapi_document  # noqa: PLC0415 - few requests ask for it

        return openapi_document(routes.app)

    @routes.add("GET /openapi.json", None, "This API as an OpenAPI document")
    def openapi() -> dict[str, Any]:
        return document()
