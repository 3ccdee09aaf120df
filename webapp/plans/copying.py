"""Filling a new plan from what is there: suggestions for an objective, another plan, or a barrier.

Everything begins afresh: what was chosen and done comes along, what became of it does not.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from webapp.core import clock, history
from webapp.core.db import db
from webapp.core.errors import Invalid
from webapp.groups.lifecycle import ItemStatus
from webapp.groups.models import ActionItem
from webapp.plans import queries, whole
from webapp.plans.doing_models import SmallStep
from webapp.plans.models import Barrier, Choice, Goal, Plan
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require
from webapp.vocabulary.distances import Distance
from webapp.vocabulary.objectives import OBJECTIVE_TRAITS, Objective


@dataclass(frozen=True, slots=True)
class Suggested:
    """A choice and a goal for an objective, in words."""

    objective: Objective
    distances: tuple[Distance, ...]
    for_whom: str
    title: str
    sign: str


def from_objectives(plan: Plan, suggested: Iterable[Suggested], *, by: Actor) -> None:
    """Put a choice and a goal in a new plan for each objective; who goes on with it says them in their own words."""
    require(by, Can.START_PLAN)
    for place, one in enumerate(suggested, 1):
        side = OBJECTIVE_TRAITS[one.objective].side
        choice = Choice(
            plan_id=plan.id, for_whom=one.for_whom, side=side, objective=one.objective, distances=one.distances,
            until=plan.ends_on,
        )  # fmt: skip
        db.session.add(choice)
        db.session.flush()
        db.session.add(Goal(plan_id=plan.id, choice_id=choice.id, title=one.title, sign=one.sign, position=place))
    db.session.flush()


def from_plan(plan: Plan, source_id: uuid.UUID, *, by: Actor) -> None:
    """Take the choices, barriers, goals and actions of another plan along."""
    require(by, Can.START_PLAN)
    source = queries.plan(source_id)
    if source is None:
        raise Invalid({"like": "plan_gone"})
    require(by, Can.SEE_PLAN, source)
    barriers = {row.id: _barrier(plan, row) for row in whole.parts(Barrier, source, Barrier.added_at)}
    chosen = [row for row in whole.parts(Choice, source, Choice.until) if row.is_open]
    choices = {row.id: _choice(plan, row) for row in chosen}
    db.session.add_all([*barriers.values(), *choices.values()])
    db.session.flush()
    found = whole.goals(source)
    goals = {row.id: _goal(plan, row, choices) for row in found}
    for row in found:
        goals[row.id].barriers = [barriers[one.id] for one in row.barriers if one.id in barriers]
    db.session.add_all(goals.values())
    db.session.flush()
    _actions(plan, source, goals)
    history.record("plan", plan.id, "copy", by=by)


def from_barrier(plan: Plan, barrier_id: uuid.UUID, *, by: Actor) -> None:
    """Start from one barrier, of whichever plan."""
    require(by, Can.START_PLAN)
    found = queries.barrier(barrier_id)
    if found is None:
        raise Invalid({"barrier": "no_such_barrier"})
    require(by, Can.SEE_PLAN, found)
    db.session.add(_barrier(plan, found))
    db.session.flush()


def _barrier(plan: Plan, row: Barrier) -> Barrier:
    return Barrier(
        plan_id=plan.id, side=row.side, bs=row.bs, distances=row.distances, words=row.words, setting=row.setting,
        shared=row.shared, added_at=clock.now(),
    )  # fmt: skip


def _choice(plan: Plan, row: Choice) -> Choice:
    return Choice(
        plan_id=plan.id, for_whom=row.for_whom, side=row.side, objective=row.objective, distances=row.distances,
        until=plan.ends_on, is_highlighted=row.is_highlighted,
    )  # fmt: skip


def _goal(plan: Plan, row: Goal, choices: dict[uuid.UUID, Choice]) -> Goal:
    choice = choices.get(row.choice_id) if row.choice_id else None
    return Goal(
        plan_id=plan.id, title=row.title, sign=row.sign, number=row.number, position=row.position,
        choice_id=choice.id if choice else None,
    )  # fmt: skip


def _actions(plan: Plan, source: Plan, goals: dict[uuid.UUID, Goal]) -> None:
    """The actions without days and without who carried them. What was dropped stays behind."""
    steps, now = whole.steps(source), clock.now()
    for row in whole.actions(source):
        if row.status is ItemStatus.DROPPED:
            continue
        item = ActionItem(
            group_id=plan.group_id, plan_id=plan.id, title=row.title, side=row.side, strategy=row.strategy, bs=row.bs,
            status=ItemStatus.SEED if row.status is ItemStatus.SEED else ItemStatus.TO_START,
            goal_id=goals[row.goal_id].id if row.goal_id in goals else None, created_at=now, moved_at=now,
            enough_for=row.enough_for, not_yet_for=row.not_yet_for,
        )  # fmt: skip
        db.session.add(item)
        db.session.flush()
        todo = enumerate(steps.get(row.id, ()))
        db.session.add_all(SmallStep(item_id=item.id, words=one.words, position=place) for place, one in todo)
    db.session.flush()
