"""Days of the week, parts of a day, and the two seasons that matter: school weeks and holidays."""

import enum
from datetime import date, time

from webapp.vocabulary.words import _l


class Weekday(enum.StrEnum):
    """A day of the week, Monday first."""

    MONDAY = "mon"
    TUESDAY = "tue"
    WEDNESDAY = "wed"
    THURSDAY = "thu"
    FRIDAY = "fri"
    SATURDAY = "sat"
    SUNDAY = "sun"


WEEKDAY_LABELS: dict[Weekday, str] = {
    Weekday.MONDAY: _l("Monday"),
    Weekday.TUESDAY: _l("Tuesday"),
    Weekday.WEDNESDAY: _l("Wednesday"),
    Weekday.THURSDAY: _l("Thursday"),
    Weekday.FRIDAY: _l("Friday"),
    Weekday.SATURDAY: _l("Saturday"),
    Weekday.SUNDAY: _l("Sunday"),
}

WEEKDAY_SHORT_LABELS: dict[Weekday, str] = {
    Weekday.MONDAY: _l("Mon"),
    Weekday.TUESDAY: _l("Tue"),
    Weekday.WEDNESDAY: _l("Wed"),
    Weekday.THURSDAY: _l("Thu"),
    Weekday.FRIDAY: _l("Fri"),
    Weekday.SATURDAY: _l("Sat"),
    Weekday.SUNDAY: _l("Sun"),
}


class PartOfDay(enum.StrEnum):
    """A stretch of a day as people talk about it."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    AFTER_SCHOOL = "after_school"
    EVENING = "evening"


PART_OF_DAY_LABELS: dict[PartOfDay, str] = {
    PartOfDay.MORNING: _l("in the morning"),
    PartOfDay.AFTERNOON: _l("in the afternoon"),
    PartOfDay.AFTER_SCHOOL: _l("after school"),
    PartOfDay.EVENING: _l("in the evening"),
}

# minutes since midnight; "after school" lies within afternoon and evening, as it does in life
_STRETCHES: dict[PartOfDay, tuple[int, int]] = {
    PartOfDay.MORNING: (6 * 60, 12 * 60),
    PartOfDay.AFTERNOON: (12 * 60, 18 * 60),
    PartOfDay.AFTER_SCHOOL: (15 * 60 + 30, 18 * 60 + 30),
    PartOfDay.EVENING: (18 * 60, 26 * 60),
}
_ENOUGH = 30
_SCHOOL_DAYS = frozenset(Weekday) - {Weekday.SATURDAY, Weekday.SUNDAY}


def weekday_of(day: date) -> Weekday:
    """The day of the week of a date."""
    return tuple(Weekday)[day.weekday()]


def parts_of(weekday: Weekday, starts: time, ends: time) -> frozenset[PartOfDay]:
    """The parts of the day that a moment in the week covers for at least half an hour.

    A moment that ends at or before it starts runs past midnight. "After school" exists from Monday to Friday.
    """
    begin, end = starts.hour * 60 + starts.minute, ends.hour * 60 + ends.minute
    if end <= begin:
        end += 24 * 60
    return frozenset(
        part
        for part, (first, last) in _STRETCHES.items()
        if min(end, last) - max(begin, first) >= _ENOUGH
        and (part is not PartOfDay.AFTER_SCHOOL or weekday in _SCHOOL_DAYS)
    )
