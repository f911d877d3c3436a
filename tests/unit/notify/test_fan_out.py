"""Who is told of a story."""

import json
from datetime import timedelta

import pytest
from tests.support.delivery_world import ScriptedSender, World, rendered

from slugline.deliveries import RETENTION, DeliveryState, Outcome, delivery_id, delivery_key
from slugline.domain.delivery_states import Answer
from slugline.partners import EndpointStatus, EventType


@pytest.fixture
def world() -> World:
    return World(ScriptedSender([Answer(outcome=Outcome.DELIVERED, ms=1, status=200)]))


def test_each_enabled_endpoint_gets_a_delivery_whose_row_its_sender_will_write(world: World) -> None:
    world.endpoint("ep_1")
    world.endpoint("ep_2")

    assert world.publish() == 2

    announced = [pointer.delivery for _, pointer in world.queue.waiting]
    assert [each and each.endpoint_id for each in announced] == ["ep_1", "ep_2"]
    assert world.rows() == []


def test_the_body_is_thin_and_says_what_a_partner_needs(world: World) -> None:
    world.endpoint()

    world.publish(version=3, kind="corrected")

    assert json.loads(world.told()[0].body) == {
        "type": "story.corrected",
        "timestamp": "2026-11-23T12:00:00Z",
        "data": {
            "id": "s1",
            "version": 3,
            "sequence": 3,
            "status": "usable",
            "headline": "Flood reaches the harbour",
            "url": "https://site.example/articles/flood.html",
            "outputs": {"ninjs-3.1.json": "https://site.example/stories/s1/v3/ninjs-3.1.json"},
        },
    }


def test_a_withdrawal_says_why(world: World) -> None:
    world.endpoint()
    world.publish(1)
    world.deliver()

    world.withdraw(2)

    assert json.loads(world.told()[0].body)["data"] == {
        "id": "s1",
        "version": 2,
        "sequence": 2,
        "status": "canceled",
        "reason": "killed",
        "url": "https://site.example/articles/flood.html",
    }


def test_a_repeated_event_sends_nothing_twice(world: World) -> None:
    world.endpoint()
    world.publish()
    world.deliver()

    world.publish()
    world.deliver()

    assert len(world.rows()) == 1
    assert len(world.sender.sent) == 1


def test_a_sender_that_died_before_it_sent_is_made_good_by_clock(world: World) -> None:
    # given: the row is written and leased, and nobody holds it any more
    world.endpoint()
    world.publish()
    world.attempter.prepare(world.queue.receive())

    # when: the lease is over, and its grace
    world.clock.forward(timedelta(minutes=3))

    # then: once, not each minute
    assert world.sweep.run() == 1
    assert world.sweep.run() == 0
    world.deliver()
    assert len(world.sender.sent) == 1


def test_a_story_withdrawn_before_the_partner_heard_of_it_is_never_mentioned(world: World) -> None:
    # given: the publication is still in the queue
    world.endpoint()
    world.publish(1)

    # when
    assert world.withdraw(2) == 0
    world.deliver()

    # then
    assert world.sender.sent == []
    assert [row.state for row in world.rows()] == [DeliveryState.SUPERSEDED]


def test_a_late_event_about_an_old_version_tells_nobody(world: World) -> None:
    world.endpoint()
    world.heads.current["s1"] = 2

    assert world.fan_out.rendered(rendered(1), "drop") == 0
    assert world.rows() == []


def test_an_endpoint_gets_only_the_event_types_it_asked_for(world: World) -> None:
    world.endpoint("ep_1", event_types=(EventType.CORRECTED,))

    assert world.publish(1, "published") == 0
    assert world.publish(2, "corrected") == 1


def test_whoever_has_a_story_hears_of_its_later_versions_whatever_the_filter_says(world: World) -> None:
    world.endpoint("ep_1", event_types=(EventType.PUBLISHED,))
    world.publish(1, "published")
    world.deliver()

    assert world.publish(2, "corrected") == 1


