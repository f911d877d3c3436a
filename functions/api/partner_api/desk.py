"""What the API does, apart from HTTP."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import TypeVar

from partner_api.problem import Problem
from partner_api.views import NewEndpoint, NewPartner
from slugline.deliveries import Delivery
from slugline.domain import delivery_states as states
from slugline.domain.endpoint_url import BadUrl, Target, target_of
from slugline.domain.public_address import AddressRefused, vetted
from slugline.domain.webhook_signature import new_secret, secret_text
from slugline.partners import ApiKey, Endpoint, Partner, SealedSecret
from slugline.ports.clock import Clock
from slugline.ports.deliveries import BadCursor, Deliveries, DeliveryQueue, Page, Partners, SecretBox
from slugline.ports.resolver import Resolver, Unresolvable

DNS_SECONDS = 5.0
Found = TypeVar("Found")


@dataclass(frozen=True)
class PartnerDesk:
    """Partners, endpoints and deliveries. Each method raises Problem; a key confined to a partner sees nothing else."""

    partners: Partners
    deliveries: Deliveries
    queue: DeliveryQueue
    secrets: SecretBox
    resolver: Resolver
    clock: Clock
    allow_loopback: bool = False

    def create_partner(self, key: ApiKey, new: NewPartner) -> Partner:
        if key.partner_id:
            raise Problem(HTTPStatus.FORBIDDEN, "This API key is confined to one partner.")
        partner = Partner(id=_new_id("ptn"), name=new.name, created_at=self.clock.now())
        self.partners.add_partner(partner)
        return partner

    def list_partners(self, key: ApiKey, cursor: str | None, limit: int) -> Page[Partner]:
        if key.partner_id:
            return Page[Partner](items=(self.partner(key, key.partner_id),))
        return _page(lambda: self.partners.partners(cursor=cursor, limit=limit))

    def partner(self, key: ApiKey, partner_id: str) -> Partner:
        partner = self.partners.partner(partner_id) if _sees(key, partner_id) else None
        return _found(partner, "partner")

    def delete_partner(self, key: ApiKey, partner_id: str) -> None:
        """With its endpoints: what is queued for them is canceled when its turn comes."""
        self.partner(key, partner_id)
        for endpoint in self.partners.endpoints(partner_id):
            self.partners.delete_endpoint(endpoint.id)
        self.partners.delete_partner(partner_id)

    def create_endpoint(self, key: ApiKey, partner_id: str, new: NewEndpoint) -> tuple[Endpoint, str]:
        """The endpoint and its secret's text."""
        self.partner(key, partner_id)
        target = self._vetted_target(new.url)
        identifier, secret, now = _new_id("ep"), new_secret(), self.clock.now()
        endpoint = Endpoint(
            id=identifier,
            partner_id=partner_id,
            url=new.url,
            host=target.host,
            description=new.description,
            event_types=new.event_types,
            metadata=new.metadata,
            secrets=(SealedSecret(sealed=self.secrets.seal(secret, identifier), created_at=now),),
            created_at=now,
        )
        self.partners.add_endpoint(endpoint)
        return endpoint, secret_text(secret)

    def list_endpoints(self, key: ApiKey, partner_id: str) -> Iterator[Endpoint]:
        self.partner(key, partner_id)
        return self.partners.endpoints(partner_id)

    def endpoint(self, key: ApiKey, endpoint_id: str) -> Endpoint:
        endpoint = self.partners.endpoint(endpoint_id)
        return _found(endpoint if endpoint and _sees(key, endpoint.partner_id) else None, "endpoint")

    def delete_endpoint(self, key: ApiKey, endpoint_id: str) -> None:
        self.partners.delete_endpoint(self.endpoint(key, endpoint_id).id)

    def list_deliveries(self, key: ApiKey, endpoint_id: str, cursor: str | None, limit: int) -> Page[Delivery]:
        self.endpoint(key, endpoint_id)
        return _page(lambda: self.deliveries.of_endpoint(endpoint_id, cursor=cursor, limit=limit))

    def delivery(self, key: ApiKey, delivery_id: str) -> Delivery:
        delivery = self.deliveries.get(delivery_id)
        return _found(delivery if delivery and _sees(key, delivery.partner_id) else None, "delivery")

    def replay(self, key: ApiKey, delivery_id: str) -> Delivery:
        """Send once more, now, whatever became of it before."""
        delivery = self.delivery(key, delivery_id)
        self.endpoint(key, delivery.endpoint_id)
        again = states.replay(delivery, self.clock.now())
        if not self.deliveries.save(again, delivery):
            raise Problem(HTTPStatus.CONFLICT, "The delivery is being sent at this moment: try again.")
        self.queue.send([(again, timedelta())])
        return again

    def _vetted_target(self, url: str) -> Target:
        try:
            target = target_of(url, allow_loopback=self.allow_loopback)
            found = self.resolver.resolve(target.host, DNS_SECONDS)
            vetted(target.host, found, allow_loopback=self.allow_loopback)
        except (BadUrl, AddressRefused, Unresolvable, TimeoutError) as error:
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, f"url: {error}") from error
        return target


def _new_id(kind: str) -> str:
    return f"{kind}_{secrets.token_hex(10)}"


def _sees(key: ApiKey, partner_id: str) -> bool:
    return key.partner_id in {None, partner_id}


def _found(thing: Found | None, name: str) -> Found:
    """What another partner owns is not found either, so that ids cannot be probed."""
    if thing is None:
        raise Problem(HTTPStatus.NOT_FOUND, f"There is no such {name}.")
    return thing


def _page(read: Callable[[], Page[Found]]) -> Page[Found]:
    try:
        return read()
    except BadCursor as error:
        raise Problem(HTTPStatus.BAD_REQUEST, f"cursor: {error}") from error
