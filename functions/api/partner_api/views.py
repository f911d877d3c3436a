"""What the API takes and gives. Secrets are given once, when made; bodies of messages only for one delivery."""

from pydantic import Field

from slugline.deliveries import Attempt, Delivery, DeliveryState
from slugline.model import Instant, Model
from slugline.partners import Endpoint, EndpointStatus, EventType, Partner


class NewPartner(Model):
    """A partner to create."""

    name: str = Field(min_length=1, max_length=200)


class NewEndpoint(Model):
    """An endpoint to create; no `event_types` means all of them."""

    url: str = Field(max_length=2048)
    description: str = Field(default="", max_length=1000)
    event_types: tuple[EventType, ...] = ()
    metadata: dict[str, str] = Field(default_factory=dict, max_length=50)


class PartnerView(Model):
    """A partner."""

    id: str
    name: str
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
    metadata: dict[str, str]
    status: EndpointStatus
    status_reason: str | None
    created_at: Instant


class CreatedEndpoint(EndpointView):
    """A new endpoint with its signing secret, which is not shown again."""

    secret: str


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


class FullDelivery(DeliveryView):
    """A delivery with the body that is sent."""

    body: str


class DeliveryList(Model):
    """An endpoint's deliveries, newest first; `cursor` asks for the rest."""

    deliveries: tuple[DeliveryView, ...]
    cursor: str | None = None


def partner_view(partner: Partner) -> PartnerView:
    return PartnerView.model_validate(_shared(partner, PartnerView))


def endpoint_view(endpoint: Endpoint) -> EndpointView:
    return EndpointView.model_validate(_shared(endpoint, EndpointView))


def created_endpoint(endpoint: Endpoint, secret: str) -> CreatedEndpoint:
    return CreatedEndpoint(**_shared(endpoint, EndpointView), secret=secret)


def delivery_view(delivery: Delivery) -> DeliveryView:
    return DeliveryView.model_validate(_shared(delivery, DeliveryView))


def full_delivery(delivery: Delivery) -> FullDelivery:
    return FullDelivery.model_validate(_shared(delivery, FullDelivery))


def _shared(source: Model, view: type[Model]) -> dict[str, object]:
    return {name: getattr(source, name) for name in view.model_fields}
