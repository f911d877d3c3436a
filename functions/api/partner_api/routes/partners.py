"""Partners."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response

from partner_api.paging import Cursor, Limit
from partner_api.partner_desk import PartnerDesk
from partner_api.routing import Routes, no_content
from partner_api.views import NewPartner, PartnerChange, PartnerList, PartnerView, partner_view
from slugline.partners import Scope

READ, WRITE = Scope.PARTNERS_READ, Scope.PARTNERS_WRITE


def add_routes(routes: Routes, desk: PartnerDesk) -> None:
    @routes.add("POST /v1/partners", WRITE, "Create a partner", status=201)
    def create_partner(partner: NewPartner) -> PartnerView:
        return partner_view(desk.create(routes.caller, partner))

    @routes.add("GET /v1/partners", READ, "List partners")
    def list_partners(cursor: Cursor = None, limit: Limit = 50) -> PartnerList:
        page = desk.list(routes.caller, cursor, limit)
        return PartnerList(partners=tuple(map(partner_view, page.items)), cursor=page.cursor)

    @routes.add("GET /v1/partners/<partner_id>", READ, "Get a partner")
    def get_partner(partner_id: str) -> PartnerView:
        return partner_view(desk.get(routes.caller, partner_id))

    @routes.add(
        "PATCH /v1/partners/<partner_id>",
        WRITE,
        "Rename a partner or change its licence",
        problems=[HTTPStatus.CONFLICT],
    )
    def change_partner(partner_id: str, change: PartnerChange) -> PartnerView:
        """Not with a key that is confined to a partner. A licence holds for the versions of stories that are published
        from then on; one that ends, ends at once, links that were given out included.
        """
        return partner_view(desk.change(routes.caller, partner_id, change))

    @routes.add("DELETE /v1/partners/<partner_id>", WRITE, "Delete a partner and its endpoints", status=204)
    def delete_partner(partner_id: str) -> Response[str]:
        desk.delete(routes.caller, partner_id)
        return no_content()
