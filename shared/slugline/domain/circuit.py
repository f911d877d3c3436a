"""How we treat an endpoint that fails or asks for less: circuit breaker, rate and concurrency.

Closed, the circuit lets everything through. It opens after `FAILURES_TO_OPEN` failures in a row, or at once when the
partner says that it is overloaded or does not answer in time; after a while it is half open, and one delivery probes.
While an answer takes long, it is open on suspicion: a partner that hangs holds few of our hands. Withdrawals go
past all that; only while an endpoint is slow they take turns, so that one that hangs holds one hand of their lane.
"""

from datetime import datetime, timedelta
from http import HTTPStatus

from slugline.deliveries import Outcome
from slugline.domain.delivery_states import LEASE, Answer
from slugline.domain.retry_after import retry_after
from slugline.model import Instant, Model

FAILURES_TO_OPEN = 5
SHORTEST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(minutes=10)
DISABLE_AFTER = timedelta(days=5)
SUSPICION = timedelta(seconds=15)
SLOW = timedelta(seconds=2)
# A little longer than an attempt takes at most.
TURN = timedelta(seconds=20)
OVERLOADED = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.BAD_GATEWAY, HTTPStatus.GATEWAY_TIMEOUT})


class Limits(Model):
    """What a partner takes at most: deliveries a second (a burst of one second's worth), and at the same time."""

    per_second: float | None = None
    at_once: int | None = None


class EndpointHealth(Model):
    """How an endpoint has been doing. `revision` counts the changes, for conditional writes; 0 is not written yet.

    `served_until` is when the rate's bucket is empty again; `in_flight` holds the end of each delivery's lease.
    `slow` is an endpoint whose last answer took long or never came; `turn_until` is the end of the turn of the one
    withdrawal that is sent to it.
    """

    endpoint_id: str
    revision: int = 0
    failures: int = 0
    failing_since: Instant | None = None
    open_until: Instant | None = None
    probe_until: Instant | None = None
    served_until: Instant | None = None
    in_flight: tuple[Instant, ...] = ()
    slow: bool = False
    turn_until: Instant | None = None

    @property
    def well(self) -> bool:
        """Whether nothing is known against the endpoint: a success changes nothing."""
        return not (self.failures or self.failing_since or self.open_until or self.probe_until or self.slow)

    @property
    def last_moment(self) -> datetime | None:
        """The latest of what the row speaks of; None when it says nothing against the endpoint."""
        named = (self.failing_since, self.open_until, self.probe_until, self.served_until, self.turn_until)
        return max((*self.in_flight, *filter(None, named)), default=None)

    @property
    def last_lease(self) -> datetime | None:
        """The slot to give back."""
        return max(self.in_flight, default=None)


class Admission(Model):
    """Whether a delivery may be attempted now (`wait_until` is None), and the endpoint's health if that changes it."""

    health: EndpointHealth | None = None
    wait_until: Instant | None = None


def admit(health: EndpointHealth, limits: Limits, now: datetime) -> Admission:
    """Ask for one delivery to be let through."""
    closed_until = _closed_until(health, now)
    if closed_until:
        return Admission(wait_until=closed_until)
    after = health
    if health.open_until:
        after = after.model_copy(update={"probe_until": now + LEASE})
    for limit in (_rated, _counted):
        limited = limit(after, limits, now)
        if limited.wait_until:
            return limited
        after = limited.health or after
    return Admission(health=_changed(after) if after is not health else None)


def _closed_until(health: EndpointHealth, now: datetime) -> datetime | None:
    if health.open_until and health.open_until > now:
        return health.open_until
    if health.probe_until and health.probe_until > now:
        return health.probe_until
    return None


def _rated(health: EndpointHealth, limits: Limits, now: datetime) -> Admission:
    """The generic cell rate algorithm: each delivery fills the bucket by one interval, which holds one second."""
    if limits.per_second is None:
        return Admission()
    interval = timedelta(seconds=1 / limits.per_second)
    filled = max(health.served_until or now, now) + interval
    if filled - now > max(timedelta(seconds=1), interval):
        return Admission(wait_until=filled - max(timedelta(seconds=1), interval))
    return Admission(health=health.model_copy(update={"served_until": filled}))


