"""What the API does with signed links to files that are not public, apart from HTTP."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Protocol

from partner_api.guard import found, sees
from partner_api.problem import Problem
from partner_api.views import ProductFeed
from slugline.desk import DeskSettings, Product
from slugline.domain.file_links import NEVER, FeedLink, FileLink, Link, is_genuine, signed_for_good
from slugline.domain.licence import covers
from slugline.licensed_forms import Archive, LicensedForms, feed_folder, read_forms
from slugline.partners import ApiKey, Endpoint, EndpointStatus
from slugline.ports.clock import Clock
from slugline.ports.deliveries import Partners, SecretBox, StoryHeads
from slugline.ports.objects import Head, ObjectMissing

SERVED_SECONDS = 60


class ServedArchive(Archive, Protocol):
    """The part of the archive that serving files needs."""

    def head(self, key: str) -> Head:
        """Raises ObjectMissing."""

    def served(self, key: str, seconds: int) -> str:
        """An address where anybody can get the object for so long."""


@dataclass(frozen=True)
class FileDesk:
    """To open a link needs no API key: the signature is what lets in."""

    partners: Partners
    stories: StoryHeads
    archive: ServedArchive
    secrets: SecretBox
    settings: Callable[[], DeskSettings]
    clock: Clock

    def address(self, link: FileLink, expires: int, signature: str) -> str:
        """Where the file can be fetched for a minute.

        Raises Problem: 403 for a link that we did not sign, which is looked at before anything else; 410 for one that
        has expired, and where the endpoint, the partner's licence, or the story has ended since.
        """
        endpoint = self._signer(link, expires, signature)
        if expires <= self.clock.now().timestamp():
            raise _gone("This link has expired: ask for the message again, by a replay or in the feed of messages.")
        _check_alive(endpoint)
        head = self.stories.head(link.story_id)
        if head is None or head.last_withdrawal >= link.version:
            raise _gone("The story was withdrawn.")
        return self.archive.served(self._forms(link, endpoint).key(link.name), SERVED_SECONDS)

    def feed_address(self, link: FeedLink, signature: str) -> str:
        """Where a form of a product's feed can be fetched for a minute. Raises Problem as `address` does."""
        endpoint = self._signer(link, NEVER, signature)
        _check_alive(endpoint)
        product = self._products(endpoint).get(link.product)
        if product is None:
            raise _gone("The product has ended, or the licence for its pictures.")
        key = feed_folder(link.product, product.licensed_agencies) + link.name
        try:
            self.archive.head(key)
        except ObjectMissing as error:
            raise Problem(
                HTTPStatus.NOT_FOUND, "The feed is written with the next story that is published: ask again then."
            ) from error
        return self.archive.served(key, SERVED_SECONDS)

    def feeds(self, key: ApiKey, endpoint_id: str, api_url: str) -> tuple[ProductFeed, ...]:
        """The feeds of products that the endpoint's partner may have beside what is public.

        Raises Problem (404), and (409) for an endpoint from before there were links.
        """
        endpoint = self.partners.endpoint(endpoint_id)
        endpoint = found(endpoint if endpoint and sees(key, endpoint.partner_id) else None, "endpoint")
        products = self._products(endpoint)
        if not products:
            return ()
        if endpoint.link_key is None:
            raise Problem(
                HTTPStatus.CONFLICT, "The endpoint has no key for links: set the partner's licence once more."
            )
        link_key = self.secrets.open(endpoint.link_key, endpoint.id)

        def address(product: str, name: str) -> str:
            return api_url + signed_for_good(FeedLink(endpoint_id=endpoint.id, product=product, name=name), link_key)

        return tuple(
            ProductFeed(
                product=name,
                name=product.name,
                licensed_agencies=product.licensed_agencies,
                rss=address(name, "rss.xml"),
                atom=address(name, "atom.xml"),
                json_feed=address(name, "feed.json"),
            )
            for name, product in products.items()
        )

    def _products(self, endpoint: Endpoint) -> dict[str, Product]:
        """Those that need a licence, and the partner's covers."""
        partner = self.partners.partner(endpoint.partner_id)
        licence = partner.licensed_agencies if partner else ()
        products = self.settings().products if licence else {}
        return {
            name: product
            for name, product in products.items()
            if product.licensed_agencies and covers(licence, product.licensed_agencies)
        }

    def _signer(self, link: Link, expires: int, signature: str) -> Endpoint:
        endpoint = self.partners.endpoint(link.endpoint_id)
        if endpoint and endpoint.link_key:
            key = self.secrets.open(endpoint.link_key, endpoint.id)
            if is_genuine(link, key, expires, signature):
                return endpoint
        raise Problem(
            HTTPStatus.FORBIDDEN, "This link is not as we signed it, or its endpoint is deleted or has new keys."
        )

    def _forms(self, link: FileLink, endpoint: Endpoint) -> LicensedForms:
        forms = read_forms(self.archive, link.story_id, link.version, link.licence)
        if forms is None or link.name not in forms.names:
            raise _gone("There is no such file any more.")
        partner = self.partners.partner(endpoint.partner_id)
        if partner is None or not covers(partner.licensed_agencies, forms.agencies):
            raise _gone(f"The licence for pictures of {', '.join(forms.agencies)} has ended.")
        return forms


def _check_alive(endpoint: Endpoint) -> None:
    if endpoint.status is EndpointStatus.DISABLED:
        raise _gone("The endpoint that this link was sent to is disabled.")


def _gone(detail: str) -> Problem:
    return Problem(HTTPStatus.GONE, detail)
