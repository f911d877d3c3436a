"""The states of a delivery: what may follow what. Each function gives the next row, or None where there is none."""

from collections.abc import Callable
from datetime import datetime, timedelta

from slugline.deliveries import Attempt, Delivery, DeliveryState, Outcome
from slugline.domain.delivery_schedule import Schedule
from slugline.domain.retry_after import retry_after
from slugline.model import Model
from slugline.partners import EventType

LEASE = timedelta(seconds=45)
# A queue message may come this much before its time, since clocks differ.
EARLY = timedelta(seconds=1)
# The queue is late by this much before clock hands the delivery out once more.
GRACE = timedelta(minutes=2)
SWEEP_AGAIN = timedelta(minutes=5)
LONGEST_QUEUE_DELAY = timedelta(minutes=15)
ATTEMPTS_KEPT = 32
"""How many attempts stand in the row itself, the newest; see `moved_out`."""
LET_GO = "no answer yet; sent again once the withdrawal that is waited for has been answered"
GONE = 410


class Answer(Model):
    """What came back from an endpoint, or what went wrong. `text` is the start of the body, or the error's text."""

    outcome: Outcome
    ms: int
    status: int | None = None
    text: str = ""
    retry_after: str | None = None
    location: str | None = None

    @property
    def gone(self) -> bool:
        """Whether the partner wants no more messages at this endpoint (410)."""
        return self.status == GONE


class RetryPolicy(Model):
    """The schedule with its source of chance (a number in [0, 1)), so that tests can fix it."""

    schedule: Schedule = Schedule()
    random: Callable[[], float]


def lease(delivery: Delivery, now: datetime, **changes: object) -> Delivery | None:
    """The row as its one sender holds it, with `changes`; None if it is final, held, not due, or in
    another sender's hands."""
    if delivery.state is not DeliveryState.PENDING or delivery.next_attempt_at is None:
        return None
    if delivery.next_attempt_at > now + EARLY or (delivery.lease_until and delivery.lease_until > now):
        return None
    until = now + LEASE
    return _next(delivery, lease_until=until, sweep_at=until + GRACE, **changes)


def first_lease(delivery: Delivery, now: datetime) -> Delivery | None:
    """The row of a new delivery, as its first sender writes it.

    It is created now, whenever it was announced: a list by age never gains a row before one that was read already.
    """
    return lease(delivery, now, created_at=now)


def record(leased: Delivery, answer: Answer, policy: RetryPolicy, now: datetime) -> Delivery:
    """The row after an attempt that began at `now`: delivered, waiting for the next attempt, held (410),
    or exhausted."""
    tries = leased.tries + 1
    following = None if answer.outcome is Outcome.DELIVERED else _following(leased, answer, policy, now)
    tried = {"tries": tries} | _with(leased, _attempt(leased, answer, now, following))
    if following:
        return _waiting(leased, following, now, **tried)
    if answer.gone:
        return _final(leased, DeliveryState.HELD, **tried)
    delivered = answer.outcome is Outcome.DELIVERED
    return _final(leased, DeliveryState.DELIVERED if delivered else DeliveryState.EXHAUSTED, **tried)


def _attempt(leased: Delivery, answer: Answer, at: datetime, following: datetime | None) -> Attempt:
    return Attempt(
        number=(leased.attempts[-1].number if leased.attempts else 0) + 1,
        at=at,
        ms=answer.ms,
        outcome=answer.outcome,
        status=answer.status,
        answer=answer.text,
        next_attempt_at=following,
    )


def _with(leased: Delivery, attempt: Attempt) -> dict[str, object]:
    """The fields of the row that say what was attempted."""
    attempts = (*leased.attempts, attempt)
    delivered = (one.at for one in attempts if one.outcome is Outcome.DELIVERED)
    return {
        "attempts": attempts[-ATTEMPTS_KEPT:],
        "first_attempt_at": leased.first_attempt_at or attempts[0].at,
        "delivered_at": leased.delivered_at or next(delivered, None),
    }