def test_a_withdrawal_goes_to_those_who_were_told_and_to_nobody_else(world: World) -> None:
    # given: ep_2 came later
    world.endpoint("ep_1", event_types=(EventType.PUBLISHED,))
    world.publish(1)
    world.deliver()
    world.endpoint("ep_2")

    # when
    world.withdraw(2)

    # then
    told = [row.endpoint_id for row in world.told() if row.type is EventType.WITHDRAWN]
    assert told == ["ep_1"]


@pytest.mark.parametrize("changes", [{}, {"event_types": (EventType.CORRECTED,)}, {"filter": {"desk": ["sport"]}}])
def test_a_withdrawal_reaches_whoever_was_told_so_long_ago_that_its_rows_are_gone(
    world: World, changes: dict[str, object]
) -> None:
    # given: told, and perhaps with another filter since; ep_2 never was
    world.endpoint("ep_1")
    world.publish(1)
    world.deliver()
    world.endpoint("ep_1", **changes)
    world.endpoint("ep_2")
    world.clock.forward(RETENTION)
    world.deliveries.rows.clear()

    # when
    world.withdraw(2)
    world.deliver()

    # then
    assert [(row.endpoint_id, row.type, row.state) for row in world.rows()] == [
        ("ep_1", EventType.WITHDRAWN, DeliveryState.DELIVERED)
    ]


def test_a_correction_reaches_whoever_was_told_so_long_ago_that_its_rows_are_gone(world: World) -> None:
    world.endpoint("ep_1", event_types=(EventType.PUBLISHED,))
    world.publish(1)
    world.deliver()
    world.clock.forward(RETENTION)
    world.deliveries.rows.clear()

    assert world.publish(2, "corrected") == 1


@pytest.mark.parametrize("status", [EndpointStatus.PAUSED, EndpointStatus.DISABLED])
def test_an_endpoint_that_takes_nothing_now_is_owed_it(world: World, status: EndpointStatus) -> None:
    world.endpoint("ep_1", status=status)

    world.publish()

    assert [row.state for row in world.rows()] == [DeliveryState.HELD]
    assert world.queue.waiting == []


@pytest.mark.parametrize("since", [timedelta(minutes=1), RETENTION + timedelta(days=1)], ids=["lately", "long ago"])
def test_a_partner_who_replaced_its_endpoint_hears_of_the_withdrawal_and_of_corrections(
    world: World, since: timedelta
) -> None:
    # given: told at an endpoint that is deleted since; another partner was never told
    world.endpoint()
    world.endpoint("ep_other", partner_id="ptn_2", event_types=(EventType.WITHDRAWN,))
    world.publish()
    world.deliver()
    world.partners.delete_endpoint("ep_1")
    world.endpoint("ep_new", filter={"language": ["xx"]})
    world.clock.forward(since)

    # when
    corrected, withdrawn = world.publish(2, "corrected"), world.withdraw(3)

    # then
    assert (corrected, withdrawn) == (1, 1)
    told = [(row.endpoint_id, row.type) for row in world.told() if row.version > 1]
    assert told == [("ep_new", EventType.CORRECTED), ("ep_new", EventType.WITHDRAWN)]


def test_an_endpoint_beside_the_one_that_was_told_is_not_told_of_the_withdrawal(world: World) -> None:
    world.endpoint()
    world.publish()
    world.deliver()
    world.endpoint("ep_new")

    world.withdraw(2)

    assert [row.endpoint_id for row in world.told() if row.type is EventType.WITHDRAWN] == ["ep_1"]


def test_a_deliverys_id_is_stable_and_says_what_it_is_of() -> None:
    identifier = delivery_id("ep_1", "0a1b2c/äöü", 7)

    assert identifier == delivery_id("ep_1", "0a1b2c/äöü", 7)
    key = delivery_key(identifier)
    assert (key.endpoint_id, key.story_id, key.version) == ("ep_1", "0a1b2c/äöü", 7)


@pytest.mark.parametrize("text", ["", "msg_", "msg_!", "msg_YQ", "evt_YQ", "msg_eC95L3o", "msg_" + "\u00e9"])
def test_what_is_no_delivery_id_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="id"):
        delivery_key(text)
