"""How an endpoint that fails, or asks for less, is treated."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.delivery_world import NOON, ScriptedSender, World

from delivering.attempt import Sending
from slugline.deliveries import DeliveryState, Outcome, delivery_id
from slugline.domain.circuit import EndpointHealth, Limits, admit, forgiven, settle
from slugline.domain.delivery_schedule import Schedule
from slugline.domain.delivery_states import Answer
from slugline.events import EndpointAlert
from slugline.partners import EndpointStatus, EventType, Partner

TAKEN = Answer(outcome=Outcome.DELIVERED, ms=40, status=200)
BROKEN = Answer(outcome=Outcome.STATUS, ms=40, status=500)
GONE = Answer(outcome=Outcome.STATUS, ms=40, status=410)
HUNG = Answer(outcome=Outcome.TIMEOUT, ms=15000)
WELL = EndpointHealth(endpoint_id="ep_1")
SECOND = timedelta(seconds=1)
ONCE = Schedule(delays=(0,))


def failing(count: int, answer: Answer = BROKEN) -> EndpointHealth:
    health = WELL
    for _ in range(count):
        health = settle(health, answer, None, NOON) or health
    return health


def test_an_endpoint_that_is_well_and_has_no_limits_costs_no_write() -> None:
    assert admit(WELL, Limits(), NOON).health is None
    assert settle(WELL, TAKEN, None, NOON) is None


def test_five_failures_in_a_row_open_the_circuit() -> None:
    assert admit(failing(4), Limits(), NOON).wait_until is None
    assert admit(failing(5), Limits(), NOON).wait_until == NOON + timedelta(seconds=30)


def test_a_success_in_between_starts_the_count_anew() -> None:
    health = settle(failing(4), TAKEN, None, NOON)
    assert health
    assert health.failures == 0


def test_each_failed_probe_doubles_the_pause_up_to_ten_minutes() -> None:
    pauses = [failing(count).open_until for count in (5, 6, 7, 50)]
    assert [pause and (pause - NOON).total_seconds() for pause in pauses] == [30, 60, 120, 600]


def test_a_probe_that_fails_opens_the_circuit_again_however_few_have_failed() -> None:
    # given: open after one answer, and the pause is over
    overloaded = Answer(outcome=Outcome.STATUS, ms=1, status=429)
    later = NOON + timedelta(seconds=31)
    probing = admit(failing(1, overloaded), Limits(), later).health
    assert probing

    after = settle(probing, BROKEN, None, later)

    assert after
    assert admit(after, Limits(), later).wait_until == later + timedelta(seconds=30)


def test_a_late_failure_does_not_shorten_the_pause_that_a_partner_asked_for() -> None:
    asking = Answer(outcome=Outcome.STATUS, ms=1, status=429, retry_after="500")

    health = settle(failing(4), asking, None, NOON)
    assert health

    after = settle(health, BROKEN, None, NOON + SECOND)

    assert after
    assert after.open_until == NOON + timedelta(seconds=500)


@pytest.mark.parametrize("limits", [{}, {"at_once": 5}, {"per_second": 5.0}], ids=str)
def test_a_silent_endpoint_is_suspect_whether_it_has_limits_or_not(limits: dict[str, object]) -> None:
    # given: a message that is on its way, whose sending was written down where there are limits
    world = World(ScriptedSender([TAKEN]))
    world.endpoint(**limits)
    world.publish(story_id="s1")
    (sending,) = world.attempter.prepare(world.queue.receive())
    assert isinstance(sending, Sending)

    # when
    world.attempter.suspect(sending)
    world.publish(story_id="s2")
    world.deliver()

    # then
    assert world.situations.health("ep_1").slow
    assert world.sender.sent == []


def test_a_half_open_circuit_lets_one_probe_through() -> None:
    # given
    later = NOON + timedelta(seconds=31)
    probe = admit(failing(5), Limits(), later)
    assert probe.health

    # when
    second = admit(probe.health, Limits(), later)

    # then
    assert probe.wait_until is None
    assert second.wait_until is not None


def test_a_probe_that_succeeds_closes_the_circuit() -> None:
    later = NOON + timedelta(seconds=31)
    probing = admit(failing(5), Limits(), later).health
    assert probing

    well = settle(probing, TAKEN, None, later)

    assert well
    assert admit(well, Limits(), later).wait_until is None


def test_what_our_own_fault_stopped_gives_back_its_own_probe_and_nobody_elses() -> None:
    # given: a probe is under way, and a second later a withdrawal goes past it
    later = NOON + timedelta(seconds=31)
    probing = admit(failing(5), Limits(), later).health
    assert probing
    # then
    assert forgiven(probing, None, later + SECOND) is None
    assert (after := forgiven(probing, None, later))
    assert after.probe_until is None


def test_a_probe_that_never_comes_back_does_not_keep_the_circuit_shut() -> None:
    later = NOON + timedelta(seconds=31)
    probing = admit(failing(5), Limits(), later).health
    assert probing

    assert admit(probing, Limits(), later + timedelta(minutes=1)).wait_until is None


@pytest.mark.parametrize("status", [429, 502, 504])
def test_an_overloaded_partner_is_left_alone_at_once(status: int) -> None:
    answer = Answer(outcome=Outcome.STATUS, ms=1, status=status)
    assert failing(1, answer).open_until == NOON + timedelta(seconds=30)
    asking = answer.model_copy(update={"retry_after": "90"})
    assert failing(1, asking).open_until == NOON + timedelta(seconds=90)


@given(
    rate=st.floats(0.05, 50),
    gaps=st.lists(st.floats(0, 3), min_size=1, max_size=60),
)
def test_no_second_sees_more_than_the_rate_and_its_burst(rate: float, gaps: list[float]) -> None:
    # given
    health, now, served = WELL, NOON, []

    # when
    for gap in gaps:
        now += timedelta(seconds=gap)
        admission = admit(health, Limits(per_second=rate), now)
        if admission.wait_until is None:
            served.append(now)
            health = admission.health or health

    # then: a bucket of one second's worth, filled again at the rate
    window = timedelta(seconds=1)
    for start in served:
        assert sum(start <= moment < start + window for moment in served) <= max(2 * rate + 1, 1)


@given(at_once=st.integers(1, 5), ends=st.lists(st.booleans(), max_size=40))
def test_no_more_than_the_limit_are_in_flight(at_once: int, ends: list[bool]) -> None:
    health, flying = WELL, []
    for comes_back in ends:
        if comes_back and flying:
            health = settle(health, TAKEN, flying.pop(), NOON) or health
        admission = admit(health, Limits(at_once=at_once), NOON)
        if admission.wait_until is None and admission.health:
            health = admission.health
            flying.append(health.last_lease)
        assert len(flying) == len(health.in_flight) <= at_once


def world_of(*answers: Answer, schedule: Schedule | None = None) -> World:
    world = World(ScriptedSender(list(answers)), schedule)
    world.endpoint()
    return world


def test_while_the_circuit_is_open_deliveries_wait_and_no_attempt_is_counted() -> None:
    # given: five stories fail
    world = world_of(BROKEN)
    for number in range(5):
        world.publish(story_id=f"s{number}")
    world.deliver()

    # when
    world.publish(story_id="late")
    world.deliver()

    # then
    late = world.rows()[-1]
    assert len(world.sender.sent) == 5
    assert (late.state, late.tries) == (DeliveryState.PENDING, 0)
    assert late.next_attempt_at == NOON + timedelta(seconds=30)


def test_a_withdrawal_goes_past_an_open_circuit() -> None:
    # given
    world = world_of(*[TAKEN] * 1, *[BROKEN] * 5, TAKEN)
    world.publish(1, story_id="killed")
    world.deliver()
    for number in range(5):
        world.publish(story_id=f"s{number}")
    world.deliver()

    # when
    world.withdraw(2, story_id="killed")
    world.deliver()

    # then
    assert world.rows()[-1].state is DeliveryState.DELIVERED


def test_a_partners_rate_is_kept_and_nothing_is_lost() -> None:
    world = World(ScriptedSender([TAKEN]))
    world.endpoint(per_second=2.0)
    for number in range(6):
        world.publish(story_id=f"s{number}")

    world.deliver()
    assert len(world.sender.sent) == 2
    for _ in range(30):
        world.clock.forward(SECOND)
        world.deliver()

    assert {row.state for row in world.rows()} == {DeliveryState.DELIVERED}


def test_the_fourth_failed_attempt_raises_an_alert_and_recovery_ends_it() -> None:
    # given
    world = world_of(*[BROKEN] * 4, TAKEN, schedule=Schedule(delays=(0, 1, 1, 1, 1, 1)))
    world.publish()

    # when
    for _ in range(40):
        world.deliver()
        world.clock.forward(2 * SECOND)

    # then
    alerts = [event for event in world.bus.published if isinstance(event, EndpointAlert)]
    assert [alert.state for alert in alerts] == ["failing", "recovered"]
    assert "4 attempts failed" in alerts[0].reason


def test_a_message_that_is_given_up_raises_an_alert_that_names_it() -> None:
    # given
    world = world_of(BROKEN, schedule=Schedule(delays=(0, 1)))
    world.partners.add_partner(Partner(id="ptn_1", name="The Harbour Post", created_at=NOON))
    world.publish()

    # when
    for _ in range(3):
        world.deliver()
        world.clock.forward(2 * SECOND)

    # then
    (alert,) = (event for event in world.bus.published if isinstance(event, EndpointAlert))
    (row,) = world.rows()
    assert (alert.state, alert.delivery_id, alert.partner) == ("exhausted", row.id, "The Harbour Post")
    assert alert.summary.startswith("The Harbour Post: the endpoint https://partner.example/hook did not get a message")
    assert f"slugline replay {row.id}" in alert.advice


def test_what_an_answer_says_is_one_short_line_of_an_alert() -> None:
    world = world_of(
        BROKEN.model_copy(update={"text": "line one\r\nline two " + "x" * 400}), schedule=Schedule(delays=(0,))
    )
    world.publish()

    world.deliver()

    (alert,) = (event for event in world.bus.published if isinstance(event, EndpointAlert))
    assert "line one line two xxx" in alert.reason
    assert len(alert.reason) < 300
    assert "\n" not in alert.reason


def test_of_a_disabled_endpoint_hear_the_partners_others_that_take_such_events() -> None:
    # given
    world = world_of(GONE)
    world.endpoint("ep_2", event_types=(EventType.PUBLISHED,))
    world.endpoint("ep_3", event_types=(EventType.DISABLED,))
    world.endpoint("ep_4")
    world.publish()
    pointers = world.queue.receive()

    # when
    world.attempt(next(each for each in pointers if each.delivery_id == delivery_id("ep_1", "s1", 1)))

    # then
    told = [row.endpoint_id for row in world.rows() if row.type is EventType.DISABLED]
    assert told == ["ep_3", "ep_4"]


def test_five_days_of_nothing_but_failures_disable_the_endpoint_and_tell_the_partners_other_one() -> None:
    # given
    world = world_of(HUNG)
    world.endpoint("ep_2")
    world.partners.endpoints_by_id["ep_2"] = world.partners.endpoints_by_id["ep_2"].model_copy(
        update={"event_types": (EventType.DISABLED,)}
    )

    # when: a story an hour
    for hour in range(5 * 24 + 2):
        world.publish(story_id=f"s{hour}")
        world.deliver()
        world.clock.forward(timedelta(hours=1))
        world.sweep.run()

    # then
    endpoint = world.partners.endpoint("ep_1")
    assert endpoint
    assert (endpoint.status, endpoint.status_reason) == (
        EndpointStatus.DISABLED,
        "Nothing but failures for 5 days.",
    )
    told = [row for row in world.rows() if row.type is EventType.DISABLED]
    assert [row.endpoint_id for row in told] == ["ep_2"]
    assert [alert.state for alert in world.bus.published if isinstance(alert, EndpointAlert)][-1] == "disabled"


def test_one_success_in_five_days_keeps_the_endpoint() -> None:
    health = settle(failing(5), TAKEN, None, NOON)
    assert health
    assert health.failing_since is None
