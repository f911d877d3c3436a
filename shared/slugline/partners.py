"""Partners, their webhook endpoints, and the keys of the API."""

from enum import StrEnum
from typing import Any

from pydantic import Field

from slugline.model import Instant, Model


class EventType(StrEnum):
    """What a webhook is about: Standard Webhooks' `type`."""

    PUBLISHED = "story.published"
    UPDATED = "story.updated"
    CORRECTED = "story.corrected"
    WITHDRAWN = "story.withdrawn"
    TEST = "endpoint.test"
    DISABLED = "endpoint.disabled"


class Partner(Model):
    """Who takes our stories. `licensed_agencies` are those whose pictures it may have (`domain.licence`); `revision`
    counts the changes, for conditional writes."""

    id: str
    name: str = Field(min_length=1, max_length=200)
    licensed_agencies: tuple[str, ...] = ()
    created_at: Instant
    revision: int = 0


class EndpointStatus(StrEnum):
    """A paused or disabled endpoint is owed its deliveries; they are held until it is enabled again."""

    ENABLED = "enabled"
    PAUSED = "paused"
    DISABLED = "disabled"


class Payload(StrEnum):
    """What a message about a story carries: its locations, or the story itself as well (up to 20 kB)."""

    THIN = "thin"
    FULL = "full"


class PayloadFormat(StrEnum):
    """The form of the story that a full payload embeds: JSON as a value, XML as text."""

    STORY = "story"
    NINJS = "ninjs"
    NEWSML_G2 = "newsml-g2"
    NITF = "nitf"


class SealedHeaders(Model):
    """Headers to send along. The values are often keys of the partner's: a SecretBox sealed them, as a JSON object."""

    names: tuple[str, ...]
    sealed: str


class SealedSecret(Model):
    """A signing secret as a SecretBox sealed it. `expires_at` is set on a secret that was rotated out.

    `public_key` (base64, 32 bytes) makes it an Ed25519 key (v1a); without, it is a shared secret (v1).
    """

    sealed: str
    public_key: str | None = None
    created_at: Instant
    expires_at: Instant | None = None


class Endpoint(Model):
    """One URL of a partner. `event_types` empty means all, and `filter` is an EventBridge pattern over what
    `domain.filter_event` gives; `revision` counts the changes, for conditional writes.

    `per_second` and `at_once` are the most deliveries that the partner takes.
    `format` is what a full payload embeds; `headers` go out with each message.
    `link_key` is the sealed key of signed links (`domain.file_links`); the partner never learns it.
    `owed_until` is set after the endpoint was enabled again: until then clock looks for what was held for it.
    `held_since` is set while the endpoint takes nothing: since then something may be held that nobody was alerted to.
    """

    id: str
    partner_id: str
    url: str
    host: str
    description: str = ""
    event_types: tuple[EventType, ...] = ()
    filter: dict[str, Any] | None = None
    metadata: dict[str, str] = Field(default_factory=dict)
    per_second: float | None = Field(default=None, ge=0.01, le=1000)
    at_once: int | None = Field(default=None, ge=1, le=1000)
    payload: Payload = Payload.THIN
    format: PayloadFormat = PayloadFormat.STORY
    headers: SealedHeaders | None = None
    secrets: tuple[SealedSecret, ...]
    link_key: str | None = None
    status: EndpointStatus = EndpointStatus.ENABLED
    status_reason: str | None = None
    created_at: Instant
    owed_until: Instant | None = None
    held_since: Instant | None = None
    revision: int = 0

    @property
    def header_names(self) -> tuple[str, ...]:
        return self.headers.names if self.headers else ()


class DeletedEndpoint(Model):
    """An endpoint that is gone, while something may still be held for it."""

    id: str
    deleted_at: Instant


class Scope(StrEnum):
    """What a key may do. `*:write` does not imply `*:read`."""

    PARTNERS_READ = "partners:read"
    PARTNERS_WRITE = "partners:write"
    DELIVERIES_READ = "deliveries:read"
    DELIVERIES_WRITE = "deliveries:write"


class ApiKey(Model):
    """A key of the API, kept as the SHA-256 of its secret. `partner_id` confines it to one partner; after `expires_at`
    it opens nothing."""

    id: str
    secret_sha256: str
    scopes: tuple[Scope, ...]
    partner_id: str | None = None
    created_at: Instant
    expires_at: Instant | None = None
