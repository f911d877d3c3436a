"""WebSub subscriptions (https://www.w3.org/TR/websub/): one row per topic and callback, and how far each has come."""

import hashlib
from enum import StrEnum

from slugline.model import Instant, Model


class Mode(StrEnum):
    """`hub.mode` of a request."""

    SUBSCRIBE = "subscribe"
    UNSUBSCRIBE = "unsubscribe"


class Wish(Model):
    """What was asked for and its owner has not confirmed yet. `secret` is sealed; `challenge` is to be echoed."""

    mode: Mode
    lease_seconds: int
    secret: str | None
    challenge: str


class SubscriptionState(StrEnum):
    """`unconfirmed` was asked for and not confirmed yet; `failing` is active and did not take what it was sent last."""

    UNCONFIRMED = "unconfirmed"
    ACTIVE = "active"
    FAILING = "failing"
    OVER = "over"


class Subscription(Model):
    """The row that is the truth about a subscription.

    `key` is the topic's key in the site bucket. It is active until `expires_at`, never before it was confirmed.
    `wish` waits to be confirmed. `changes` counts the changes of the topic's content, `got` is how many of them the
    subscriber has seen, and `sent_sha256` the content it got last. `fence` grows with every write: a writer that read
    an older one has lost; `held` is the fence of whoever holds the lease. `tries` counts attempts at the present work;
    `sweep_at` is when clock hands it to the queue if nobody else did. `last_at` is when the callback was asked last,
    and `last_result` what for and what came of it.
    """

    id: str
    key: str
    topic: str
    callback: str
    host: str
    created_at: Instant
    correlation_id: str = ""
    secret: str | None = None
    expires_at: Instant | None = None
    wish: Wish | None = None
    changes: int = 0
    got: int = 0
    sent_sha256: str | None = None
    fence: int = 0
    held: int = 0
    tries: int = 0
    next_attempt_at: Instant | None = None
    lease_until: Instant | None = None
    sweep_at: Instant | None = None
    last_at: Instant | None = None
    last_result: str = ""


class SubscriptionPointer(Model):
    """What the queue carries."""

    subscription_key: str
    subscription_id: str


def subscription_id(topic: str, callback: str) -> str:
    """The same for the same topic and callback: asking again changes what there is (section 5.1)."""
    return "sub_" + hashlib.sha256(f"{topic}\n{callback}".encode()).hexdigest()[:32]
