"""The chain of a plan: what stands before and after a barrier, a goal or an action, up to topics, decisions, lessons.

What a group keeps to itself is never in it: a topic or a decision is shown, and can be linked, while its group is open
to the network and not about integrity and, for a topic, its meeting is no draft. A lesson is, while it is out.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    String,
    Uuid,
    and_,
    cast,
    exists,
    false,
    func,
    literal_column,
    null,
    or_,
    select,
    union,
)
from sqlalchemy.orm import aliased

from webapp.core.db import AnyRow, AnySelect, given, read
from webapp.core.patterns import ESCAPE, literally
from webapp.core.statements import prepared
from webapp.groups import items
from webapp.groups import queries as groups
from webapp.groups.codes import Visibility
from webapp.groups.models import ActionItem, WorkingGroup, confided_here
from webapp.lessons.models import Lesson
from webapp.lessons.queries import IS_OUT
from webapp.meetings.lifecycle import DecisionStatus, MeetingStatus, TopicStatus
from webapp.meetings.models import Decision, Meeting, MinuteLine, Topic
from webapp.plans import learned, queries
from webapp.plans.codes import Link
from webapp.plans.doing_models import Belonging
from webapp.plans.models import Barrier, BarrierEvidence, Evidence, Goal, GoalBarrier, Plan
from webapp.policy.actor import Actor

MOST = 30
"""So many of one kind stand in a chain."""
MOST_CHOICES = 60
CAN_LINK = (Link.TOPIC, Link.DECISION, Link.LESSON)
"""What somebody can link to a part of a plan."""

_THING = given("thing", Goal.id)
_NOTHING = cast(null(), Uuid)
_IS_OPEN = and_(WorkingGroup.visibility == Visibility.OPEN, ~WorkingGroup.is_about_integrity)
_IS_TOLD = or_(Topic.meeting_id.is_(None), Meeting.status != MeetingStatus.DRAFT)
_STANDS = Topic.status.not_in((TopicStatus.DROPPED, TopicStatus.MOVED))


@dataclass(frozen=True, slots=True)
class Knot:
    """A part of a plan from which one looks along the chain. Rights ask for it as they do for an action."""

    kind: Link
    id: uuid.UUID
    title: str
    plan: Plan
    owner_organisation_id: uuid.UUID | None = None
    doing_ids: frozenset[uuid.UUID] = frozenset()

    @property
    def group(self) -> WorkingGroup:
        """The group that carries the plan."""
        return self.plan.group


def knot(part_id: uuid.UUID) -> Knot | None:
    """A barrier, a goal or an action of a plan; as many queries for what is not there."""
    row = next(iter(read(_which(), {"thing": part_id})), None)
    item = items.item(part_id)
    plan = queries.plan(row.plan_id if row else part_id)
    if row is None or plan is None:
        return None
    if item is None:
        return Knot(Link(row.kind), part_id, row.title, plan)
    doing = item.carrier_ids | item.group.member_ids
    return Knot(Link.ACTION, part_id, item.title, plan, item.owner_organisation_id, doing)


@prepared
def _which() -> AnySelect:
    found = union(
        select(_kind(Link.BARRIER), Barrier.words.label("title"), Barrier.plan_id).where(Barrier.id == _THING),
        select(_kind(Link.GOAL), Goal.title, Goal.plan_id).where(Goal.id == _THING),
        select(_kind(Link.ACTION), ActionItem.title, ActionItem.plan_id).where(
            ActionItem.id == _THING, ActionItem.plan_id.is_not(None)
        ),
    ).subquery()
    return select(found)


def _kind(kind: Link) -> ColumnElement[str]:
    return literal_column(f"'{kind.value}'").label("kind")


@dataclass(frozen=True, slots=True)
class Chain:
    """What stands around one part of a plan, by kind, in the order of the chain."""

    of: Link
    id: uuid.UUID
    rows: Mapping[Link, Sequence[AnyRow]]

    @property
    def before(self) -> dict[Link, Sequence[AnyRow]]:
        """What it came from."""
        return self._where(tuple(Link)[: tuple(Link).index(self.of)])

    @property
    def after(self) -> dict[Link, Sequence[AnyRow]]:
        """What came of it."""
        return self._where(tuple(Link)[tuple(Link).index(self.of) + 1 :])

    def _where(self, kinds: Sequence[Link]) -> dict[Link, Sequence[AnyRow]]:
        return {kind: self.rows[kind] for kind in kinds if self.rows.get(kind)}


def around(kind: Link, thing_id: uuid.UUID) -> Chain:
    """The chain through one part of a plan, in one query."""
    found = sorted(read(_around(kind), {"thing": thing_id}), key=lambda row: (row.title, row.id))
    return Chain(kind, thing_id, {one: [row for row in found if row.kind == one] for one in Link})


@prepared
def _around(kind: Link) -> AnySelect:
    goals, barriers, actions = _parts(kind)
    known = select(BarrierEvidence.evidence_id).where(BarrierEvidence.barrier_id.in_(barriers))
    here = or_(*(Belonging.thing_id.in_(part) for part in (goals, barriers, actions)))
    linked = select(Belonging.to_id).where(here)
    begun = select(MinuteLine.topic_id).where(MinuteLine.item_id.in_(actions))
    topics = union(linked, begun)
    came = select(MinuteLine.decision_id).where(
        MinuteLine.topic_id.in_(union(linked, begun)), MinuteLine.decision_id.is_not(None)
    )
    rows = (
        _row(Link.EVIDENCE, Evidence.id, Evidence.heard).where(Evidence.id.in_(known)),
        _row(Link.BARRIER, Barrier.id, Barrier.words).where(Barrier.id.in_(barriers)),
        _row(Link.GOAL, Goal.id, Goal.title).where(Goal.id.in_(goals)),
        _row(Link.ACTION, ActionItem.id, ActionItem.title).where(ActionItem.id.in_(actions)),
        _topics(_THING).where(Topic.id.in_(topics)),
        _decisions(_THING).where(Decision.id.in_(union(linked, came))),
        _lessons(_THING).where(Lesson.id.in_(union(linked, *learned.came_of(actions, union(linked, came))))),
    )
    return _together(rows, MOST)


def _together(rows: Sequence[AnySelect], most: int) -> AnySelect:
    first, *others = (select(row.limit(most).subquery()) for row in rows)
    found = first.union_all(*others).subquery()
    return select(found)


def _parts(kind: Link) -> tuple[Any, Any, Any]:
    """The ids of the goals, the barriers and the actions that one part of a plan hangs together with."""
    goals: dict[Link, Any] = {
        Link.BARRIER: select(GoalBarrier.goal_id).where(GoalBarrier.barrier_id == _THING),
        Link.GOAL: select(Goal.id).where(Goal.id == _THING),
        Link.ACTION: select(ActionItem.goal_id).where(ActionItem.id == _THING, ActionItem.goal_id.is_not(None)),
    }
    here = goals[kind]
    theirs = select(GoalBarrier.barrier_id).where(GoalBarrier.goal_id.in_(here))
    barriers = select(Barrier.id).where(Barrier.id == _THING) if kind is Link.BARRIER else theirs
    doing = aliased(ActionItem)
    actions = select(doing.id).where(doing.goal_id.in_(here), doing.plan_id.is_not(None))
    if kind is Link.ACTION:
        actions = select(doing.id).where(doing.id == _THING)
    return here, barriers, actions


def _row(kind: Link, thing_id: Any, title: Any, group: Any = None, *more: Any) -> AnySelect:
    named = (literal_column("''") if group is None else group).label("group")
    others = more or (_NOTHING.label("group_id"), _NOTHING.label("meeting_id"), false().label("is_direct"))
    told = confided_here(title).label("title")
    return select(_kind(kind), thing_id.label("id"), told, named, *others).order_by(thing_id)


def _is_direct(thing: Any, to_id: Any) -> ColumnElement[bool]:
    return exists().where(Belonging.thing_id == thing, Belonging.to_id == to_id).label("is_direct")


def _topics(thing: Any) -> AnySelect:
    """The topics that the whole network reads."""
    columns = (Topic.group_id.label("group_id"), Topic.meeting_id.label("meeting_id"), _is_direct(thing, Topic.id))
    return (
        _row(Link.TOPIC, Topic.id, Topic.title, WorkingGroup.name, *columns)
        .join(WorkingGroup, WorkingGroup.id == Topic.group_id)
        .outerjoin(Meeting, Meeting.id == Topic.meeting_id)
        .where(_IS_OPEN, _IS_TOLD, _STANDS)
    )


def _decisions(thing: Any) -> AnySelect:
    """The decisions that the whole network reads."""
    columns = (Decision.group_id.label("group_id"), _NOTHING.label("meeting_id"), _is_direct(thing, Decision.id))
    return (
        _row(Link.DECISION, Decision.id, Decision.statement, WorkingGroup.name, *columns)
        .join(WorkingGroup, WorkingGroup.id == Decision.group_id)
        .where(_IS_OPEN)
    )


def _lessons(thing: Any) -> AnySelect:
    """The lessons that the whole network reads."""
    none = (_NOTHING.label("group_id"), _NOTHING.label("meeting_id"))
    return _row(Link.LESSON, Lesson.id, Lesson.title, None, *none, _is_direct(thing, Lesson.id)).where(IS_OUT)


def choices(actor: Actor, words: str = "") -> Sequence[AnyRow]:
    """The topics, decisions and lessons that somebody can link, those of their own groups first, then the newest; those
    with these words in them, if any are given."""
    asked = {"words": f"%{literally(words)}%"} | learned.asking(words) if words else {}
    return read(_choices(by_words=bool(words), _database=learned.database()), groups.values(actor) | asked)


@prepared
def _choices(*, by_words: bool, _database: str) -> AnySelect:
    none = null()
    topics = _topics(none).order_by(None).order_by(groups.mine().desc(), Topic.created_at.desc(), Topic.id)
    decisions = _decisions(none).order_by(None).order_by(groups.mine().desc(), Decision.created_at.desc(), Decision.id)
    holds = Decision.status.in_((DecisionStatus.PROPOSED, DecisionStatus.IN_FORCE))
    decisions = decisions.where(holds)
    if by_words:
        decisions, topics = decisions.where(_has_words(Decision.statement)), topics.where(_has_words(Topic.title))
    return _together((decisions, topics, learned.newest(_lessons(none), by_words=by_words)), MOST_CHOICES)


def _has_words(text: Any) -> ColumnElement[bool]:
    return func.lower(cast(text, String)).like(given("words", Plan.title), escape=ESCAPE)


def can_be_linked(kind: Link, to_id: uuid.UUID) -> bool:
    """Whether the whole network reads this topic, decision or lesson."""
    return bool(read(_one(kind), {"to": to_id})) if kind in CAN_LINK else False


@prepared
def _one(kind: Link) -> AnySelect:
    to = given("to", Topic.id)
    if kind is Link.LESSON:
        return _lessons(null()).where(Lesson.id == to)
    return _topics(null()).where(Topic.id == to) if kind is Link.TOPIC else _decisions(null()).where(Decision.id == to)


def goals_use(plan_id: uuid.UUID, to_id: uuid.UUID) -> bool:
    """Whether a goal of the plan is linked to this."""
    return bool(read(_of_goals(), {"plan": plan_id, "to": to_id}))


@prepared
def _of_goals() -> AnySelect:
    belongs = Belonging.plan_id == given("plan", Belonging.plan_id), Belonging.to_id == given("to", Belonging.to_id)
    return select(Belonging.thing_id).where(*belongs, Belonging.part == Link.GOAL).limit(1)
