"""What the API does with the ledger of withdrawals, apart from HTTP."""

from dataclasses import dataclass
from functools import cache

from partner_api.guard import page_of, sees
from slugline.partners import ApiKey
from slugline.ports.deliveries import Deliveries, Page, Partners
from slugline.withdrawals import LedgerEntry, ledger_entry


@dataclass(frozen=True)
class WithdrawalDesk:
    """Each method raises Problem; a key confined to a partner sees nothing else."""

    partners: Partners
    deliveries: Deliveries

    def list(self, key: ApiKey, cursor: str | None, limit: int) -> Page[LedgerEntry]:
        """The ledger, oldest first. Pages hold fewer than `limit`, even none, where others' entries are left out."""
        page = page_of(lambda: self.deliveries.withdrawals(cursor=cursor, limit=limit))
        name = cache(self._name)
        entries = (ledger_entry(one, name(one.partner_id)) for one in page.items if sees(key, one.partner_id))
        return Page[LedgerEntry](items=tuple(entries), cursor=page.cursor)

    def _name(self, partner_id: str) -> str | None:
        partner = self.partners.partner(partner_id)
        return partner.name if partner else None
