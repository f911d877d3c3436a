"""What delivery needs of the world outside."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, Protocol, TypeVar

from slugline.deliveries import Attempt, Delivery
from slugline.domain.circuit import EndpointHealth
from slugline.model import Model
from slugline.partners import ApiKey, DeletedEndpoint, Endpoint, Partner

Item = TypeVar("Item")


class Page(Model, Generic[Item]):
    """Part of a list. `cursor` asks for the rest; None at the end."""

    items: tuple[Item, ...]
    cursor: str | None = None


class BadCursor(ValueError):  # noqa: N818 - a name for the caller to read, as Rejected is
    """The cursor is none that this list gave out."""


class Deliveries(Protocol):
    """The rows of deliveries."""

    def add(self, delivery: Delivery) -> bool:
        """Write a new row; False if there is one already."""

    def add_all(self, deliveries: Sequence[Delivery]) -> Sequence[bool | Exception]:
        """Write new rows side by side; False where there is one already, an exception where the table failed."""

    def get(self, delivery_id: str) -> Delivery | None:
        """The row as last written (consistent)."""

    def save(self, delivery: Delivery, before: Delivery) -> bool:
        """Write `delivery` in place of `before`; False if somebody else has written since `before` was read.

        Attempts that the row no longer has room for are kept for `older_attempts`.
        """

    def older_attempts(self, delivery_id: str, before: int, limit: int) -> Sequence[Attempt]:
        """The attempts before that number which are in the row no more, newest first (consistent)."""

    def of_endpoint(self, endpoint_id: str, *, cursor: str | None = None, limit: int = 50) -> Page[Delivery]:
        """An endpoint's deliveries, newest first. Raises BadCursor."""

    def withdrawals(self, *, cursor: str | None = None, limit: int = 50) -> Page[Delivery]:
        """The withdrawals that anybody was told of, oldest first; they are kept for ever. Raises BadCursor."""

    def of_story(self, endpoint_id: str, story_id: str) -> Sequence[Delivery]:
        """What one endpoint was or is to be told about a story, newest version first (consistent)."""

    def told(self, story_id: str, more: Collection[str] = ()) -> Collection[str]:
        """The ids of all endpoints and partners that a version of the story was ever announced to, these `more` among
        them from now on (consistent). Kept for ever, unlike rows."""

    def held(self, endpoint_id: str) -> Iterator[Delivery]:
        """What is held for an endpoint (consistent)."""

    def due(self, now: datetime) -> Iterator[Delivery]:
        """Rows whose `sweep_at` has come."""


class Licences(Protocol):
    """Who may have pictures of agencies."""

    def licences(self) -> Mapping[str, tuple[str, ...]]:
        """The licensed agencies of each partner that has any, by its id; what was changed just now may be missing."""


class Partners(Licences, Protocol):
    """Partners, endpoints and keys."""

    def add_partner(self, partner: Partner) -> None: ...

    def partner(self, partner_id: str) -> Partner | None:
        """As last written (consistent)."""

    def save_partner(self, partner: Partner, before: Partner) -> bool:
        """Write `partner` in place of `before`; False if somebody else has written since `before` was read."""

    def partners(self, *, cursor: str | None = None, limit: int = 50) -> Page[Partner]:
        """By name. Raises BadCursor."""

    def delete_partner(self, partner_id: str) -> None: ...

    def add_endpoint(self, endpoint: Endpoint) -> None: ...

    def endpoint(self, endpoint_id: str) -> Endpoint | None: ...

    def endpoints(self, partner_id: str | None = None) -> Iterator[Endpoint]:
        """All endpoints, or a partner's."""

    def owed_endpoints(self) -> Iterator[Endpoint]:
        """Endpoints that were enabled again and for which something may still be held."""

    def save_endpoint(self, endpoint: Endpoint, before: Endpoint) -> bool:
        """Write `endpoint` in place of `before`; False if somebody else has written since `before` was read."""

    def held_endpoints(self, until: datetime) -> Iterator[Endpoint]:
        """Endpoints that take nothing, whose `held_since` is not after `until`."""

    def delete_endpoint(self, endpoint_id: str, now: datetime) -> None:
        """It is among `deleted_endpoints` until that is forgotten."""

    def deleted_endpoints(self) -> Iterator[DeletedEndpoint]: ...

    def forget_endpoint(self, endpoint_id: str) -> None:
        """Nothing is held any more for an endpoint that was deleted."""

    def add_key(self, key: ApiKey) -> None: ...

    def key(self, key_id: str) -> ApiKey | None: ...

    def api_keys(self) -> Iterator[ApiKey]:
        """All keys, the oldest first."""

    def delete_key(self, key_id: str) -> None: ...


class DeliveryQueue(Protocol):
    """The queue in front of deliver."""

    def send(self, deliveries: Iterable[tuple[Delivery, timedelta]]) -> None:
        """Put a pointer to each delivery in the queue, visible after its delay (at most 15 minutes)."""

    def announce(self, deliveries: Iterable[Delivery]) -> None:
        """Put new deliveries in the queue, whose rows their first sender writes."""


class SecretBox(Protocol):
    """Encrypts signing secrets at rest. `context` is bound to the result and is needed to open it."""

    def seal(self, secret: bytes, context: str) -> str: ...

    def open(self, sealed: str, context: str) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Situation:
    """All that an attempt looks at.

    `endpoint` is None when it is deleted; `current_version` is the version of the story that readers see (0: none).
    `licence` are the agencies whose pictures the partner may have now, looked up where the delivery has such.
    """

    delivery: Delivery
    endpoint: Endpoint | None
    health: EndpointHealth
    current_version: int
    licence: Collection[str] = ()


class Situations(Protocol):
    """Reads what attempts look at, in one request."""

    def look(self, delivery_ids: Sequence[str], held: Mapping[str, Delivery]) -> Mapping[str, Situation]:
        """As last written (consistent), by delivery; those that are not there are left out.

        `held` are rows that the caller has just written, which need no reading.
        """


class Healths(Protocol):
    """The rows about how endpoints have been doing."""

    def health(self, endpoint_id: str) -> EndpointHealth: ...

    def save_health(self, health: EndpointHealth, before: EndpointHealth) -> bool:
        """Write `health` in place of `before`; False if somebody else has written since `before` was read."""


class Head(Protocol):
    """The part of StoryHead that delivery looks at."""

    @property
    def current(self) -> int: ...

    @property
    def last_withdrawal(self) -> int: ...

    @property
    def first_published(self) -> datetime | None: ...


class StoryHeads(Protocol):
    """The part of StoryTable that delivery looks at."""

    def head(self, story_id: str) -> Head | None:
        """What readers see of a story (consistent)."""
