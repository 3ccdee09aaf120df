"""When a first time can be: pure, on a real calendar."""

from datetime import UTC, date, datetime, time
from types import SimpleNamespace

import pytest

from webapp.core.clock import BRUSSELS
from webapp.referrals.moments import call_back_days, in_words, next_moments
from webapp.vocabulary.days import Weekday
from webapp.vocabulary.rests import Rests


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
    assert next_moments([_slot(Weekday.SUNDAY, 14)], Rests.of([11, 12]), now, count=1)[0].date() == date(2027, 1, 3)


def test_moments_of_the_school_holidays_come_in_those_alone() -> None:
    now = datetime(2026, 11, 24, 9, tzinfo=UTC)
    found = next_moments([_slot(Weekday.MONDAY, 9, holidays=True)], (), now)
    assert [one.date() for one in found] == [date(2026, 12, 21), date(2026, 12, 28), date(2027, 2, 8)]
    both = next_moments([_slot(Weekday.MONDAY, 9, holidays=True), _slot(Weekday.SATURDAY, 14)], (), now, count=5)
    assert [one.date().day for one in both] == [28, 5, 12, 19, 21]
    assert next_moments([_slot(Weekday.MONDAY, 9, holidays=True)], (), datetime(2027, 4, 13, tzinfo=UTC))[0].date() == (
        date(2027, 7, 5)
    )


def test_who_plays_in_summer_alone_says_a_day_of_summer_already_in_autumn() -> None:
    but_for_summer = Rests.of(month for month in range(1, 13) if month not in (7, 8))
    slots = [_slot(Weekday.MONDAY, 9, holidays=True)]
    for today in (datetime(2026, 9, 1, tzinfo=UTC), datetime(2026, 11, 24, tzinfo=UTC)):
        assert next_moments(slots, but_for_summer, today)[0].date() == date(2027, 7, 5)


def test_no_hours_and_no_month_that_is_awake_give_nothing() -> None:
    now = datetime(2026, 3, 23, 9, tzinfo=UTC)
    assert next_moments([], (), now) == []
    assert next_moments([_slot(Weekday.MONDAY, 9)], Rests.of(pauses=[(now.date(), date(2099, 1, 1))]), now) == []


def test_days_to_call_back_are_working_days_outside_quiet_months() -> None:
    days = call_back_days(date(2026, 11, 24), Rests.of([12]))
    assert days == [date(2027, 1, 4), date(2027, 1, 19), date(2027, 2, 23)]
    assert len(call_back_days(date(2026, 11, 24), Rests.of(range(1, 13)))) == 3


@pytest.mark.parametrize(
    ("words", "day", "at"),
    [
        ("zaterdag 12 december om 14u30", date(2026, 12, 12), time(14, 30)),
        ("5 januari, 19 uur", date(2027, 1, 5), time(19)),
        ("we spreken af op 8/12 om 9:05", date(2026, 12, 8), time(9, 5)),
        ("16/1/2027", date(2027, 1, 16), None),
        ("de 3e maart 2027", date(2027, 3, 3), None),
        ("Saturday 5 December, 2h", date(2026, 12, 5), time(2)),
        ("elke woensdag om 14u", None, time(14)),
        ("24 november", date(2026, 11, 24), None),  # today
        ("23 november", date(2027, 11, 23), None),  # not yesterday: the next one
        ("een avond in de eerste week van januari", None, None),
        ("5 of 12 december", None, None),  # which one is for people to say
        ("tussen 5/12 en 19/12, 14u of 16u", None, None),
        ("31 februari om 25u", None, None),
        ("1 december 2025", None, None),
        ("bel 0470 00 00 21", None, None),
        ("", None, None),
    ],
)
def test_a_moment_in_words_is_read_when_it_is_plain(words: str, day: date | None, at: time | None) -> None:
    assert in_words(words, date(2026, 11, 24)) == (day, at)


def test_nobody_is_expected_while_the_crew_is_on_camp() -> None:
    now = datetime(2026, 7, 6, 9, tzinfo=UTC)
    camp = Rests.of(pauses=[(date(2026, 7, 10), date(2026, 7, 19))])
    assert next_moments([_slot(Weekday.SATURDAY, 14)], camp, now, count=1)[0].date() == date(2026, 7, 25)
    assert call_back_days(date(2026, 6, 12), camp)[0] == date(2026, 7, 20)
