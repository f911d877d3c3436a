"""What is held: an alert when it takes too long, and an end when its endpoint is deleted."""

from datetime import timedelta

import pytest
from tests.support.api_caller import Caller
from tests.support.delivery_world import World

from slugline.deliveries import DeliveryState
from slugline.domain import endpoint_life as life
from slugline.events import AlertState, EndpointAlert
from ticking import clearance, held_too_long

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def caller() -> Caller:
    return Caller()


@pytest.fixture
def world(caller: Caller) -> World:
    return caller.world


def paused(caller: Caller) -> str:
    """An endpoint that takes nothing."""
    endpoint = str(caller.endpoint(caller.partner("The Harbour Post"))["id"])
    caller.call(f"PATCH /v1/endpoints/{endpoint}", {"status": "paused"})
    return endpoint


def alerts(world: World) -> list[EndpointAlert]:
    return [event for event in world.bus.published if isinstance(event, EndpointAlert)]


def test_what_is_held_for_a_day_raises_an_alert_that_says_whose_how_much_and_what_to_do(
    caller: Caller, world: World
) -> None:
    # given
    endpoint = paused(caller)
    world.publish()
    world.publish(story_id="s2")

    # when
    world.clock.forward(DAY)
    told = world.held_alert.run()

    # then
    (alert,) = alerts(world)
    assert (told, alert.state, alert.endpoint_id) == (1, AlertState.HELD, endpoint)
    assert "The Harbour Post" in alert.summary
    assert "paused" in alert.reason
    assert ": 2, " in alert.reason
    assert "withdrawals: 0" in alert.reason
    assert endpoint in alert.advice
    assert "{" not in alert.advice.replace('{"status": "enabled"}', "")


def test_withdrawals_that_are_held_are_counted(caller: Caller, world: World) -> None:
    endpoint = caller.endpoint(caller.partner())["id"]
    world.publish()
    world.deliver()
    caller.call(f"PATCH /v1/endpoints/{endpoint}", {"status": "paused"})
    world.withdraw(2)

    world.clock.forward(DAY)
    world.held_alert.run()

    assert "withdrawals: 1" in alerts(world)[0].reason


def test_there_is_one_alert_a_day_as_long_as_it_lasts(caller: Caller, world: World) -> None:
    paused(caller)
    world.publish()

    for _ in range(72):
        world.clock.forward(HOUR)
        world.held_alert.run()

    assert len(alerts(world)) == 3


def test_a_message_that_came_late_is_alerted_to_when_it_is_a_day_old(caller: Caller, world: World) -> None:
    # given: a day and a half without anything that would be owed
    paused(caller)
    for _ in range(36):
        world.clock.forward(HOUR)
        world.held_alert.run()
    world.publish()

    # when
    hours = 0
    while not alerts(world):
        world.clock.forward(HOUR)
        world.held_alert.run()
        hours += 1

    # then
    assert hours == 24


@pytest.mark.parametrize("change", [{"status": "enabled"}, None])
def test_who_takes_messages_again_or_is_deleted_raises_no_alert(
    caller: Caller, world: World, change: dict[str, str] | None
) -> None:
    endpoint = paused(caller)
    world.publish()
    caller.call(f"{'PATCH' if change else 'DELETE'} /v1/endpoints/{endpoint}", change)

    world.clock.forward(2 * DAY)
    world.held_alert.run()

    assert alerts(world) == []


def test_an_endpoint_that_was_disabled_raises_the_alert_too(world: World) -> None:
    endpoint = world.endpoint()
    world.partners.save_endpoint(life.disabled(endpoint, "410", world.clock.now()), endpoint)
    world.publish()

    world.clock.forward(DAY)
    world.held_alert.run()

    assert [alert.state for alert in alerts(world)] == [AlertState.HELD]
    assert "disabled" in alerts(world)[0].reason


def test_a_paused_endpoint_that_is_disabled_goes_on_being_watched_since_its_pause(world: World) -> None:
    endpoint = world.endpoint()
    paused = life.paused(endpoint, world.clock.now())
    world.partners.save_endpoint(paused, endpoint)
    world.publish()
    world.clock.forward(DAY / 2)
    world.partners.save_endpoint(life.disabled(paused, "410", world.clock.now()), paused)

    world.clock.forward(DAY / 2)

    assert world.held_alert.run() == 1


def test_many_are_counted_up_to_a_bound(caller: Caller, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held_too_long, "MOST_COUNTED", 3)
    paused(caller)
    for number in range(4):
        world.publish(story_id=f"s{number}")

    world.clock.forward(DAY)
    world.held_alert.run()

    assert ": 3 or more, " in alerts(world)[0].reason


def test_what_is_held_for_a_deleted_endpoint_is_canceled(caller: Caller, world: World) -> None:
    # given
    endpoint = caller.endpoint(caller.partner())["id"]
    world.publish()
    world.deliver()
    caller.call(f"PATCH /v1/endpoints/{endpoint}", {"status": "paused"})
    world.publish(story_id="s2")
    world.withdraw(2)
    caller.call(f"DELETE /v1/endpoints/{endpoint}")

    # when
    canceled = world.clearance.run()

    # then
    states = {(row.story_id, row.version): row.state for row in world.rows()}
    assert canceled == 2
    assert states == {("s1", 1): "delivered", ("s2", 1): "canceled", ("s1", 2): "canceled"}
    (entry,) = caller.call("GET /v1/withdrawals")[1]["withdrawals"]
    assert (entry["state"], entry["confirmed"]) == ("canceled", False)


def test_what_a_partner_is_owed_is_canceled_with_the_partner(caller: Caller, world: World) -> None:
    partner = caller.partner()
    endpoint = caller.endpoint(partner)["id"]
    caller.call(f"PATCH /v1/endpoints/{endpoint}", {"status": "paused"})
    world.publish()

    caller.call(f"DELETE /v1/partners/{partner}")
    world.clearance.run()

    assert [row.state for row in world.rows()] == [DeliveryState.CANCELED]


def test_a_message_held_by_who_did_not_see_the_deletion_is_canceled_too(caller: Caller, world: World) -> None:
    # given: fan-out has read the endpoint
    endpoint = paused(caller)
    read = world.partners.endpoint(endpoint)
    assert read
    caller.call(f"DELETE /v1/endpoints/{endpoint}")
    assert world.clearance.run() == 0

    # when: it writes what that is owed
    world.clock.forward(timedelta(minutes=1))
    world.partners.add_endpoint(read)
    world.publish()
    world.partners.endpoints_by_id.clear()

    # then
    assert world.clearance.run() == 1
    assert [row.state for row in world.rows()] == [DeliveryState.CANCELED]


def test_a_deleted_endpoint_is_forgotten_once_nothing_can_be_held_for_it(
    caller: Caller, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clearance, "MOST_AT_ONCE", 2)
    endpoint = paused(caller)
    for number in range(5):
        world.publish(story_id=f"s{number}")
    caller.call(f"DELETE /v1/endpoints/{endpoint}")

    counts, kept = [], []
    for _ in range(7):
        counts.append(world.clearance.run())
        kept.append(len(list(world.partners.deleted_endpoints())))
        world.clock.forward(timedelta(minutes=1))

    assert counts == [2, 2, 1, 0, 0, 0, 0]
    assert kept == [1, 1, 1, 1, 1, 0, 0]
