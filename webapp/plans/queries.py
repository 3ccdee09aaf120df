"""Reading plans: one with the group that carries it, a part of it with its plan, and the list of them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, TypeVar

from sqlalchemy import or_, select, tuple_
from sqlalchemy.orm import joinedload

from webapp.core.db import AnyRow, AnySelect, db, given, read
from webapp.core.statements import prepared
from webapp.groups import items
from webapp.groups import queries as groups
from webapp.groups.codes import Visibility
from webapp.groups.models import ActionItem, WorkingGroup
from webapp.plans.lifecycle import PlanStatus
from webapp.plans.models import Barrier, Choice, Evidence, Goal, Missing, Plan, PlanPart
from webapp.plans.story_models import Expectation, Outcome, Remark, Review, Voice
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import can

PAGE_SIZE = 30

OfPlan = TypeVar("OfPlan", bound=PlanPart)


def plan(plan_id: uuid.UUID) -> Plan | None:
    """One plan, with the group that carries it and who sits there."""
    return groups.with_group(Plan, plan_id)


def with_group(found: Plan) -> Plan:
    """Note on a plan who sits in the group that carries it."""
    groups.with_members(found.group)
    return found


def part(model: type[OfPlan], thing_id: uuid.UUID) -> OfPlan | None:
    """A part of a plan, with its plan and who carries that; as many queries for what is not there."""
    found = db.session.get(model, thing_id, options=[joinedload(model.plan).joinedload(Plan.group)])
    groups.with_members_of(found.group if found else None, thing_id)
    return found


_OF_NOBODY = SimpleNamespace(
    group=SimpleNamespace(member_ids=frozenset()), plan=SimpleNamespace(status=PlanStatus.CURRENT)
)
"""A plan that goes on and is carried by a group in which nobody sits."""


def steers_all(actor: Actor) -> bool:
    """Whether somebody steers every plan that goes on, and not only those that their groups carry."""
    return can(actor, Can.STEER_PLAN, _OF_NOBODY)


def evidence(evidence_id: uuid.UUID) -> Evidence | None:
    """Something that is known."""
    return part(Evidence, evidence_id)


def barrier(barrier_id: uuid.UUID) -> Barrier | None:
    """One barrier."""
    return part(Barrier, barrier_id)


def choice(choice_id: uuid.UUID) -> Choice | None:
    """One choice."""
    return part(Choice, choice_id)


def goal(goal_id: uuid.UUID) -> Goal | None:
    """One goal."""
    return part(Goal, goal_id)


def outcome(outcome_id: uuid.UUID) -> Outcome | None:
    """One outcome, with its goal, the plan and who carries that."""
    to_group = joinedload(Outcome.goal).joinedload(Goal.plan).joinedload(Plan.group)
    found = db.session.get(Outcome, outcome_id, options=[to_group])
    groups.with_members_of(found.group if found else None, outcome_id)
    return found


def missing(missing_id: uuid.UUID) -> Missing | None:
    """Something that is missing under a strategy."""
    return part(Missing, missing_id)


def review(review_id: uuid.UUID) -> Review | None:
    """One moment to look back."""
    return part(Review, review_id)


def voice(voice_id: uuid.UUID) -> Voice | None:
    """One moment at which somebody was listened to."""
    return part(Voice, voice_id)


def remark(remark_id: uuid.UUID) -> Remark | None:
    """One remark."""
    return part(Remark, remark_id)


def expectation(expectation_id: uuid.UUID) -> Expectation | None:
    """One light agreement."""
    return part(Expectation, expectation_id)


@dataclass(frozen=True, slots=True)
class Planned:
    """An action with the plan in which it stands. Rights ask for the group that carries the plan, and for whoever
    carries the action."""

    item: ActionItem
    plan: Plan

    @property
    def group(self) -> WorkingGroup:
        """The group that carries the plan."""
        return self.plan.group

    @property
    def owner_organisation_id(self) -> uuid.UUID | None:
        """The organisation on which it stands."""
        return self.item.owner_organisation_id

    @property
    def doing_ids(self) -> frozenset[uuid.UUID]:
        """Who does something for it: whoever carries it, and who sits in the group that does it."""
        return self.item.carrier_ids | self.item.group.member_ids


def planned(item_id: uuid.UUID) -> Planned | None:
    """An action that stands in a plan; None for one that stands in none."""
    item = items.item(item_id)
    found = plan(item.plan_id if item and item.plan_id else item_id)
    return Planned(item, found) if item and found else None


def plans(after: tuple[str, uuid.UUID] | None = None, *, is_current: bool = True) -> Sequence[AnyRow]:
    """Up to one page of the plans of the network by title, and one more."""
    values = {"status": PlanStatus.CURRENT if is_current else PlanStatus.ROUNDED_OFF}
    behind = {"behind_title": after[0], "behind_id": after[1]} if after else {}
    return read(_plans(behind=bool(after)), values | behind)


@prepared
def _plans(*, behind: bool) -> AnySelect:
    query = select(Plan.id, Plan.title, Plan.about, Plan.begins_on, Plan.ends_on, Plan.status).where(
        Plan.status == given("status", Plan.status)
    )
    if behind:
        last = tuple_(given("behind_title", Plan.title), given("behind_id", Plan.id))
        query = query.where(tuple_(Plan.title, Plan.id) > last)
    return query.order_by(Plan.title, Plan.id).limit(PAGE_SIZE + 1)


def can_carry(person_id: uuid.UUID | None, today: Any) -> Sequence[AnyRow]:
    """The groups that can carry a plan that somebody starts: no secret ones; their own on top."""
    values = {"me": person_id, "today": today}
    return read(_can_carry(), values)


@prepared
def _can_carry() -> AnySelect:
    return (
        select(WorkingGroup.id, WorkingGroup.name, groups.mine().label("is_mine"))
        .where(or_(WorkingGroup.visibility == Visibility.OPEN, WorkingGroup.visibility == Visibility.MEMBERS))
        .order_by(groups.mine().desc(), WorkingGroup.name, WorkingGroup.id)
        .limit(100)
    )
