"""The body of a message as it goes out now, which is decided at each sending.

A partner gets pictures of agencies as long as its licence covers them, by addresses signed just now: a retry after
days, a replay and the feed of messages bring links that work, and whoever lost its licence gets what everybody gets.
"""

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from slugline.deliveries import Delivery
from slugline.domain.file_links import FileLink, signed
from slugline.domain.licence import covers, licence_id
from slugline.partners import Endpoint
from slugline.ports.deliveries import SecretBox
from slugline.webhooks.payload import OUTPUTS, as_json


@dataclass(frozen=True)
class CurrentBodies:
    """Bodies with links to the API at `api_url`."""

    secrets: SecretBox
    api_url: str

    def of(self, delivery: Delivery, endpoint: Endpoint, licence: Collection[str], now: datetime) -> str:
        """What is sent to the endpoint, whose partner has this licence now."""
        licensed = delivery.licensed
        if licensed is None or endpoint.link_key is None or not covers(licence, licensed.agencies):
            return delivery.body
        key = self.secrets.open(endpoint.link_key, endpoint.id)

        def address(name: str) -> str:
            link = FileLink(
                endpoint_id=endpoint.id,
                story_id=delivery.story_id,
                version=delivery.version,
                licence=licence_id(licensed.agencies),
                name=name,
            )
            return self.api_url + signed(link, key, now)

        return _addressed(licensed.body, licensed.names, address)


def _addressed(body: str, names: Collection[str], address: Callable[[str], str]) -> str:
    """The body with the addresses of these outputs in place of those on the site."""
    message = json.loads(body)
    outputs = message["data"]["outputs"]
    outputs |= {name: address(name) for name in names}
    content = message["data"].get("content", {})
    if "url" in content:
        content["url"] = outputs.get(OUTPUTS[content["format"]][0], content["url"])
    return as_json(message)
