"""Putting an action of a working group in a plan, and taking it out: what the group does and the plan is one thing."""

import uuid
from collections.abc import Sequence

from sqlalchemy import delete, exists, or_, select

from webapp.core import history
from webapp.core.db import AnyRow, db
from webapp.core.errors import Conflict, Invalid
from webapp.groups import actions, carrying
from webapp.groups import queries as groups
from webapp.groups.lifecycle import ItemStatus
from webapp.groups.models import ActionItem, WorkingGroup
from webapp.plans import doing, queries, story
from webapp.plans.doing_models import ComesFirst
from webapp.plans.lifecycle import PlanStatus
from webapp.plans.models import Plan
from webapp.plans.queries import Planned
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.predicates import coordinates
from webapp.policy.rules import can, require
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.strategies import STRATEGY_TRAITS, Strategy

MOST_PLANS = 30


def place(item: ActionItem, plan_id: uuid.UUID, strategy: Strategy, bs: Sequence[B], *, by: Actor) -> Planned:
    """Put an action of a group in a plan. Whoever does so sits in the group and steers the plan."""
    require(by, Can.PLACE_ACTION, item)
    if item.plan_id:
        raise Conflict()
    plan = queries.plan(plan_id)
    if plan is None or not can(by, Can.STEER_PLAN, plan):
        raise Invalid({"plan": "no_such_plan"})
    item.plan_id, item.strategy, item.bs = plan.id, strategy, tuple(bs)
    item.side = STRATEGY_TRAITS[strategy].side
    db.session.flush()
    history.record("action", item.id, "place", by=by, after=str(plan.id))
    return Planned(item, plan)


def take_out(planned: Planned, why: str, *, by: Actor) -> None:
    """Take an action out of its plan; it stays one of its group. What waited for it in the plan waits no longer."""
    require(by, Can.STEER_PLAN, planned.plan)
    require(by, Can.PLACE_ACTION, planned.item)
    item = planned.item
    story.tell(doing.about(planned), {"plan": planned.plan.title}, {"plan": ""}, why, by=by)
    if item.status is ItemStatus.SEED:
        carrying.move_on(item, ItemStatus.TO_START, by=by)
    db.session.execute(delete(ComesFirst).where(or_(ComesFirst.item_id == item.id, ComesFirst.first_id == item.id)))
    item.plan_id, item.goal_id = None, None
    db.session.flush()
    history.record("action", item.id, "take_out", by=by, before=str(planned.plan.id))


def plans_for(by: Actor) -> list[AnyRow]:
    """The plans that go on in which somebody can put an action: those they steer."""
    query = select(Plan.id, Plan.title).join(WorkingGroup, WorkingGroup.id == Plan.group_id)
    query = query.where(Plan.status == PlanStatus.CURRENT).order_by(Plan.title, Plan.id).limit(MOST_PLANS)
    if not coordinates(by, None):
        query = query.where(groups.mine())
    return list(db.session.execute(query, groups.values(by)).all())


def is_known(group_id: uuid.UUID) -> bool:
    """Whether a plan, which everybody reads, is carried by a group or holds something that it does."""
    carries = exists().where(Plan.group_id == group_id)
    does = exists().where(ActionItem.group_id == group_id, ActionItem.plan_id.is_not(None))
    return bool(db.session.scalar(select(or_(carries, does))))


actions.KNOWN_BY.append(is_known)
