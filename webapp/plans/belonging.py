"""What stands before and after the things of other areas in the chain: a topic, a decision, an action, a lesson."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Uuid, and_, cast, false, literal_column, null, or_, select, true

from webapp.core.db import AnyRow, AnySelect, given, read
from webapp.core.statements import prepared
from webapp.groups import queries as groups
from webapp.groups.codes import Visibility
from webapp.groups.models import ActionItem, WorkingGroup, confided_here
from webapp.lessons.codes import Origin, UsedIn
from webapp.lessons.models import Lesson
from webapp.lessons.queries import IS_OUT
from webapp.lessons.use_models import LessonUse
from webapp.meetings.lifecycle import MeetingStatus, TopicStatus
from webapp.meetings.models import Decision, Meeting, Topic
from webapp.plans.codes import Link
from webapp.plans.doing_models import Belonging
from webapp.plans.models import Barrier, Goal, Plan
from webapp.policy.actor import Actor

MOST = 30
"""So many of one kind stand beside something."""

_TO = given("to", Belonging.to_id, many=True)
_NO_MEETING: Any = cast(null(), Uuid)
_NO_PLAN: Any = literal_column("''").label("plan")
_READS = and_(or_(WorkingGroup.visibility == Visibility.OPEN, groups.mine()), ~WorkingGroup.is_about_integrity)
"""The groups of which somebody reads along what they decided and do. What is about integrity stands in no chain."""
_IS_NO_SECRET = WorkingGroup.visibility != Visibility.CONFIDENTIAL
"""A lesson tells of no group that became confidential that it used it, not even to whoever sits there."""


def of(thing_ids: Sequence[uuid.UUID], actor: Actor) -> dict[uuid.UUID, list[AnyRow]]:
    """Beside these topics, decisions, actions and lessons, as far as somebody may read it: the parts of plans that are
    linked to them, the lessons that were made of them or that they use, and what a lesson was made of. One query.

    `is_before` says on which side of the thing a row stands, `is_linked` whether somebody linked it by hand.
    """
    found = read(_beside(), groups.values(actor) | {"to": sorted(thing_ids)}) if thing_ids else ()
    return {one: [row for row in found if row.to_id == one] for one in {row.to_id for row in found}}


@prepared
def _beside() -> AnySelect:
    rows = (
        _part(Link.BARRIER, Barrier, Barrier.words),
        _part(Link.GOAL, Goal, Goal.title),
        _part(Link.ACTION, ActionItem, ActionItem.title),
        _lesson(Lesson.origin_id, false()).where(IS_OUT),
        _lesson(LessonUse.thing_id, true()).join(LessonUse, _used_by_group()).where(IS_OUT),
        _source(Link.DECISION, Origin.DECISION, Decision, Decision.statement).where(_READS),
        _source(Link.ACTION, Origin.ACTION, ActionItem, ActionItem.title).where(
            or_(ActionItem.plan_id.is_not(None), _READS)
        ),
        _using(UsedIn.DECISION, Link.DECISION, Decision, Decision.statement).where(_READS, _IS_NO_SECRET),
        _using(UsedIn.TOPIC, Link.TOPIC, Topic, Topic.title, Topic.meeting_id)
        .join(Meeting, and_(Meeting.id == Topic.meeting_id, Meeting.status != MeetingStatus.DRAFT))
        .where(_READS, _IS_NO_SECRET, Topic.status != TopicStatus.DROPPED),
    )
    first, *others = (select(row.limit(MOST).subquery()) for row in rows)
    found = first.union_all(*others).subquery()
    return select(found).order_by(found.c.plan, found.c.title, found.c.id)


def _row(to_id: Any, kind: Link, model: Any, title: Any, *more: Any, meeting: Any = _NO_MEETING) -> AnySelect:
    named: Any = literal_column(f"'{kind.value}'").label("kind")
    told = confided_here(title).label("title")
    columns = (to_id.label("to_id"), named, model.id.label("id"), told, meeting.label("meeting_id"), *more)
    return select(*columns).where(to_id.in_(_TO)).order_by(model.id)


def _sides(*, is_before: ColumnElement[bool], is_linked: ColumnElement[bool]) -> tuple[ColumnElement[bool], ...]:
    return is_before.label("is_before"), is_linked.label("is_linked")


def _part(kind: Link, model: Any, title: Any) -> AnySelect:
    """A part of a plan: before what a group talked about or decided, and after a lesson that is used there."""
    sides = _sides(is_before=Belonging.to_kind != Link.LESSON, is_linked=true())
    return (
        _row(Belonging.to_id, kind, model, title, Plan.title.label("plan"), *sides)
        .join(Belonging, Belonging.thing_id == model.id)
        .join(Plan, Plan.id == model.plan_id)
    )


def _lesson(to_id: Any, is_linked: ColumnElement[bool]) -> AnySelect:
    sides = _sides(is_before=false(), is_linked=is_linked)
    return _row(to_id, Link.LESSON, Lesson, Lesson.title, _NO_PLAN, *sides)


def _used_by_group() -> ColumnElement[bool]:
    return and_(LessonUse.lesson_id == Lesson.id, LessonUse.used_in.in_((UsedIn.DECISION, UsedIn.TOPIC)))


def _source(kind: Link, origin: Origin, model: Any, title: Any) -> AnySelect:
    """What a lesson was made of."""
    sides = _sides(is_before=true(), is_linked=false())
    return (
        _row(Lesson.id, kind, model, title, _plan_of(model), *sides)
        .join(Lesson, and_(Lesson.origin == origin, Lesson.origin_id == model.id))
        .join(WorkingGroup, WorkingGroup.id == model.group_id)
    )


def _plan_of(model: Any) -> Any:
    """The title of the plan in which an action stands, and nothing for what stands in none."""
    if model is not ActionItem:
        return _NO_PLAN
    titled = select(Plan.title).where(Plan.id == ActionItem.plan_id).correlate(ActionItem).scalar_subquery()
    return titled.label("plan")


def _using(used_in: UsedIn, kind: Link, model: Any, title: Any, meeting: Any = _NO_MEETING) -> AnySelect:
    """A decision or a topic that uses a lesson."""
    sides = _sides(is_before=false(), is_linked=true())
    return (
        _row(LessonUse.lesson_id, kind, model, title, _NO_PLAN, *sides, meeting=meeting)
        .join(LessonUse, and_(LessonUse.thing_id == model.id, LessonUse.used_in == used_in))
        .join(WorkingGroup, WorkingGroup.id == model.group_id)
    )
