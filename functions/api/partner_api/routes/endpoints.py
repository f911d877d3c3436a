"""Webhook endpoints and their keys."""

from datetime import timedelta
from typing import Any

from aws_lambda_powertools.event_handler import Response

from partner_api import views
from partner_api.endpoint_desk import EndpointDesk
from partner_api.routing import Routes, no_content
from partner_api.views import EndpointChange, NewEndpoint, Rotation
from slugline.partners import Scope

READ, WRITE = Scope.PARTNERS_READ, Scope.PARTNERS_WRITE


def add_routes(routes: Routes, desk: EndpointDesk) -> None:
    _add_life(routes, desk)
    _add_keys(routes, desk)


def _add_life(routes: Routes, desk: EndpointDesk) -> None:
    @routes.add("POST /v1/partners/<partner_id>/endpoints", WRITE, "Create an endpoint", status=201)
    def create_endpoint(partner_id: str, endpoint: NewEndpoint) -> views.CreatedEndpoint:
        return views.created_endpoint(*desk.create(routes.caller, partner_id, endpoint))

    @routes.add("GET /v1/partners/<partner_id>/endpoints", READ, "List a partner's endpoints")
    def list_endpoints(partner_id: str) -> views.EndpointList:
        found = desk.list(routes.caller, partner_id)
        return views.EndpointList(endpoints=tuple(map(views.endpoint_view, found)))

    @routes.add("GET /v1/endpoints/<endpoint_id>", READ, "Get an endpoint")
    def get_endpoint(endpoint_id: str) -> views.EndpointView:
        return views.endpoint_view(desk.get(routes.caller, endpoint_id))

    @routes.add("DELETE /v1/endpoints/<endpoint_id>", WRITE, "Delete an endpoint", status=204)
    def delete_endpoint(endpoint_id: str) -> Response[str]:
        desk.delete(routes.caller, endpoint_id)
        return no_content()

    @routes.add("PATCH /v1/endpoints/<endpoint_id>", WRITE, "Change, pause or enable an endpoint")
    def change_endpoint(endpoint_id: str, change: EndpointChange) -> views.EndpointView:
        return views.endpoint_view(desk.change(routes.caller, endpoint_id, change))

    @routes.add("POST /v1/endpoints/<endpoint_id>/test", WRITE, "Send a test event", status=202)
    def test_endpoint(endpoint_id: str) -> views.DeliveryView:
        return views.delivery_view(desk.send_test(routes.caller, endpoint_id))


def _add_keys(routes: Routes, desk: EndpointDesk) -> None:
    @routes.add("POST /v1/endpoints/<endpoint_id>/secret", WRITE, "Rotate the keys", status=201)
    def rotate_secret(endpoint_id: str, rotation: Rotation) -> views.RotatedSecret:
        keys = desk.rotate(routes.caller, endpoint_id, timedelta(seconds=rotation.overlap_seconds))
        return views.RotatedSecret(secret=keys.secret, public_key=keys.public_key)

    @routes.add("GET /jwks/<endpoint_id>", None, "An endpoint's public keys (JWK Set)")
    def public_keys(endpoint_id: str) -> dict[str, Any]:
        return desk.key_set(endpoint_id)
