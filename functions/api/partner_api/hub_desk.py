"""What the WebSub hub does with a request (https://www.w3.org/TR/websub/, section 5), apart from HTTP."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus

from slugline.domain.endpoint_url import BadUrl, Target, target_of
from slugline.domain.hub_request import BadRequest, HubRequest, hub_request
from slugline.domain.public_address import AddressRefused, vetted
from slugline.domain.subscription_states import requested
from slugline.ports.clock import Clock
from slugline.ports.deliveries import SecretBox
from slugline.ports.objects import ObjectMissing, ObjectStore
from slugline.ports.resolver import Resolver, Unresolvable
from slugline.ports.subscriptions import SubscriptionQueue, Subscriptions
from slugline.subscriptions import Mode, Wish, subscription_id

FORM = "application/x-www-form-urlencoded"
FEEDS = "feeds/"
LONGEST_CALLBACK = 1000
MOST_OF_HOST = 100
DNS_SECONDS = 5.0
TRIES = 5


class HubRefused(Exception):  # noqa: N818 - reads as the decision it is
    """The hub does not take the request; the text says why, for the subscriber's developer."""

    def __init__(self, status: HTTPStatus, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


@dataclass(frozen=True)
class HubDesk:
    """Notes what subscribers ask for. Whether they really want it is asked at their callback, by function hub."""

    subscriptions: Subscriptions
    queue: SubscriptionQueue
    site: ObjectStore
    site_url: str
    secrets: SecretBox
    resolver: Resolver
    clock: Clock
    allow_loopback: bool = False

    def take(self, content_type: str, body: str) -> None:
        """Note one request. Raises HubRefused."""
        if content_type.partition(";")[0].strip().lower() != FORM:
            raise HubRefused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"Send the request as {FORM}.")
        try:
            request = hub_request(body)
        except BadRequest as error:
            raise HubRefused(HTTPStatus.BAD_REQUEST, str(error)) from error
        key, target = self._key(request.topic), self._vetted(request.callback)
        self._note(request, key, target)

    def _note(self, request: HubRequest, key: str, target: Target) -> None:
        identifier = subscription_id(request.topic, request.callback)
        wish = Wish(
            mode=request.mode,
            lease_seconds=request.lease_seconds,
            secret=self.secrets.seal(request.secret.encode(), identifier) if request.secret else None,
            challenge=secrets.token_urlsafe(32),
        )
        for _ in range(TRIES):
            known = self.subscriptions.get(key, identifier)
            if known is None and request.mode is Mode.UNSUBSCRIBE:
                raise HubRefused(HTTPStatus.NOT_FOUND, "There is no subscription of this callback to this topic.")
            if known is None and self.subscriptions.of_host(target.host, MOST_OF_HOST) >= MOST_OF_HOST:
                raise HubRefused(
                    HTTPStatus.TOO_MANY_REQUESTS, f"{target.host} has {MOST_OF_HOST} subscriptions, which is the most."
                )
            row = requested(known, request, wish, (key, target.host), self.clock.now())
            if self.subscriptions.save(row, known):
                self.queue.send([(row, timedelta())])
                return
        raise HubRefused(HTTPStatus.CONFLICT, "Others ask for the same at this moment: try again.")

    def _key(self, topic: str) -> str:
        key = topic.removeprefix(f"{self.site_url}/")
        try:
            if key == topic or not key.startswith(FEEDS) or len(key) > LONGEST_CALLBACK:
                raise ObjectMissing(key)
            self.site.head(key)
        except ObjectMissing as error:
            raise HubRefused(
                HTTPStatus.NOT_FOUND,
                f"hub.topic: this hub has the feeds of {self.site_url}; send the address that the feed names as self.",
            ) from error
        return key

    def _vetted(self, callback: str) -> Target:
        try:
            if len(callback) > LONGEST_CALLBACK:
                raise BadUrl(f"The URL is longer than {LONGEST_CALLBACK} characters.")
            target = target_of(callback, allow_loopback=self.allow_loopback)
            addresses = self.resolver.resolve(target.host, DNS_SECONDS)
            vetted(target.host, addresses, allow_loopback=self.allow_loopback)
        except (BadUrl, AddressRefused, Unresolvable, TimeoutError) as error:
            raise HubRefused(HTTPStatus.BAD_REQUEST, f"hub.callback: {error}") from error
        return target
