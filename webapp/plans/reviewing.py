"""Moments to look back on a plan: planning one, holding it, saying which adjustments came from it."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import update

from webapp.core import clock, history
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid
from webapp.core.versions import expect
from webapp.meetings import agenda
from webapp.meetings.codes import Wish
from webapp.plans.models import Plan
from webapp.plans.story_models import Adjustment, Expectation, Review
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look back brought: when, what was seen, and what changes because of it."""

    held_on: date
    saw: str
    changes: str = ""


def plan_one(plan: Plan, planned_on: date, who: str = "", *, by: Actor) -> Review:
    """Plan a moment to look back, and say with whom."""
    require(by, Can.STEER_PLAN, plan)
    if planned_on < clock.today():
        raise Invalid({"planned_on": "day_has_passed"})
    row = Review(plan_id=plan.id, planned_on=planned_on, who=who)
    db.session.add(row)
    db.session.flush()
    history.record("review", row.id, "plan", by=by)
    return row


def put_off(review: Review, planned_on: date, who: str = "", *, by: Actor, version: int | None = None) -> None:
    """Look back on another day, or with others. The agreements that are looked back on then go along."""
    require(by, Can.STEER_PLAN, review)
    expect(review, version)
    if review.held_on:
        raise Conflict()
    if planned_on < clock.today() and planned_on != review.planned_on:
        raise Invalid({"planned_on": "day_has_passed"})
    review.planned_on, review.who = planned_on, who
    along = update(Expectation).where(Expectation.review_id == review.id)
    db.session.execute(along.values(look_back_on=planned_on))
    db.session.flush()
    history.record("review", review.id, "put_off", by=by)


def hold(review: Review, seen: Seen, *, by: Actor, version: int | None = None) -> None:
    """Write down what was seen and what changes; words can be mended afterwards."""
    require(by, Can.STEER_PLAN, review)
    expect(review, version)
    if seen.held_on > clock.today():
        raise Invalid({"held_on": "day_is_ahead"})
    was_held = review.held_on is not None
    review.held_on, review.saw, review.changes = seen.held_on, seen.saw, seen.changes
    db.session.flush()
    history.record("review", review.id, "mend" if was_held else "hold", by=by)


def call_off(review: Review, *, by: Actor) -> None:
    """Not this one. What was held stays."""
    require(by, Can.STEER_PLAN, review)
    if review.held_on:
        raise Conflict()
    history.record("review", review.id, "call_off", by=by)
    db.session.delete(review)
    db.session.flush()


def came_from(review: Review, adjustment_ids: Collection[uuid.UUID], *, by: Actor) -> int:
    """Say which adjustments of the plan came from this look back; those of another one stay with that."""
    require(by, Can.STEER_PLAN, review)
    theirs = (
        update(Adjustment)
        .where(Adjustment.plan_id == review.plan_id, Adjustment.id.in_(adjustment_ids), Adjustment.review_id.is_(None))
        .values(review_id=review.id)
        .returning(Adjustment.id)
    )
    found = len(db.session.execute(theirs).all())
    if found:
        history.record("review", review.id, "lead_to", by=by, after=str(found))
    return found


def bring(review: Review, title: str, *, by: Actor) -> None:
    """Hold it in a meeting: a topic waits in the inbox of the group that carries the plan."""
    require(by, Can.STEER_PLAN, review)
    if review.held_on or review.topic_id:
        raise Conflict()
    topic = agenda.add(review.group, agenda.About(title, Wish.TALK), by=by)
    review.topic_id = topic.id
    db.session.flush()
    history.record("review", review.id, "bring", by=by)
