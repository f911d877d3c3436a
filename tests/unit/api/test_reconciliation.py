"""Reconciliation: a partner says what it holds and learns what is wrong with that."""

from collections.abc import Iterable
from typing import Any

import pytest
from tests.support.api_caller import ALL, Caller

from partner_api import reconciliation_desk as desk
from slugline.deliveries import Delivery, DeliveryState


@pytest.fixture
def caller() -> Caller:
    return Caller()


@pytest.fixture
def route(caller: Caller) -> str:
    return f"POST /v1/endpoints/{caller.endpoint(caller.partner())['id']}/reconciliation"


def differences(caller: Caller, route: str, held: dict[str, int], **fields: object) -> list[dict[str, Any]]:
    """All pages of it."""
    stories = [{"id": story, "version": version} for story, version in held.items()]
    found: list[dict[str, Any]] = []
    cursor = None
    while True:
        status, page = caller.call(route, {"held": stories, "cursor": cursor, **fields})
        assert status == 200, page
        found += page["differences"]
        cursor = page["cursor"]
        if cursor is None:
            return found


def kinds(found: list[dict[str, Any]]) -> dict[str, tuple[str, int | None, int | None]]:
    return {one["id"]: (one["difference"], one["held"], one["version"]) for one in found}


def test_it_names_what_is_missing_outdated_withdrawn_and_unknown_and_nothing_else(caller: Caller, route: str) -> None:
    # given
    for story in ("right", "old", "lacking", "killed"):
        caller.world.publish(story_id=story)
    caller.world.publish(2, "corrected", story_id="old")
    caller.world.withdraw(2, story_id="killed")
    caller.catalogue.withdrawn = {"killed"}

    # when
    found = differences(caller, route, {"right": 1, "old": 1, "killed": 1, "nonsense": 7, "ahead": 1})

    # then
    assert kinds(found) == {
        "old": ("outdated", 1, 2),
        "killed": ("withdrawn", 1, 2),
        "nonsense": ("unknown", 7, None),
        "ahead": ("unknown", 1, None),
        "lacking": ("missing", None, 1),
    }


def test_what_is_withdrawn_and_not_held_is_no_difference(caller: Caller, route: str) -> None:
    caller.world.publish(story_id="killed")
    caller.world.withdraw(2, story_id="killed")
    caller.catalogue.withdrawn = {"killed"}

    assert differences(caller, route, {}) == []


def test_what_no_reader_sees_is_unknown_to_all(caller: Caller, route: str) -> None:
    caller.world.heads.current["embargoed"] = 0

    assert kinds(differences(caller, route, {"embargoed": 1})) == {"embargoed": ("unknown", 1, None)}
    assert differences(caller, route, {}) == []


def test_what_the_filter_leaves_out_is_neither_missing_nor_known(caller: Caller) -> None:
    endpoint = caller.endpoint(caller.partner(), filter={"language": ["sv"]})
    route = f"POST /v1/endpoints/{endpoint['id']}/reconciliation"
    caller.world.publish()

    assert differences(caller, route, {}) == []
    assert kinds(differences(caller, route, {"s1": 1})) == {"s1": ("unknown", 1, None)}


def test_what_the_partner_was_told_of_stays_its_own_when_its_filter_changes(caller: Caller) -> None:
    endpoint = caller.endpoint(caller.partner())
    caller.world.publish()
    caller.world.deliver()
    caller.call(f"PATCH /v1/endpoints/{endpoint['id']}", {"filter": {"language": ["sv"]}})

    found = differences(caller, f"POST /v1/endpoints/{endpoint['id']}/reconciliation", {})

    assert kinds(found) == {"s1": ("missing", None, 1)}


def test_a_story_from_before_the_endpoint_is_missing_and_is_sent_as_published(caller: Caller) -> None:
    # given
    caller.world.publish()
    caller.world.publish(2, "corrected")
    endpoint = caller.endpoint(caller.partner(), filter={"language": ["und"]})
    route = f"POST /v1/endpoints/{endpoint['id']}/reconciliation"

    # when
    (found,) = differences(caller, route, {}, send=True)
    caller.world.deliver()

    # then
    assert (found["difference"], found["version"]) == ("missing", 2)
    (row,) = caller.world.rows()
    assert (row.id, row.version, row.type, row.state) == (found["delivery_id"], 2, "story.published", "delivered")
    assert row.correlation_id == "drop-of-long-ago"


