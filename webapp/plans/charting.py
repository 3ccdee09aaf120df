"""Where the actions of a plan stand in a year of months, and the same in words."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from babel import dates
from flask_babel import gettext

from webapp.core import clock
from webapp.core.db import AnyRow
from webapp.groups.labels import ITEM_LABELS
from webapp.groups.lifecycle import ItemStatus
from webapp.plans.codes import Growth
from webapp.plans.drawing import carried_by
from webapp.plans.in_time import InGoal
from webapp.plans.labels import GROWTH_ICONS, GROWTH_LABELS
from webapp.plans.models import Plan
from webapp.vocabulary.strategies import STRATEGY_TRAITS
from webapp.web.dates import short_day
from webapp.web.i18n import language_now, word

MONTHS = 12
BEFORE = 2
"""The year on the page begins so many months before this one."""
STEP = 6


def month_after(month: date, number: int) -> date:
    """The first day of the month so many months later, or earlier."""
    whole = month.year * 12 + month.month - 1 + number
    return date(whole // 12, whole % 12 + 1, 1)


class Span(NamedTuple):
    """A stretch of the year, in percent from its left."""

    x: float
    width: float

    @property
    def end(self) -> float:
        """Where it ends."""
        return round(self.x + self.width, 2)


@dataclass(frozen=True)
class Year:
    """Twelve months on the page."""

    first: date

    @cached_property
    def last(self) -> date:
        """The day after it."""
        return month_after(self.first, MONTHS)

    @cached_property
    def days(self) -> int:
        """How many there are."""
        return (self.last - self.first).days

    def at(self, day: date) -> float:
        """Where a day is, in percent; beyond 0 and 100 for days before and after."""
        return round((day - self.first).days / self.days * 100, 2)

    def span(self, begins: date, ends: date) -> Span | None:
        """From one day up to and including another, as far as it is on the page."""
        left, right = max(self.at(begins), 0), min(self.at(ends + timedelta(days=1)), 100)
        return Span(left, round(right - left, 2)) if left < right else None

    @property
    def months(self) -> list[tuple[float, str]]:
        """Where each month begins, and its short name."""
        firsts = [month_after(self.first, number) for number in range(MONTHS)]
        names = dates.get_month_names("abbreviated", locale=language_now())
        return [(self.at(one), names[one.month].replace(".", "")) for one in firsts]

    @property
    def name(self) -> str:
        """ "2026 and 2027"."""
        years = (self.first.year, (self.last - timedelta(days=1)).year)
        if years[0] == years[1]:
            return str(years[0])
        return gettext("%(first)s and %(last)s", first=years[0], last=years[1])

    @cached_property
    def today(self) -> float | None:
        """Where today is, when it is on the page."""
        where = self.at(clock.today())
        return where if 0 <= where < 100 else None


def year_of(plan: Plan, asked: str | None) -> Year:
    """The year that is asked for as "2026-09"; otherwise one that holds today, or the end of a plan that is over."""
    try:
        first = date.fromisoformat(f"{asked}-01")
    except ValueError:
        first = month_after(min(clock.today(), plan.ends_on), -BEFORE)
    earliest, latest = month_after(plan.begins_on, -MONTHS), month_after(plan.ends_on, MONTHS)
    return Year(min(max(first.replace(day=1), earliest), latest))


def beside(plan: Plan, year: Year) -> tuple[str, str]:
    """The year before and the one after, as they are asked for; empty where the plan has nothing there."""
    before = f"{month_after(year.first, -STEP):%Y-%m}" if year.first > plan.begins_on else ""
    later = f"{month_after(year.first, STEP):%Y-%m}" if year.last <= plan.ends_on else ""
    return before, later


class Bar(NamedTuple):
    """One action in the year: where it stands, where it stood before, and the same in words."""

    id: uuid.UUID
    title: str
    by: str
    status: ItemStatus
    stands: str
    number: int
    span: Span | None
    ghost: Span | None
    marks: Sequence[tuple[float, int]]
    says: str


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal with the first of its actions, and how many more there are."""

    title: str
    icon: str
    growth: str
    bars: Sequence[Bar]
    more: int


def goals(plan: Plan, year: Year, bars: Iterable[InGoal], adjusted: Iterable[AnyRow]) -> list[Goal]:
    """The actions of a plan in the year, goal by goal."""
    found: dict[uuid.UUID, list[AnyRow]] = {}
    for change in adjusted:
        found.setdefault(change.thing_id, []).append(change)
    return [_goal(plan, year, goal, rows, found) for goal, rows in bars]


def _goal(
    plan: Plan, year: Year, goal: AnyRow, rows: Sequence[AnyRow], adjusted: Mapping[uuid.UUID, Sequence[AnyRow]]
) -> Goal:
    growth = Growth(goal.growth) if goal.growth else None
    return Goal(
        title=goal.title or gettext("Not under a goal yet"),
        icon=GROWTH_ICONS[growth] if growth else "leaf" if goal.title else "circle-dashed",
        growth=word(GROWTH_LABELS[growth]) if growth else "",
        bars=[_bar(plan, year, row, adjusted.get(row.id, ())) for row in rows],
        more=goal.total - len(rows),
    )


def _bar(plan: Plan, year: Year, row: AnyRow, adjusted: Sequence[AnyRow]) -> Bar:
    begins = row.starts_on or min(clock.local(row.created_at).date(), row.due_on or date.max)
    done = clock.local(row.done_at).date() if row.done_at else None
    ends = done or row.due_on or plan.ends_on
    days = [(clock.local(one.at).date(), one.number) for one in adjusted]
    earlier, stands = _earlier(row, adjusted), word(ITEM_LABELS[row.status])
    return Bar(
        id=row.id,
        title=row.title,
        by=carried_by(row),
        status=row.status,
        stands=stands,
        number=STRATEGY_TRAITS[row.strategy].number,
        span=year.span(begins, max(begins, ends)),
        ghost=year.span(*earlier) if earlier else None,
        marks=[(year.at(day), number) for day, number in days if 0 <= year.at(day) < 100],
        says=_says(stands, row, done, earlier, [number for _day, number in days]),
    )


def _earlier(row: AnyRow, adjusted: Sequence[AnyRow]) -> tuple[date, date] | None:
    """From when to when it was planned before its days were adjusted for the last time; None when they never were."""
    for change in reversed(adjusted):
        was = {name: change.was[name] for name in ("starts_on", "due_on") if change.was.get(name)}
        if was:
            begins = date.fromisoformat(was["starts_on"]) if "starts_on" in was else row.starts_on
            ends = date.fromisoformat(was["due_on"]) if "due_on" in was else row.due_on
            return (begins or ends, ends or begins) if (begins or ends) <= (ends or begins) else None
    return None


def _says(
    stands: str, row: AnyRow, done: date | None, earlier: tuple[date, date] | None, numbers: Sequence[int]
) -> str:
    """The bar in words."""
    parts = [stands]
    if done:
        parts.append(gettext("on %(day)s", day=short_day(done)))
    elif row.starts_on and row.due_on:
        parts.append(gettext("from %(first)s to %(last)s", first=short_day(row.starts_on), last=short_day(row.due_on)))
    elif row.due_on:
        parts.append(gettext("by %(day)s", day=short_day(row.due_on)))
    else:
        parts.append(gettext("without a last day"))
    if earlier:
        parts.append(gettext("first planned until %(day)s", day=short_day(earlier[1])))
    parts += [gettext("adjustment %(num)s", num=number) for number in numbers]
    return ", ".join(parts)
