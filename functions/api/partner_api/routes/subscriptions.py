"""Subscriptions to feeds, for operators. Subscribers themselves speak with the hub."""

from http import HTTPStatus

from partner_api.paging import Cursor, Limit
from partner_api.routing import Routes
from partner_api.subscription_desk import SubscriptionDesk
from partner_api.views import SubscriptionList
from slugline.partners import Scope


def add_routes(routes: Routes, desk: SubscriptionDesk) -> None:
    @routes.add(
        "GET /v1/subscriptions",
        Scope.PARTNERS_READ,
        "Who subscribed to which feed (WebSub)",
        problems=[HTTPStatus.FORBIDDEN],
    )
    def list_subscriptions(cursor: Cursor = None, limit: Limit = 50) -> SubscriptionList:
        """Each with how it stands and what came of asking its callback last. Refused to a key of one partner."""
        page = desk.list(routes.caller, cursor, limit)
        return SubscriptionList(subscriptions=page.items, cursor=page.cursor)
