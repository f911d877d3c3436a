"""What the API takes and gives. Secrets are given once, when made; bodies of messages only for one delivery."""

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from partner_api.endpoint_keys import NewKeys
from partner_api.paging import written_moment
from slugline.deliveries import Attempt, Delivery, DeliveryState
from slugline.domain.custom_headers import CustomHeaders
from slugline.domain.event_pattern import check
from slugline.model import Instant, Model
from slugline.partners import Endpoint, EndpointStatus, EventType, Partner, Payload, PayloadFormat
from slugline.recovery import Recovery, RecoveryState
from slugline.subscriptions import SubscriptionState
from slugline.withdrawals import LedgerEntry

FilterPattern = Annotated[dict[str, Any], AfterValidator(check)]
Moment = Annotated[Instant, BeforeValidator(written_moment)]
Metadata = dict[str, str]
SHOWN = r"^[^\x00-\x1f\x7f]*[^\x00-\x20\x7f][^\x00-\x1f\x7f]*$"
"""Of one line, and not blank: a name is what a person sees in lists."""


PartnerName = Annotated[str, Field(max_length=200, pattern=SHOWN, description="of one line, not blank")]
Agencies = Annotated[
    tuple[Annotated[str, Field(max_length=200)], ...],
    Field(max_length=200, description="whose pictures it may have: names of the desk's `agencies`, or `*` for all"),
]


class NewPartner(Model):
    """A partner to create."""

    name: PartnerName
    licensed_agencies: Agencies = ()


class PartnerChange(Model):
    """What to change of a partner; what is not given stays."""

    name: PartnerName = Field(default_factory=str)
    licensed_agencies: Agencies = ()


class NewEndpoint(Model):
    """An endpoint to create; no `event_types` means all of them."""

    url: str = Field(max_length=2048)
    description: str = Field(default="", max_length=1000)
    event_types: tuple[EventType, ...] = ()
    filter: FilterPattern | None = None
    metadata: Metadata = Field(default_factory=dict, max_length=50)
    per_second: float | None = Field(default=None, strict=True, ge=0.01, le=1000)
    at_once: int | None = Field(default=None, strict=True, ge=1, le=1000)
    payload: Payload = Field(default=Payload.THIN, description="whether messages embed the story, up to 20 kB")
    format: PayloadFormat = Field(default=PayloadFormat.STORY, description="what a full payload embeds")
    headers: CustomHeaders = Field(default_factory=dict, description="sent with each message; values are kept sealed")
    asymmetric: bool = Field(default=False, strict=True, description="sign with Ed25519 (v1a) beside HMAC (v1)")


class EndpointChange(Model):
    """What to change of an endpoint; what is not given stays."""

    url: str = Field(default="", max_length=2048)
    description: str = Field(default="", max_length=1000)
    event_types: tuple[EventType, ...] = ()
    filter: FilterPattern | None = None
    metadata: Metadata = Field(default_factory=dict, max_length=50)
    per_second: float | None = Field(default=None, strict=True, ge=0.01, le=1000)
    at_once: int | None = Field(default=None, strict=True, ge=1, le=1000)
    payload: Payload = Field(default=Payload.THIN, description="whether messages embed the story, up to 20 kB")
    format: PayloadFormat = Field(default=PayloadFormat.STORY, description="what a full payload embeds")
    headers: CustomHeaders = Field(default_factory=dict, description="sent with each message; values are kept sealed")
    status: Literal[EndpointStatus.ENABLED, EndpointStatus.PAUSED] = EndpointStatus.ENABLED


class Rotation(Model):
    """How long the old keys go on signing beside the new ones."""

    overlap_seconds: int = Field(default=86400, strict=True, ge=0, le=30 * 86400)


class RotatedSecret(Model):
    """An endpoint's new keys; the secret is not shown again."""

    secret: str
    public_key: str | None


class PartnerView(Model):
    """A partner."""

    id: str
    name: str
    licensed_agencies: tuple[str, ...]
    created_at: Instant


class PartnerList(Model):
    """Partners by name; `cursor` asks for the rest."""

    partners: tuple[PartnerView, ...]
    cursor: str | None = None


class EndpointView(Model):
    """An endpoint without its secrets."""

    id: str
    partner_id: str
    url: str
    description: str
    event_types: tuple[EventType, ...]
    filter: dict[str, Any] | None
    metadata: dict[str, str]
    per_second: float | None
    at_once: int | None
    payload: Payload
    format: PayloadFormat
    header_names: tuple[str, ...] = Field(description="the values are not shown again")
    status: EndpointStatus
    status_reason: str | None
    created_at: Instant


class CreatedEndpoint(EndpointView):
    """A new endpoint with its keys; the secret is not shown again."""

    secret: str
    public_key: str | None


class EndpointList(Model):
    """A partner's endpoints."""

    endpoints: tuple[EndpointView, ...]


class DeliveryView(Model):
    """A delivery: which version of which story, and how far it has come."""

    id: str
    endpoint_id: str
    partner_id: str
    story_id: str
    version: int
    type: EventType
    state: DeliveryState
    created_at: Instant
    next_attempt_at: Instant | None
    attempts: tuple[Attempt, ...]
    acknowledged_at: Instant | None = Field(default=None, description="when the partner acknowledged it by the API")


class FullDelivery(DeliveryView):
    """A delivery with the body that is sent."""

    body: str


