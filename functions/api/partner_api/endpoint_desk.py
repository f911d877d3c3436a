"""What the API does with endpoints, apart from HTTP."""

import json
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from partner_api.endpoint_keys import NewKeys, key_set, new_keys, new_link_key, sealed_headers
from partner_api.guard import found, new_id, sees
from partner_api.problem import Problem
from partner_api.views import EndpointChange, NewEndpoint
from slugline.deliveries import Delivery, delivery_id
from slugline.domain import endpoint_life as life
from slugline.domain.delivery_states import GRACE
from slugline.domain.endpoint_url import BadUrl, Target, target_of
from slugline.domain.public_address import AddressRefused, vetted
from slugline.model import rfc3339
from slugline.partners import ApiKey, Endpoint, EndpointStatus, EventType
from slugline.ports.clock import Clock
from slugline.ports.deliveries import Deliveries, DeliveryQueue, Partners, SecretBox
from slugline.ports.resolver import Resolver, Unresolvable

DNS_SECONDS = 5.0
TRIES = 5


@dataclass(frozen=True)
class EndpointDesk:
    """Each method raises Problem; a key confined to a partner sees nothing else."""

    partners: Partners
    deliveries: Deliveries
    queue: DeliveryQueue
    secrets: SecretBox
    resolver: Resolver
    clock: Clock
    allow_loopback: bool = False

    def create(self, key: ApiKey, partner_id: str, new: NewEndpoint) -> tuple[Endpoint, NewKeys]:
        """The endpoint, and its keys as its owner is told them."""
        found(self.partners.partner(partner_id) if sees(key, partner_id) else None, "partner")
        target = self._vetted(new.url)
        identifier, now = new_id("ep"), self.clock.now()
        keys = new_keys(self.secrets, identifier, now, asymmetric=new.asymmetric)
        endpoint = Endpoint(
            id=identifier,
            partner_id=partner_id,
            url=new.url,
            host=target.host,
            description=new.description,
            event_types=new.event_types,
            filter=new.filter,
            metadata=new.metadata,
            per_second=new.per_second,
            at_once=new.at_once,
            payload=new.payload,
            format=new.format,
            headers=sealed_headers(self.secrets, identifier, new.headers),
            secrets=keys.sealed,
            link_key=new_link_key(self.secrets, identifier),
            created_at=now,
        )
        self.partners.add_endpoint(endpoint)
        return endpoint, keys

    def list(self, key: ApiKey, partner_id: str) -> Iterator[Endpoint]:
        found(self.partners.partner(partner_id) if sees(key, partner_id) else None, "partner")
        return self.partners.endpoints(partner_id)

    def get(self, key: ApiKey, endpoint_id: str) -> Endpoint:
        endpoint = self.partners.endpoint(endpoint_id)
        return found(endpoint if endpoint and sees(key, endpoint.partner_id) else None, "endpoint")

    def delete(self, key: ApiKey, endpoint_id: str) -> None:
        """What is queued for it is canceled when its turn comes, and what is held by clock."""
        self.partners.delete_endpoint(self.get(key, endpoint_id).id, self.clock.now())

    def change(self, key: ApiKey, endpoint_id: str, change: EndpointChange) -> Endpoint:
        """The endpoint with the fields that were given; enabling it sends what it is owed, withdrawals first."""
        given = change.model_fields_set
        fields: dict[str, object] = {name: getattr(change, name) for name in given - {"status"}}
        if "url" in given:
            fields["host"] = self._vetted(change.url).host
        if "headers" in given:
            fields["headers"] = sealed_headers(self.secrets, endpoint_id, change.headers)

        def changed(endpoint: Endpoint) -> Endpoint:
            after = life.changed(endpoint, **fields) if fields else endpoint
            if "status" not in given or change.status is endpoint.status:
                return after
            follow = life.enabled if change.status is EndpointStatus.ENABLED else life.paused
            return follow(after, self.clock.now())

        return self._save(key, endpoint_id, changed)

    def rotate(self, key: ApiKey, endpoint_id: str, overlap: timedelta) -> NewKeys:
        """New keys of the same kinds; the old ones sign beside them for `overlap`.

        Without overlap, as when a secret leaked, links that were given out end too.
        """
        now = self.clock.now()
        endpoint = self.get(key, endpoint_id)
        asymmetric = any(secret.public_key for secret in endpoint.secrets if life.valid(secret, now))
        keys = new_keys(self.secrets, endpoint_id, now, asymmetric=asymmetric)
        link_key = None if overlap else new_link_key(self.secrets, endpoint_id)

        def rotated(endpoint: Endpoint) -> Endpoint:
            after = life.rotated(endpoint, keys.sealed, now, overlap)
            return after.model_copy(update={"link_key": link_key}) if link_key else after

        self._save(key, endpoint_id, rotated)
        return keys

    def send_test(self, key: ApiKey, endpoint_id: str) -> Delivery:
        """Send `endpoint.test`, as any other message is sent."""
        endpoint, now = self.get(key, endpoint_id), self.clock.now()
        subject = f"test-{secrets.token_hex(8)}"
        body = {"type": EventType.TEST, "timestamp": rfc3339(now), "data": {"endpoint": endpoint.id}}
        delivery = Delivery(
            id=delivery_id(endpoint.id, subject, 1),
            endpoint_id=endpoint.id,
            partner_id=endpoint.partner_id,
            story_id=subject,
            version=1,
            type=EventType.TEST,
            body=json.dumps(body, separators=(",", ":")),
            host=endpoint.host,
            created_at=now,
            correlation_id=subject,
            next_attempt_at=now,
            sweep_at=now + GRACE,
        )
        self.deliveries.add(delivery)
        self.queue.send([(delivery, timedelta())])
        return delivery

    def key_set(self, endpoint_id: str) -> dict[str, Any]:
        """The public keys of the endpoint, for anybody."""
        return key_set(found(self.partners.endpoint(endpoint_id), "endpoint"), self.clock.now())

    def _save(self, key: ApiKey, endpoint_id: str, change: Callable[[Endpoint], Endpoint]) -> Endpoint:
        for _ in range(TRIES):
            before = self.get(key, endpoint_id)
            after = change(before)
            if after == before or self.partners.save_endpoint(after, before):
                return after
        raise Problem(HTTPStatus.CONFLICT, "The endpoint is being changed by others: try again.")

    def _vetted(self, url: str) -> Target:
        try:
            target = target_of(url, allow_loopback=self.allow_loopback)
            addresses = self.resolver.resolve(target.host, DNS_SECONDS)
            vetted(target.host, addresses, allow_loopback=self.allow_loopback)
        except (BadUrl, AddressRefused, Unresolvable, TimeoutError) as error:
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, f"url: {error}") from error
        return target
