"""The school holidays of Flanders, by the fixed rules of the Flemish Government's decision of 17 April 1991.

The rules give every school year its days, so nobody has to add a table each summer; the tests hold the calendars of
2025 to 2029 beside them.
"""

from datetime import date
from functools import cache

from webapp.vocabulary.calendar import DAY, easter

WEEK = 7 * DAY


@cache
def school_holidays(year: int) -> tuple[tuple[date, date], ...]:
    """The five holidays of the school year that begins in `year`, each with its first and its last day."""
    return (_autumn(year), _christmas(year), _carnival(year + 1), _spring(year + 1), _summer(year + 1))


def is_school_holiday(day: date) -> bool:
    """Whether schools in Flanders have holidays on a day."""
    years = (day.year - 1, day.year)
    return any(first <= day <= last for year in years for first, last in school_holidays(year))


def _autumn(year: int) -> tuple[date, date]:
    """The week of 1 November; the week after when that is a Sunday."""
    first = _monday_of(date(year, 11, 1))
    if date(year, 11, 1).weekday() == 6:
        first += WEEK
    return first, first + WEEK - DAY


def _christmas(year: int) -> tuple[date, date]:
    """Two weeks from the week of Christmas; from the week after when that is on a Saturday or Sunday."""
    first = _monday_of(date(year, 12, 25))
    if date(year, 12, 25).weekday() >= 5:
        first += WEEK
    return first, first + 2 * WEEK - DAY


def _carnival(year: int) -> tuple[date, date]:
    """A week from the seventh Monday before Easter."""
    first = easter(year) + DAY - 7 * WEEK
    return first, first + WEEK - DAY


def _spring(year: int) -> tuple[date, date]:
    """Two weeks from the first Monday of April. From the day after Easter when that is in March; from the second Monday
    before it, and with Easter Monday, when that is after 15 April."""
    sunday = easter(year)
    if sunday.month == 3:
        return sunday + DAY, sunday + 2 * WEEK
    if sunday > date(year, 4, 15):
        return sunday + DAY - 2 * WEEK, sunday + DAY
    first = _monday_of(date(year, 4, 7))
    return first, first + 2 * WEEK - DAY


def _summer(year: int) -> tuple[date, date]:
    return date(year, 7, 1), date(year, 8, 31)


def _monday_of(day: date) -> date:
    return day - day.weekday() * DAY
