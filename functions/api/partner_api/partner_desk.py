"""What the API does with partners, apart from HTTP."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus

from partner_api.access import check_unconfined
from partner_api.endpoint_keys import new_link_key
from partner_api.guard import found, new_id, page_of, sees
from partner_api.problem import Fault, Problem
from partner_api.views import NewPartner, PartnerChange
from slugline.desk import DeskSettings
from slugline.domain import endpoint_life as life
from slugline.domain.licence import ALL
from slugline.partners import ApiKey, Partner
from slugline.ports.clock import Clock
from slugline.ports.deliveries import Page, Partners, SecretBox

TRIES = 5


@dataclass(frozen=True)
class PartnerDesk:
    """Each method raises Problem; a key confined to a partner sees nothing else."""

    partners: Partners
    secrets: SecretBox
    settings: Callable[[], DeskSettings]
    clock: Clock

    def create(self, key: ApiKey, new: NewPartner) -> Partner:
        check_unconfined(key, "create partners")
        partner = Partner(
            id=new_id("ptn"),
            name=new.name,
            licensed_agencies=self._agencies(new.licensed_agencies),
            created_at=self.clock.now(),
        )
        self.partners.add_partner(partner)
        return partner

    def list(self, key: ApiKey, cursor: str | None, limit: int) -> Page[Partner]:
        if key.partner_id:
            return Page[Partner](items=(self.get(key, key.partner_id),))
        return page_of(lambda: self.partners.partners(cursor=cursor, limit=limit))

    def get(self, key: ApiKey, partner_id: str) -> Partner:
        return found(self.partners.partner(partner_id) if sees(key, partner_id) else None, "partner")

    def change(self, key: ApiKey, partner_id: str, change: PartnerChange) -> Partner:
        """The partner with the fields that were given."""
        self.get(key, partner_id)
        check_unconfined(key, "rename or license a partner")
        fields: dict[str, object] = {name: getattr(change, name) for name in change.model_fields_set}
        if "licensed_agencies" in fields:
            fields["licensed_agencies"] = self._agencies(change.licensed_agencies)
            self._give_link_keys(partner_id)
        for _ in range(TRIES):
            before = self.get(key, partner_id)
            after = before.model_copy(update=fields)
            if after == before:
                return before
            after = after.model_copy(update={"revision": before.revision + 1})
            if self.partners.save_partner(after, before):
                return after
        raise Problem(HTTPStatus.CONFLICT, "The partner is being changed by others: try again.")

    def delete(self, key: ApiKey, partner_id: str) -> None:
        """With its endpoints: what is queued for them is canceled when its turn comes, and what is held by clock.

        That is the operator's to decide, and so it wants a key of the operator's.
        """
        self.get(key, partner_id)
        check_unconfined(key, "delete a partner; it may delete the partner's endpoints")
        for endpoint in self.partners.endpoints(partner_id):
            self.partners.delete_endpoint(endpoint.id, self.clock.now())
        self.partners.delete_partner(partner_id)

    def _give_link_keys(self, partner_id: str) -> None:
        """To endpoints from before there were signed links."""
        for listed in self.partners.endpoints(partner_id):
            endpoint = None if listed.link_key else self.partners.endpoint(listed.id)
            while endpoint and endpoint.link_key is None:
                after = life.changed(endpoint, link_key=new_link_key(self.secrets, endpoint.id))
                if self.partners.save_endpoint(after, endpoint):
                    break
                endpoint = self.partners.endpoint(listed.id)

    def _agencies(self, names: Iterable[str]) -> tuple[str, ...]:
        """The agencies as the desk settings write them, each once. Raises Problem (422) for one that is not there."""
        names = list(names)
        known = {name.casefold(): name for name in (ALL, *self.settings().agencies)} if names else {}
        if unknown := [name for name in names if name.casefold() not in known]:
            raise Problem(
                HTTPStatus.UNPROCESSABLE_ENTITY,
                "A licence names agencies of the desk settings: " + ", ".join(known.values()) + ".",
                [Fault(field="body.licensed_agencies", detail=f"There is no agency {name!a}") for name in unknown],
            )
        return tuple(sorted({known[name.casefold()] for name in names}))
