"""Reading moments to look back: what to look at beforehand, what came from one, and which of them are near."""

import uuid
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, literal_column, or_, select, true

from webapp.accounts.models import Organisation
from webapp.core import clock
from webapp.core.db import AnyRow, AnySelect, db, given, read
from webapp.core.numbers import Columns, Numbers, packed, unpacked
from webapp.core.statements import prepared
from webapp.groups import queries as groups
from webapp.groups.lifecycle import WAITING_FOR_HANDS, ItemStatus
from webapp.groups.models import ActionItem, Membership
from webapp.meetings.models import Topic
from webapp.plans import bridge, queries
from webapp.plans.lifecycle import PlanStatus
from webapp.plans.models import Plan
from webapp.plans.story_models import Adjustment, Expectation, Review
from webapp.policy.actor import Actor

NEAR = timedelta(days=7)
"""So long before its day a look back comes on Today."""
MOST_SHOWN = 4
MOST_TO_LOOK_AT = 12
MOST_LOOSE = 30
MOST_HELD = 6


def to_look_at(plan: Plan) -> Sequence[AnyRow]:
    """The actions that are stuck or whose day has passed: what to talk about."""
    return read(_to_look_at(), {"plan": plan.id, "today": clock.today()})


@prepared
def _to_look_at() -> AnySelect:
    late = and_(ActionItem.status.in_(WAITING_FOR_HANDS), ActionItem.due_on < given("today", ActionItem.due_on))
    return (
        bridge.actions()
        .where(
            ActionItem.plan_id == given("plan", ActionItem.plan_id), or_(ActionItem.status == ItemStatus.STUCK, late)
        )
        .order_by(ActionItem.due_on, ActionItem.title, ActionItem.id)
        .limit(MOST_TO_LOOK_AT)
    )


def topic(review: Review) -> Topic | None:
    """The topic by which it is held in a meeting; as many queries without one."""
    return db.session.get(Topic, review.topic_id or review.id)


def held(plan: Plan) -> Sequence[AnyRow]:
    """The last looks back that were held, the newest first."""
    query = select(Review.id, Review.held_on, Review.who).where(Review.plan_id == plan.id, Review.held_on.is_not(None))
    return db.session.execute(query.order_by(Review.held_on.desc(), Review.id).limit(MOST_HELD)).all()


def to_come(plan: Plan) -> Sequence[AnyRow]:
    """The looks back that are planned, the earliest first."""
    query = select(Review.id, Review.planned_on, Review.who).where(Review.plan_id == plan.id, Review.held_on.is_(None))
    return db.session.execute(query.order_by(Review.planned_on, Review.id).limit(MOST_HELD)).all()


def agreements(review: Review) -> Sequence[AnyRow]:
    """The agreements with partners that are looked back on then."""
    query = select(Expectation.id, Expectation.we_do, Organisation.name).where(Expectation.review_id == review.id)
    query = query.join(Organisation, Organisation.id == Expectation.organisation_id)
    return db.session.execute(query.order_by(Organisation.name, Expectation.id).limit(MOST_LOOSE)).all()


def came_from(review: Review) -> Sequence[AnyRow]:
    """The adjustments that came from it, in order."""
    query = _adjustments().where(Adjustment.review_id == review.id)
    return db.session.execute(query.order_by(Adjustment.at, Adjustment.id).limit(MOST_LOOSE)).all()


def loose(review: Review) -> Sequence[AnyRow]:
    """The last adjustments of the plan that came from no look back yet."""
    query = _adjustments().where(Adjustment.plan_id == review.plan_id, Adjustment.review_id.is_(None))
    return db.session.execute(query.order_by(Adjustment.at.desc(), Adjustment.id).limit(MOST_LOOSE)).all()


def _adjustments() -> AnySelect:
    return select(Adjustment.id, Adjustment.part, Adjustment.thing_id, Adjustment.title, Adjustment.why, Adjustment.at)


COMING = "plans-reviews"


class Coming(NamedTuple):
    """A look back that is near."""

    planned_on: date
    title: str
    who: str
    id: uuid.UUID


def any_coming(actor: Actor) -> Numbers:
    """The looks back that are near on plans that somebody steers, to be read with `coming`."""
    return Numbers(_any_coming(queries.steers_all(actor)), _values(actor)) if actor.is_known else Numbers()


def coming(found: str | None) -> list[Coming]:
    """What `any_coming` brought, the earliest first."""
    rows = unpacked(found)
    return sorted(Coming(date.fromisoformat(day), title, who, uuid.UUID(key)) for key, day, who, title in rows)


def _values(actor: Actor) -> dict[str, Any]:
    return groups.values(actor) | {"review_near": clock.today() + NEAR}


@cache
def _any_coming(all_plans: bool) -> Columns:
    near = (
        select(Review.id, Review.planned_on, Review.who, Plan.title)
        .join(Plan, Plan.id == Review.plan_id)
        .where(
            Review.held_on.is_(None),
            Review.planned_on <= given("review_near", Review.planned_on),
            Plan.status == PlanStatus.CURRENT,
            true() if all_plans else _carried_by_mine(),
        )
    )
    return {COMING: packed(near.order_by(Review.planned_on, Review.id).limit(literal_column(str(MOST_SHOWN))))}


def _carried_by_mine() -> ColumnElement[bool]:
    mine = select(Membership.group_id).where(
        Membership.person_id == given("me", Membership.person_id), groups.sits_now()
    )
    return Plan.group_id.in_(mine)
