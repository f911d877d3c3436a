"""The feed of an endpoint's messages, for a partner that asks instead of being called."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from partner_api.bodies import ShownBodies
from partner_api.endpoint_keys import signing_keys
from partner_api.guard import found, page_of, sees
from partner_api.views import EventFeed, FeedEvent
from slugline.deliveries import Delivery, DeliveryState
from slugline.domain.webhook_signature import SigningKey, webhook_headers
from slugline.partners import ApiKey, Endpoint
from slugline.ports.catalogue import Catalogue
from slugline.ports.clock import Clock
from slugline.ports.deliveries import Partners, SecretBox
from slugline.ports.messages import Messages

SETTLES = timedelta(minutes=1)
"""Longer than a function that writes a message's row can live, so nothing older is still to come."""
PAST = {DeliveryState.SUPERSEDED, DeliveryState.CANCELED}


@dataclass(frozen=True)
class FeedDesk:
    """Each method raises Problem; a key confined to a partner sees nothing else."""

    partners: Partners
    messages: Messages
    catalogue: Catalogue
    secrets: SecretBox
    bodies: ShownBodies
    clock: Clock

    def events(
        self, key: ApiKey, endpoint_id: str, start: str | datetime | None, limit: int, api_url: str
    ) -> EventFeed:
        """Messages after a cursor or since a moment, oldest first, signed anew as each attempt is, with signed links to
        the API at `api_url`.

        The cursor stops behind the last message that is a minute old: one that is written late can then not be missed,
        and the newest come again until they are.
        """
        endpoint = self.partners.endpoint(endpoint_id)
        endpoint = found(endpoint if endpoint and sees(key, endpoint.partner_id) else None, "endpoint")
        cursor = self.messages.since(endpoint_id, start) if isinstance(start, datetime) else start
        page = page_of(lambda: self.messages.page(endpoint_id, cursor=cursor, limit=limit))
        settled = [one for one in page.items if one.delivery.created_at <= self.clock.now() - SETTLES]
        return EventFeed(
            events=self._signed(endpoint, [one.delivery for one in page.items], api_url),
            cursor=settled[-1].cursor if settled else cursor,
            more=bool(page.cursor and settled),
        )

    def _signed(self, endpoint: Endpoint, messages: Sequence[Delivery], api_url: str) -> tuple[FeedEvent, ...]:
        now, current = self.clock.now(), self._current(messages)
        keys = signing_keys(self.secrets, endpoint, now) if messages else []
        bodies = self.bodies.of(endpoint, current, api_url)
        return tuple(_event(one.id, body, keys, now) for one, body in zip(current, bodies, strict=True))

    def _current(self, messages: Sequence[Delivery]) -> list[Delivery]:
        """Those that no newer version, or withdrawal, has taken the place of."""
        states = self.catalogue.states({one.story_id for one in messages})
        newest = {story_id: state.version for story_id, state in states.items()}
        return [one for one in messages if one.state not in PAST and newest.get(one.story_id, 0) <= one.version]


def _event(message_id: str, body: str, keys: list[SigningKey], now: datetime) -> FeedEvent:
    return FeedEvent(headers=webhook_headers(message_id, int(now.timestamp()), body.encode(), keys), body=body)
