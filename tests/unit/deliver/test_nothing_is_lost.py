"""The retry state machine: whatever answers, crashes, lost and doubled pointers come in whatever order."""

from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from tests.support.delivery_world import ScriptedSender, World

from slugline.deliveries import DeliveryState, Outcome, delivery_key
from slugline.domain import delivery_states as states
from slugline.domain import endpoint_life as life
from slugline.domain.delivery_schedule import Schedule
from slugline.domain.delivery_states import Answer
from slugline.partners import EndpointStatus, EventType

STORIES = st.sampled_from(["s1", "s2"])
TAKEN = Answer(outcome=Outcome.DELIVERED, ms=10, status=200)
ANSWERS = [
    TAKEN,
    *(Answer(outcome=Outcome.STATUS, ms=10, status=status) for status in (302, 404, 410, 429, 500, 503)),
    Answer(outcome=Outcome.STATUS, ms=10, status=429, retry_after="4000"),
    *(Answer(outcome=outcome, ms=10) for outcome in (Outcome.DNS, Outcome.TLS, Outcome.RESET)),
    Answer(outcome=Outcome.TIMEOUT, ms=15000),
]


class Crash(Exception):  # noqa: N818 - what happens, not an error of ours
    """The container dies."""


class Partner(ScriptedSender):
    """Answers as told, dies as told, and takes what arrived, whether we live to hear of it or not."""

    def __init__(self) -> None:
        super().__init__([])
        self.world: World
        self.next_answers: list[Answer] = []
        self.crash: str | None = None
        self.taken: dict[str, int] = {}
        self.got: set[str] = set()

    def post(self, url: str, headers: dict[str, str], body: bytes) -> Answer:
        endpoint = self.world.partners.endpoint("ep_1")
        assert endpoint, "sent after the endpoint was deleted"
        assert endpoint.status is EndpointStatus.ENABLED, "sent to an endpoint that takes nothing"
        key = delivery_key(headers["webhook-id"])
        current = self.world.heads.current.get(key.story_id, 0)
        assert key.version == current, "sent a version that is not the current one"
        if self.crash == "before":
            self.crash = None
            raise Crash
        self.sent.append((url, headers, body))
        self.got.add(key.story_id)
        answer = self.next_answers.pop() if self.next_answers else TAKEN
        if answer.outcome is Outcome.DELIVERED:
            self.taken[key.story_id] = max(key.version, self.taken.get(key.story_id, 0))
        if self.crash == "after":
            self.crash = None
            raise Crash
        return answer


class NothingIsLost(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.partner = Partner()
        self.world = self.partner.world = World(self.partner, Schedule(delays=(0, 5, 300, 3600, 7200)))
        self.world.endpoint()
        self.killed: set[str] = set()

    @rule(story=STORIES)
    def publish(self, story: str) -> None:
        version = self.world.heads.current.get(story, 0) + 1
        self.world.publish(version, "updated" if version > 1 else "published", story)
        self.killed.discard(story)

    @rule(story=STORIES)
    def withdraw(self, story: str) -> None:
        if version := self.world.heads.current.get(story):
            self.world.withdraw(version + 1, story)
            self.killed.add(story)

    @rule(answers=st.lists(st.sampled_from(ANSWERS), max_size=6))
    def prepare_answers(self, answers: list[Answer]) -> None:
        self.partner.next_answers = answers

    @rule(moment=st.sampled_from(["before", "after"]))
    def crash_at_the_next_post(self, moment: str) -> None:
        self.partner.crash = moment

    @rule()
    def deliver(self) -> None:
        self._deliver()

    @rule()
    def double_the_pointers(self) -> None:
        self.world.queue.waiting *= 2

    @rule()
    def lose_the_pointers_to_rows(self) -> None:
        """Clock finds the rows. A new delivery is in the queue only, which keeps what it has taken."""
        queue = self.world.queue
        queue.waiting = [(moment, pointer) for moment, pointer in queue.waiting if pointer.delivery]

    @rule(seconds=st.sampled_from([1, 30, 60, 600, 7200]))
    def wait(self, seconds: int) -> None:
        self.world.clock.forward(timedelta(seconds=seconds))

    @rule()
    def tick(self) -> None:
        self._tick()

    @rule(index=st.integers(0, 30))
    def replay(self, index: int) -> None:
        rows = self.world.rows()
        if rows:
            row = rows[index % len(rows)]
            again = states.replay(row, self.world.clock.now())
            assert self.world.deliveries.save(again, row)
            self.world.queue.send([(again, timedelta())])

    @rule()
    def pause(self) -> None:
        self._change(lambda endpoint: life.paused(endpoint, self.world.clock.now()))

    @rule()
    def enable(self) -> None:
        self._enable()

    @rule(odds=st.integers(0, 9))
    def delete(self, odds: int) -> None:
        if odds == 0:
            self.world.partners.delete_endpoint("ep_1")

    @invariant()
    def whatever_waits_is_found_by_clock(self) -> None:
        for row in self.world.rows():
            waits = row.state is DeliveryState.PENDING
            assert (row.sweep_at is not None) is waits
            assert (row.next_attempt_at is not None) is waits

    def teardown(self) -> None:
        """In the end the partner is well again; then it has all, or somebody sees what it has not."""
        self.partner.next_answers, self.partner.crash = [], None
        self._enable()
        for _ in range(40):
            self._tick()
            self._deliver()
            self.world.clock.forward(timedelta(hours=1))
        left = {row.state for row in self.world.rows()}
        assert DeliveryState.PENDING not in left
        if self.world.partners.endpoint("ep_1"):
            assert DeliveryState.HELD not in left
            self._check_the_partner_has_all()

    def _check_the_partner_has_all(self) -> None:
        for story, version in self.world.heads.current.items():
            if story in self.killed and story not in self.partner.got:
                continue  # withdrawn before the partner heard of it
            newest = self.world.deliveries.of_story("ep_1", story)[0]
            assert newest.version == version
            exhausted = newest.state is DeliveryState.EXHAUSTED and newest.type is not EventType.WITHDRAWN
            assert exhausted or self.partner.taken.get(story) == version

    def _deliver(self) -> None:
        for pointer in self.world.queue.receive():
            try:
                self.world.attempt(pointer)
            except Crash:
                self.world.queue.give_back(pointer)

    def _tick(self) -> None:
        self.world.sweep.run()
        self.world.release.run()

    def _enable(self) -> None:
        self._change(lambda endpoint: life.enabled(endpoint, self.world.clock.now()))

    def _change(self, change: object) -> None:
        endpoint = self.world.partners.endpoint("ep_1")
        if endpoint:
            assert callable(change)
            assert self.world.partners.save_endpoint(change(endpoint), endpoint)


TestNothingIsLost = NothingIsLost.TestCase
TestNothingIsLost.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
