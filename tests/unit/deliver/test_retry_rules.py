"""The schedule and Retry-After."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slugline.domain.delivery_schedule import Schedule
from slugline.domain.retry_after import retry_after

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def test_the_schedule_is_read_from_text_separated_by_commas() -> None:
    assert Schedule.model_validate("0,5,300").delays == (0, 5, 300)


@pytest.mark.parametrize("text", ["", "a", "1,,2", "-1"])
def test_a_schedule_that_makes_no_sense_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="delays"):
        Schedule.model_validate(text)


@given(tries=st.integers(0, 40), chance=st.floats(0, 1, exclude_max=True))
def test_a_delay_is_within_a_fifth_of_the_schedules(tries: int, chance: float) -> None:
    schedule = Schedule()
    delay = schedule.delay(tries, endless=True, random=lambda: chance)
    planned = schedule.delays[min(tries, len(schedule.delays) - 1)]
    assert delay is not None
    assert 0.8 * planned <= delay.total_seconds() <= 1.2 * planned


def test_the_schedule_ends_unless_it_is_endless() -> None:
    schedule = Schedule(delays=(0, 5))
    assert schedule.delay(2, endless=False, random=lambda: 0.5) is None
    assert schedule.delay(2, endless=True, random=lambda: 0.5) == timedelta(seconds=5)


@pytest.mark.parametrize(
    ("value", "delay"),
    [
        ("120", timedelta(seconds=120)),
        (" 120 ", timedelta(seconds=120)),
        ("0", timedelta()),
        (format_datetime(NOON + timedelta(minutes=3), usegmt=True), timedelta(minutes=3)),
        ("Mon, 23 Nov 2026 12:00:30 -0000", timedelta(seconds=30)),
        (format_datetime(NOON - timedelta(days=3), usegmt=True), timedelta()),
        ("999999", DAY),
        ("9" * 400, DAY),
        ("Fri, 31 Dec 9999 23:59:59 GMT", DAY),
    ],
)
def test_seconds_or_a_date_say_how_long_up_to_a_cap(value: str, delay: timedelta) -> None:
    assert retry_after(value, NOON, DAY) == delay


@pytest.mark.parametrize("junk", [None, "", "soon", "-5", "1.5", "\uff11", "\u00b2", "Mon, 99 Nov"])
def test_junk_asks_for_nothing(junk: str | None) -> None:
    assert retry_after(junk, NOON, DAY) == timedelta()


@given(st.text())
def test_no_header_breaks_it(value: str) -> None:
    assert timedelta() <= retry_after(value, NOON, DAY) <= DAY
