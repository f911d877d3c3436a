"""Recovery: what failed in a window is sent once more, in the background."""

from datetime import timedelta

import pytest
from tests.support.api_caller import ALL, TAKEN, Caller

from partner_api import recovery_desk
from slugline.deliveries import DeliveryState, Outcome
from slugline.domain.delivery_states import Answer
from slugline.model import rfc3339
from ticking import recover

DOWN = Answer(outcome=Outcome.STATUS, ms=1, status=503)


@pytest.fixture
def caller() -> Caller:
    return Caller()


@pytest.fixture
def route(caller: Caller) -> str:
    return f"POST /v1/endpoints/{caller.endpoint(caller.partner())['id']}/recoveries"


def fail(caller: Caller, *stories: str) -> None:
    """Messages about these stories fail once, and wait for their next attempt."""
    caller.world.sender.answers = [DOWN]
    for story in stories:
        caller.world.publish(story_id=story)
    caller.world.deliver()
    caller.world.sender.answers = [TAKEN]


def since(caller: Caller, **ago: float) -> str:
    return rfc3339(caller.world.clock.now() - timedelta(**ago))


def test_failures_of_the_window_are_sent_once_more_and_nothing_else(caller: Caller, route: str) -> None:
    # given
    fail(caller, "too old")
    caller.world.clock.forward(timedelta(seconds=3))
    caller.world.publish(story_id="fine")
    caller.world.deliver()
    fail(caller, "a", "b")
    caller.world.clock.forward(timedelta(seconds=1))
    sent = len(caller.world.sender.sent)

    # when
    status, started = caller.call(route, {"since": since(caller, seconds=2)})
    assert caller.recovery_run.run() == 2
    caller.world.deliver()

    # then
    assert (status, started["state"], started["failures"], started["sent"]) == (202, "running", 2, 0)
    assert len(caller.world.sender.sent) == sent + 2
    states = {row.story_id: row.state for row in caller.world.rows()}
    assert states["a"] is states["b"] is DeliveryState.DELIVERED
    assert states["too old"] is DeliveryState.PENDING
    _, done = caller.call(f"GET /v1/recoveries/{started['id']}")
    assert (done["state"], done["sent"], done["finished_at"]) == ("done", 2, rfc3339(caller.world.clock.now()))


def test_a_message_that_was_given_up_begins_its_schedule_anew(caller: Caller, route: str) -> None:
    fail(caller, "s1")
    (row,) = caller.world.rows()
    given_up = row.model_copy(update={"state": DeliveryState.EXHAUSTED, "next_attempt_at": None})
    caller.world.deliveries.rows[row.id] = given_up
    caller.world.clock.forward(timedelta(days=10))

    caller.call(route, {"since": since(caller, days=14)})
    caller.recovery_run.run()
    caller.world.deliver()

    assert [row.state for row in caller.world.rows()] == [DeliveryState.DELIVERED]


def test_a_long_one_goes_on_in_the_next_minute_from_where_it_was(
    caller: Caller, route: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recover, "LOOKED_THROUGH_A_MINUTE", 4)
    monkeypatch.setattr(recover, "PAGE", 2)
    fail(caller, *"abcde")
    caller.world.clock.forward(timedelta(seconds=1))
    _, started = caller.call(route, {"since": since(caller, seconds=9)})

    first = caller.recovery_run.run()
    progress = caller.call(f"GET /v1/recoveries/{started['id']}")[1]
    rest = caller.recovery_run.run()

    assert (first, progress["state"], progress["sent"], rest) == (4, "running", 4, 1)
    assert caller.call(f"GET /v1/recoveries/{started['id']}")[1]["state"] == "done"
    assert caller.recovery_run.run() == 0


def test_after_a_crash_before_the_progress_is_written_nothing_is_sent_twice(caller: Caller, route: str) -> None:
    fail(caller, "a")
    caller.world.clock.forward(timedelta(seconds=1))
    caller.call(route, {"since": since(caller, seconds=9)})
    (before,) = caller.recoveries.rows.values()
    caller.recovery_run.run()
    caller.recoveries.rows[before.id] = before

    assert caller.recovery_run.run() == 0


def test_more_failures_than_ten_thousand_are_refused_with_the_remedy(
    caller: Caller, route: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert recovery_desk.MOST == 10_000
    monkeypatch.setattr(recovery_desk, "MOST", 2)
    fail(caller, *"abc")
    caller.world.clock.forward(timedelta(seconds=1))

    status, problem = caller.call(route, {"since": since(caller, hours=1)})

    assert status == 422
    assert "choose a shorter one" in problem["detail"]
    assert caller.recoveries.rows == {}


@pytest.mark.parametrize("ago", [{"days": 14, "seconds": 1}, {"seconds": -1}, {}])
def test_a_window_that_is_too_long_or_none_is_refused(caller: Caller, route: str, ago: dict[str, float]) -> None:
    status, problem = caller.call(route, {"since": since(caller, **ago)})

    assert status == 422
    assert "14 days" in problem["detail"]


def test_another_partner_neither_starts_nor_sees_it(caller: Caller, route: str) -> None:
    key = caller.new_key(ALL, caller.partner("Other"))
    _, started = caller.call(route, {"since": since(caller, hours=1)})

    assert caller.call(route, {"since": since(caller, hours=1)}, key=key)[0] == 404
    assert caller.call(f"GET /v1/recoveries/{started['id']}", key=key)[0] == 404
