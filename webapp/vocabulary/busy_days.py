"""Days on which people of youth work rather do not meet: public holidays, school holidays, and weeks of exams.

No rule says when schools have exams. Secondary schools in Flanders mostly have them in the two weeks before the
Christmas holiday and in June, from the second Monday on: near enough to ask oneself whether this is a good evening.
"""

import enum
from datetime import date
from functools import cache

from webapp.vocabulary.calendar import DAY, public_holidays
from webapp.vocabulary.school_holidays import WEEK, is_school_holiday, school_holidays
from webapp.vocabulary.words import _l


class Busy(enum.StrEnum):
    """Why people may be busy or away."""

    PUBLIC_HOLIDAY = "public_holiday"
    SCHOOL_HOLIDAY = "school_holiday"
    EXAMS = "exams"


BUSY_LABELS: dict[Busy, str] = {
    Busy.PUBLIC_HOLIDAY: _l("Public holiday"),
    Busy.SCHOOL_HOLIDAY: _l("School holiday"),
    Busy.EXAMS: _l("Exams of secondary schools"),
}


@cache
def exam_weeks(year: int) -> tuple[tuple[date, date], ...]:
    """The usual exams of a calendar year, each with its first and its last day."""
    june = date(year, 6, 1)
    second_monday = june + (-june.weekday() % 7) * DAY + WEEK
    christmas = school_holidays(year)[1][0]
    return (second_monday, date(year, 6, 30)), (christmas - 2 * WEEK, christmas - DAY)


def busy(day: date) -> Busy | None:
    """Why a day is perhaps not a good one; None for most days."""
    if day in public_holidays(day.year):
        return Busy.PUBLIC_HOLIDAY
    if is_school_holiday(day):
        return Busy.SCHOOL_HOLIDAY
    return Busy.EXAMS if any(first <= day <= last for first, last in exam_weeks(day.year)) else None
