"""When a crew rests: the months in which it is left in peace, and pauses with a first and a last day. While it rests
no clock runs: the days do not count, and nobody is reminded of anything."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from webapp.vocabulary.calendar import DAY, add_working_days
from webapp.vocabulary.words import _l

MONTHS = 12
LONGEST_PAUSE = 120 * DAY


class RestKind(enum.StrEnum):
    """Why a crew is away for a while."""

    CAMP = "camp"
    EXAMS = "exams"
    HOLIDAY = "holiday"
    FEW_LEADERS = "few_leaders"


REST_LABELS: dict[RestKind, str] = {
    RestKind.CAMP: _l("camp"),
    RestKind.EXAMS: _l("exams"),
    RestKind.HOLIDAY: _l("holiday"),
    RestKind.FEW_LEADERS: _l("too few leaders"),
}

REST_ICONS: dict[RestKind, str] = {
    RestKind.CAMP: "tent",
    RestKind.EXAMS: "book-open",
    RestKind.HOLIDAY: "sun",
    RestKind.FEW_LEADERS: "users",
}


@dataclass(frozen=True, slots=True)
class Rests:
    """The days on which a crew rests; a container of days. A year of nothing but quiet months counts as none: a clock
    that never runs would keep everybody waiting."""

    quiet_months: frozenset[int] = frozenset()
    pauses: tuple[tuple[date, date], ...] = ()

    @classmethod
    def of(cls, quiet_months: Iterable[int] = (), pauses: Iterable[tuple[date, date]] = ()) -> "Rests":
        """The rests made of quiet months and of pauses (first and last day)."""
        months = frozenset(quiet_months)
        return cls(months if len(months) < MONTHS else frozenset(), tuple(sorted(pauses)))

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and (
            day.month in self.quiet_months or any(first <= day <= last for first, last in self.pauses)
        )

    def working_day_after(self, start: date, count: int) -> date:
        """The working day on which the crew has been awake for `count` working days since `start`."""
        return add_working_days(start, count, closed=self)

    def last_day(self, today: date) -> date | None:
        """The last day of the rest that today is part of; None while the crew is awake."""
        if today not in self:
            return None
        day = today
        while day + DAY in self:
            day += DAY
        return day

    def within(self, start: date, end: date) -> tuple[date, date] | None:
        """The first rest that touches these days: its first day among them, and its last day; None while awake."""
        days = (start + offset * DAY for offset in range((end - start).days + 1))
        first = next((day for day in days if day in self), None)
        last = first and self.last_day(first)
        return (first, last) if first and last else None
