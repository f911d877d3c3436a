"""What the API does with partners, apart from HTTP."""

from dataclasses import dataclass

from partner_api.access import check_unconfined
from partner_api.guard import found, new_id, page_of, sees
from partner_api.views import NewPartner
from slugline.partners import ApiKey, Partner
from slugline.ports.clock import Clock
from slugline.ports.deliveries import Page, Partners


@dataclass(frozen=True)
class PartnerDesk:
    """Each method raises Problem; a key confined to a partner sees nothing else."""

    partners: Partners
    clock: Clock

    def create(self, key: ApiKey, new: NewPartner) -> Partner:
        check_unconfined(key, "create partners")
        partner = Partner(id=new_id("ptn"), name=new.name, created_at=self.clock.now())
        self.partners.add_partner(partner)
        return partner

    def list(self, key: ApiKey, cursor: str | None, limit: int) -> Page[Partner]:
        if key.partner_id:
            return Page[Partner](items=(self.get(key, key.partner_id),))
        return page_of(lambda: self.partners.partners(cursor=cursor, limit=limit))

    def get(self, key: ApiKey, partner_id: str) -> Partner:
        return found(self.partners.partner(partner_id) if sees(key, partner_id) else None, "partner")

    def delete(self, key: ApiKey, partner_id: str) -> None:
        """With its endpoints: what is queued for them is canceled when its turn comes, and what is held by clock.

        That is the operator's to decide, and so it wants a key of the operator's.
        """
        self.get(key, partner_id)
        check_unconfined(key, "delete a partner; it may delete the partner's endpoints")
        for endpoint in self.partners.endpoints(partner_id):
            self.partners.delete_endpoint(endpoint.id, self.clock.now())
        self.partners.delete_partner(partner_id)