class DeliveryList(Model):
    """An endpoint's deliveries, newest first; `cursor` asks for the rest."""

    deliveries: tuple[DeliveryView, ...]
    cursor: str | None = None


class AttemptList(Model):
    """The attempts at a delivery, newest first; `cursor` asks for the rest."""

    attempts: tuple[Attempt, ...]
    cursor: str | None = None


class Acknowledgement(Model):
    """Messages that a partner has taken, by their `webhook-id`."""

    ids: tuple[Annotated[str, Field(max_length=1500)], ...] = Field(min_length=1, max_length=100)


class Acknowledged(Model):
    """What is acknowledged now, and which ids are of no message of this endpoint."""

    acknowledged: tuple[str, ...]
    unknown: tuple[str, ...]


class FeedEvent(Model):
    """A message as a webhook would bring it: verify `body` with `headers` (Standard Webhooks), before parsing it."""

    headers: dict[str, str] = Field(description="webhook-id, webhook-timestamp, webhook-signature")
    body: str


class EventFeed(Model):
    """Messages of an endpoint, oldest first. Ask with `cursor` for what follows, at once when there is `more`."""

    events: tuple[FeedEvent, ...]
    cursor: str | None = Field(description="null as long as there was nothing")
    more: bool


class ProductFeed(Model):
    """A product's feed with pictures of these agencies. Its addresses need no key, and stay as they are."""

    product: str
    name: str
    licensed_agencies: tuple[str, ...]
    rss: str
    atom: str
    json_feed: str


class ProductFeedList(Model):
    """The feeds that a partner's licence brings it."""

    feeds: tuple[ProductFeed, ...]


class HeldStory(Model):
    """A story that the partner holds, and which version of it."""

    id: str = Field(min_length=1, max_length=1024)
    version: int = Field(strict=True, ge=0, le=2**53)


class Holdings(Model):
    """What a partner holds. For the next page, send the same with its `cursor`."""

    held: tuple[HeldStory, ...] = Field(max_length=10_000)
    since: Moment | None = Field(default=None, description="look for missing stories among those changed since then")
    send: bool = Field(default=False, strict=True, description="send what is missing, outdated or withdrawn, now")
    cursor: str | None = None


class Difference(StrEnum):
    """What is wrong with what a partner holds: `withdrawn` is to be taken down, and `unknown` is not its to have."""

    MISSING = "missing"
    OUTDATED = "outdated"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"


class StoryDifference(Model):
    """One story. `version` is the one that readers see; `delivery_id` names what was sent to mend it."""

    id: str
    difference: Difference
    held: int | None = None
    version: int | None = None
    headline: str | None = None
    delivery_id: str | None = None


class Reconciliation(Model):
    """Differences. As long as there is a `cursor`, there may be more, also where this page has none."""

    differences: tuple[StoryDifference, ...]
    cursor: str | None = None


class NewRecovery(Model):
    """A window of time: failures of messages that were created in it are sent once more."""

    since: Moment = Field(description="at most 14 days back")
    until: Moment | None = Field(default=None, description="now, unless given")


class RecoveryView(Model):
    """How far a recovery has come: how many failures there were at its start, and how many are sent once more."""

    id: str
    endpoint_id: str
    partner_id: str
    since: Instant
    until: Instant
    state: RecoveryState
    failures: int
    sent: int
    created_at: Instant
    finished_at: Instant | None


class WithdrawalList(Model):
    """The ledger of withdrawals, oldest first; `cursor` asks for the rest."""

    withdrawals: tuple[LedgerEntry, ...]
    cursor: str | None = None


class SubscriptionView(Model):
    """A subscription to a feed (WebSub), without its secret."""

    id: str
    topic: str
    callback: str
    state: SubscriptionState
    expires_at: Instant | None = Field(description="the end of its lease; null until it is confirmed")
    created_at: Instant
    owed: int = Field(description="changes of the feed that it has not been sent yet; one message brings all")
    tries: int = Field(description="failed attempts at what is to be sent now")
    next_attempt_at: Instant | None
    last_at: Instant | None = Field(description="when the callback was asked last")
    last_result: str | None = Field(description="what for, and its status or what went wrong")


class SubscriptionList(Model):
    """Subscriptions, those of one host together; `cursor` asks for the rest."""

    subscriptions: tuple[SubscriptionView, ...]
    cursor: str | None = None


def partner_view(partner: Partner) -> PartnerView:
    return PartnerView.model_validate(_shared(partner, PartnerView))


def endpoint_view(endpoint: Endpoint) -> EndpointView:
    return EndpointView.model_validate(_shared(endpoint, EndpointView))


def created_endpoint(endpoint: Endpoint, keys: NewKeys) -> CreatedEndpoint:
    shared = _shared(endpoint, EndpointView)
    return CreatedEndpoint.model_validate(shared | {"secret": keys.secret, "public_key": keys.public_key})


def delivery_view(delivery: Delivery) -> DeliveryView:
    return DeliveryView.model_validate(_shared(delivery, DeliveryView))


def full_delivery(delivery: Delivery, body: str) -> FullDelivery:
    return FullDelivery.model_validate(_shared(delivery, DeliveryView) | {"body": body})


def recovery_view(recovery: Recovery) -> RecoveryView:
    return RecoveryView.model_validate(_shared(recovery, RecoveryView))


def _shared(source: Model, view: type[Model]) -> dict[str, object]:
    return {name: getattr(source, name) for name in view.model_fields}
