"""A partner that polls says which messages it has."""

import pytest
from tests.support.api_caller import ALL, Caller

from slugline.deliveries import DeliveryState


@pytest.fixture
def caller() -> Caller:
    return Caller()


@pytest.fixture
def endpoint(caller: Caller) -> str:
    return str(caller.endpoint(caller.partner())["id"])


def polled(caller: Caller, endpoint: str) -> list[str]:
    """The ids of what the paused endpoint's feed has."""
    _, feed = caller.call(f"GET /v1/endpoints/{endpoint}/events")
    return [event["headers"]["webhook-id"] for event in feed["events"]]


def acknowledge(caller: Caller, endpoint: str, *ids: str) -> tuple[int, dict[str, list[str]]]:
    return caller.call(f"POST /v1/endpoints/{endpoint}/acknowledgements", {"ids": ids})


def withdrawn_while_paused(caller: Caller, endpoint: str) -> str:
    """The id of the withdrawal that waits for the endpoint."""
    caller.world.publish()
    caller.world.deliver()
    caller.call(f"PATCH /v1/endpoints/{endpoint}", {"status": "paused"})
    caller.world.withdraw(2)
    (withdrawal,) = [one for one in polled(caller, endpoint) if caller.world.deliveries.rows[one].version == 2]
    return withdrawal


def test_an_acknowledged_withdrawal_is_confirmed_in_the_ledger_which_says_how(caller: Caller, endpoint: str) -> None:
    withdrawal = withdrawn_while_paused(caller, endpoint)
    (before,) = caller.call("GET /v1/withdrawals")[1]["withdrawals"]

    assert acknowledge(caller, endpoint, withdrawal) == (200, {"acknowledged": [withdrawal], "unknown": []})

    (after,) = caller.call("GET /v1/withdrawals")[1]["withdrawals"]
    assert (before["confirmed"], before["confirmed_by"]) == (False, None)
    assert (after["confirmed"], after["confirmed_by"]) == (True, "acknowledgement")
    assert (after["confirmed_at"], after["attempts"]) == ("2026-11-23T12:00:00Z", 0)


def test_an_answered_withdrawal_is_confirmed_by_the_answer(caller: Caller, endpoint: str) -> None:
    caller.world.publish()
    caller.world.deliver()
    caller.world.withdraw(2)
    caller.world.deliver()

    (entry,) = caller.call("GET /v1/withdrawals")[1]["withdrawals"]

    assert endpoint
    assert (entry["confirmed"], entry["confirmed_by"]) == (True, "answer")


def test_what_is_acknowledged_is_not_sent_when_the_endpoint_is_enabled(caller: Caller, endpoint: str) -> None:
    withdrawal = withdrawn_while_paused(caller, endpoint)
    acknowledge(caller, endpoint, withdrawal)
    sent = len(caller.world.sender.sent)

    caller.call(f"PATCH /v1/endpoints/{endpoint}", {"status": "enabled"})
    caller.world.release.run()
    caller.world.deliver()

    assert len(caller.world.sender.sent) == sent
    assert caller.world.deliveries.rows[withdrawal].state is DeliveryState.DELIVERED


def test_what_was_not_acknowledged_is_sent_when_the_endpoint_is_enabled(caller: Caller, endpoint: str) -> None:
    withdrawn_while_paused(caller, endpoint)
    sent = len(caller.world.sender.sent)

    caller.call(f"PATCH /v1/endpoints/{endpoint}", {"status": "enabled"})
    caller.world.release.run()
    caller.world.deliver()

    assert len(caller.world.sender.sent) == sent + 1


def test_said_again_it_changes_nothing(caller: Caller, endpoint: str) -> None:
    withdrawal = withdrawn_while_paused(caller, endpoint)
    acknowledge(caller, endpoint, withdrawal)
    row = caller.world.deliveries.rows[withdrawal]

    assert acknowledge(caller, endpoint, withdrawal)[0] == 200

    assert caller.world.deliveries.rows[withdrawal] == row


def test_ids_of_other_endpoints_and_of_nothing_are_unknown(caller: Caller, endpoint: str) -> None:
    withdrawal = withdrawn_while_paused(caller, endpoint)
    other = str(caller.endpoint(caller.partner("Other"))["id"])

    status, answer = acknowledge(caller, other, withdrawal, "msg_nothing")

    assert (status, answer) == (200, {"acknowledged": [], "unknown": [withdrawal, "msg_nothing"]})
    assert caller.world.deliveries.rows[withdrawal].acknowledged_at is None


def test_a_key_of_another_partner_acknowledges_nothing(caller: Caller, endpoint: str) -> None:
    key = caller.new_key(ALL, caller.partner("Other"))

    status, _ = caller.call(f"POST /v1/endpoints/{endpoint}/acknowledgements", {"ids": ["msg_1"]}, key=key)

    assert status == 404


@pytest.mark.parametrize("ids", [[], ["msg_1"] * 101, "msg_1", [1]])
def test_no_id_or_too_many_are_refused(caller: Caller, endpoint: str, ids: object) -> None:
    assert caller.call(f"POST /v1/endpoints/{endpoint}/acknowledgements", {"ids": ids})[0] == 422
