"""The ledger of withdrawals: who was told, when, who confirmed."""

import csv
import io
from datetime import timedelta

import pytest
from tests.support.api_caller import ALL, TAKEN, Caller

from slugline.deliveries import Outcome
from slugline.domain.delivery_states import ATTEMPTS_KEPT, Answer
from slugline.withdrawals import ledger_csv, ledger_entry

FAILED = Answer(outcome=Outcome.STATUS, ms=1, status=500)


@pytest.fixture
def caller() -> Caller:
    return Caller()


def withdraw_at(caller: Caller, *answers: Answer) -> None:
    """A story that was delivered is withdrawn; the withdrawal meets these answers, 5 seconds apart."""
    caller.world.publish()
    caller.world.deliver()
    caller.world.withdraw(2)
    caller.world.sender.answers = [TAKEN] * len(caller.world.sender.sent) + list(answers)
    for _ in answers:
        caller.world.deliver()
        caller.world.clock.forward(timedelta(minutes=5))


def test_it_says_who_was_told_how_often_and_who_confirmed_when(caller: Caller) -> None:
    endpoint = caller.endpoint(caller.partner("The Harbour Post"))
    withdraw_at(caller, FAILED, TAKEN)

    status, ledger = caller.call("GET /v1/withdrawals")

    assert status == 200
    (entry,) = ledger["withdrawals"]
    assert (entry["partner"], entry["endpoint_id"], entry["host"]) == (
        "The Harbour Post",
        endpoint["id"],
        "partner.example",
    )
    assert (entry["story_id"], entry["version"], entry["reason"]) == ("s1", 2, "killed")
    assert (entry["attempts"], entry["last_result"]) == (2, "200")
    assert (entry["decided_at"], entry["first_attempt_at"]) == ("2026-11-23T12:00:00Z", "2026-11-23T12:00:00Z")
    assert (entry["confirmed"], entry["confirmed_at"]) == (True, "2026-11-23T12:05:00Z")


def test_who_has_not_confirmed_is_in_it_too(caller: Caller) -> None:
    caller.endpoint(caller.partner())
    withdraw_at(caller, FAILED)

    (entry,) = caller.call("GET /v1/withdrawals")[1]["withdrawals"]

    assert (entry["confirmed"], entry["confirmed_at"], entry["state"]) == (False, None, "pending")


def test_what_was_confirmed_stays_so_when_it_is_sent_again(caller: Caller) -> None:
    caller.endpoint(caller.partner())
    withdraw_at(caller, TAKEN)
    (entry,) = caller.call("GET /v1/withdrawals")[1]["withdrawals"]

    caller.call(f"POST /v1/deliveries/{entry['delivery_id']}/replay")

    (again,) = caller.call("GET /v1/withdrawals")[1]["withdrawals"]
    assert (again["state"], again["confirmed_at"]) == ("pending", entry["confirmed_at"])


def test_it_keeps_the_first_attempt_and_the_confirmation_however_often_it_is_sent_again(caller: Caller) -> None:
    # given
    caller.endpoint(caller.partner())
    withdraw_at(caller, FAILED, TAKEN)
    (entry,) = caller.call("GET /v1/withdrawals")[1]["withdrawals"]

    # when: more attempts fail than the row keeps
    caller.world.sender.answers = [*caller.world.sender.answers, FAILED]
    for _ in range(ATTEMPTS_KEPT + 1):
        assert caller.call(f"POST /v1/deliveries/{entry['delivery_id']}/replay")[0] == 202
        caller.world.deliver()

    # then
    (again,) = caller.call("GET /v1/withdrawals")[1]["withdrawals"]
    assert (again["attempts"], again["last_result"], again["confirmed"]) == (ATTEMPTS_KEPT + 3, "500", True)
    for kept in ("first_attempt_at", "confirmed_at", "confirmed_by"):
        assert again[kept] == entry[kept] is not None


def test_it_outlives_the_partner(caller: Caller) -> None:
    partner_id = caller.partner()
    caller.endpoint(partner_id)
    withdraw_at(caller, TAKEN)

    caller.call(f"DELETE /v1/partners/{partner_id}")

    (entry,) = caller.call("GET /v1/withdrawals")[1]["withdrawals"]
    assert (entry["partner"], entry["partner_id"], entry["confirmed"]) == (None, partner_id, True)


def test_a_partner_sees_only_what_it_was_told_itself(caller: Caller) -> None:
    mine, other = caller.partner("Mine"), caller.partner("Other")
    caller.endpoint(mine)
    caller.endpoint(other)
    withdraw_at(caller, TAKEN)

    key = caller.new_key(ALL, mine)

    assert {entry["partner_id"] for entry in caller.call("GET /v1/withdrawals")[1]["withdrawals"]} == {mine, other}
    assert {entry["partner"] for entry in caller.call("GET /v1/withdrawals", key=key)[1]["withdrawals"]} == {"Mine"}


def test_pages_of_it_name_the_next_as_json_and_as_csv(caller: Caller) -> None:
    caller.endpoint(caller.partner("=Sum"))
    caller.endpoint(caller.partner("Other"))
    withdraw_at(caller, TAKEN)

    _, first = caller.call("GET /v1/withdrawals", query="limit=1")
    _, rest = caller.call("GET /v1/withdrawals", query=f"limit=1&cursor={first['cursor']}")
    answer = caller.answer("GET /v1/withdrawals.csv", query="limit=1")

    assert len({page["withdrawals"][0]["partner"] for page in (first, rest)}) == 2
    assert rest["cursor"] is None
    assert answer["headers"]["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["headers"]["Link"] == f'<?cursor={first["cursor"]}&limit=1>; rel="next"'
    (row,) = csv.DictReader(io.StringIO(answer["body"], newline=""))
    assert row["story_id"] == "s1"


def test_a_name_that_a_spreadsheet_would_take_for_a_formula_is_defused(caller: Caller) -> None:
    caller.endpoint(caller.partner())
    withdraw_at(caller, TAKEN)
    delivery = caller.world.rows()[-1]

    text = ledger_csv([ledger_entry(delivery, '=HYPERLINK("https://evil.example")')])

    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert row["partner"] == '\'=HYPERLINK("https://evil.example")'
