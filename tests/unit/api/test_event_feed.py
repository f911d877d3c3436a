"""The feed of an endpoint's messages, for a partner that polls."""

from datetime import timedelta
from typing import Any

import pytest
from standardwebhooks import Webhook
from tests.support.api_caller import ALL, Caller

from slugline.ports.clock import SystemClock


@pytest.fixture
def caller() -> Caller:
    return Caller()


@pytest.fixture
def endpoint(caller: Caller) -> dict[str, Any]:
    return caller.endpoint(caller.partner())


def feed(caller: Caller, endpoint: dict[str, Any], query: str = "") -> dict[str, Any]:
    status, page = caller.call(f"GET /v1/endpoints/{endpoint['id']}/events", query=query)
    assert status == 200
    assert isinstance(page, dict)
    return page


def stories(page: dict[str, Any], endpoint: dict[str, Any]) -> list[tuple[str, str]]:
    """Story and type of each event, each verified as a receiver does, at the time that it was signed."""
    webhook = Webhook(endpoint["secret"])
    messages = [webhook.verify(event["body"], event["headers"]) for event in page["events"]]
    return [(message["data"]["id"], message["type"]) for message in messages]


@pytest.fixture(autouse=True)
def real_time(caller: Caller) -> None:
    """`standardwebhooks` takes no message that is older than five minutes by the real clock."""
    caller.world.clock.time = SystemClock().now()


def test_each_event_is_what_the_webhook_brings_and_verifies_with_the_endpoints_secret(
    caller: Caller, endpoint: dict[str, Any]
) -> None:
    caller.world.publish()
    caller.world.deliver()

    (event,) = feed(caller, endpoint)["events"]

    ((_, headers, body),) = caller.world.sender.sent
    assert event["body"].encode() == body
    assert event["headers"]["webhook-id"] == headers["webhook-id"]
    assert stories(feed(caller, endpoint), endpoint) == [("s1", "story.published")]


def test_a_forged_event_does_not_verify(caller: Caller, endpoint: dict[str, Any]) -> None:
    caller.world.publish()
    caller.world.deliver()
    page = feed(caller, endpoint)
    page["events"][0]["body"] = page["events"][0]["body"].replace("s1", "s2")

    with pytest.raises(Exception, match="No matching signature"):
        stories(page, endpoint)


def test_it_is_oldest_first_and_a_cursor_gives_the_same_again_and_then_what_follows(
    caller: Caller, endpoint: dict[str, Any]
) -> None:
    # given
    for number in range(5):
        caller.world.publish(story_id=f"s{number}")
        caller.world.deliver()
        caller.world.clock.forward(timedelta(seconds=1))
    caller.world.clock.forward(timedelta(minutes=1))

    # when
    first = feed(caller, endpoint, "limit=2")
    second = feed(caller, endpoint, f"limit=2&cursor={first['cursor']}")
    third = feed(caller, endpoint, f"limit=2&cursor={second['cursor']}")

    # then
    pages = [[story for story, _ in stories(page, endpoint)] for page in (first, second, third)]
    assert pages == [["s0", "s1"], ["s2", "s3"], ["s4"]]
    assert [page["more"] for page in (first, second, third)] == [True, True, False]
    again = feed(caller, endpoint, f"limit=2&cursor={first['cursor']}")
    assert [story for story, _ in stories(again, endpoint)] == ["s2", "s3"]
    assert feed(caller, endpoint, f"cursor={third['cursor']}") == {
        "events": [],
        "cursor": third["cursor"],
        "more": False,
    }


def test_the_newest_come_again_until_nothing_older_can_be_on_its_way(caller: Caller, endpoint: dict[str, Any]) -> None:
    caller.world.publish()
    caller.world.deliver()
    fresh = feed(caller, endpoint)
    assert (len(fresh["events"]), fresh["cursor"]) == (1, None)

    caller.world.clock.forward(timedelta(minutes=1))

    settled = feed(caller, endpoint)
    assert settled["cursor"]
    assert feed(caller, endpoint, f"cursor={settled['cursor']}")["events"] == []


def test_a_withdrawal_takes_the_place_of_what_it_withdraws(caller: Caller, endpoint: dict[str, Any]) -> None:
    for version, kind in ((1, "published"), (2, "corrected")):
        caller.world.publish(version, kind)
        caller.world.deliver()
    caller.world.withdraw(3)
    caller.world.deliver()

    assert stories(feed(caller, endpoint), endpoint) == [("s1", "story.withdrawn")]


def test_what_readers_no_longer_see_is_not_given_even_before_the_withdrawal_is_written(
    caller: Caller, endpoint: dict[str, Any]
) -> None:
    caller.world.publish()
    caller.world.deliver()
    caller.world.heads.current["s1"] = 2

    assert feed(caller, endpoint)["events"] == []


def test_a_paused_endpoint_polls_what_it_is_not_sent(caller: Caller, endpoint: dict[str, Any]) -> None:
    caller.call(f"PATCH /v1/endpoints/{endpoint['id']}", {"status": "paused"})
    caller.world.publish()
    caller.world.deliver()

    assert caller.world.sender.sent == []
    assert stories(feed(caller, endpoint), endpoint) == [("s1", "story.published")]


def test_only_what_the_endpoint_asked_for_is_in_it(caller: Caller) -> None:
    other = caller.endpoint(caller.partner(), filter={"language": ["sv"]})
    caller.world.publish()
    caller.world.deliver()

    assert feed(caller, other)["events"] == []


def test_it_can_start_at_a_time(caller: Caller, endpoint: dict[str, Any]) -> None:
    caller.world.publish(story_id="old")
    caller.world.deliver()
    caller.world.clock.forward(timedelta(seconds=30))
    since = caller.world.clock.now().strftime("%Y-%m-%dT%H:%M:%SZ")
    caller.world.clock.forward(timedelta(seconds=2))
    caller.world.publish(story_id="new")
    caller.world.deliver()

    assert [story for story, _ in stories(feed(caller, endpoint, f"since={since}"), endpoint)] == ["new"]
    assert caller.call(f"GET /v1/endpoints/{endpoint['id']}/events", query="since=yesterday")[0] == 422


def test_another_partners_feed_is_not_there(caller: Caller, endpoint: dict[str, Any]) -> None:
    key = caller.new_key(ALL, caller.partner("Other"))

    assert caller.call(f"GET /v1/endpoints/{endpoint['id']}/events", key=key)[0] == 404


def test_a_message_that_stood_in_the_queue_for_long_comes_behind_those_that_were_read_meanwhile(
    caller: Caller, endpoint: dict[str, Any]
) -> None:
    # given: one message is handed out at once, one minutes late
    caller.world.publish(story_id="late")
    late = caller.world.queue.receive()
    caller.world.publish(story_id="early")
    caller.world.deliver()
    caller.world.clock.forward(timedelta(minutes=2))
    read = feed(caller, endpoint)
    caller.world.clock.forward(timedelta(minutes=2))

    # when
    caller.world.queue.waiting += [(caller.world.clock.now(), pointer) for pointer in late]
    caller.world.deliver()

    # then
    page = feed(caller, endpoint, f"cursor={read['cursor']}")
    assert [story for story, _ in stories(page, endpoint)] == ["late"]
