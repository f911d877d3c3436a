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
        """Only differences are given: what is held and withdrawn, what else is wrong with what is held, then what is
        missing. A story under embargo is in none.

        With `send`, each is mended by a message, be it one that was sent before or the first about a story from before
        the endpoint was made; `delivery_id` names it. An endpoint that is paused gets it when it is enabled, and its
        event feed has it at once.
        """
        return desk.compare(routes.caller, endpoint_id, holdings)
