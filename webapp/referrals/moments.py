"""When a first time can be: the next real moments of an offer, and days on which a crew can call back. Pure."""

import re
from collections.abc import Container, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from webapp.core.clock import BRUSSELS
from webapp.core.errors import Invalid
from webapp.vocabulary import calendar
from webapp.vocabulary.days import weekday_of
from webapp.vocabulary.school_holidays import is_school_holiday

FIRST_AFTER = timedelta(days=2)
LOOK_AHEAD = 366
_MONTHS = ("jan", "feb", "m(?:aa)?rt|mar", "apr", "me?i|may", "jun", "jul", "aug", "sep", "okt|oct", "nov", "dec")
_MONTH_NAMES = "|".join(f"(?P<m{number}>{name})" for number, name in enumerate(_MONTHS, 1))
_DAY = re.compile(
    r"(?<![\d/.:-])(?P<or>\d{1,2} ?(?:en|of|tot|and|or|to|-) ?)?(?P<day>\d{1,2})(?:e|de|ste)? ?"
    rf"(?:/ ?(?P<month>\d{{1,2}})|(?:{_MONTH_NAMES})[a-z]{{0,7}}\b)(?:[/ ] ?(?P<year>20\d\d))?(?![\d/])",
    re.IGNORECASE,
)
_TIME = re.compile(r"(?<![\d/.:])(?P<hour>\d{1,2})(?: ?(?:uur|u|h)\b| ?[uh:](?P<minute>\d{2}))(?!\d)", re.IGNORECASE)
FURTHEST = timedelta(days=365)
CALL_BACK_AFTER = (timedelta(weeks=4), timedelta(weeks=8), timedelta(weeks=13))


def next_moments(slots: Iterable[Any], rests: Container[date], now: datetime, *, count: int = 3) -> list[datetime]:
    """The next moments on which somebody new can come, soonest first.

    Nobody is expected within two days, while the crew rests or on a public holiday. A moment of the school holidays
    comes in those alone.
    """
    slots = list(slots)
    day = (now + FIRST_AFTER).astimezone(BRUSSELS).date()
    found: list[datetime] = []
    for _ in range(LOOK_AHEAD):
        if day not in rests and day not in calendar.public_holidays(day.year):
            found += _on(day, slots)
        if len(found) >= count:
            break
        day += calendar.DAY
    return found[:count]


def _on(day: date, slots: Iterable[Any]) -> list[datetime]:
    today = [slot for slot in slots if slot.weekday is weekday_of(day)]
    starts = {slot.starts for slot in today if not slot.holidays_only or is_school_holiday(day)}
    return [datetime.combine(day, start, BRUSSELS) for start in sorted(starts)]


def call_back_days(today: date, rests: Container[date]) -> list[date]:
    """Days on which an association could call back: in a month, in two, in three; working days on which it is awake."""
    days = (calendar.add_working_days(today + wait, 0, closed=rests) for wait in CALL_BACK_AFTER)
    return list(dict.fromkeys(days))


def promised(name: str, day: date, today: date) -> None:
    """A day that is promised lies ahead, and within a year: what waits for it is kept until then. Raises Invalid."""
    if wrong := wrong_with_day(day, today):
        raise Invalid({name: wrong})


def wrong_with_day(day: date, today: date) -> str | None:
    """Why a day cannot be promised, or None."""
    if day <= today:
        return "date_in_past"
    return "date_too_far" if day > today + FURTHEST else None


def planned(name: str, moment: datetime, now: datetime) -> None:
    """A first time lies ahead, and within a year. Raises Invalid."""
    if wrong := wrong_with(moment, now):
        raise Invalid({name: wrong})


def wrong_with(moment: datetime, now: datetime) -> str | None:
    """Why a first time cannot be at a moment, or None."""
    if moment <= now:
        return "moment_in_past"
    return "date_too_far" if moment > now + FURTHEST else None


class Read(NamedTuple):
    """What is plain in words about a moment."""

    day: date | None
    hour: time | None


def in_words(words: str, today: date) -> Read:
    """The day and the hour that are plain in a text such as "zaterdag 12 december om 14u30"; None where they are not,
    or where there is more than one. A day without a year is the next one."""
    days, times = list(_DAY.finditer(words)), list(_TIME.finditer(words))
    return Read(
        _day(days[0], today) if len(days) == 1 else None,
        _time(times[0]) if len(times) == 1 else None,
    )


def _day(found: re.Match[str], today: date) -> date | None:
    if found["or"]:
        return None
    month = int(found["month"] or next(number for number in range(1, 13) if found[f"m{number}"]))
    years = [int(found["year"])] if found["year"] else [today.year, today.year + 1]
    for year in years:
        try:
            day = date(year, month, int(found["day"]))
        except ValueError:
            continue
        if day >= today:
            return day
    return None


def _time(found: re.Match[str]) -> time | None:
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
