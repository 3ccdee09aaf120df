"""Working days around weekends, holidays and leap days."""

from datetime import date, timedelta

import pytest

from webapp.vocabulary.calendar import DAY, add_working_days, easter, is_working_day, public_holidays


@pytest.mark.parametrize(
    "sunday", [date(2000, 4, 23), date(2008, 3, 23), date(2024, 3, 31), date(2026, 4, 5), date(2027, 3, 28),
               date(2038, 4, 25)]
)  # fmt: skip
def test_easter(sunday: date) -> None:
    assert easter(sunday.year) == sunday


def test_the_ten_holidays_of_a_year() -> None:
    assert sorted(public_holidays(2026)) == [
        date(2026, 1, 1),
        date(2026, 4, 6),
        date(2026, 5, 1),
        date(2026, 5, 14),
        date(2026, 5, 25),
        date(2026, 7, 21),
        date(2026, 8, 15),
        date(2026, 11, 1),
        date(2026, 11, 11),
        date(2026, 12, 25),
    ]


def test_two_holidays_on_one_day_count_once() -> None:
    assert date(2008, 5, 1) == easter(2008) + timedelta(days=39)
    assert len(public_holidays(2008)) == 9


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2026, 11, 23), 1, date(2026, 11, 24)),
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 11, 21), 1, date(2026, 11, 23)),
        (date(2026, 11, 10), 1, date(2026, 11, 12)),
        (date(2026, 4, 3), 1, date(2026, 4, 7)),
        (date(2026, 5, 13), 2, date(2026, 5, 18)),
        (date(2026, 12, 24), 5, date(2027, 1, 4)),
        (date(2028, 2, 28), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 1, date(2028, 3, 1)),
        (date(2026, 11, 21), 0, date(2026, 11, 23)),
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
    ],
)
def test_adding_working_days(start: date, count: int, end: date) -> None:
    assert add_working_days(start, count) == end


def test_days_on_which_the_town_is_closed_do_not_count() -> None:
    bridge_day = date(2026, 5, 15)
    assert add_working_days(date(2026, 5, 13), 1) == bridge_day
    assert add_working_days(date(2026, 5, 13), 1, closed={bridge_day}) == date(2026, 5, 18)


def test_working_days_are_not_counted_backwards() -> None:
    with pytest.raises(ValueError, match="forward"):
        add_working_days(date(2026, 1, 1), -1)


def test_as_many_working_days_lie_between_as_were_added() -> None:
    start = date(2027, 12, 20)
    for count in range(80):
        end = add_working_days(start, count)
        assert is_working_day(end)
        days = (start + offset * DAY for offset in range(1, (end - start).days + 1))
        assert sum(map(is_working_day, days)) == count
