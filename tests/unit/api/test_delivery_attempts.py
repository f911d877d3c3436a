"""All attempts at a delivery, newest first: those of its row and those that it had no room for."""

import pytest
from tests.support.api_caller import ALL, Caller

ATTEMPTS = 40


@pytest.fixture
def caller() -> Caller:
    return Caller()


@pytest.fixture
def delivery(caller: Caller) -> str:
    """The id of a delivery that was sent forty times."""
    caller.endpoint(caller.partner())
    caller.world.publish()
    caller.world.deliver()
    (row,) = caller.world.rows()
    for _ in range(ATTEMPTS - 1):
        caller.call(f"POST /v1/deliveries/{row.id}/replay")
        caller.world.deliver()
    return row.id


def numbers(caller: Caller, delivery: str, limit: int) -> list[list[int]]:
    """The numbers of the attempts, page by page."""
    pages: list[list[int]] = []
    query = f"limit={limit}"
    while True:
        status, page = caller.call(f"GET /v1/deliveries/{delivery}/attempts", query=query)
        assert status == 200
        pages.append([attempt["number"] for attempt in page["attempts"]])
        if page["cursor"] is None:
            return pages
        query = f"limit={limit}&cursor={page['cursor']}"


@pytest.mark.parametrize("limit", [1, 7, 8, 31, 32, 33, 39, 40, 41, 100])
def test_each_attempt_is_listed_once_newest_first(caller: Caller, delivery: str, limit: int) -> None:
    pages = numbers(caller, delivery, limit)

    assert [number for page in pages for number in page] == list(range(ATTEMPTS, 0, -1))
    assert all(len(page) == limit for page in pages[:-1])
    assert pages[-1]


def test_the_list_ends_where_older_attempts_are_gone(caller: Caller, delivery: str) -> None:
    del caller.world.deliveries.moved_out[delivery][:3]

    assert numbers(caller, delivery, 37) == [list(range(40, 3, -1))]


def test_a_delivery_shows_its_last_32_attempts(caller: Caller, delivery: str) -> None:
    _, shown = caller.call(f"GET /v1/deliveries/{delivery}")

    assert [attempt["number"] for attempt in shown["attempts"]] == list(range(9, 41))


@pytest.mark.parametrize("cursor", ["0", "-1", "x", "1e3", "999999999999", "%D9%A1"])
def test_a_foreign_cursor_is_refused(caller: Caller, delivery: str, cursor: str) -> None:
    status, problem = caller.call(f"GET /v1/deliveries/{delivery}/attempts", query=f"cursor={cursor}")

    assert (status, problem["detail"]) == (400, "cursor: this cursor is none that this list gave out")


def test_another_partners_attempts_are_not_there(caller: Caller, delivery: str) -> None:
    other = caller.new_key(ALL, caller.partner("Another"))

    assert caller.call(f"GET /v1/deliveries/{delivery}/attempts", key=other)[0] == 404
