"""Bringing actions from a table into a plan: what each column says, which rows are good, and putting those in.

Nothing is kept between looking and saying yes but the text itself, which stands in the form and is read anew each time.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from webapp.core import clock
from webapp.core.db import db
from webapp.groups import reminding
from webapp.groups.lifecycle import ItemStatus
from webapp.groups.models import ActionItem
from webapp.plans import doing
from webapp.plans.codes import Column
from webapp.plans.doing_models import SmallStep
from webapp.plans.models import Goal, Plan
from webapp.plans.tables import Line, Table
from webapp.plans.trello import BETWEEN, DONE, MOST_STEPS
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.strategies import Strategy

LONGEST = {Column.TITLE: 160, Column.ENOUGH: 160, Column.NOT_YET: 160, Column.LEARNED: 240}
LONGEST_STEP = 120
DAYS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d")


class Unclear(Exception):
    """A cell that cannot be taken: in which column, why, and what stands there."""

    def __init__(self, column: Column, fault: str, value: str = "") -> None:
        super().__init__(fault)
        self.column, self.fault, self.value = column, fault, value


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read a table: in which column each thing stands, and what the words in it mean.

    `states` says of each word in the column of states where its actions stand; None leaves them out. `strategy` is for
    rows that say none.
    """

    columns: Mapping[Column, int]
    states: Mapping[str, ItemStatus | None] = field(default_factory=dict)
    strategies: Mapping[str, Strategy] = field(default_factory=dict)
    bs: Mapping[str, B] = field(default_factory=dict)
    strategy: Strategy | None = None


@dataclass(frozen=True, slots=True)
class Good:
    """A row that can be an action."""

    line: Line
    wanted: doing.Wanted
    status: ItemStatus
    steps: tuple[tuple[str, bool], ...]
    learned: str


@dataclass(frozen=True, slots=True)
class Bad:
    """A row that cannot, with where and why."""

    line: Line
    column: Column
    fault: str
    value: str


@dataclass(frozen=True, slots=True)
class Checked:
    """The rows of a table: those that are good, those that are not, and how many are left out as asked."""

    good: Sequence[Good]
    bad: Sequence[Bad]
    skipped: int


def check(plan: Plan, table: Table, reading: Reading) -> Checked:
    """Read each row. Two queries, however many there are."""
    goals = {row.title.casefold(): row.id for row in db.session.execute(_goals(plan))}
    seen = {title.casefold() for title in db.session.scalars(_titles(plan))}
    good: list[Good] = []
    bad: list[Bad] = []
    skipped = 0
    for line in table.rows:
        row = _Row(line, reading, goals)
        try:
            if (found := row.good(seen)) is None:
                skipped += 1
            else:
                good.append(found)
                seen.add(found.wanted.title.casefold())
        except Unclear as fault:
            bad.append(Bad(line, fault.column, fault.fault, fault.value))
    return Checked(good, bad, skipped)


def _goals(plan: Plan) -> Any:
    return select(Goal.title, Goal.id).where(Goal.plan_id == plan.id)


def _titles(plan: Plan) -> Any:
    return select(ActionItem.title).where(ActionItem.plan_id == plan.id)


