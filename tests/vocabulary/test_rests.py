"""The clock of a crew: working days, without holidays, quiet months and pauses; over clock changes and leap days."""

from datetime import UTC, date, datetime

import pytest

from webapp.core import clock
from webapp.vocabulary.calendar import DAY, is_working_day
from webapp.vocabulary.rests import Rests

CAMP = (date(2026, 7, 6), date(2026, 7, 12))


@pytest.mark.parametrize(
    ("start", "count", "rests", "end"),
    [
        (date(2026, 11, 23), 2, Rests(), date(2026, 11, 25)),
        (date(2026, 11, 23), 14, Rests(), date(2026, 12, 11)),
        (date(2026, 11, 9), 2, Rests(), date(2026, 11, 12)),  # Armistice Day
        (date(2026, 12, 23), 7, Rests(), date(2027, 1, 5)),  # Christmas and New Year
        (date(2026, 6, 29), 7, Rests.of(pauses=[CAMP]), date(2026, 7, 15)),
        (date(2026, 7, 3), 1, Rests.of(pauses=[CAMP]), date(2026, 7, 13)),
        (date(2026, 7, 8), 1, Rests.of(pauses=[CAMP]), date(2026, 7, 13)),
        (date(2026, 6, 30), 2, Rests.of([7, 8]), date(2026, 9, 2)),
        (date(2026, 12, 30), 2, Rests.of([1]), date(2027, 2, 1)),
        (date(2026, 6, 30), 1, Rests.of([7], [(date(2026, 8, 1), date(2026, 8, 9))]), date(2026, 8, 10)),
        (date(2028, 2, 28), 2, Rests(), date(2028, 3, 1)),
        (date(2028, 2, 28), 1, Rests.of(pauses=[(date(2028, 2, 29), date(2028, 2, 29))]), date(2028, 3, 1)),
        (date(2027, 2, 26), 1, Rests(), date(2027, 3, 1)),
        (date(2026, 10, 23), 2, Rests(), date(2026, 10, 27)),  # the clock goes back on the 25th
        (date(2026, 3, 27), 2, Rests(), date(2026, 3, 31)),  # and forward on 29 March
    ],
)
def test_the_day_on_which_so_many_working_days_were_had(start: date, count: int, rests: Rests, end: date) -> None:
    assert rests.working_day_after(start, count) == end


def test_a_year_of_quiet_months_is_none_at_all() -> None:
    assert Rests.of(range(1, 13)).working_day_after(date(2026, 11, 23), 1) == date(2026, 11, 24)


@pytest.mark.parametrize("year", [2026, 2027, 2028])
def test_every_day_of_a_year_leads_to_an_awake_working_day(year: int) -> None:
    rests = Rests.of([7, 12], [(date(year, 5, 20), date(year, 6, 10)), (date(year, 10, 24), date(year, 10, 26))])
    day = date(year, 1, 1)
    while day.year == year:
        for count in (1, 2, 7, 14):
            end = rests.working_day_after(day, count)
            assert is_working_day(end)
            assert end not in rests
            days = (day + offset * DAY for offset in range(1, (end - day).days + 1))
            assert sum(is_working_day(one, closed=rests) for one in days) == count
        day += DAY


def test_a_rest_ends_with_the_last_of_what_follows_on_one_another() -> None:
    rests = Rests.of([7], [(date(2026, 8, 1), date(2026, 8, 9)), (date(2026, 9, 1), date(2026, 9, 2))])
    assert rests.last_day(date(2026, 6, 30)) is None
    assert rests.last_day(date(2026, 7, 1)) == date(2026, 8, 9)
    assert rests.last_day(date(2026, 9, 2)) == date(2026, 9, 2)


def test_the_first_rest_that_touches_some_days() -> None:
    rests = Rests.of([7], [(date(2026, 8, 1), date(2026, 8, 9)), (date(2026, 9, 1), date(2026, 9, 2))])
    assert rests.within(date(2026, 6, 1), date(2026, 6, 30)) is None
    assert rests.within(date(2026, 6, 20), date(2026, 7, 1)) == (date(2026, 7, 1), date(2026, 8, 9))
    assert rests.within(date(2026, 8, 9), date(2026, 8, 9)) == (date(2026, 8, 9), date(2026, 8, 9))
    assert rests.within(date(2026, 8, 10), date(2026, 9, 30)) == (date(2026, 9, 1), date(2026, 9, 2))
    assert "no day" not in rests


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 3, 28, 22, 59, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 3, 28, 23, 0, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 21, 59, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 22, 0, tzinfo=UTC), date(2026, 3, 30)),
        (datetime(2026, 10, 24, 22, 0, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 0, tzinfo=UTC), date(2026, 10, 26)),
        (datetime(2028, 2, 28, 23, 0, tzinfo=UTC), date(2028, 2, 29)),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_days_are_those_of_brussels_on_the_two_nights_that_are_longer_or_shorter(moment: datetime, day: date) -> None:
    with clock.at(moment):
        assert clock.today() == day
        assert Rests().working_day_after(clock.today(), 2) == Rests().working_day_after(day, 2)
