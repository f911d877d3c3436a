"""The retry state machine: whatever answers, crashes, silences, lost and doubled pointers come in whatever order.

Beside the real one runs a plain account of what a partner may expect (`Account`), kept from what happened alone.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.support.delivery_world import NOON, ScriptedSender, World

from delivering.attempt import Sending
from slugline.deliveries import Delivery, DeliveryState, Outcome, Pointer, delivery_key
from slugline.domain import delivery_states as states
from slugline.domain import endpoint_life as life
from slugline.domain.delivery_schedule import Schedule
from slugline.domain.delivery_states import Answer
from slugline.partners import Endpoint, EndpointStatus, EventType

STORIES = ["s1", "s2", "s3"]
SECONDS = st.sampled_from([0, 1, 5, 16, 31, 61, 400, 4000])
INDEX = st.integers(0, 9)
TAKEN = Answer(outcome=Outcome.DELIVERED, ms=10, status=200)
OVERLOADED = {429, 502, 504}
ANSWERS = [
    TAKEN,
    *(Answer(outcome=Outcome.STATUS, ms=10, status=status) for status in (302, 410, 429, 500, 504)),
    *(Answer(outcome=Outcome.STATUS, ms=10, status=status, retry_after="400") for status in (429, 503)),
    Answer(outcome=Outcome.RESET, ms=10),
    Answer(outcome=Outcome.TIMEOUT, ms=15000),
]
# What the guide promises, written down once more.
DEADLINE, LEASE, TURN = timedelta(seconds=15), timedelta(seconds=45), timedelta(seconds=20)
PAUSE, SUSPICION = timedelta(seconds=30), timedelta(seconds=15)
FAILURES_TO_OPEN = 5
DELAYS = (0, 5, 300)
GONE = 410
MOST_DOUBLED = 8


@dataclass(eq=False)
class OnItsWay:
    """A message that has been sent, and of whose answer nobody has heard yet."""

    sending: Sending
    pointer: Pointer
    at: datetime
    is_probe: bool = False
    suspected: bool = False

    @property
    def withdraws(self) -> bool:
        return self.sending.leased.type is EventType.WITHDRAWN

    def waits(self, now: datetime) -> bool:
        """Whether its sender still waits; later it is a container that was frozen."""
        return now - self.at < DEADLINE


@dataclass
class Account:
    """What happened at the one endpoint, and what follows from it."""

    at_once: int | None = None
    failures: int = 0
    circuit_open: bool = False
    quiet_until: datetime = NOON
    on_the_way: list[OnItsWay] = field(default_factory=list)
    done: set[str] = field(default_factory=set)
    tries: Counter[str] = field(default_factory=Counter)
    not_before: dict[str, datetime] = field(default_factory=dict)

    def may_send(self, sending: Sending, endpoint: Endpoint | None, current: int, now: datetime) -> bool:
        """Asserts it, and says whether it is a probe."""
        row = sending.leased
        assert endpoint, "sent after the endpoint was deleted"
        assert endpoint.status is EndpointStatus.ENABLED, "sent to an endpoint that takes nothing"
        assert row.version == current, "sent a version that is not the current one"
        assert row.id not in self.done, "sent again after it had been acknowledged"
        assert now >= self.not_before.get(row.id, now), "sent before its time"
        alive = [one for one in self.on_the_way if one.waits(now)]
        twin = [one for one in self.on_the_way if one.sending.leased.id == row.id and now - one.at < LEASE]
        assert not twin, "sent by two at once"
        if row.type is EventType.WITHDRAWN:
            in_turn = [one for one in alive if one.withdraws and one.sending.slot]
            assert not (sending.slot and in_turn), "two withdrawals in the turn of one"
            return False
        assert not (self.circuit_open and now < self.quiet_until), "sent while the circuit is open"
        assert not (self.circuit_open and any(one.is_probe for one in alive)), "two probes at once"
        if self.at_once is not None:
            beside = [one for one in alive if not one.withdraws]
            assert len(beside) < self.at_once, "more at once than agreed"
        return self.circuit_open

    def silent(self, now: datetime) -> None:
        if not (self.circuit_open and now < self.quiet_until):
            self.quiet_until = now + SUSPICION
        self.circuit_open = True

    def recorded(self, identifier: str, answer: Answer, at: datetime) -> None:
        """An answer to a message that was sent at that time."""
        self.tries[identifier] += 1
        delay = DELAYS[min(self.tries[identifier], len(DELAYS) - 1)]
        wait = max(delay, int(answer.retry_after or 0))
        if answer.status != GONE:
            self.not_before[identifier] = at + timedelta(seconds=wait) - states.EARLY

    def replayed(self, identifier: str) -> None:
        self.done.discard(identifier)
        self.tries.pop(identifier, None)
        self.not_before.pop(identifier, None)
        self.on_the_way = [one for one in self.on_the_way if one.sending.leased.id != identifier]  # the lease is gone

    def answered(self, answer: Answer, now: datetime) -> None:
        if answer.outcome is Outcome.DELIVERED:
            self.failures, self.circuit_open, self.quiet_until = 0, False, now
            return
        self.failures += 1
        overloaded = answer.status in OVERLOADED
        heavy = overloaded or answer.outcome is Outcome.TIMEOUT or self.failures >= FAILURES_TO_OPEN
        if heavy or self.circuit_open:
            asked = timedelta(seconds=int(answer.retry_after or 0)) if overloaded else timedelta()
            self.quiet_until = max(self.quiet_until, now + max(PAUSE, asked))
            self.circuit_open = True

    def not_tried(self) -> None:
        """Our own fault: as if nothing had been sent."""
        if not self.failures:
            self.circuit_open = False


class NothingIsLost(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.world = World(ScriptedSender([]), Schedule(delays=DELAYS))
        self.account = Account()
        self.killed: set[str] = set()
        self.got: set[str] = set()
        self.taken: dict[str, int] = {}

    @property
    def now(self) -> datetime:
        return self.world.clock.now()

    @initialize(at_once=st.sampled_from([None, 2]), has_all=st.booleans())
    def begin(self, at_once: int | None, has_all: bool) -> None:
        """Three stories are there, and the partner has them or is about to be told."""
        self.account.at_once = at_once
        self.world.endpoint(at_once=at_once)
        for story in STORIES:
            self.world.publish(story_id=story)
        if has_all:
            self._deliver_all()

    # --- the newsroom

    @rule(stories=st.lists(st.sampled_from(STORIES), min_size=1, unique=True), withdraws=st.booleans())
    def versions_come(self, stories: list[str], withdraws: bool) -> None:
        for story in stories:
            version = self.world.heads.current[story] + 1
            if withdraws:
                self.world.withdraw(version, story)
                self.killed.add(story)
            else:
                self.world.publish(version, "updated", story)
                self.killed.discard(story)

    # --- delivery

    @rule(seconds=SECONDS, ticks=st.booleans(), answers=st.lists(st.sampled_from(ANSWERS), max_size=4))
    def deliver(self, seconds: int, ticks: bool, answers: list[Answer]) -> None:
        """Each is answered before the next is sent, at last with 200."""
        self._wait(seconds, ticks)
        self._deliver_all(answers)

    @rule(answer=st.sampled_from(ANSWERS), rounds=st.integers(2, 5))
    def the_partner_answers_alike_for_a_while(self, answer: Answer, rounds: int) -> None:
        for _ in range(rounds):
            self.deliver(400, ticks=True, answers=[answer] * len(self.world.queue.waiting))

    @rule(seconds=SECONDS, ticks=st.booleans(), silence=st.booleans())
    def send_and_wait(self, seconds: int, ticks: bool, silence: bool) -> None:
        self._wait(seconds, ticks)
        for pointer in self.world.queue.receive():
            self._send(pointer)
        if silence:
            self._two_seconds_of_silence()

    @precondition(lambda self: self.account.on_the_way)
    @rule(index=INDEX, answer=st.sampled_from(ANSWERS), seconds=SECONDS)
    def an_answer_comes(self, index: int, answer: Answer, seconds: int) -> None:
        """In time, or long after the lease was lost."""
        self._wait(seconds, ticks=False)
        self._answer(self._on_the_way(index), answer)

    @precondition(lambda self: self.account.on_the_way)
    @rule(index=INDEX, answer=st.sampled_from(ANSWERS))
    def the_sender_dies(self, index: int, answer: Answer) -> None:
        """Before it hears the answer."""
        one = self._on_the_way(index)
        self._arrive(one, answer)
        self.world.queue.give_back(one.pointer)

    @precondition(lambda self: self.account.on_the_way)
    @rule(index=INDEX)
    def the_proxy_is_down(self, index: int) -> None:
        one = self._on_the_way(index)
        before = self._row_of(one)
        after = self.world.attempter.postpone(one.sending)
        self._check_fence(one, before, after)
        self.account.not_tried()
        assert after is None or (after.tries, after.attempts) == (one.sending.leased.tries, one.sending.leased.attempts)

    # --- the queue

    @rule()
    def pointers_are_doubled(self) -> None:
        self.world.queue.waiting += self.world.queue.waiting[:MOST_DOUBLED]

    @rule()
    def pointers_to_rows_are_lost(self) -> None:
        """Clock finds the rows. A new delivery is in the queue only, which keeps what it has taken."""
        queue = self.world.queue
        queue.waiting = [(moment, pointer) for moment, pointer in queue.waiting if pointer.delivery]

    # --- partner and desk

    @rule(index=INDEX)
    def the_partner_acknowledges_by_the_api(self, index: int) -> None:
        if row := self._row(index):
            assert self.world.deliveries.save(states.acknowledge(row, self.now), row)
            if row.state not in {DeliveryState.SUPERSEDED, DeliveryState.CANCELED}:
                self._has(row)

    @rule(index=INDEX)
    def replay(self, index: int) -> None:
        if row := self._row(index):
            again = states.replay(row, self.now)
            assert self.world.deliveries.save(again, row)
            self.world.queue.send([(again, timedelta())])
            self.account.replayed(row.id)

    @rule(enables=st.booleans())
    def pause_or_enable(self, enables: bool) -> None:
        change = life.enabled if enables else life.paused
        self._change(lambda endpoint: change(endpoint, self.now))

    @rule(odds=st.integers(0, 5))
    def delete(self, odds: int) -> None:
        if odds == 0:
            self.world.partners.delete_endpoint("ep_1")

    # --- what always holds

    @invariant()
    def whatever_waits_is_found_by_clock(self) -> None:
        for row in self.world.rows():
            waits = row.state is DeliveryState.PENDING
            assert (row.sweep_at is not None) is waits
            assert (row.next_attempt_at is not None) is waits

    def teardown(self) -> None:
        """In the end the partner is well again; then it has all, or somebody sees what it has not."""
        for one in self.account.on_the_way:
            self.world.queue.give_back(one.pointer)
        self.account.on_the_way = []
        self.pause_or_enable(enables=True)
        for _ in range(40):
            self._wait(3600, ticks=True)
            self._deliver_all()
        left = {row.state for row in self.world.rows()}
        assert DeliveryState.PENDING not in left
        if self.world.partners.endpoint("ep_1"):
            assert DeliveryState.HELD not in left
            self._check_the_partner_has_all()

    def _check_the_partner_has_all(self) -> None:
        for story, version in self.world.heads.current.items():
            if story in self.killed and story not in self.got:
                continue  # withdrawn before the partner heard of it
            newest = self.world.deliveries.of_story("ep_1", story)[0]
            assert newest.version == version
            tried = newest.type is not EventType.WITHDRAWN and self.account.tries[newest.id] == len(DELAYS)
            visibly_exhausted = tried and newest.state is DeliveryState.EXHAUSTED
            assert visibly_exhausted or self.taken.get(story) == version, "lost"

    def _wait(self, seconds: int, ticks: bool) -> None:
        """Time passes; clock does its round, or is late."""
        self.world.clock.forward(timedelta(seconds=seconds))
        if ticks:
            self.world.sweep.run()
            self.world.release.run()

    def _two_seconds_of_silence(self) -> None:
        self._wait(2, ticks=False)
        for one in [one for one in self.account.on_the_way if one.waits(self.now) and not one.suspected]:
            one.suspected = True
            after = self.world.attempter.suspect(one.sending)
            self.account.silent(self.now)
            if isinstance(after, Sending):
                one.sending = after
            else:
                assert one.withdraws, "let go though it is no withdrawal"
                self.account.on_the_way.remove(one)

    def _deliver_all(self, answers: Sequence[Answer] = ()) -> None:
        answers = list(answers)
        for pointer in self.world.queue.receive():
            if sent := self._send(pointer):
                self._answer(sent, answers.pop() if answers else TAKEN)

    def _send(self, pointer: Pointer) -> OnItsWay | None:
        (prepared,) = self.world.attempter.prepare([pointer])
        assert not isinstance(prepared, Exception), "our own fault"
        if not isinstance(prepared, Sending):
            return None
        endpoint = self.world.partners.endpoint("ep_1")
        key = delivery_key(prepared.headers["webhook-id"])
        current = self.world.heads.current.get(key.story_id, 0)
        is_probe = self.account.may_send(prepared, endpoint, current, self.now)
        sent = OnItsWay(prepared, pointer, self.now, is_probe)
        self.account.on_the_way.append(sent)
        self.got.add(key.story_id)
        return sent

    def _answer(self, one: OnItsWay, answer: Answer) -> None:
        if one in self.account.on_the_way:
            self.account.on_the_way.remove(one)
        before = self._row_of(one)
        self._arrive(one, answer)
        after = self.world.attempter.finish(one.sending, answer)
        self._check_fence(one, before, after)
        self.account.answered(answer, self.now)
        endpoint = self.world.partners.endpoint("ep_1")
        assert answer.status != GONE or not (endpoint and endpoint.status is EndpointStatus.ENABLED)
        if after and after.state is DeliveryState.DELIVERED:
            self._has(after)
        elif after:
            self.account.recorded(after.id, answer, one.at)

    def _check_fence(self, one: OnItsWay, before: Delivery | None, after: Delivery | None) -> None:
        """Who has lost the lease changes nothing; who has it writes down what came."""
        mine = before == one.sending.leased
        assert (after is not None) is mine
        assert mine or self._row_of(one) == before

    def _arrive(self, one: OnItsWay, answer: Answer) -> None:
        if answer.outcome is Outcome.DELIVERED:
            row = one.sending.leased
            self.taken[row.story_id] = max(row.version, self.taken.get(row.story_id, 0))

    def _has(self, row: Delivery) -> None:
        self.account.done.add(row.id)
        self.taken[row.story_id] = max(row.version, self.taken.get(row.story_id, 0))

    def _on_the_way(self, index: int) -> OnItsWay:
        return self.account.on_the_way.pop(index % len(self.account.on_the_way))

    def _row(self, index: int) -> Delivery | None:
        rows = self.world.rows()
        return rows[index % len(rows)] if rows else None

    def _row_of(self, one: OnItsWay) -> Delivery | None:
        return self.world.deliveries.get(one.sending.leased.id)

    def _change(self, change: Callable[[Endpoint], Endpoint]) -> None:
        if endpoint := self.world.partners.endpoint("ep_1"):
            assert self.world.partners.save_endpoint(change(endpoint), endpoint)


TestNothingIsLost = NothingIsLost.TestCase
TestNothingIsLost.settings = settings(max_examples=600, stateful_step_count=40, deadline=None)
