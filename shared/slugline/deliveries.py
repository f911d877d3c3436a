"""A delivery: one message to one endpoint, and how far it has come."""

import base64
import binascii
from datetime import timedelta
from enum import StrEnum

from slugline.model import Instant, Model
from slugline.partners import EventType

PREFIX = "msg_"
RETENTION = timedelta(days=90)
"""How long the row of a delivery is kept once nothing more comes of it. A withdrawal's is kept for ever."""


class DeliveryState(StrEnum):
    """`held` waits for its endpoint to be enabled again, or is canceled when that is deleted.

    The last four are final until somebody replays.
    """

    PENDING = "pending"
    HELD = "held"
    DELIVERED = "delivered"
    EXHAUSTED = "exhausted"
    SUPERSEDED = "superseded"
    CANCELED = "canceled"


class Outcome(StrEnum):
    """How an attempt ended, for a person to read."""

    DELIVERED = "delivered"
    STATUS = "status"
    ADDRESS = "address"
    DNS = "dns"
    CONNECT = "connect"
    TLS = "tls"
    TIMEOUT = "timeout"
    RESET = "reset"
    PROTOCOL = "protocol"


class Attempt(Model):
    """One POST. `ms` is from DNS to the last byte; `answer` the first characters of the body, or the error's text."""

    number: int
    at: Instant
    ms: int
    outcome: Outcome
    status: int | None = None
    answer: str = ""
    next_attempt_at: Instant | None = None


class LicensedBody(Model):
    """What a message says to a partner whose licence covers these agencies, in place of the delivery's `body`.

    `names` are the outputs that are not public: their addresses are signed at each sending.
    """

    agencies: tuple[str, ...]
    names: tuple[str, ...]
    body: str


class Delivery(Model):
    """The row that is the truth about a delivery.

    `first_attempt_at` and `delivered_at` (of the first attempt that a 2xx answered) outlive the attempts, of which the
    row keeps the last. `acknowledged_at` is when the partner said by the API that it has it.
    `fence` grows with every write: a writer that read an older one has lost. `tries` counts attempts since the
    delivery was created or last replayed; `sweep_at` is when clock hands it to the queue if nobody else did.
    """

    id: str
    endpoint_id: str
    partner_id: str
    story_id: str
    version: int
    type: EventType
    body: str
    licensed: LicensedBody | None = None
    host: str
    created_at: Instant
    correlation_id: str
    state: DeliveryState = DeliveryState.PENDING
    fence: int = 0
    tries: int = 0
    next_attempt_at: Instant | None = None
    lease_until: Instant | None = None
    sweep_at: Instant | None = None
    attempts: tuple[Attempt, ...] = ()
    first_attempt_at: Instant | None = None
    delivered_at: Instant | None = None
    acknowledged_at: Instant | None = None


class Pointer(Model):
    """What the queue carries. `delivery` is the row of a new delivery, which its first sender writes, leased: creation
    and lease are one write, and whoever finds the row written is late."""

    delivery_id: str
    delivery: Delivery | None = None


class DeliveryKey(Model):
    """What a delivery's id says."""

    endpoint_id: str
    story_id: str
    version: int


def delivery_id(endpoint_id: str, story_id: str, version: int) -> str:
    """The webhook-id: the same for every attempt, another for every endpoint, story or version."""
    name = f"{version}/{endpoint_id}/{story_id}".encode()
    return PREFIX + base64.urlsafe_b64encode(name).decode().rstrip("=")


def delivery_key(identifier: str) -> DeliveryKey:
    """What `identifier` was made of. Raises ValueError if it is none of ours."""
    encoded = identifier.removeprefix(PREFIX)
    if encoded == identifier:
        raise ValueError(f"a delivery's id starts with {PREFIX}")
    try:
        name = base64.b64decode(encoded + "=" * (-len(encoded) % 4), altchars=b"-_", validate=True).decode()
        version, endpoint_id, story_id = name.split("/", 2)
        return DeliveryKey(endpoint_id=endpoint_id, story_id=story_id, version=int(version))
    except (binascii.Error, UnicodeDecodeError, ValueError) as error:
        raise ValueError("this is not the id of a delivery") from error
