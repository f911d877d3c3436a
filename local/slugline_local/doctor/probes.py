"""What the doctor sends, what the right answer is, and what to mend where it is another.

An HTTP answer shows whether a receiver verifies, acknowledges and stays up. It does not show what the receiver does
with a message afterwards: `unseen` says so where that is the greater part.
"""

import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from slugline.domain.webhook_signature import SharedSecret, webhook_headers
from slugline.model import rfc3339
from slugline.partners import EventType

AN_HOUR = timedelta(hours=1)
LARGE = 20_000
OVERSIZED = 1_048_576
_HEADERS = {"Content-Type": "application/json", "User-Agent": "Slugline-Doctor/1.0"}


class Expected(StrEnum):
    """The right answer."""

    TAKEN = "2xx"
    REFUSED = "4xx"
    UNHURT = "2xx or 4xx"


class Weight(StrEnum):
    """How much a wrong answer matters: anybody can forge news, messages are lost, or it is a weakness."""

    CRITICAL = "critical"
    BAD = "bad"
    WEAK = "weak"


@dataclass(frozen=True)
class Probe:
    """One message. `slowly` sends it in pieces with pauses, and reads the answer byte by byte."""

    name: str
    sends: str
    headers: dict[str, str]
    body: bytes
    expected: Expected
    weight: Weight
    remedy: str
    unseen: str = ""
    slowly: bool = False


@dataclass(frozen=True)
class Practice:
    """What all probes of one examination share: the endpoint's secret, and a story that is only the doctor's."""

    secret: SharedSecret
    now: datetime
    story_id: str

    @classmethod
    def opened(cls, secret: SharedSecret, now: datetime) -> "Practice":
        return cls(secret, now, f"doctor-{secrets.token_hex(6)}")

    def body(self, sequence: int, kind: str = EventType.PUBLISHED, **more: object) -> bytes:
        withdrawn = kind == EventType.WITHDRAWN
        data: dict[str, object] = {
            "id": self.story_id,
            "version": sequence,
            "sequence": sequence,
            "status": "canceled" if withdrawn else "usable",
            "headline": "Slugline doctor: a test, not a story",
            "url": "https://slugline.invalid/doctor",
        }
        message = {"type": kind, "timestamp": rfc3339(self.now), "data": data | more}
        return json.dumps(message, separators=(",", ":")).encode()

    def signed(
        self, body: bytes, name: str, *, ago: timedelta = timedelta(), by: SharedSecret | None = None
    ) -> dict[str, str]:
        """The headers of a message; the same name is the same `webhook-id`."""
        moment = int((self.now - ago).timestamp())
        return _HEADERS | webhook_headers(f"msg_{self.story_id}-{name}", moment, body, [by or self.secret])


def strangers(practice: Practice) -> Iterator[Probe]:
    """What needs no secret: messages that nobody must take."""
    body, other = practice.body(1), SharedSecret.new()
    verify = (
        "Verify `webhook-signature` over id, timestamp and the raw body with a Standard Webhooks library, and answer "
        "401 when it does not fit. As it is, anybody can publish through this endpoint."
    )
    yield Probe(
        name="forged",
        sends="a signature of another secret",
        headers=practice.signed(body, "forged", by=other),
        body=body,
        expected=Expected.REFUSED,
        weight=Weight.CRITICAL,
        remedy=verify,
    )
    yield Probe(
        name="unsigned",
        sends="no webhook headers at all",
        headers=_HEADERS,
        body=body,
        expected=Expected.REFUSED,
        weight=Weight.CRITICAL,
        remedy=verify,
    )


def examination(practice: Practice) -> Iterator[Probe]:
    """All of it, in the order to be sent: the last one withdraws the doctor's story."""
    good = practice.body(1)
    yield Probe(
        name="good",
        sends="a message as it should be",
        headers=practice.signed(good, "good"),
        body=good,
        expected=Expected.TAKEN,
        weight=Weight.CRITICAL,
        remedy="Take messages whose signature fits: check the secret, and verify the raw body before parsing it.",
    )
    yield from strangers(practice)
    yield from _forgeries(practice, good)
    yield from _repeats(practice, good)
    yield from _sizes(practice)
    yield from _oddities(practice)
    withdrawal = practice.body(99, EventType.WITHDRAWN, reason="the examination is over")
    yield Probe(
        name="withdrawal",
        sends="the withdrawal of the doctor's story",
        headers=practice.signed(withdrawal, "withdrawal"),
        body=withdrawal,
        expected=Expected.TAKEN,
        weight=Weight.BAD,
        remedy="Take `story.withdrawn` of any story, known or not, and take the story down: it is sent until you do.",
        unseen="whether the story is gone from your pages",
    )


