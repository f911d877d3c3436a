"""What the API says about subscriptions to feeds, apart from HTTP. What a subscriber may ask for is in `hub_desk`."""

from dataclasses import dataclass

from partner_api.access import check_unconfined
from partner_api.guard import page_of
from partner_api.views import SubscriptionView
from slugline.domain.subscription_states import state_of
from slugline.partners import ApiKey
from slugline.ports.clock import Clock
from slugline.ports.deliveries import Page
from slugline.ports.subscriptions import Subscriptions
from slugline.subscriptions import Subscription


@dataclass(frozen=True)
class SubscriptionDesk:
    """Each method raises Problem; subscribers are no partner's, so a confined key sees none."""

    subscriptions: Subscriptions
    clock: Clock

    def list(self, key: ApiKey, cursor: str | None, limit: int) -> Page[SubscriptionView]:
        check_unconfined(key, "see who subscribed to feeds")
        page = page_of(lambda: self.subscriptions.page(cursor=cursor, limit=limit))
        return Page[SubscriptionView](items=tuple(map(self._view, page.items)), cursor=page.cursor)

    def _view(self, row: Subscription) -> SubscriptionView:
        return SubscriptionView(
            id=row.id,
            topic=row.topic,
            callback=row.callback,
            state=state_of(row, self.clock.now()),
            expires_at=row.expires_at,
            created_at=row.created_at,
            owed=max(row.changes - row.got, 0),
            tries=row.tries,
            next_attempt_at=row.next_attempt_at,
            last_at=row.last_at,
            last_result=row.last_result or None,
        )
