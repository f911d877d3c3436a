"""The OpenAPI document is what the routes generate, valid, and says what every operation needs and may answer."""

import json
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator, validate

from slugline.partners import Scope
from slugline_local import openapi
from slugline_local.project import root

DOCUMENT: dict[str, Any] = json.loads(openapi.text())
OPERATIONS = {
    f"{method.upper()} {path}": operation
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
}
OPEN = {
    "GET /oembed",
    "GET /health",
    "GET /openapi.json",
    "GET /jwks/{endpoint_id}",
    "GET /v1/files/{endpoint_id}/{story_id}/{version}/{licence}/{name}",
    "GET /v1/feeds/{endpoint_id}/{product}/{form}",
    "POST /hub",
}


def test_it_is_what_the_routes_generate() -> None:
    written = (root() / "docs" / "openapi.json").read_text(encoding="utf-8")

    assert written == openapi.text(), "run .venv/bin/python -m slugline_local.openapi"


def test_it_is_valid_openapi_3_1() -> None:
    assert DOCUMENT["openapi"].startswith("3.1.")

    validate(DOCUMENT, cls=OpenAPIV31SpecValidator)


def test_only_these_operations_need_no_key() -> None:
    assert {name for name, operation in OPERATIONS.items() if not operation.get("security")} == OPEN


@pytest.mark.parametrize("name", sorted(set(OPERATIONS) - OPEN))
def test_an_operation_names_one_scope_and_the_refusals(name: str) -> None:
    (needed,) = OPERATIONS[name]["security"]

    assert [Scope(scope) for scope in needed["apiKey"]]
    assert {"401", "403"} <= OPERATIONS[name]["responses"].keys()


@pytest.mark.parametrize("name", sorted(OPERATIONS.keys() - {"POST /hub"}))  # plain text, by the WebSub text
def test_errors_are_problems(name: str) -> None:
    errors = {status: answer for status, answer in OPERATIONS[name]["responses"].items() if status >= "400"}

    assert errors
    assert {media_type for error in errors.values() for media_type in error["content"]} == {"application/problem+json"}


@pytest.mark.parametrize("name", sorted(name for name in set(OPERATIONS) - OPEN if name.startswith("POST")))
def test_a_post_takes_an_idempotency_key(name: str) -> None:
    assert "Idempotency-Key" in {parameter["name"] for parameter in OPERATIONS[name]["parameters"]}
    assert {"409", "422"} <= OPERATIONS[name]["responses"].keys()


def test_an_empty_answer_has_no_content() -> None:
    assert "content" not in OPERATIONS["DELETE /v1/partners/{partner_id}"]["responses"]["204"]


def test_times_are_date_times() -> None:
    assert DOCUMENT["components"]["schemas"]["PartnerView"]["properties"]["created_at"]["format"] == "date-time"
