"""When a first time can be: pure, on a real calendar."""

from datetime import UTC, date, datetime, time
from types import SimpleNamespace

from webapp.core.clock import BRUSSELS
from webapp.referrals.moments import call_back_days, next_moments
from webapp.vocabulary.days import Weekday


def _slot(weekday: Weekday, hour: int, *, holidays: bool = False) -> SimpleNamespace:
    return SimpleNamespace(weekday=weekday, starts=time(hour), holidays_only=holidays)


def test_the_next_three_on_a_clock_in_brussels() -> None:
    slots = [_slot(Weekday.SATURDAY, 14), _slot(Weekday.WEDNESDAY, 16)]
    found = next_moments(slots, (), datetime(2026, 3, 23, 9, tzinfo=UTC))
    assert found == [
        datetime(2026, 3, 25, 16, tzinfo=BRUSSELS),
        datetime(2026, 3, 28, 14, tzinfo=BRUSSELS),
        datetime(2026, 4, 1, 16, tzinfo=BRUSSELS),
    ]
    assert [one.astimezone(UTC).hour for one in found] == [15, 13, 14]  # the clock changed in between


def test_nobody_is_expected_tomorrow_in_a_quiet_month_or_on_a_holiday() -> None:
    now = datetime(2026, 10, 30, 9, tzinfo=UTC)  # a Friday
    saturdays = next_moments([_slot(Weekday.SATURDAY, 14)], (), now, count=1)
    assert saturdays == [datetime(2026, 11, 7, 14, tzinfo=BRUSSELS)]
    sundays = next_moments([_slot(Weekday.SUNDAY, 14)], (), now, count=1)
    assert sundays == [datetime(2026, 11, 8, 14, tzinfo=BRUSSELS)]  # 1 November is a holiday
    assert next_moments([_slot(Weekday.SUNDAY, 14)], (11, 12), now, count=1)[0].date() == date(2027, 1, 3)


def test_moments_of_the_school_holidays_come_in_those_alone() -> None:
    now = datetime(2026, 11, 24, 9, tzinfo=UTC)
    found = next_moments([_slot(Weekday.MONDAY, 9, holidays=True)], (), now)
    assert [one.date() for one in found] == [date(2026, 12, 21), date(2026, 12, 28), date(2027, 2, 8)]
    both = next_moments([_slot(Weekday.MONDAY, 9, holidays=True), _slot(Weekday.SATURDAY, 14)], (), now, count=5)
    assert [one.date().day for one in both] == [28, 5, 12, 19, 21]
    assert next_moments([_slot(Weekday.MONDAY, 9, holidays=True)], (), datetime(2027, 4, 13, tzinfo=UTC))[0].date() == (
        date(2027, 7, 5)
    )


def test_no_hours_and_no_month_that_is_awake_give_nothing() -> None:
    now = datetime(2026, 3, 23, 9, tzinfo=UTC)
    assert next_moments([], (), now) == []
    assert next_moments([_slot(Weekday.MONDAY, 9)], range(1, 13), now) == []


def test_days_to_call_back_are_working_days_outside_quiet_months() -> None:
    days = call_back_days(date(2026, 11, 24), (12,))
    assert days == [date(2027, 1, 4), date(2027, 1, 19), date(2027, 2, 23)]
    assert len(call_back_days(date(2026, 11, 24), range(1, 13))) == 3