def moved_out(after: Delivery, before: Delivery) -> tuple[Attempt, ...]:
    """The attempts that the row loses when `after` takes the place of `before`: they are kept elsewhere."""
    kept = after.attempts[0].number if after.attempts else 0
    return tuple(attempt for attempt in before.attempts if attempt.number < kept)


def _following(leased: Delivery, answer: Answer, policy: RetryPolicy, now: datetime) -> datetime | None:
    if answer.gone:
        return None
    endless = leased.type is EventType.WITHDRAWN
    delay = policy.schedule.delay(leased.tries + 1, endless=endless, random=policy.random)
    if delay is None:
        return None
    asked = retry_after(answer.retry_after, now, timedelta(seconds=policy.schedule.longest_retry_after))
    return now + timedelta(milliseconds=answer.ms) + max(delay, asked)


def queue_delay(delivery: Delivery, now: datetime) -> timedelta | None:
    """How long the queue keeps the pointer to a waiting delivery; None if that is too long for it (SQS: 15 minutes)."""
    if delivery.next_attempt_at is None:
        return None
    delay = max(delivery.next_attempt_at - now, timedelta())
    return delay if delay <= LONGEST_QUEUE_DELAY else None


def postpone(delivery: Delivery, until: datetime, now: datetime) -> Delivery:
    """The row that waits because its endpoint takes nothing yet; that is no attempt."""
    return _waiting(delivery, until, now)


def let_go(leased: Delivery, at: datetime, until: datetime, now: datetime) -> Delivery:
    """The row of what was sent at `at` and is waited for no longer, since others to the same endpoint wait already.

    It is sent again; the attempt is written down, and none of the schedule is used up.
    """
    ms = round((now - at).total_seconds() * 1000)
    attempt = _attempt(leased, Answer(outcome=Outcome.TIMEOUT, ms=ms, text=LET_GO), at, until)
    return _waiting(leased, until, now, **_with(leased, attempt))


def hold(delivery: Delivery) -> Delivery:
    """The row while its endpoint takes nothing."""
    return _final(delivery, DeliveryState.HELD)


def release(delivery: Delivery, now: datetime) -> Delivery:
    """The held row once its endpoint is enabled again: it goes on from where it was in the schedule."""
    return _waiting(delivery.model_copy(update={"state": DeliveryState.PENDING}), now, now)


def supersede(delivery: Delivery) -> Delivery:
    """The row once a newer version of its story is the current one."""
    return _final(delivery, DeliveryState.SUPERSEDED)


def cancel(delivery: Delivery) -> Delivery:
    """The row once its endpoint is deleted."""
    return _final(delivery, DeliveryState.CANCELED)


def acknowledge(delivery: Delivery, now: datetime) -> Delivery:
    """The row once the partner has said, without being sent it, that it has the message: it is sent no more."""
    over = delivery.state in {DeliveryState.SUPERSEDED, DeliveryState.CANCELED}
    state = delivery.state if over else DeliveryState.DELIVERED
    return _final(delivery, state, acknowledged_at=delivery.acknowledged_at or now)


def replay(delivery: Delivery, now: datetime) -> Delivery:
    """The row sent once more from the start of the schedule, under the same id, whatever became of it before."""
    return _waiting(delivery.model_copy(update={"tries": 0, "state": DeliveryState.PENDING}), now, now)


def swept(delivery: Delivery, now: datetime) -> Delivery:
    """The row just handed to the queue by clock."""
    return _next(delivery, sweep_at=now + SWEEP_AGAIN)


def _waiting(delivery: Delivery, moment: datetime, now: datetime, **changes: object) -> Delivery:
    in_queue = moment - now <= LONGEST_QUEUE_DELAY
    sweep_at = moment + GRACE if in_queue else moment
    return _next(delivery, next_attempt_at=moment, lease_until=None, sweep_at=sweep_at, **changes)


def _final(delivery: Delivery, state: DeliveryState, **changes: object) -> Delivery:
    return _next(delivery, state=state, next_attempt_at=None, lease_until=None, sweep_at=None, **changes)


def _next(delivery: Delivery, **changes: object) -> Delivery:
    return delivery.model_copy(update={**changes, "fence": delivery.fence + 1})
