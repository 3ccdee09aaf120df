"""How dates, times and money read, in Dutch and in English (DESIGN 2: "zaterdag 21 november, 14 uur")."""

from collections.abc import Callable
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

from babel import dates
from flask_babel import gettext, ngettext

from webapp.core import clock
from webapp.web.i18n import language_now


def _day(value: date | datetime) -> date:
    return clock.local(value).date() if isinstance(value, datetime) else value


def _is_dutch() -> bool:
    return language_now() == "nl"


@lru_cache(maxsize=4096)
def _in_words(day: date, pattern: str, language: str) -> str:
    """A list repeats the same few days, and Babel takes as long for one as a template for a row."""
    return dates.format_date(day, pattern, locale=language)


def _written(day: date, pattern: str) -> str:
    return _in_words(day, pattern, language_now())


def long_day(value: date | datetime) -> str:
    """ "zaterdag 21 november", with the year only when it is another."""
    day = _day(value)
    return _written(day, "EEEE d MMMM" if day.year == clock.today().year else "EEEE d MMMM y")


def short_day(value: date | datetime) -> str:
    """ "za 21 nov"."""
    day = _day(value)
    return _written(day, "EEE d MMM").replace(".", "")


def day_tile(value: date | datetime) -> tuple[str, int, str]:
    """What stands on a date tile: "za", 21, "nov"."""
    day = _day(value)
    return _written(day, "EEE").replace(".", ""), day.day, _written(day, "MMM").replace(".", "")


def plain_day(value: date | datetime) -> str:
    """ "12 mei 2027"."""
    return _written(_day(value), "d MMMM y")


def clock_time(value: datetime | time) -> str:
    """ "14 uur" or "14.30 uur"; in English "2 pm" or "2:30 pm"."""
    at = clock.local(value).time() if isinstance(value, datetime) else value
    if _is_dutch():
        return f"{at.hour}.{at.minute:02d} uur" if at.minute else f"{at.hour} uur"
    hour, half = (at.hour % 12) or 12, "am" if at.hour < 12 else "pm"
    return f"{hour}:{at.minute:02d} {half}" if at.minute else f"{hour} {half}"


def short_time(value: datetime | time) -> str:
    """ "14 u." or "14.30 u."; in English as `clock_time`."""
    return clock_time(value).replace("uur", "u.")


def moment(value: datetime) -> str:
    """ "zaterdag 21 november, 14 uur"."""
    return f"{long_day(value)}, {clock_time(value)}"


def short_moment(value: datetime) -> str:
    """ "vandaag 9.12 u.", "gisteren 16.40 u.", "4 nov, 13.31 u."."""
    day, at = _day(value), clock.local(value).time()
    exact = f"{at.hour}.{at.minute:02d} u." if _is_dutch() else f"{at.hour}:{at.minute:02d}"
    away = (clock.today() - day).days
    if away == 0:
        return gettext("today %(time)s", time=exact)
    if away == 1:
        return gettext("yesterday %(time)s", time=exact)
    return f"{_written(day, 'd MMM').replace('.', '')}, {exact}"


def time_range(starts: time, ends: time) -> str:
    """ "14 tot 17 uur"."""
    if _is_dutch():
        return f"{clock_time(starts).removesuffix(' uur')} tot {clock_time(ends)}"
    return f"{clock_time(starts)} to {clock_time(ends)}"


def days_ago(value: date | datetime) -> str:
    """ "vandaag", "3 weken geleden", "1 jaar geleden": how long ago, in the largest whole unit."""
    days = max((clock.today() - _day(value)).days, 0)
    if days == 0:
        return gettext("today")
    if days < 7:
        return ngettext("%(num)d day ago", "%(num)d days ago", days)
    if days < 60:
        return ngettext("%(num)d week ago", "%(num)d weeks ago", days // 7)
    if days < 365:
        return ngettext("%(num)d month ago", "%(num)d months ago", days // 30)
    return ngettext("%(num)d year ago", "%(num)d years ago", days // 365)


def day_count(value: date | datetime) -> int:
    """Whole days since then."""
    return max((clock.today() - _day(value)).days, 0)


def has_come(value: datetime) -> bool:
    """Whether a moment is here or behind us."""
    return value <= clock.now()


def euros(cents: int) -> str:
    """ "€ 45" or "€ 4,50"."""
    whole, rest = divmod(cents, 100)
    if not rest:
        return f"€ {whole}"
    return f"€ {whole}{',' if _is_dutch() else '.'}{rest:02d}"


FILTERS: dict[str, Callable[..., Any]] = {
    "long_day": long_day,
    "short_day": short_day,
    "plain_day": plain_day,
    "clock_time": clock_time,
    "short_time": short_time,
    "moment": moment,
    "short_moment": short_moment,
    "days_ago": days_ago,
    "day_count": day_count,
    "has_come": has_come,
    "euros": euros,
}
