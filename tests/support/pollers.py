"""Lambda's pollers in front of deliver, on a clock that jumps from event to event.

The queue hands out what is visible: fairly (SQS's fair queues put behind the others a group that has more messages in
flight than they have) or in plain order. A bounded number of handlers each take a batch, and are busy until its last
message is answered. Lease, gate and records are the real ones; only the partners' answering times are made up.
"""

import heapq
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

from tests.support.delivery_world import NOON, World

from delivering.attempt import Sending
from delivering.courier import SLOW_SECONDS
from slugline.deliveries import Outcome, Pointer, delivery_key
from slugline.domain.delivery_states import Answer

DEADLINE = 15.0
TAKEN = Answer(outcome=Outcome.DELIVERED, ms=80, status=200)
HUNG = Answer(outcome=Outcome.TIMEOUT, ms=15_000, text="no complete answer within 15 s")
# From the last answer of a batch until its handler can take the next: result rows, return, poll.
TURNAROUND = 0.01


@dataclass
class Pollers:
    """`answer_after` gives the seconds until an endpoint answers; more than the deadline is a time-out.

    `waits` holds for each delivered message its endpoint and the seconds from its announcement to its answer.
    """

    world: World
    answer_after: Callable[[str], float]
    handlers: int
    batch: int
    fair: bool = True
    waits: list[tuple[str, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._now = 0.0
        self._order = count()
        self._events: list[tuple[float, int, Callable[[], None]]] = []
        self._visible: list[tuple[int, int, Pointer]] = []
        self._in_flight: Counter[str] = Counter()
        self._announced: dict[str, float] = {}
        self._free = self.handlers
        self.most_held: Counter[str] = Counter()
        """The most messages of each endpoint that were being sent at the same time."""
        self._held: Counter[str] = Counter()

    def publish_at(self, seconds: float, story_id: str) -> None:
        self._at(seconds, lambda: self.world.publish(story_id=story_id) and None)

    def withdraw_at(self, seconds: float, story_id: str) -> None:
        self._at(seconds, lambda: self.world.withdraw(2, story_id) and None)

    def run(self, seconds: float) -> None:
        """Until so many seconds have passed."""
        while self._events and self._events[0][0] <= seconds:
            self._now, _, happen = heapq.heappop(self._events)
            self.world.clock.time = NOON + timedelta(seconds=self._now)
            happen()
            self._take_in()
            while self._free and self._visible:
                self._invoke([self._next() for _ in range(min(self.batch, len(self._visible)))])
                self._take_in()

    def _at(self, seconds: float, happen: Callable[[], None]) -> None:
        heapq.heappush(self._events, (seconds, next(self._order), happen))

    def _take_in(self) -> None:
        """What was just handed to the queue becomes visible, at once or when its delay is over."""
        waiting, self.world.queue.waiting = self.world.queue.waiting, []
        for moment, pointer in waiting:
            self._announced.setdefault(pointer.delivery_id, self._now)
            delay = (moment - self.world.clock.now()).total_seconds()
            if delay > 0:
                self._at(self._now + delay, lambda pointer=pointer: self._show(pointer))  # type: ignore[misc]  # bound now
            else:
                self._show(pointer)

    def _show(self, pointer: Pointer) -> None:
        heapq.heappush(self._visible, (self._rank(pointer), next(self._order), pointer))

    def _rank(self, pointer: Pointer) -> int:
        return self._in_flight[_group(pointer)] if self.fair else 0

    def _next(self) -> Pointer:
        while True:
            rank, order, pointer = heapq.heappop(self._visible)
            if rank >= self._rank(pointer):
                self._in_flight[_group(pointer)] += 1
                return pointer
            heapq.heappush(self._visible, (self._rank(pointer), order, pointer))

    def _invoke(self, pointers: list[Pointer]) -> None:
        self._free -= 1
        prepared = self.world.attempter.prepare(pointers)
        sendings = [each for each in prepared if isinstance(each, Sending)]
        left = [len(sendings)]
        for sending in sendings:
            self._send(sending, left, pointers)
        if not sendings:
            self._at(self._now + TURNAROUND, lambda: self._end(pointers))

    def _send(self, sending: Sending, left: list[int], pointers: list[Pointer]) -> None:
        endpoint, hand = sending.endpoint.id, [sending]
        self._held[endpoint] += 1
        self.most_held[endpoint] = max(self.most_held[endpoint], self._held[endpoint])
        seconds = self.answer_after(endpoint)

        def suspect() -> None:
            after = self.world.attempter.suspect(sending)
            if isinstance(after, Sending):
                hand[0] = after
            else:
                hand.clear()
                done()

        def answer() -> None:
            if not hand:
                return
            self.world.attempter.finish(hand[0], HUNG if seconds > DEADLINE else TAKEN)
            if seconds <= DEADLINE:
                self.waits.append((endpoint, self._now - self._announced[sending.leased.id]))
            done()

        def done() -> None:
            self._held[endpoint] -= 1
            left[0] -= 1
            if not left[0]:
                self._at(self._now + TURNAROUND, lambda: self._end(pointers))

        if seconds > SLOW_SECONDS:
            self._at(self._now + SLOW_SECONDS, suspect)
        self._at(self._now + min(seconds, DEADLINE), answer)

    def _end(self, pointers: list[Pointer]) -> None:
        self._free += 1
        for pointer in pointers:
            self._in_flight[_group(pointer)] -= 1


def _group(pointer: Pointer) -> str:
    return delivery_key(pointer.delivery_id).endpoint_id
