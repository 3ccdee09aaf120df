"""The Belgian calendar: public holidays and working days."""

from collections.abc import Container
from datetime import date, timedelta
from functools import cache

DAY = timedelta(days=1)


def easter(year: int) -> date:
    """Easter Sunday of a year (the anonymous Gregorian computation)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    moon_shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moon_shift + 15) % 30
    leaps, year_rest = divmod(rest, 4)
    to_sunday = (32 + 2 * century_rest + 2 * leaps - epact - year_rest) % 7
    late = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@cache
def public_holidays(year: int) -> frozenset[date]:
    """The ten legal public holidays in Belgium in a year."""
    sunday = easter(year)
    return frozenset(
        {
            date(year, 1, 1),
            sunday + 1 * DAY,
            date(year, 5, 1),
            sunday + 39 * DAY,
            sunday + 50 * DAY,
            date(year, 7, 21),
            date(year, 8, 15),
            date(year, 11, 1),
            date(year, 11, 11),
            date(year, 12, 25),
        }
    )


def is_working_day(day: date, *, closed: Container[date] = ()) -> bool:
    """Whether people are at work: Monday to Friday, no public holiday, not among the `closed` days."""
    return day.weekday() < 5 and day not in public_holidays(day.year) and day not in closed


def add_working_days(start: date, count: int, *, closed: Container[date] = ()) -> date:
    """The working day that comes `count` working days after `start`; the start itself never counts.

    With a count of 0: the start if it is a working day, else the next one. Raises ValueError below 0.
    """
    if count < 0:
        raise ValueError("working days are counted forward")
    day = start
    if count == 0:
        while not is_working_day(day, closed=closed):
            day += DAY
        return day
    while count:
        day += DAY
        count -= is_working_day(day, closed=closed)
    return day
