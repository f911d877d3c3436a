"""The API as a WSGI application: what API Gateway makes of an HTTP request, and of the function's answer."""

import base64
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

from tests.support.api_caller import Context

from partner_api.app import Api

Environ = dict[str, Any]


def wsgi(api: Api) -> Callable[[Environ, Callable[..., Any]], Iterable[bytes]]:
    """The application. Faults of ours are raised, so that a test sees them."""

    def application(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        answer = api.resolve(event_of(environ), Context())
        status = HTTPStatus(answer["statusCode"])
        headers = answer.get("headers", {}) | {
            name: values[0] for name, values in answer.get("multiValueHeaders", {}).items()
        }
        start_response(f"{status.value} {status.phrase}", list(headers.items()))
        return [str(answer.get("body") or "").encode()]

    return application


def event_of(environ: Environ) -> Environ:
    """Payload format 2.0."""
    headers = {
        name.removeprefix("HTTP_").replace("_", "-").lower(): text
        for name, text in environ.items()
        if name.startswith("HTTP_") or name in {"CONTENT_TYPE", "CONTENT_LENGTH"}
    }
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    path = environ["PATH_INFO"].encode("latin-1").decode(errors="replace")
    method, query = environ["REQUEST_METHOD"], environ.get("QUERY_STRING", "")
    event: Environ = {
        "version": "2.0",
        "routeKey": "ANY /{proxy+}",
        "rawPath": path,
        "rawQueryString": query,
        "headers": headers,
        "requestContext": {
            "domainName": environ.get("HTTP_HOST", "localhost"),
            "http": {"method": method, "path": path},
            "requestId": "r1",
            "stage": "$default",
        },
        "isBase64Encoded": True,
        "body": base64.b64encode(body).decode(),
    }
    parameters: dict[str, str] = {}
    for name, text in parse_qsl(query, keep_blank_values=True):
        parameters[name] = f"{parameters[name]},{text}" if name in parameters else text
    if parameters:
        event["queryStringParameters"] = parameters
    return event