def test_what_was_sent_so_is_corrected_and_withdrawn_as_all_else_is(caller: Caller) -> None:
    # given
    caller.world.publish()
    endpoint = caller.endpoint(caller.partner(), filter={"language": ["und"]})
    differences(caller, f"POST /v1/endpoints/{endpoint['id']}/reconciliation", {}, send=True)
    caller.world.deliver()
    caller.call(f"PATCH /v1/endpoints/{endpoint['id']}", {"filter": {"language": ["sv"]}})

    # when
    caller.world.publish(2, "corrected")
    caller.world.deliver()
    caller.world.withdraw(3)
    caller.world.deliver()

    # then
    sent = [(row.version, row.type) for row in sorted(caller.world.rows(), key=lambda row: row.version)]
    assert sent == [(1, "story.published"), (2, "story.corrected"), (3, "story.withdrawn")]


def test_an_older_version_from_before_the_endpoint_is_updated(caller: Caller) -> None:
    caller.world.publish(2, "updated")
    endpoint = caller.endpoint(caller.partner())

    differences(caller, f"POST /v1/endpoints/{endpoint['id']}/reconciliation", {"s1": 1}, send=True)
    caller.world.deliver()

    assert [(row.version, row.type) for row in caller.world.rows()] == [(2, "story.updated")]


def test_a_withdrawal_from_before_the_endpoint_is_sent_to_who_holds_the_story(caller: Caller) -> None:
    # given
    caller.world.publish()
    caller.world.withdraw(2)
    caller.catalogue.withdrawn = {"s1"}
    endpoint = caller.endpoint(caller.partner(), filter={"language": ["sv"]})

    # when
    found = differences(caller, f"POST /v1/endpoints/{endpoint['id']}/reconciliation", {"s1": 1}, send=True)
    caller.world.deliver()

    # then
    assert kinds(found) == {"s1": ("withdrawn", 1, 2)}
    assert [(row.version, row.type, row.state) for row in caller.world.rows()] == [(2, "story.withdrawn", "delivered")]


def test_what_is_sent_for_the_first_time_is_sent_once_however_often_one_asks(caller: Caller) -> None:
    caller.world.publish()
    endpoint = caller.endpoint(caller.partner())
    route = f"POST /v1/endpoints/{endpoint['id']}/reconciliation"

    first = differences(caller, route, {}, send=True)
    second = differences(caller, route, {}, send=True)
    caller.world.deliver()

    assert first == second
    assert len(caller.world.sender.sent) == 1


def test_a_paused_endpoint_is_owed_it_and_its_feed_has_it_at_once(caller: Caller) -> None:
    # given
    caller.world.publish()
    endpoint = caller.endpoint(caller.partner())
    caller.call(f"PATCH /v1/endpoints/{endpoint['id']}", {"status": "paused"})

    # when
    before = caller.call(f"GET /v1/endpoints/{endpoint['id']}/events")[1]["events"]
    (found,) = differences(caller, f"POST /v1/endpoints/{endpoint['id']}/reconciliation", {}, send=True)
    after = caller.call(f"GET /v1/endpoints/{endpoint['id']}/events")[1]["events"]

    # then
    assert before == []
    assert [one["headers"]["webhook-id"] for one in after] == [found["delivery_id"]]
    assert [row.state for row in caller.world.rows()] == [DeliveryState.HELD]


@pytest.mark.parametrize("what", ["gone", "swept"])
def test_what_is_withdrawn_at_this_moment_is_not_sent(caller: Caller, what: str) -> None:
    caller.world.publish()
    endpoint = caller.endpoint(caller.partner())
    setattr(caller.past_messages, what, {"s1"})

    (found,) = differences(caller, f"POST /v1/endpoints/{endpoint['id']}/reconciliation", {}, send=True)

    assert (found["difference"], found["delivery_id"]) == ("missing", None)
    assert caller.world.told() == []


