"""The header Idempotency-Key: carried out once, answered every time."""

import pytest
from tests.support.api_caller import ALL, Caller


@pytest.fixture
def caller() -> Caller:
    return Caller()


def test_a_repeated_request_is_carried_out_once_and_answered_as_the_first_time(caller: Caller) -> None:
    first = caller.answer("POST /v1/partners", {"name": "Twice"}, idempotency_key="a")
    second = caller.answer("POST /v1/partners", {"name": "Twice"}, idempotency_key="a")

    assert (first["statusCode"], first) == (201, second)
    assert len(caller.world.partners.by_id) == 1


def test_another_key_or_none_is_another_request(caller: Caller) -> None:
    for headers in ({"idempotency_key": "a"}, {"idempotency_key": "b"}, {}, {}):
        caller.call("POST /v1/partners", {"name": "Same"}, **headers)

    assert len(caller.world.partners.by_id) == 4


@pytest.mark.parametrize(
    ("route", "body"), [("POST /v1/partners", {"name": "Other"}), ("POST /v1/endpoints/x/test", None)]
)
def test_a_key_sent_with_another_request_is_refused(caller: Caller, route: str, body: object) -> None:
    caller.call("POST /v1/partners", {"name": "One"}, idempotency_key="a")

    status, problem = caller.call(route, body, idempotency_key="a")

    assert (status, problem["title"]) == (422, "Unprocessable Content")
    assert "another request" in problem["detail"]


def test_while_the_first_is_being_answered_the_second_is_told_to_try_again(
    caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    meanwhile = []
    partners = caller.world.partners
    add = partners.add_partner

    def slowly(partner: object) -> None:
        meanwhile.append(Caller.answer(caller, "POST /v1/partners", {"name": "Once"}, idempotency_key="a"))
        add(partner)  # type: ignore[arg-type]  # a stand-in takes anything

    monkeypatch.setattr(partners, "add_partner", slowly)

    # when
    status, _ = caller.call("POST /v1/partners", {"name": "Once"}, idempotency_key="a")

    # then
    assert status == 201
    assert [(answer["statusCode"], answer["headers"]["Retry-After"]) for answer in meanwhile] == [(409, "1")]
    assert len(partners.by_id) == 1


def test_a_refusal_is_repeated_too_but_a_fault_of_ours_is_not(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [caller.call("POST /v1/partners", {}, idempotency_key="a")[0] for _ in range(2)] == [422, 422]

    with monkeypatch.context() as patch:
        patch.setattr(caller.world.partners, "add_partner", lambda _partner: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            caller.call("POST /v1/partners", {"name": "x"}, idempotency_key="b")

    assert caller.call("POST /v1/partners", {"name": "x"}, idempotency_key="b")[0] == 201


def test_a_key_belongs_to_whoever_sent_it(caller: Caller) -> None:
    other = caller.new_key(ALL)

    one = caller.call("POST /v1/partners", {"name": "x"}, idempotency_key="a")
    two = caller.call("POST /v1/partners", {"name": "y"}, key=other, idempotency_key="a")

    assert (one[0], two[0]) == (201, 201)


def test_a_new_secret_is_answered_again_but_not_kept_readable(caller: Caller) -> None:
    route = f"POST /v1/partners/{caller.partner()}/endpoints"
    answers = [
        caller.call(route, {"url": "https://partner.example/"}, idempotency_key="a")[1]["secret"] for _ in range(2)
    ]

    (record,) = caller.idempotency.records.values()
    assert answers[0] == answers[1]
    assert answers[0] not in str(vars(record))
    assert "partner.example" not in str(vars(record))


@pytest.mark.parametrize("key", ["", "x" * 256, "\u00e9", "\n"])
def test_a_key_that_is_none_is_refused(caller: Caller, key: str) -> None:
    assert caller.call("POST /v1/partners", {"name": "x"}, idempotency_key=key)[0] == 400
