"""Routes and what each needs of a request, said where the route is added and nowhere else."""

import re
from collections.abc import Callable, Sequence
from http import HTTPStatus
from inspect import get_annotations, getdoc, isclass
from typing import Any, TypeVar

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.openapi.types import OpenAPIResponse

from partner_api.problem import documented
from partner_api.reason import reason
from slugline.model import Model
from slugline.partners import ApiKey, Scope

JSON = "application/json"
API_KEY = "apiKey"
"""The security scheme's name in the OpenAPI document."""
Handler = TypeVar("Handler", bound=Callable[..., Any])


class Route(Model):
    """A route, its path with `<names>`. Without a scope it is open to everybody; `body` is the media type it takes, and
    `query` names its parameters."""

    method: str
    path: str
    scope: Scope | None
    body: str | None
    query: frozenset[str]

    def is_at(self, path: str) -> bool:
        """Whether this is a path of the route."""
        pattern = re.sub(r"<\w+>", "[^/]+", re.escape(self.path).replace(r"\<", "<").replace(r"\>", ">"))
        return re.fullmatch(pattern, path) is not None


class Routes:
    """The resolver's routes. A request is let in by what stands here, and what does not stand here is not resolved."""

    def __init__(self, app: APIGatewayHttpResolver, api_url: str = "") -> None:
        self.app = app
        self._api_url = api_url
        self.known: list[Route] = []

    @property
    def caller(self) -> ApiKey:
        """The key of the request being answered; on an open route there is none."""
        key: ApiKey = self.app.context["key"]
        return key

    @property
    def api_url(self) -> str:
        """The API's address, without a slash at its end: where it was asked, if it was not told."""
        return self._api_url or f"https://{self.app.current_event.request_context.domain_name}"

    def add(  # noqa: PLR0913 - what a route says of itself, in one place
        self,
        route: str,
        scope: Scope | None,
        summary: str,
        *,
        status: int = HTTPStatus.OK,
        answers: str = JSON,
        problems: Sequence[HTTPStatus] = (),
        refusals: Sequence[HTTPStatus] = (),
    ) -> Callable[[Handler], Handler]:
        """Decorates the function that answers `route`, written as "GET /v1/partners/<partner_id>".

        `answers` is the media type of the answer, `problems` what may go wrong beside what may with every route,
        `refusals` what is answered with a line of plain text.
        """
        method, path = route.split(" ")

        def add(handler: Handler) -> Handler:
            body = JSON if _takes_model(handler) else None
            known = Route(method=method, path=path, scope=scope, body=body, query=_query(handler, path))
            self.known.append(known)
            register = self.app.route(
                path,
                method,
                summary=summary,
                description=getdoc(handler),
                operation_id=handler.__name__,
                status_code=status,
                tags=[_resource(path)],
                security=[{API_KEY: [scope.value]}] if scope else None,
                responses={
                    int(status): _success(handler, answers),
                    **documented(_problems(known, handler, problems)),
                    **{each.value: _plain(each) for each in refusals},
                },
            )
            return register(handler)

        return add

    def at(self, path: str) -> dict[str, Route]:
        """The routes of a path by method; of several the one without names, as the resolver prefers it."""
        found = sorted((route for route in self.known if route.is_at(path)), key=lambda route: -route.path.count("<"))
        return {route.method: route for route in found}


def no_content() -> Response[str]:
    """The answer that has nothing to say."""
    # With an empty body, as MiniStack takes no null for one.
    return Response(HTTPStatus.NO_CONTENT, body="")


def _takes_model(handler: Callable[..., Any]) -> bool:
    kinds = (kind for name, kind in get_annotations(handler).items() if name != "return")
    return any(isclass(kind) and issubclass(kind, Model) for kind in kinds)


def _query(handler: Callable[..., Any], path: str) -> frozenset[str]:
    return frozenset(name for name in get_annotations(handler) if name != "return" and f"<{name}>" not in path)


def _success(handler: Callable[..., Any], media_type: str) -> OpenAPIResponse:
    given = get_annotations(handler)["return"]
    if isclass(given) and issubclass(given, Model):
        return {"description": "Done", "content": {media_type: {"model": given}}}
    if media_type != JSON:
        return {"description": "Done", "content": {media_type: {"schema": {"type": "string"}}}}
    if given == Response[str]:
        return {"description": "Done", "content": {}}
    return {"description": "Done"}  # Powertools adds the return type's schema


def _plain(status: HTTPStatus) -> OpenAPIResponse:
    return {"description": reason(status), "content": {"text/plain": {"schema": {"type": "string"}}}}


def _problems(route: Route, handler: Callable[..., Any], more: Sequence[HTTPStatus]) -> set[HTTPStatus]:
    found = {HTTPStatus.UNPROCESSABLE_ENTITY, *more}
    if route.scope:
        found |= {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
    if "<" in route.path:
        found.add(HTTPStatus.NOT_FOUND)
    if route.body:
        found |= {HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE}
    if "cursor" in get_annotations(handler):
        found.add(HTTPStatus.BAD_REQUEST)
    if route.method == "POST" and route.scope:  # by its idempotency key
        found |= {HTTPStatus.BAD_REQUEST, HTTPStatus.CONFLICT}
    return found


def _resource(path: str) -> str:
    """The resource that a path is about: its last fixed part that is a plural, as in /v1/endpoints/<id>/test."""
    parts = [part.split(".")[0] for part in path.split("/") if part and not part.startswith("<") and part != "v1"]
    return next((part for part in reversed(parts) if part.endswith("s")), parts[0])