@dataclass(frozen=True, slots=True)
class _Row:
    line: Line
    reading: Reading
    goals: Mapping[str, uuid.UUID]

    def good(self, seen: set[str]) -> Good | None:
        status = self._status()
        if status is None:
            return None
        title, learned = self._text(Column.TITLE), self._text(Column.LEARNED)
        if not title:
            raise Unclear(Column.TITLE, "title_missing")
        if title.casefold() in seen:
            raise Unclear(Column.TITLE, "stands_there", title)
        if status is ItemStatus.DROPPED and not learned:
            raise Unclear(Column.LEARNED, "learned_missing")
        wanted = doing.Wanted(
            title, self._strategy(), bs=tuple(self._bs()), goal_id=self._goal(), starts_on=self._day(Column.STARTS),
            due_on=self._day(Column.DUE), enough_for=self._text(Column.ENOUGH), not_yet_for=self._text(Column.NOT_YET),
        )  # fmt: skip
        if wanted.starts_on and wanted.due_on and wanted.due_on < wanted.starts_on:
            raise Unclear(Column.DUE, "ends_too_early", self._cell(Column.DUE))
        return Good(self.line, wanted, status, tuple(self._steps()), learned)

    def _cell(self, column: Column) -> str:
        place = self.reading.columns.get(column)
        return self.line.cells[place] if place is not None and place < len(self.line.cells) else ""

    def _text(self, column: Column) -> str:
        found = " ".join(self._cell(column).split())
        if len(found) > LONGEST[column]:
            raise Unclear(column, "too_long", str(LONGEST[column]))
        return found

    def _status(self) -> ItemStatus | None:
        word = self._cell(Column.STATE)
        if not word:
            return ItemStatus.TO_START
        if word not in self.reading.states:
            raise Unclear(Column.STATE, "unknown_word", word)
        return self.reading.states[word]

    def _strategy(self) -> Strategy:
        word = self._cell(Column.STRATEGY)
        found = self.reading.strategies.get(word.casefold()) if word else self.reading.strategy
        if found is None:
            raise Unclear(Column.STRATEGY, "unknown_word" if word else "strategy_missing", word)
        return found

    def _bs(self) -> Iterator[B]:
        for word in filter(None, (part.strip() for part in self._cell(Column.BS).split(","))):
            if word.casefold() not in self.reading.bs:
                raise Unclear(Column.BS, "unknown_word", word)
            yield self.reading.bs[word.casefold()]

    def _goal(self) -> uuid.UUID | None:
        word = " ".join(self._cell(Column.GOAL).split())
        if word and word.casefold() not in self.goals:
            raise Unclear(Column.GOAL, "no_such_goal", word)
        return self.goals.get(word.casefold())

    def _day(self, column: Column) -> date | None:
        word = self._cell(column)
        if not word:
            return None
        found = day_of(word)
        if found is None:
            raise Unclear(column, "no_day", word)
        return found

    def _steps(self) -> Iterator[tuple[str, bool]]:
        lines = self._cell(Column.STEPS).replace(BETWEEN.strip(), "\n").split("\n")
        steps = [" ".join(line.split()) for line in lines if line.strip()]
        if len(steps) > MOST_STEPS:
            raise Unclear(Column.STEPS, "too_many_steps", str(MOST_STEPS))
        for step in steps:
            words = step.removeprefix(DONE)
            if len(words) > LONGEST_STEP:
                raise Unclear(Column.STEPS, "too_long", str(LONGEST_STEP))
            yield words, words != step


def day_of(word: str) -> date | None:
    """The day that a cell says: as people here write it, or as programs do. None when it says none."""
    for form in DAYS:
        try:
            return _sane(datetime.strptime(word, form).date())  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    try:
        moment = datetime.fromisoformat(word)
        return _sane(clock.local(moment).date() if moment.tzinfo else moment.date())
    except (ValueError, OverflowError):
        return None


def _sane(day: date) -> date | None:
    return day if 2000 <= day.year < 2100 else None


def bring(plan: Plan, good: Sequence[Good], *, by: Actor) -> int:
    """Put the good rows in the plan; how many there were."""
    require(by, Can.STEER_PLAN, plan)
    for row in good:
        item = doing.add(plan, row.wanted, by=by)
        steps = (SmallStep(item_id=item.id, words=w, is_done=d, position=p) for p, (w, d) in enumerate(row.steps))
        db.session.add_all(steps)
        if row.status is not ItemStatus.TO_START:
            item.status, item.learned = row.status, row.learned
            item.done_at = clock.now() if row.status is ItemStatus.DONE else None
            db.session.flush()
            reminding.arm(item)
    db.session.flush()
    return len(good)
