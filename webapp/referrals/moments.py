"""When a first time can be: the next real moments of an offer, and days on which a crew can call back. Pure."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from webapp.core.clock import BRUSSELS
from webapp.vocabulary import calendar
from webapp.vocabulary.days import weekday_of
from webapp.vocabulary.school_holidays import is_school_holiday

FIRST_AFTER = timedelta(days=2)
LOOK_AHEAD = 200
CALL_BACK_AFTER = (timedelta(weeks=4), timedelta(weeks=8), timedelta(weeks=13))


def next_moments(
    slots: Iterable[Any], quiet_months: Collection[int], now: datetime, *, count: int = 3
) -> list[datetime]:
    """The next moments on which somebody new can come, soonest first.

    Nobody is expected within two days, in a quiet month or on a public holiday. A moment of the school holidays
    comes in those alone.
    """
    slots = list(slots)
    day = (now + FIRST_AFTER).astimezone(BRUSSELS).date()
    found: list[datetime] = []
    for _ in range(LOOK_AHEAD):
        if not calendar.is_quiet(day, quiet_months) and day not in calendar.public_holidays(day.year):
            found += _on(day, slots)
        if len(found) >= count:
            break
        day += calendar.DAY
    return found[:count]


def _on(day: date, slots: Iterable[Any]) -> list[datetime]:
    today = [slot for slot in slots if slot.weekday is weekday_of(day)]
    starts = {slot.starts for slot in today if not slot.holidays_only or is_school_holiday(day)}
    return [datetime.combine(day, start, BRUSSELS) for start in sorted(starts)]


def call_back_days(today: date, quiet_months: Collection[int]) -> list[date]:
    """Days on which an association could call back: in a month, in two, in three; working days, no quiet months."""
    quiet = quiet_months if len(set(quiet_months)) < 12 else ()
    days = (calendar.next_awake_day(today + wait, quiet) for wait in CALL_BACK_AFTER)
    return list(dict.fromkeys(calendar.add_working_days(day, 0) for day in days))
