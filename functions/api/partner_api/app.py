"""The routes, and how errors look."""

from datetime import timedelta
from http import HTTPStatus
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError
from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.utilities.typing import LambdaContext

from partner_api import views
from partner_api.access import authorised, is_open
from partner_api.delivery_desk import DeliveryDesk
from partner_api.endpoint_desk import EndpointDesk
from partner_api.partner_desk import PartnerDesk
from partner_api.problem import Problem, problem_response
from partner_api.views import EndpointChange, NewEndpoint, NewPartner, Rotation
from slugline.partners import ApiKey

Cursor = Annotated[str | None, Query(description="from the page before")]
Limit = Annotated[int, Query(ge=1, le=100)]


class Api:
    """One resolver over the desks."""

    def __init__(self, partners: PartnerDesk, endpoints: EndpointDesk, deliveries: DeliveryDesk) -> None:
        self._partners = partners
        self._endpoints = endpoints
        self._deliveries = deliveries
        self.app = APIGatewayHttpResolver(enable_validation=True)
        self.app.exception_handler(Problem)(problem_response)
        self.app.exception_handler(RequestValidationError)(_invalid)
        self.app.not_found(_no_route)
        self._add_routes()

    def resolve(self, event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
        """Answer a request. Whoever has no key learns nothing, not even which routes there are."""
        request = event["requestContext"]["http"]
        if not is_open(request["method"], event["rawPath"]):
            authorization = {name.lower(): value for name, value in event["headers"].items()}.get("authorization", "")
            try:
                key = authorised(request["method"], event["rawPath"], authorization, self._partners.partners.key)
            except Problem as problem:
                return _as_dict(problem_response(problem))
            self.app.context["key"] = key
        return self.app.resolve(event, context)

    def _key(self) -> ApiKey:
        key: ApiKey = self.app.context["key"]
        return key

    def _add_routes(self) -> None:
        self.app.get("/health", summary="Whether the API is up", security=[])(_health)
        self._add_partner_routes()
        self._add_endpoint_routes()
        self._add_delivery_routes()

    def _add_partner_routes(self) -> None:
        app, desk = self.app, self._partners

        @app.post("/v1/partners", status_code=201, summary="Create a partner", tags=["partners"])
        def create_partner(partner: NewPartner) -> views.PartnerView:
            return views.partner_view(desk.create(self._key(), partner))

        @app.get("/v1/partners", summary="List partners", tags=["partners"])
        def list_partners(cursor: Cursor = None, limit: Limit = 50) -> views.PartnerList:
            page = desk.list(self._key(), cursor, limit)
            return views.PartnerList(partners=tuple(map(views.partner_view, page.items)), cursor=page.cursor)

        @app.get("/v1/partners/<partner_id>", summary="Get a partner", tags=["partners"])
        def get_partner(partner_id: str) -> views.PartnerView:
            return views.partner_view(desk.get(self._key(), partner_id))

        @app.delete("/v1/partners/<partner_id>", summary="Delete a partner and its endpoints", tags=["partners"])
        def delete_partner(partner_id: str) -> Response[str]:
            desk.delete(self._key(), partner_id)
            return _no_content()

    def _add_endpoint_routes(self) -> None:
        app, desk = self.app, self._endpoints

        @app.post(
            "/v1/partners/<partner_id>/endpoints", status_code=201, summary="Create an endpoint", tags=["endpoints"]
        )
        def create_endpoint(partner_id: str, endpoint: NewEndpoint) -> views.CreatedEndpoint:
            return views.created_endpoint(*desk.create(self._key(), partner_id, endpoint))

        @app.get("/v1/partners/<partner_id>/endpoints", summary="List a partner's endpoints", tags=["endpoints"])
        def list_endpoints(partner_id: str) -> views.EndpointList:
            found = desk.list(self._key(), partner_id)
            return views.EndpointList(endpoints=tuple(map(views.endpoint_view, found)))

        @app.get("/v1/endpoints/<endpoint_id>", summary="Get an endpoint", tags=["endpoints"])
        def get_endpoint(endpoint_id: str) -> views.EndpointView:
            return views.endpoint_view(desk.get(self._key(), endpoint_id))

        @app.delete("/v1/endpoints/<endpoint_id>", summary="Delete an endpoint", tags=["endpoints"])
        def delete_endpoint(endpoint_id: str) -> Response[str]:
            desk.delete(self._key(), endpoint_id)
            return _no_content()

        @app.patch("/v1/endpoints/<endpoint_id>", summary="Change, pause or enable an endpoint", tags=["endpoints"])
        def change_endpoint(endpoint_id: str, change: EndpointChange) -> views.EndpointView:
            return views.endpoint_view(desk.change(self._key(), endpoint_id, change))

        @app.post("/v1/endpoints/<endpoint_id>/secret", status_code=201, summary="Rotate the keys", tags=["endpoints"])
        def rotate_secret(endpoint_id: str, rotation: Rotation) -> views.RotatedSecret:
            keys = desk.rotate(self._key(), endpoint_id, timedelta(seconds=rotation.overlap_seconds))
            return views.RotatedSecret(secret=keys.secret, public_key=keys.public_key)

        @app.post("/v1/endpoints/<endpoint_id>/test", status_code=202, summary="Send a test event", tags=["endpoints"])
        def test_endpoint(endpoint_id: str) -> views.DeliveryView:
            return views.delivery_view(desk.send_test(self._key(), endpoint_id))

        @app.get("/jwks/<endpoint_id>", summary="An endpoint's public keys (JWK Set)", tags=["keys"], security=[])
        def public_keys(endpoint_id: str) -> dict[str, Any]:
            return desk.key_set(endpoint_id)

    def _add_delivery_routes(self) -> None:
        app, desk = self.app, self._deliveries

        @app.get("/v1/endpoints/<endpoint_id>/deliveries", summary="List deliveries, newest first", tags=["deliveries"])
        def list_deliveries(endpoint_id: str, cursor: Cursor = None, limit: Limit = 50) -> views.DeliveryList:
            page = desk.list(self._key(), endpoint_id, cursor, limit)
            return views.DeliveryList(deliveries=tuple(map(views.delivery_view, page.items)), cursor=page.cursor)

        @app.get("/v1/deliveries/<delivery_id>", summary="Get a delivery", tags=["deliveries"])
        def get_delivery(delivery_id: str) -> views.FullDelivery:
            return views.full_delivery(desk.get(self._key(), delivery_id))

        @app.post("/v1/deliveries/<delivery_id>/replay", status_code=202, summary="Send once more", tags=["deliveries"])
        def replay_delivery(delivery_id: str) -> views.DeliveryView:
            return views.delivery_view(desk.replay(self._key(), delivery_id))


def _health() -> dict[str, str]:
    return {"status": "up"}


def _no_content() -> Response[str]:
    # With an empty body, as MiniStack takes no null for one.
    return Response(HTTPStatus.NO_CONTENT, body="")


def _invalid(error: RequestValidationError) -> Response[str]:
    errors = [{"field": ".".join(map(str, fault["loc"])), "detail": fault["msg"]} for fault in error.errors()]
    return problem_response(Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "The request does not fit the schema.", errors))


def _no_route(_error: NotFoundError) -> Response[str]:
    return problem_response(Problem(HTTPStatus.NOT_FOUND, "There is no such route."))


def _as_dict(response: Response[str]) -> dict[str, Any]:
    headers = {"Content-Type": response.content_type, **response.headers}
    return {"statusCode": response.status_code, "headers": headers, "body": response.body}
