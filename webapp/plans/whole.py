"""Reading everything that stands in a plan, to take it along."""

import uuid
from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import and_, select
from sqlalchemy.orm import selectinload

from webapp.accounts.models import Organisation
from webapp.core.db import AnyRow, AnySelect, db, given, read
from webapp.core.statements import prepared
from webapp.groups.codes import Visibility
from webapp.groups.models import ActionItem, WorkingGroup
from webapp.plans import told
from webapp.plans.doing_models import SmallStep
from webapp.plans.models import Barrier, Choice, Evidence, Goal, Plan
from webapp.plans.story_models import Adjustment, Outcome, Review, Voice

MOST = 2000
_IS_NO_SECRET = WorkingGroup.visibility != Visibility.CONFIDENTIAL

Part = TypeVar("Part", Choice, Barrier, Goal, Evidence, Review, Voice)


def actions(plan: Plan) -> Sequence[AnyRow]:
    """The actions of a plan with their goal and the organisation or group that carries them; nobody in person and no
    secret group."""
    return read(_actions(), {"plan": plan.id})


@prepared
def _actions() -> AnySelect:
    return (
        select(
            ActionItem.id, ActionItem.title, ActionItem.status, ActionItem.side, ActionItem.strategy, ActionItem.bs,
            ActionItem.goal_id, ActionItem.starts_on, ActionItem.due_on, ActionItem.enough_for, ActionItem.not_yet_for,
            ActionItem.learned, Goal.title.label("goal"), Organisation.name.label("organisation"),
            WorkingGroup.name.label("group"),
        )
        .outerjoin(Goal, Goal.id == ActionItem.goal_id)
        .outerjoin(Organisation, Organisation.id == ActionItem.owner_organisation_id)
        .outerjoin(WorkingGroup, and_(WorkingGroup.id == ActionItem.group_id, _IS_NO_SECRET))
        .where(ActionItem.plan_id == given("plan", ActionItem.plan_id))
        .order_by(ActionItem.created_at, ActionItem.id)
        .limit(MOST)
    )  # fmt: skip


def steps(plan: Plan) -> dict[uuid.UUID, list[AnyRow]]:
    """The small steps of all actions of a plan, by action."""
    found: dict[uuid.UUID, list[AnyRow]] = {}
    for row in read(_steps(), {"plan": plan.id}):
        found.setdefault(row.item_id, []).append(row)
    return found


@prepared
def _steps() -> AnySelect:
    return (
        select(SmallStep.item_id, SmallStep.words, SmallStep.is_done)
        .join(ActionItem, ActionItem.id == SmallStep.item_id)
        .where(ActionItem.plan_id == given("plan", ActionItem.plan_id))
        .order_by(SmallStep.item_id, SmallStep.position, SmallStep.id)
    )


def parts(model: type[Part], plan: Plan, *order: Any) -> Sequence[Part]:
    """The parts of one kind, in an order."""
    query = select(model).where(model.plan_id == plan.id).order_by(*order, model.id).limit(MOST)
    return db.session.scalars(query).all()


def goals(plan: Plan) -> Sequence[Goal]:
    """The goals of a plan, with the barriers that they make smaller."""
    query = select(Goal).where(Goal.plan_id == plan.id).order_by(Goal.position, Goal.id).limit(MOST)
    return db.session.scalars(query.options(selectinload(Goal.barriers))).all()


def outcomes(plan: Plan) -> Sequence[Outcome]:
    """What changed, by the day on which it was seen."""
    query = select(Outcome).join(Goal, Goal.id == Outcome.goal_id).where(Goal.plan_id == plan.id)
    return db.session.scalars(query.order_by(Outcome.seen_on, Outcome.id).limit(MOST)).all()


def adjustments(plan: Plan) -> Sequence[AnyRow]:
    """What was adjusted in a plan, in the order in which it happened."""
    return read(_adjustments(), {"plan": plan.id})


@prepared
def _adjustments() -> AnySelect:
    here = Adjustment.plan_id == given("plan", Adjustment.plan_id)
    return told.adjustments().where(here).order_by(Adjustment.at, Adjustment.id).limit(MOST)
