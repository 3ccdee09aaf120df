"""Days on which people of youth work rather do not meet."""

from datetime import date

import pytest

from webapp.vocabulary.busy_days import Busy, busy, exam_weeks


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 12, 6), None),
        (date(2026, 12, 7), Busy.EXAMS),
        (date(2026, 12, 20), Busy.EXAMS),
        (date(2026, 12, 21), Busy.SCHOOL_HOLIDAY),
        (date(2026, 12, 25), Busy.PUBLIC_HOLIDAY),
        (date(2027, 6, 13), None),
        (date(2027, 6, 14), Busy.EXAMS),
        (date(2027, 6, 30), Busy.EXAMS),
        (date(2027, 7, 1), Busy.SCHOOL_HOLIDAY),
        (date(2026, 5, 1), Busy.PUBLIC_HOLIDAY),
        (date(2026, 11, 25), None),
    ],
)
def test_why_a_day_is_perhaps_not_a_good_one(day: date, why: Busy | None) -> None:
    assert busy(day) is why


@pytest.mark.parametrize("year", range(2024, 2040))
def test_exams_end_where_the_holiday_begins_and_last_two_or_three_weeks(year: int) -> None:
    june, december = exam_weeks(year)
    assert june[0].weekday() == december[0].weekday() == 0
    assert (june[1].month, june[1].day) == (6, 30)
    assert 13 <= (december[1] - december[0]).days <= 14
    assert 15 <= (june[1] - june[0]).days <= 23