def test_a_withdrawal_while_it_is_being_sent_wins(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    # given: the story is withdrawn after it was looked at, and before the message is in the queue
    caller.world.publish()
    endpoint = caller.endpoint(caller.partner())
    announce = caller.world.queue.announce

    def withdrawn_first(deliveries: Iterable[Delivery]) -> None:
        monkeypatch.undo()
        caller.world.withdraw(2)
        announce(deliveries)

    monkeypatch.setattr(caller.world.queue, "announce", withdrawn_first)

    # when
    differences(caller, f"POST /v1/endpoints/{endpoint['id']}/reconciliation", {}, send=True)
    caller.world.deliver()

    # then: the partner never hears of the story
    assert caller.world.sender.sent == []
    assert [row.state for row in caller.world.rows()] == [DeliveryState.SUPERSEDED]


@pytest.mark.parametrize("send", [True, False])
def test_withdrawals_come_before_all_else_that_is_held(
    caller: Caller, route: str, monkeypatch: pytest.MonkeyPatch, send: bool
) -> None:
    # given
    monkeypatch.setattr(desk, "WITHDRAWN_A_PAGE", 3)
    monkeypatch.setattr(desk, "HELD_A_PAGE", 3)
    monkeypatch.setattr(desk, "SENT_A_PAGE", 2)
    for number in range(10):
        caller.world.publish(2, story_id=f"s{number}")
    caller.world.deliver()
    caller.catalogue.withdrawn = {f"s{number}" for number in range(4, 10)}

    # when
    found = differences(caller, route, {f"s{number}": 1 for number in range(10)}, send=send)

    # then
    assert [one["id"] for one in found] == [f"s{number}" for number in (4, 5, 6, 7, 8, 9, 0, 1, 2, 3)]
    assert [one["difference"] for one in found] == ["withdrawn"] * 6 + ["outdated"] * 4


def test_a_second_endpoint_may_hold_what_its_partner_was_told_but_is_not_owed_it(caller: Caller) -> None:
    # given: a sibling takes everything
    partner = caller.partner()
    caller.endpoint(partner)
    caller.world.publish()
    caller.world.deliver()
    second = caller.endpoint(partner, filter={"language": ["sv"]})
    route = f"POST /v1/endpoints/{second['id']}/reconciliation"

    # then
    assert differences(caller, route, {"s1": 1}) == []
    assert kinds(differences(caller, route, {"s1": 0})) == {"s1": ("outdated", 0, 1)}
    assert differences(caller, route, {}) == []


def test_an_endpoint_made_anew_is_owed_what_the_deleted_one_was_told(caller: Caller) -> None:
    # given
    partner = caller.partner()
    first = caller.endpoint(partner)
    caller.world.publish()
    caller.world.deliver()
    caller.call(f"DELETE /v1/endpoints/{first['id']}")
    again = caller.endpoint(partner, filter={"language": ["sv"]})
    route = f"POST /v1/endpoints/{again['id']}/reconciliation"

    # then
    assert kinds(differences(caller, route, {})) == {"s1": ("missing", None, 1)}
    assert differences(caller, route, {"s1": 1}) == []


def test_what_another_partner_was_told_is_neither_owed_nor_known(caller: Caller) -> None:
    caller.endpoint(caller.partner())
    caller.world.publish()
    caller.world.deliver()
    other = caller.endpoint(caller.partner("Other"), filter={"language": ["sv"]})
    route = f"POST /v1/endpoints/{other['id']}/reconciliation"

    assert differences(caller, route, {}) == []
    assert kinds(differences(caller, route, {"s1": 1})) == {"s1": ("unknown", 1, None)}


def test_it_sends_what_is_owed_when_asked_to(caller: Caller, route: str) -> None:
    # given
    caller.world.publish(story_id="lacking")
    caller.world.publish(story_id="killed")
    caller.world.deliver()
    caller.world.withdraw(2, story_id="killed")
    caller.catalogue.withdrawn = {"killed"}
    caller.world.deliver()
    before = len(caller.world.sender.sent)

    # when
    told = differences(caller, route, {"killed": 1})
    caller.world.deliver()
    assert len(caller.world.sender.sent) == before
    found = differences(caller, route, {"killed": 1}, send=True)
    caller.world.deliver()

    # then
    assert kinds(told) == kinds(found) == {"killed": ("withdrawn", 1, 2), "lacking": ("missing", None, 1)}
    resent = {headers["webhook-id"] for _, headers, _ in caller.world.sender.sent[before:]}
    assert resent == {one["delivery_id"] for one in found}
    assert {row.state for row in caller.world.rows() if row.id in resent} == {DeliveryState.DELIVERED}


def test_long_lists_come_in_pages(caller: Caller, route: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "HELD_A_PAGE", 2)
    monkeypatch.setattr(desk, "STORIES_A_PAGE", 3)
    for number in range(10):
        caller.world.publish(story_id=f"s{number}")

    found = differences(caller, route, {f"s{number}": 0 for number in range(5)})

    assert [one["difference"] for one in found] == ["outdated"] * 5 + ["missing"] * 5
    assert len(kinds(found)) == 10


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"held": [{"id": "s1"}]},
        {"held": [{"id": "", "version": 1}]},
        {"held": [{"id": "a", "version": 1}] * 10_001},
    ],
)
def test_holdings_that_are_none_or_too_many_are_refused(caller: Caller, route: str, body: object) -> None:
    assert caller.call(route, body)[0] == 422


@pytest.mark.parametrize("cursor", ["x", "h", "w", "h-1", "", "h\u0661"])
def test_a_cursor_that_is_none_is_refused(caller: Caller, route: str, cursor: str) -> None:
    status, _ = caller.call(route, {"held": [], "cursor": cursor})

    assert status == (400 if cursor else 200)


def test_another_partners_endpoint_is_not_there(caller: Caller, route: str) -> None:
    key = caller.new_key(ALL, caller.partner("Other"))

    assert caller.call(route, {"held": []}, key=key)[0] == 404
