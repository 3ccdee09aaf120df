"""Linking a part of a plan to what a group talked about or decided or to a lesson, and a decision or a topic to a
lesson that it uses; taking such a link away."""

import uuid

from sqlalchemy import delete

from webapp.core import history
from webapp.core.db import db
from webapp.core.errors import Invalid
from webapp.groups.codes import Visibility
from webapp.groups.models import WorkingGroup
from webapp.lessons import using
from webapp.lessons.codes import UsedIn
from webapp.meetings.models import Decision, Topic
from webapp.plans import neighbours
from webapp.plans.codes import Link
from webapp.plans.doing_models import Belonging
from webapp.plans.neighbours import Knot
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require

USED_IN = {Link.BARRIER: UsedIn.BARRIER, Link.GOAL: UsedIn.PLAN, Link.ACTION: UsedIn.ACTION}
"""As what each part uses a lesson: a goal is the plan's."""


def link(knot: Knot, kind: Link, to_id: uuid.UUID, *, by: Actor) -> None:
    """Link it to a topic, a decision or a lesson that the whole network reads. What is linked already stays so."""
    require(by, Can.DO_PLANNED, knot)
    if not neighbours.can_be_linked(kind, to_id):
        raise Invalid({"thing": "cannot_be_linked"})
    if db.session.get(Belonging, (knot.id, to_id)):
        return
    row = Belonging(thing_id=knot.id, to_id=to_id, plan_id=knot.plan.id, part=knot.kind, to_kind=kind)
    db.session.add(row)
    db.session.flush()
    if kind is Link.LESSON:
        using.note(to_id, USED_IN[knot.kind], _user(knot), "", by=by)
    history.record(knot.kind, knot.id, "link", by=by, after=kind)


def unlink(knot: Knot, to_id: uuid.UUID, *, by: Actor) -> None:
    """Take a link away; what it led to stays where it is."""
    require(by, Can.DO_PLANNED, knot)
    db.session.execute(delete(Belonging).where(Belonging.thing_id == knot.id, Belonging.to_id == to_id))
    if knot.kind is not Link.GOAL or not neighbours.goals_use(knot.plan.id, to_id):
        using.forget(to_id, _user(knot))
    history.record(knot.kind, knot.id, "unlink", by=by)


def use_in(thing: Decision | Topic, chosen: tuple[Link, uuid.UUID], *, by: Actor) -> None:
    """Link a decision or a topic to a lesson that it uses. What is linked already stays so. A lesson tells how often it
    is used, so a confidential group links none."""
    require(by, Can.TAKE_PART, thing)
    kind, lesson_id = chosen
    if not may_use(thing.group) or kind is not Link.LESSON or not neighbours.can_be_linked(kind, lesson_id):
        raise Invalid({"thing": "cannot_be_linked"})
    used_in, named = _as(thing)
    if using.note(lesson_id, used_in, thing.id, "", by=by):
        history.record(named, thing.id, "link", by=by, after=kind)


def leave_out(thing: Decision | Topic, lesson_id: uuid.UUID, *, by: Actor) -> None:
    """The decision or the topic does not use the lesson after all."""
    require(by, Can.TAKE_PART, thing)
    using.forget(lesson_id, thing.id)
    history.record(_as(thing)[1], thing.id, "unlink", by=by)


def may_use(group: WorkingGroup) -> bool:
    """Whether lessons can be linked to what a group talks about and decides."""
    return group.visibility is not Visibility.CONFIDENTIAL and not group.is_about_integrity


def _as(thing: Decision | Topic) -> tuple[UsedIn, Link]:
    return (UsedIn.DECISION, Link.DECISION) if isinstance(thing, Decision) else (UsedIn.TOPIC, Link.TOPIC)


def _user(knot: Knot) -> uuid.UUID:
    return knot.plan.id if knot.kind is Link.GOAL else knot.id
