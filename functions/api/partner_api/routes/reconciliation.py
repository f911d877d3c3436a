"""Reconciliation."""

from http import HTTPStatus

from partner_api.reconciliation_desk import ReconciliationDesk
from partner_api.routing import Routes
from partner_api.views import Holdings, Reconciliation
from slugline.partners import Scope


def add_routes(routes: Routes, desk: ReconciliationDesk) -> None:
    @routes.add(
        "POST /v1/endpoints/<endpoint_id>/reconciliation",
        Scope.DELIVERIES_WRITE,
        "Compare what a partner holds with what it should",
        problems=[HTTPStatus.BAD_REQUEST],
    )
    def reconcile(endpoint_id: str, holdings: Holdings) -> Reconciliation:
        """Only differences are given: first about what is held, then what is missing. A story under embargo is in none.

        What was never sent to the endpoint, since it was published before the endpoint was made, is named as missing
        but cannot be sent from here: `delivery_id` stays null.
        """
        return desk.compare(routes.caller, endpoint_id, holdings)
