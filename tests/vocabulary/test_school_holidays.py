"""The school holidays of Flanders, against the calendars that schools give."""

from datetime import date, timedelta

import pytest

from webapp.vocabulary.school_holidays import is_school_holiday, school_holidays

CALENDARS = {
    2025: "27/10/25-2/11/25 22/12/25-4/1/26 16/2/26-22/2/26 6/4/26-19/4/26 1/7/26-31/8/26",
    2026: "2/11/26-8/11/26 21/12/26-3/1/27 8/2/27-14/2/27 29/3/27-11/4/27 1/7/27-31/8/27",
    2027: "1/11/27-7/11/27 27/12/27-9/1/28 28/2/28-5/3/28 3/4/28-17/4/28 1/7/28-31/8/28",
    2028: "30/10/28-5/11/28 25/12/28-7/1/29 12/2/29-18/2/29 2/4/29-15/4/29 1/7/29-31/8/29",
    # two of long ago: an early and a late Easter
    2021: "1/11/21-7/11/21 27/12/21-9/1/22 28/2/22-6/3/22 4/4/22-18/4/22 1/7/22-31/8/22",
    2023: "30/10/23-5/11/23 25/12/23-7/1/24 12/2/24-18/2/24 1/4/24-14/4/24 1/7/24-31/8/24",
}


def _day(text: str) -> date:
    day, month, year = (int(part) for part in text.split("/"))
    return date(2000 + year, month, day)


@pytest.mark.parametrize("year", CALENDARS)
def test_the_days_are_those_that_were_given(year: int) -> None:
    given = [tuple(_day(part) for part in holiday.split("-")) for holiday in CALENDARS[year].split()]
    assert list(school_holidays(year)) == given


def test_a_day_is_in_the_holidays_from_the_first_to_the_last_day() -> None:
    for first, last in school_holidays(2027):
        assert [is_school_holiday(first - timedelta(days=1)), is_school_holiday(first)] == [False, True]
        assert [is_school_holiday(last), is_school_holiday(last + timedelta(days=1))] == [True, False]
    assert is_school_holiday(date(2028, 1, 3))  # Christmas holidays of the year before
