"""The ledger of withdrawals."""

from typing import Annotated
from urllib.parse import urlencode

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Query

from partner_api.paging import Cursor
from partner_api.routing import Routes
from partner_api.views import WithdrawalList
from partner_api.withdrawal_desk import WithdrawalDesk
from slugline.partners import Scope
from slugline.withdrawals import ledger_csv

Many = Annotated[int, Query(ge=1, le=1000, description="how many at most")]


def add_routes(routes: Routes, desk: WithdrawalDesk) -> None:
    @routes.add("GET /v1/withdrawals", Scope.DELIVERIES_READ, "Who was told of which withdrawal, oldest first")
    def list_withdrawals(cursor: Cursor = None, limit: Many = 100) -> WithdrawalList:
        page = desk.list(routes.caller, cursor, limit)
        return WithdrawalList(withdrawals=page.items, cursor=page.cursor)

    @routes.add("GET /v1/withdrawals.csv", Scope.DELIVERIES_READ, "The same as CSV", answers="text/csv")
    def withdrawals_as_csv(cursor: Cursor = None, limit: Many = 1000) -> Response[str]:
        """The header `Link` names the next page (RFC 8288)."""
        page = desk.list(routes.caller, cursor, limit)
        query = urlencode({"cursor": page.cursor, "limit": limit})
        headers = {"Link": f'<?{query}>; rel="next"'} if page.cursor else {}
        return Response(200, "text/csv; charset=utf-8", ledger_csv(page.items), headers)
