"""The bodies that one story version is told in: one for each payload and format that some endpoint asked for."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Protocol

from slugline.deliveries import LicensedBody
from slugline.events import StoryRendered
from slugline.licensed_forms import LicensedForms
from slugline.partners import Endpoint, EventType, Payload, PayloadFormat
from slugline.site import folder
from slugline.story import Story
from slugline.webhooks.licences import OpenedStory
from slugline.webhooks.payload import MOST_BYTES, OUTPUTS, embedded, linked, rendered_body

BodyOf = Callable[[Endpoint], str]
LicensedBodyOf = Callable[[Endpoint], LicensedBody | None]
LINK_BYTES = 300
"""By how much a signed address may be longer than the public one that it stands for."""


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
    opened: OpenedStory
    _made: dict[PayloadFormat | None, str] = field(default_factory=dict)
    _licensed: dict[tuple[PayloadFormat | None, str], LicensedBody] = field(default_factory=dict)

    def of(self, endpoint: Endpoint) -> str:
        """The body that the endpoint asked for."""
        form = _form(endpoint)
        if form not in self._made:
            self._made[form] = self._body(form)
        return self._made[form]

    def licensed_of(self, endpoint: Endpoint) -> LicensedBody | None:
        """What stands in its place while the partner's licence covers it; None without one for this story."""
        forms = self.opened.forms(endpoint.partner_id)
        if forms is None:
            return None
        key = _form(endpoint), forms.licence
        if key not in self._licensed:
            body = self._body(_form(endpoint), forms)
            self._licensed[key] = LicensedBody(agencies=forms.agencies, names=forms.names, body=body)
        return self._licensed[key]

    def _body(self, form: PayloadFormat | None, forms: LicensedForms | None = None) -> str:
        say = partial(rendered_body, self.event, self.kind, self.story, self.at, forms.agencies if forms else ())
        if form is None:
            return say()
        name = OUTPUTS[form][0]
        key = folder(self.event.story_id, self.event.version) + name
        own = forms and name in forms.names and forms.key(name)
        output = self.opened.archive.read(own) if own else self.outputs.read(key)
        full = say(embedded(form, output))
        growth = LINK_BYTES * len(forms.names) if forms else 0
        return full if len(full.encode()) + growth <= MOST_BYTES else say(linked(form, f"{self.site_url}/{key}"))


def _form(endpoint: Endpoint) -> PayloadFormat | None:
    return endpoint.format if endpoint.payload is Payload.FULL else None
