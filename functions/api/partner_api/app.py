"""One resolver over the routes: who is let in, and how errors look. The routes are in `routes/`."""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError
from aws_lambda_powertools.utilities.typing import LambdaContext

from partner_api.access import authenticated, check_scope
from partner_api.idempotency import Idempotency
from partner_api.problem import Fault, Problem, printable, problem_response
from partner_api.request_body import readable
from partner_api.routing import Route, Routes
from slugline.partners import ApiKey
from slugline.ports.clock import Clock

Json = dict[str, Any]
LONGEST_PATH = 1500


class Api:
    """Answers requests. Each of `resources` adds its routes; `find_key` gives the row of an API key's id.

    `api_url` is the API's address, where it is not the one at which it is asked.
    """

    def __init__(
        self,
        find_key: Callable[[str], ApiKey | None],
        clock: Clock,
        idempotency: Idempotency,
        resources: Iterable[Callable[[Routes], None]],
        api_url: str = "",
    ) -> None:
        self._find_key = find_key
        self._clock = clock
        self._idempotency = idempotency
        self.app = APIGatewayHttpResolver(enable_validation=True)
        self.app.exception_handler(Problem)(problem_response)
        self.app.exception_handler(RequestValidationError)(_invalid)
        # Some characters that no id of ours has are none of a path for the resolver.
        self.app.not_found(lambda _error: problem_response(_no_route({})))
        self.routes = Routes(self.app, api_url)
        for add_routes in resources:
            add_routes(self.routes)

    def resolve(self, event: Json, context: LambdaContext) -> Json:
        """Answer a request. Whoever has no key learns nothing, not even which routes there are."""
        event = event | {"headers": {name.lower(): value for name, value in event["headers"].items()}}
        try:
            route = self._let_in(event)
            _check_query(event, route)
            if route.body:
                event = readable(event, route.body)
            if route.method == "POST" and route.scope and "idempotency-key" in event["headers"]:
                return self._idempotency.answer(event, context, lambda: self.app.resolve(event, context))
            return self.app.resolve(event, context)
        except Problem as problem:
            return _as_dict(problem_response(problem))

    def _let_in(self, event: Json) -> Route:
        """The route that answers. Raises Problem (401, 403, 404, 405)."""
        method, path = event["requestContext"]["http"]["method"], event["rawPath"]
        # No id of ours has other characters or is as long, and no table would take it for a key.
        routes = self.routes.at(path) if path.isascii() and len(path) <= LONGEST_PATH else {}
        route = routes.get(method)
        if route and route.scope is None:
            return route
        key = authenticated(event["headers"].get("authorization", ""), self._find_key, self._clock.now())
        if route is None or route.scope is None:
            raise _no_route(routes)
        check_scope(key, route.scope)
        self.app.context["key"] = key
        return route


def _check_query(event: Json, route: Route) -> None:
    """A parameter that is none is a typing error, which would make a list look as if it were filtered."""
    unknown = event.get("queryStringParameters", {}).keys() - route.query
    if route.scope and unknown:
        faults = [Fault(field=printable(f"query.{name}"), detail="There is no such parameter.") for name in unknown]
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "The request does not fit the schema.", faults)


def _no_route(routes: dict[str, Route]) -> Problem:
    if not routes:
        return Problem(HTTPStatus.NOT_FOUND, "There is no such route.")
    allowed = ", ".join(sorted(routes))
    return Problem(HTTPStatus.METHOD_NOT_ALLOWED, f"Here one can {allowed}.", headers={"Allow": allowed})


def _invalid(error: RequestValidationError) -> Response[str]:
    faults = [
        Fault(field=printable(".".join(map(str, fault["loc"]))), detail=printable(fault["msg"]))
        for fault in error.errors()
    ]
    return problem_response(Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "The request does not fit the schema.", faults))


def _as_dict(response: Response[str]) -> Json:
    headers = {"Content-Type": response.content_type, **response.headers}
    return {"statusCode": response.status_code, "headers": headers, "body": response.body}
