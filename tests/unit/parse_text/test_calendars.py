"""Dates as newsrooms of other languages and calendars print them."""

from datetime import date

import pytest

from parsing.text.calendars import day_of_solar_hijri
from parsing.text.furniture import TIME_STAMP, furniture_of
from parsing.text.moments import moment_of


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("15 юни 2025, 08:30", date(2025, 6, 15)),
        ("2025. április 8., 10:15", date(2025, 4, 8)),
        ("2025 m. balandžio 8 d.", date(2025, 4, 8)),
        ("2025. gada 8. aprīlī", date(2025, 4, 8)),
        ("28 septembra 2025, 12:10", date(2025, 9, 28)),
        ("২২ আগস্ট ২০২৫, ১০:৩০", date(2025, 8, 22)),
        ("12 มกราคม 2568", date(2025, 1, 12)),
        ("12 ม.ค. 2568 เวลา 10.30 น.", date(2025, 1, 12)),
        ("۱۴ خرداد ۱۴۰۴", date(2025, 6, 4)),
        ("5 tháng 9, 2025", date(2025, 9, 5)),
        ("10 Agustus 2025", date(2025, 8, 10)),
    ],
)
def test_a_date_is_read_in_its_language_and_calendar(text: str, day: date) -> None:
    found = moment_of(text)
    assert found is not None
    assert found.local.date() == day
    assert furniture_of(text) == TIME_STAMP


@pytest.mark.parametrize(
    ("solar", "gregorian"),
    [
        ((1304, 1, 1), date(1925, 3, 21)),
        ((1357, 11, 22), date(1979, 2, 11)),
        ((1399, 1, 1), date(2020, 3, 20)),
        ((1403, 12, 30), date(2025, 3, 20)),
        ((1408, 12, 30), date(2030, 3, 20)),
    ],
)
def test_days_of_the_solar_hijri_year_are_counted_with_its_leap_years(
    solar: tuple[int, int, int], gregorian: date
) -> None:
    assert day_of_solar_hijri(*solar).date() == gregorian


@pytest.mark.parametrize("solar", [(1404, 12, 30), (1404, 7, 31), (1404, 1, 0), (1300, 1, 1)])
def test_a_day_that_the_solar_hijri_year_lacks_is_none(solar: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="no day"):
        day_of_solar_hijri(*solar)


@pytest.mark.parametrize("line", ["The strike of 5 May 2025 is over", "In March 2025 the harbour closed for a year."])
def test_a_line_that_only_names_a_date_is_no_time_stamp(line: str) -> None:
    assert furniture_of(line) is None
