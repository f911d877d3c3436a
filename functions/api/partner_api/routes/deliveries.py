"""Deliveries."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query

from partner_api.delivery_desk import DeliveryDesk, StateFilter
from partner_api.paging import Cursor, Limit
from partner_api.routing import Routes
from partner_api.views import (
    Acknowledged,
    Acknowledgement,
    AttemptList,
    DeliveryList,
    DeliveryView,
    FullDelivery,
    delivery_view,
    full_delivery,
)
from slugline.partners import Scope

State = Annotated[StateFilter | None, Query(description="only those in this state; failed: given up or to be retried")]


def add_routes(routes: Routes, desk: DeliveryDesk) -> None:
    @routes.add("GET /v1/endpoints/<endpoint_id>/deliveries", Scope.DELIVERIES_READ, "List deliveries, newest first")
    def list_deliveries(
        endpoint_id: str, state: State = None, cursor: Cursor = None, limit: Limit = 50
    ) -> DeliveryList:
        """Kept for 90 days, those of withdrawals for ever; of each delivery the last 32 attempts, all at `/attempts`.

        With a `state` a page may hold fewer than `limit`, even none: go on as long as there is a `cursor`.
        """
        page = desk.list(routes.caller, endpoint_id, state, cursor, limit)
        return DeliveryList(deliveries=tuple(map(delivery_view, page.items)), cursor=page.cursor)

    @routes.add(
        "POST /v1/endpoints/<endpoint_id>/acknowledgements", Scope.DELIVERIES_WRITE, "Say which messages you have"
    )
    def acknowledge(endpoint_id: str, acknowledgement: Acknowledgement) -> Acknowledged:
        """For a partner that polls. What is acknowledged is not sent any more, and a withdrawal counts as confirmed."""
        return desk.acknowledge(routes.caller, endpoint_id, acknowledgement.ids)

    @routes.add("GET /v1/deliveries/<delivery_id>", Scope.DELIVERIES_READ, "Get a delivery")
    def get_delivery(delivery_id: str) -> FullDelivery:
        """With the body that would be sent now."""
        return full_delivery(*desk.read(routes.caller, delivery_id, routes.api_url))

    @routes.add("GET /v1/deliveries/<delivery_id>/attempts", Scope.DELIVERIES_READ, "List attempts, newest first")
    def list_attempts(delivery_id: str, cursor: Cursor = None, limit: Limit = 50) -> AttemptList:
        """All of them; what is older than a delivery's last 32 is kept for 90 days, a withdrawal's for ever."""
        page = desk.attempts(routes.caller, delivery_id, cursor, limit)
        return AttemptList(attempts=page.items, cursor=page.cursor)

    @routes.add("POST /v1/deliveries/<delivery_id>/replay", Scope.DELIVERIES_WRITE, "Send once more", status=202)
    def replay_delivery(delivery_id: str) -> DeliveryView:
        return delivery_view(desk.replay(routes.caller, delivery_id))
