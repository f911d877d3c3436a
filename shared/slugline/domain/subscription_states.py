"""What may happen to a subscription. Each function gives the next row."""

from datetime import datetime, timedelta

from slugline.domain.delivery_states import EARLY, GRACE, LEASE, LONGEST_QUEUE_DELAY, SWEEP_AGAIN, Answer, RetryPolicy
from slugline.domain.hub_request import HubRequest
from slugline.domain.retry_after import retry_after
from slugline.subscriptions import Mode, Subscription, SubscriptionState, Wish, subscription_id

CONFIRMATION_TRIES = 3
# A request that is never confirmed is forgotten after this.
WISH_KEPT = timedelta(hours=1)


def requested(
    known: Subscription | None, request: HubRequest, wish: Wish, place: tuple[str, str], now: datetime
) -> Subscription:
    """The row with what was asked for, in place of what was asked before. `place` is topic's key, callback's host.

    What is active stays as it is until the wish is confirmed (section 5.1).
    """
    key, host = place
    base = known or Subscription(
        id=subscription_id(request.topic, request.callback),
        key=key,
        topic=request.topic,
        callback=request.callback,
        host=host,
        created_at=now,
    )
    return _next(base, wish=wish, tries=0, next_attempt_at=now, lease_until=None, sweep_at=now + GRACE)


def active(subscription: Subscription, now: datetime) -> bool:
    """Whether its owner has confirmed it and the lease is not over."""
    return subscription.expires_at is not None and subscription.expires_at > now


def over(subscription: Subscription, now: datetime) -> bool:
    """Whether there is nothing left of it."""
    return subscription.wish is None and not active(subscription, now)


def changed(subscription: Subscription, correlation_id: str, now: datetime) -> Subscription:
    """The row once its topic's content has changed. Who is waiting to be tried again waits on, and gets the newest."""
    when = subscription.next_attempt_at or now
    sweep_at = max(moment for moment in (when, subscription.lease_until) if moment) + GRACE
    return _next(
        subscription,
        changes=subscription.changes + 1,
        correlation_id=correlation_id,
        next_attempt_at=when,
        sweep_at=sweep_at,
    )


def lease(subscription: Subscription, now: datetime) -> Subscription | None:
    """The row as its one worker holds it; None when there is nothing to do, it is not due, or another has it."""
    if subscription.next_attempt_at is None or subscription.next_attempt_at > now + EARLY:
        return None
    if subscription.lease_until and subscription.lease_until > now:
        return None
    until = now + LEASE
    return _next(subscription, lease_until=until, sweep_at=until + GRACE, held=subscription.fence + 1)


def confirmed(leased: Subscription, wish: Wish, now: datetime) -> Subscription | None:
    """The row once the subscriber has echoed the challenge; None when it is to be forgotten."""
    if wish.mode is Mode.UNSUBSCRIBE:
        return None
    until = now + timedelta(seconds=wish.lease_seconds)
    return _rest(leased.model_copy(update={"wish": None, "secret": wish.secret, "expires_at": until}), now)


def refused(leased: Subscription, now: datetime) -> Subscription | None:
    """The row once the subscriber did not confirm: what was active before stays so. None when nothing was."""
    after = leased.model_copy(update={"wish": None})
    return _rest(after, now) if active(after, now) else None


def unanswered(leased: Subscription, answer: Answer, policy: RetryPolicy, now: datetime) -> Subscription | None:
    """The row after a confirmation that got no answer at all: tried a few times, then as `refused`."""
    if leased.tries + 1 >= CONFIRMATION_TRIES:
        return refused(leased, now)
    return _again(leased, answer, policy, now) or refused(leased, now)


def sent(row: Subscription, leased: Subscription, sha256: str, now: datetime) -> Subscription:
    """The row once the subscriber has the content that was read after `leased` was written.

    `row` is the newest: what changed since then is still owed.
    """
    return _rest(row.model_copy(update={"sent_sha256": sha256, "got": leased.changes}), now)


def failed(row: Subscription, answer: Answer, policy: RetryPolicy, now: datetime) -> Subscription:
    """The row after a failed attempt: tried again by the schedule, and at its end given up until the next change."""
    return _again(row, answer, policy, now) or _rest(row.model_copy(update={"got": row.changes}), now)


def postponed(row: Subscription, until: datetime, now: datetime) -> Subscription:
    """The row that waits because its callback's host takes nothing now, or by our own fault: that is no attempt."""
    return _next(row, next_attempt_at=until, lease_until=None, sweep_at=_sweep(until, now))


def noted(row: Subscription, what: str, answer: Answer, now: datetime) -> Subscription:
    """The row with what came of asking its callback."""
    return row.model_copy(update={"last_at": now, "last_result": f"{what}: {answer.status or answer.outcome}"})


def state_of(row: Subscription, now: datetime) -> SubscriptionState:
    """How the subscription stands, for a person to read."""
    if active(row, now):
        return SubscriptionState.FAILING if row.tries and row.wish is None else SubscriptionState.ACTIVE
    return SubscriptionState.UNCONFIRMED if row.wish else SubscriptionState.OVER


def swept(subscription: Subscription, now: datetime) -> Subscription:
    """The row just handed to the queue by clock."""
    return _next(subscription, sweep_at=now + SWEEP_AGAIN)


def queue_delay(subscription: Subscription, now: datetime) -> timedelta | None:
    """How long the queue keeps the pointer; None when there is nothing to do, or that is too long for it."""
    if subscription.next_attempt_at is None:
        return None
    delay = max(subscription.next_attempt_at - now, timedelta())
    return delay if delay <= LONGEST_QUEUE_DELAY else None


def still_ours(row: Subscription, leased: Subscription) -> bool:
    """Whether the row is in the hands of who leased it, though others may have noted a change meanwhile."""
    return row.lease_until is not None and row.held == leased.held


def _again(held: Subscription, answer: Answer, policy: RetryPolicy, now: datetime) -> Subscription | None:
    delay = policy.schedule.delay(held.tries + 1, endless=False, random=policy.random)
    if delay is None:
        return None
    asked = retry_after(answer.retry_after, now, timedelta(seconds=policy.schedule.longest_retry_after))
    when = now + max(delay, asked)
    return _next(held, tries=held.tries + 1, next_attempt_at=when, lease_until=None, sweep_at=_sweep(when, now))


def _rest(held: Subscription, now: datetime) -> Subscription:
    """The row without work, unless content is owed."""
    when = now if held.changes > held.got and active(held, now) else None
    return _next(held, tries=0, next_attempt_at=when, lease_until=None, sweep_at=when and _sweep(when, now))


def _sweep(when: datetime, now: datetime) -> datetime:
    return when + GRACE if when - now <= LONGEST_QUEUE_DELAY else when


def _next(subscription: Subscription, **changes: object) -> Subscription:
    return subscription.model_copy(update={**changes, "fence": subscription.fence + 1})
