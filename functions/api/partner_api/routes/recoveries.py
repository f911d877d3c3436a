"""Recoveries."""

from partner_api.recovery_desk import RecoveryDesk
from partner_api.routing import Routes
from partner_api.views import NewRecovery, RecoveryView, recovery_view
from slugline.partners import Scope


def add_routes(routes: Routes, desk: RecoveryDesk) -> None:
    @routes.add(
        "POST /v1/endpoints/<endpoint_id>/recoveries",
        Scope.DELIVERIES_WRITE,
        "Send once more what failed in a window of time",
        status=202,
    )
    def recover(endpoint_id: str, window: NewRecovery) -> RecoveryView:
        """In the background, up to 1000 messages a minute. The window is at most 14 days, with at most 10,000 failures.
        A failure is a message that was given up, or that waits after a failed attempt.
        """
        return recovery_view(desk.start(routes.caller, endpoint_id, window.since, window.until))

    @routes.add("GET /v1/recoveries/<recovery_id>", Scope.DELIVERIES_READ, "See how far a recovery has come")
    def get_recovery(recovery_id: str) -> RecoveryView:
        """Kept for 30 days."""
        return recovery_view(desk.get(routes.caller, recovery_id))
