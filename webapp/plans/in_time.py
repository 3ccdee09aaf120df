"""The actions of a plan in time: goal by goal, and those that are still to come."""

import uuid
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Label, String, cast, func, null, select, union_all

from webapp.core.db import AnyRow, AnySelect, given, read
from webapp.core.numbers import joined
from webapp.core.statements import prepared
from webapp.groups.lifecycle import WAITING_FOR_HANDS, ItemStatus
from webapp.groups.models import ActionItem
from webapp.plans import bridge
from webapp.plans.models import Goal
from webapp.plans.story_models import Outcome

MOST_BARS, MOST_IN_GOAL, MOST_TO_COME = 60, 8, 12

InGoal = tuple[AnyRow, list[AnyRow]]
"""A goal, and the first of its actions."""


class InTime(NamedTuple):
    """The actions of a plan goal by goal, and those that are still to come by their last day."""

    goals: list[InGoal]
    to_come: list[AnyRow]


def of_plan(plan_id: uuid.UUID) -> InTime:
    """The actions of a plan goal by goal: each goal with how many there are, and the first of them; at last what stands
    under none. Beside them the first that are still to come. Two queries, which read little more than what is shown."""
    goals = read(_goals(), {"plan": plan_id})
    shown = dict([pair for goal in goals for pair in _keys(goal.first)][:MOST_BARS])
    to_come = dict(_keys(goals[0].to_come))
    rows = read(_bars(), {"shown": [*(shown | to_come).values()]})
    found: dict[uuid.UUID | None, list[AnyRow]] = {}
    for row in rows:
        if row.id.int in shown:
            found.setdefault(row.goal_id, []).append(row)
    return InTime(
        [(goal, found[goal.id]) for goal in goals if goal.id in found],
        sorted((row for row in rows if row.id.int in to_come), key=lambda row: (row.due_on or date.max, row.id.int)),
    )


def _keys(text: str | None) -> list[tuple[int, uuid.UUID]]:
    """Ids, each behind its number: hashing that takes Python no call."""
    return [(key.int, key) for key in map(uuid.UUID, text.split(","))] if text else []


IN_TIME = (
    func.coalesce(ActionItem.starts_on, ActionItem.due_on).nulls_last(), ActionItem.title.expression, ActionItem.id,
)  # fmt: skip


@prepared
def _goals() -> AnySelect:
    growth = (
        select(Outcome.growth)
        .where(Outcome.goal_id == Goal.id)
        .order_by(Outcome.seen_on.desc(), Outcome.at.desc(), Outcome.id)
        .limit(1)
        .scalar_subquery()
    )
    under = _in_goal(Goal.id, Goal.title, growth, Goal.position, actions=ActionItem.goal_id == Goal.id)
    under = under.where(Goal.plan_id == given("plan", Goal.plan_id))
    under_none = _in_goal(*(null() for _column in range(4)), actions=ActionItem.goal_id.is_(None))
    goals = under.union_all(under_none).subquery()
    return select(goals, _to_come()).order_by(goals.c.id.is_(None), goals.c.position, goals.c.id)


def _to_come() -> Label[str]:
    """The first that somebody still does something for, by their last day. Of each standing those with a day and those
    without are read apart, as they stand in an index."""
    first = union_all(
        *(
            select(
                select(ActionItem.id, ActionItem.due_on)
                .where(ActionItem.plan_id == given("plan", ActionItem.plan_id), ActionItem.status == status, dated)
                .order_by(ActionItem.due_on, ActionItem.id)
                .limit(MOST_TO_COME)
                .subquery()
            )
            for status in WAITING_FOR_HANDS
            for dated in (ActionItem.due_on.is_not(None), ActionItem.due_on.is_(None))
        )
    ).subquery()
    few = select(first.c.id).order_by(first.c.due_on.nulls_last(), first.c.id).limit(MOST_TO_COME).subquery()
    return select(joined(cast(few.c.id, String), ",")).scalar_subquery().label("to_come")


def _in_goal(*goal: Any, actions: ColumnElement[bool]) -> AnySelect:
    wanted = (
        ActionItem.plan_id == given("plan", ActionItem.plan_id),
        ActionItem.status.not_in((ItemStatus.DROPPED, ItemStatus.SEED)),
        actions,
    )
    total = select(func.count()).select_from(ActionItem).where(*wanted).correlate(Goal)
    first = select(ActionItem.id).where(*wanted).order_by(*IN_TIME).limit(MOST_IN_GOAL).correlate(Goal).subquery()
    keys = select(joined(cast(first.c.id, String), ","))
    columns = (*goal, total.scalar_subquery(), keys.scalar_subquery())
    names = ("id", "title", "growth", "position", "total", "first")
    return select(*(column.label(name) for column, name in zip(columns, names, strict=True)))


@prepared
def _bars() -> AnySelect:
    more = ActionItem.starts_on, ActionItem.created_at, ActionItem.done_at, ActionItem.goal_id
    shown = ActionItem.id.in_(given("shown", ActionItem.id, many=True))
    return bridge.actions().add_columns(*more).where(shown).order_by(*IN_TIME)
