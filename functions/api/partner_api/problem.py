"""Errors as application/problem+json (RFC 9457)."""

import json
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.types import OpenAPIResponse
from pydantic import Field

from partner_api.reason import reason
from slugline.model import Model

MEDIA_TYPE = "application/problem+json"


class Fault(Model):
    """What is wrong with one field of a request."""

    field: str = Field(description="where it is, as in body.url or query.limit")
    detail: str


class ProblemDetails(Model):
    """Why a request was not answered, and what to do about it (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: tuple[Fault, ...] | None = None


class Problem(Exception):  # noqa: N818 - RFC 9457's own word
    """What the caller is to read: the status, and what went wrong and what to do about it."""

    def __init__(
        self,
        status: HTTPStatus,
        detail: str,
        errors: Sequence[Fault] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.errors = tuple(errors)
        self.headers = dict(headers or {})


def problem_response(problem: Problem) -> Response[str]:
    """The response that says so."""
    details = ProblemDetails(
        title=reason(problem.status),
        status=problem.status.value,
        detail=problem.detail,
        errors=problem.errors or None,
    )
    body = json.dumps(details.model_dump(mode="json", exclude_none=True))
    return Response(problem.status, MEDIA_TYPE, body, problem.headers)


def documented(statuses: Iterable[HTTPStatus]) -> dict[int, OpenAPIResponse]:
    """The problems as an OpenAPI document names them."""
    return {
        status.value: {"description": reason(status), "content": {MEDIA_TYPE: {"model": ProblemDetails}}}
        for status in sorted(statuses)
    }


def printable(text: Any) -> str:
    """The text without lone surrogates, which no JSON may carry (RFC 8259, 8.2)."""
    return str(text).encode(errors="replace").decode()