def _counted(health: EndpointHealth, limits: Limits, now: datetime) -> Admission:
    if limits.at_once is None:
        return Admission()
    alive = tuple(sorted(end for end in health.in_flight if end > now))
    if len(alive) >= limits.at_once:
        return Admission(wait_until=now + timedelta(seconds=1))
    return Admission(health=health.model_copy(update={"in_flight": (*alive, now + LEASE)}))


def take_turn(health: EndpointHealth, now: datetime) -> Admission:
    """Ask for one withdrawal to be let through."""
    if not health.slow:
        return Admission()
    if health.turn_until and health.turn_until > now:
        return Admission(wait_until=health.turn_until)
    return Admission(health=_changed(health.model_copy(update={"turn_until": now + TURN})))


def settle(health: EndpointHealth, answer: Answer, slot: datetime | None, now: datetime) -> EndpointHealth | None:
    """The health after an answer; None if it is the same. `slot` is the place in `in_flight` or the turn."""
    if answer.outcome is Outcome.DELIVERED and health.well and slot is None:
        return None
    after = health.model_copy(update=_given_back(health, slot))
    if answer.outcome is Outcome.DELIVERED:
        recovered = {"failures": 0, "failing_since": None, "open_until": None, "probe_until": None, "slow": False}
        after = after.model_copy(update=recovered)
    else:
        after = _failed(after, answer, now)
    return _changed(after) if after != health else None


def forgiven(health: EndpointHealth, slot: datetime | None, let_in: datetime) -> EndpointHealth | None:
    """The health after an attempt of which nothing came by our own fault; None if it is the same.

    The slot is given back, and the probe if it was the attempt's, which was let in at `let_in`; without a failure, the
    circuit can only have been open on suspicion.
    """
    changes = _given_back(health, slot)
    if health.probe_until == let_in + LEASE:
        changes["probe_until"] = None
    if not health.failures:
        changes |= {"open_until": None, "slow": False}
    after = health.model_copy(update=changes)
    return _changed(after) if after != health else None


def suspected(health: EndpointHealth, now: datetime) -> EndpointHealth | None:
    """The health while an answer takes long; None if that is known already."""
    if health.open_until and health.open_until > now:
        return None if health.slow else _changed(health.model_copy(update={"slow": True}))
    return _changed(health.model_copy(update={"open_until": now + SUSPICION, "probe_until": None, "slow": True}))


def _given_back(health: EndpointHealth, slot: datetime | None) -> dict[str, object]:
    turn = None if health.turn_until == slot else health.turn_until
    return {"in_flight": _without(health.in_flight, slot), "turn_until": turn}


def _without(in_flight: tuple[datetime, ...], slot: datetime | None) -> tuple[datetime, ...]:
    if slot not in in_flight:
        return in_flight
    index = in_flight.index(slot)
    return in_flight[:index] + in_flight[index + 1 :]


def _failed(health: EndpointHealth, answer: Answer, now: datetime) -> EndpointHealth:
    failures = health.failures + 1
    changes: dict[str, object] = {
        "failures": failures,
        "failing_since": health.failing_since or now,
        "probe_until": None,
        "slow": answer.outcome is Outcome.TIMEOUT or timedelta(milliseconds=answer.ms) >= SLOW,
    }
    overloaded = answer.status in OVERLOADED
    heavy = overloaded or answer.outcome is Outcome.TIMEOUT or failures >= FAILURES_TO_OPEN
    # Once it has been open, only a success closes it: any failure opens it again, and none shortens a pause.
    if heavy or health.open_until:
        doubled = SHORTEST_PAUSE * 2 ** min(max(failures - FAILURES_TO_OPEN, 0), 10)
        asked = retry_after(answer.retry_after, now, LONGEST_PAUSE) if overloaded else timedelta()
        pause_ends = now + min(max(doubled, asked), LONGEST_PAUSE)
        changes["open_until"] = max(health.open_until or pause_ends, pause_ends)
    return health.model_copy(update=changes)


def hopeless(health: EndpointHealth, now: datetime) -> bool:
    """Whether the endpoint has failed so long, without one success, that it is disabled."""
    return health.failing_since is not None and now - health.failing_since >= DISABLE_AFTER


def _changed(health: EndpointHealth) -> EndpointHealth:
    return health.model_copy(update={"revision": health.revision + 1})
