"""What the API does with signed links to files that are not public, apart from HTTP."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Protocol

from partner_api.problem import Problem
from slugline.domain.file_links import FileLink, is_genuine
from slugline.domain.licence import covers
from slugline.licensed_forms import Archive, LicensedForms, read_forms
from slugline.partners import Endpoint, EndpointStatus
from slugline.ports.clock import Clock
from slugline.ports.deliveries import Partners, SecretBox, StoryHeads

SERVED_SECONDS = 60


class ServedArchive(Archive, Protocol):
    """The part of the archive that serving files needs."""

    def served(self, key: str, seconds: int) -> str:
        """An address where anybody can get the object for so long."""


@dataclass(frozen=True)
class FileDesk:
    """Needs no API key: the signature is what lets in."""

    partners: Partners
    stories: StoryHeads
    archive: ServedArchive
    secrets: SecretBox
    clock: Clock

    def address(self, link: FileLink, expires: int, signature: str) -> str:
        """Where the file can be fetched for a minute.

        Raises Problem: 403 for a link that we did not sign, which is looked at before anything else; 410 for one that
        has expired, and where the endpoint, the partner's licence, or the story has ended since.
        """
        endpoint = self._signer(link, expires, signature)
        if expires <= self.clock.now().timestamp():
            raise _gone("This link has expired: ask for the message again, by a replay or in the feed of messages.")
        if endpoint.status is EndpointStatus.DISABLED:
            raise _gone("The endpoint that this link was sent to is disabled.")
        head = self.stories.head(link.story_id)
        if head is None or head.last_withdrawal >= link.version:
            raise _gone("The story was withdrawn.")
        return self.archive.served(self._forms(link, endpoint).key(link.name), SERVED_SECONDS)

    def _signer(self, link: FileLink, expires: int, signature: str) -> Endpoint:
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


def _gone(detail: str) -> Problem:
    return Problem(HTTPStatus.GONE, detail)
