"""The bodies that one story version is told in: one for each payload and format that some endpoint asked for."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from slugline.events import StoryRendered
from slugline.partners import Endpoint, EventType, Payload, PayloadFormat
from slugline.site import folder
from slugline.story import Story
from slugline.webhooks.payload import MOST_BYTES, OUTPUTS, embedded, linked, rendered_body

BodyOf = Callable[[Endpoint], str]


class Outputs(Protocol):
    """The outputs of stories on the site."""

    def read(self, key: str) -> bytes: ...


@dataclass
class Bodies:
    """Each is made once, when first asked for."""

    event: StoryRendered
    kind: EventType
    story: Story
    at: datetime
    outputs: Outputs
    site_url: str
    _made: dict[PayloadFormat | None, str] = field(default_factory=dict)

    def of(self, endpoint: Endpoint) -> str:
        """The body that the endpoint asked for."""
        form = endpoint.format if endpoint.payload is Payload.FULL else None
        if form not in self._made:
            self._made[form] = self._full(form) if form else self._body()
        return self._made[form]

    def _full(self, form: PayloadFormat) -> str:
        key = folder(self.event.story_id, self.event.version) + OUTPUTS[form][0]
        full = self._body(embedded(form, self.outputs.read(key)))
        if len(full.encode()) <= MOST_BYTES:
            return full
        return self._body(linked(form, f"{self.site_url}/{key}"))

    def _body(self, content: dict[str, object] | None = None) -> str:
        return rendered_body(self.event, self.kind, self.story, self.at, content)
