"""Errors as application/problem+json (RFC 9457)."""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from aws_lambda_powertools.event_handler import Response


class Problem(Exception):  # noqa: N818 - RFC 9457's own word
    """What the caller is to read: the status, and what went wrong and what to do about it."""

    def __init__(
        self,
        status: HTTPStatus,
        detail: str,
        errors: Sequence[dict[str, Any]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.headers = dict(headers or {})
        self.status = status
        self.detail = detail
        self.errors = errors


def problem_response(problem: Problem) -> Response[str]:
    """The response that says so."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": problem.status.phrase,
        "status": problem.status.value,
        "detail": problem.detail,
    }
    if problem.errors:
        body["errors"] = list(problem.errors)
    return Response(problem.status, "application/problem+json", json.dumps(body), problem.headers)
