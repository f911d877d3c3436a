"""The feed of an endpoint's messages."""

from partner_api.feed_desk import FeedDesk
from partner_api.paging import Cursor, Limit, Since
from partner_api.routing import Routes
from partner_api.views import EventFeed
from slugline.partners import Scope


def add_routes(routes: Routes, desk: FeedDesk) -> None:
    @routes.add(
        "GET /v1/endpoints/<endpoint_id>/events",
        Scope.DELIVERIES_READ,
        "Poll an endpoint's messages, oldest first",
    )
    def list_events(endpoint_id: str, cursor: Cursor = None, since: Since = None, limit: Limit = 50) -> EventFeed:
        """The same messages as webhooks bring, signed as they are. What a newer version or a withdrawal has taken the
        place of is left out. Messages are kept for 90 days, those of withdrawals for ever. A story from before the
        endpoint was made is among them once a reconciliation has sent it.

        The newest ones come again for a minute: drop what you have by its `webhook-id`.
        """
        return desk.events(routes.caller, endpoint_id, since if cursor is None else cursor, limit, routes.api_url)
