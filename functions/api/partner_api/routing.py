"""Routes and what each needs of a key, said where the route is added and nowhere else."""

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response

from slugline.model import Model
from slugline.partners import ApiKey, Scope

Handler = TypeVar("Handler", bound=Callable[..., Any])


class Route(Model):
    """A route, its path with `<names>`. Without a scope it is open to everybody."""

    method: str
    path: str
    scope: Scope | None

    def takes(self, path: str) -> bool:
        """Whether this is a path of the route."""
        pattern = re.sub(r"<\w+>", "[^/]+", self.path)
        return re.fullmatch(pattern, path) is not None


class Routes:
    """The resolver's routes. A request is let in by what stands here, and what does not stand here is not resolved."""

    def __init__(self, app: APIGatewayHttpResolver) -> None:
        self._app = app
        self._known: list[Route] = []

    @property
    def caller(self) -> ApiKey:
        """The key of the request being answered; on an open route there is none."""
        key: ApiKey = self._app.context["key"]
        return key

    def add(
        self, route: str, scope: Scope | None, summary: str, *, status: int = HTTPStatus.OK
    ) -> Callable[[Handler], Handler]:
        """Decorates the function that answers `route`, written as "GET /v1/partners/<partner_id>"."""
        method, path = route.split(" ")
        self._known.append(Route(method=method, path=path, scope=scope))
        security: list[dict[str, list[str]]] | None = None if scope else []
        return self._app.route(
            path, method, summary=summary, status_code=status, tags=[_resource(path)], security=security
        )

    def at(self, path: str) -> dict[str, Route]:
        """The routes of a path by method; of several the one without names, as the resolver prefers it."""
        found = sorted((route for route in self._known if route.takes(path)), key=lambda route: -route.path.count("<"))
        return {route.method: route for route in found}


def no_content() -> Response[str]:
    """The answer that has nothing to say."""
    # With an empty body, as MiniStack takes no null for one.
    return Response(HTTPStatus.NO_CONTENT, body="")


def _resource(path: str) -> str:
    """The resource that a path is about: its last fixed part that is a plural, as in /v1/endpoints/<id>/test."""
    parts = [part for part in path.split("/") if part and not part.startswith("<") and part != "v1"]
    return next((part for part in reversed(parts) if part.endswith("s")), parts[0])