def _forgeries(practice: Practice, good: bytes) -> Iterator[Probe]:
    changed = good.replace(b"a test, not a story", b"a test, NOT a story")
    yield Probe(
        name="tampered",
        sends="a right signature over another body",
        headers=practice.signed(good, "tampered"),
        body=changed,
        expected=Expected.REFUSED,
        weight=Weight.CRITICAL,
        remedy="Compute the signature over the body as received, every byte of it.",
    )
    window = "Refuse a `webhook-timestamp` more than five minutes from your clock, or old messages can be sent again."
    for name, sends, ago in (
        ("stale", "a timestamp of an hour ago", AN_HOUR),
        ("future", "a timestamp in an hour", -AN_HOUR),
    ):
        yield Probe(
            name=name,
            sends=sends,
            headers=practice.signed(good, name, ago=ago),
            body=good,
            expected=Expected.REFUSED,
            weight=Weight.WEAK,
            remedy=window,
        )
    rotated = practice.signed(good, "rotated", by=SharedSecret.new())
    right = practice.signed(good, "rotated")["webhook-signature"]
    rotated["webhook-signature"] = f"{rotated['webhook-signature']} {right}"
    yield Probe(
        name="rotated",
        sends="two signatures, the second one right",
        headers=rotated,
        body=good,
        expected=Expected.TAKEN,
        weight=Weight.BAD,
        remedy="Compare each signature of the header, which spaces separate: during a change of secrets there are two.",
    )


def _repeats(practice: Practice, good: bytes) -> Iterator[Probe]:
    yield Probe(
        name="duplicate",
        sends="the good message again, same id",
        headers=practice.signed(good, "good"),
        body=good,
        expected=Expected.TAKEN,
        weight=Weight.BAD,
        remedy="Answer 2xx to a `webhook-id` that you already have: anything else has it sent again for days.",
        unseen="whether it was taken once or twice; keep each webhook-id to drop the second",
    )
    newer, older = practice.body(3), practice.body(2)
    for name, sends, body in (
        ("newer", "sequence 3", newer),
        ("out of order", "sequence 2, after 3", older),
    ):
        yield Probe(
            name=name,
            sends=sends,
            headers=practice.signed(body, name.replace(" ", "-")),
            body=body,
            expected=Expected.TAKEN,
            weight=Weight.BAD,
            remedy="Answer 2xx to a message with a lower `sequence` than you have, and drop it.",
            unseen="whether the older one was dropped" if body is older else "",
        )


def _sizes(practice: Practice) -> Iterator[Probe]:
    large = practice.body(4, headline="Slugline doctor: " + "x" * LARGE)
    yield Probe(
        name="large",
        sends="20 kB, as long as messages get",
        headers=practice.signed(large, "large"),
        body=large,
        expected=Expected.TAKEN,
        weight=Weight.BAD,
        remedy="Let bodies of 32 kB through; look at limits of the web server and the framework.",
    )
    oversized = practice.body(5, headline="x" * OVERSIZED)
    yield Probe(
        name="oversized",
        sends="1 MB, fifty times as long as messages get",
        headers=practice.signed(oversized, "oversized"),
        body=oversized,
        expected=Expected.UNHURT,
        weight=Weight.WEAK,
        remedy="Answer 413 to bodies that are too long, without reading them whole.",
    )


def _oddities(practice: Practice) -> Iterator[Probe]:
    unknown = practice.body(6, "story.reviewed")
    yield Probe(
        name="unknown type",
        sends="an event type that does not exist yet",
        headers=practice.signed(unknown, "unknown-type"),
        body=unknown,
        expected=Expected.TAKEN,
        weight=Weight.BAD,
        remedy="Answer 2xx to types that you do not know, and ignore them: new ones come without warning.",
    )
    wrong = b"this is no JSON"
    yield Probe(
        name="wrong content",
        sends="a right signature over what is no JSON",
        headers=practice.signed(wrong, "wrong-content"),
        body=wrong,
        expected=Expected.UNHURT,
        weight=Weight.WEAK,
        remedy="Answer 400 to what cannot be parsed; a 5xx says that something broke, and is tried again.",
    )
    slow = practice.body(7)
    yield Probe(
        name="slow line",
        sends="a message in pieces over three seconds",
        headers=practice.signed(slow, "slow-line"),
        body=slow,
        expected=Expected.TAKEN,
        weight=Weight.WEAK,
        remedy="Wait at least ten seconds for a request; whoever reads your answer slowly must not stop the others.",
        slowly=True,
    )
