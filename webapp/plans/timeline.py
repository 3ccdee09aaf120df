"""The timeline of a plan: its actions in time with what was adjusted in them, and everything that happened in one
stream, the newest first. What a group keeps to itself is not in it: a decision is told while its group is open."""

import json
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    String,
    Uuid,
    cast,
    extract,
    func,
    literal_column,
    null,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.sql.selectable import Subquery

from webapp.accounts.models import Organisation, Person
from webapp.core.db import AnyRow, given, read
from webapp.core.local_time import in_brussels
from webapp.core.numbers import Numbers, packed
from webapp.core.statements import prepared
from webapp.groups.codes import Visibility
from webapp.groups.lifecycle import ItemStatus
from webapp.groups.models import ActionItem, WorkingGroup
from webapp.lessons.models import Lesson
from webapp.lessons.queries import IS_OUT
from webapp.meetings.lifecycle import DecisionStatus
from webapp.meetings.models import Decision
from webapp.plans import bridge, learned
from webapp.plans.codes import Part
from webapp.plans.doing_models import Belonging
from webapp.plans.models import Goal
from webapp.plans.story_models import Adjustment, Outcome, Review, Voice

MOST_BARS, MOST_IN_GOAL = 60, 8
PAGE_SIZE = 12
MOST_REVIEWS = 6

ADJUSTED, OUTCOME, REVIEW, VOICE, DONE, DECISION = "adjusted", "outcome", "review", "voice", "done", "decision"
LESSON = "lesson"
PARTS = (
    *(part.value for part in (Part.ACTION, Part.GOAL, Part.BARRIER, Part.CHOICE, Part.PLAN)),
    REVIEW,
    VOICE,
    DECISION,
    LESSON,
)
"""Of which part the story can be read alone."""

After = tuple[date, int, uuid.UUID]


def bars(plan_id: uuid.UUID) -> Sequence[AnyRow]:
    """The actions of a plan goal by goal, the first of each with how many there are; those without a goal at last."""
    return read(_bars(), {"plan": plan_id})


@prepared
def _bars() -> Select[*tuple[Any, ...]]:
    in_time = (func.coalesce(ActionItem.starts_on, ActionItem.due_on), ActionItem.title, ActionItem.id)
    wanted = (
        ActionItem.plan_id == given("plan", ActionItem.plan_id),
        ActionItem.status.not_in((ItemStatus.DROPPED, ItemStatus.SEED)),
    )
    place = func.row_number().over(partition_by=ActionItem.goal_id, order_by=in_time).label("place")
    shown = select(ActionItem.id, place).where(*wanted).subquery()
    totals = select(ActionItem.goal_id, func.count().label("total")).where(*wanted).group_by(ActionItem.goal_id).cte()
    growth = (
        select(Outcome.growth)
        .where(Outcome.goal_id == Goal.id)
        .order_by(Outcome.seen_on.desc(), Outcome.at.desc(), Outcome.id)
        .limit(1)
        .scalar_subquery()
    )
    return (
        bridge.actions()
        .add_columns(
            ActionItem.starts_on, ActionItem.created_at, ActionItem.done_at, ActionItem.goal_id,
            Goal.title.label("goal"), growth.label("growth"), totals.c.total,
        )
        .join(shown, shown.c.id == ActionItem.id)
        .join(totals, totals.c.goal_id.is_not_distinct_from(ActionItem.goal_id))
        .outerjoin(Goal, Goal.id == ActionItem.goal_id)
        .where(shown.c.place <= MOST_IN_GOAL)
        .order_by(Goal.id.is_(None), Goal.position, Goal.id, shown.c.place)
        .limit(MOST_BARS)
    )  # fmt: skip


def adjusted(plan_id: uuid.UUID, item_ids: Collection[uuid.UUID]) -> Sequence[AnyRow]:
    """What was adjusted in these actions, in order, each with its number in the plan."""
    return read(_adjusted(), {"plan": plan_id, "items": sorted(item_ids)})


@prepared
def _adjusted() -> Select[*tuple[Any, ...]]:
    told = _numbered()
    return (
        select(told.c.thing_id, told.c.at, told.c.number, told.c.was, told.c.became)
        .where(told.c.thing_id.in_(given("items", ActionItem.id, many=True)))
        .order_by(told.c.number)
    )


def _numbered() -> Subquery:
    """The adjustments of a plan, numbered from the first on."""
    number = func.row_number().over(order_by=(Adjustment.at, Adjustment.id)).label("number")
    return select(Adjustment, number).where(Adjustment.plan_id == given("plan", Adjustment.plan_id)).subquery()


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. What its words are depends on its kind; an adjustment is read by `story_words`."""

    kind: str
    part: str
    day: date
    seq: int
    id: uuid.UUID
    thing_id: uuid.UUID | None
    title: str
    words: str
    more: str
    code: str
    was: dict[str, Any]
    became: dict[str, Any]
    person: str
    organisation: str
    number: int


def story(plan_id: uuid.UUID, part: str = "", after: After | None = None) -> list[Event]:
    """Up to one page of what happened, the newest first, and one more; perhaps of one part alone."""
    values: dict[str, Any] = {"plan": plan_id} | ({"part": part} if part else {})
    if after:
        values |= {"behind_day": after[0], "behind_seq": after[1], "behind_id": after[2]}
    rows = read(_story(of_part=bool(part), behind=bool(after)), values)
    return [_as_event(row) for row in rows]


def _as_event(row: AnyRow) -> Event:
    values = row._asdict()
    return Event(**values | {name: json.loads(values[name] or "{}") for name in ("was", "became")})


@prepared
def _story(*, of_part: bool, behind: bool) -> Select[*tuple[Any, ...]]:
    events = union_all(_adjustments(), _outcomes(), _reviews(), _voices(), _done(), _decisions(), _lessons()).subquery()
    query, key = select(events), (events.c.day, events.c.seq, events.c.id)
    if of_part:
        query = query.where(events.c.part == given("part", ActionItem.title))
    if behind:
        last = tuple_(
            given("behind_day", ActionItem.due_on), given("behind_seq", ActionItem.version),
            given("behind_id", ActionItem.id),
        )  # fmt: skip
        query = query.where(tuple_(*key) < last)
    return query.order_by(*(column.desc() for column in key)).limit(PAGE_SIZE + 1)


NO_WORDS, NO_ID, NOTHING = cast("", String), cast(null(), Uuid()), literal_column("0", Integer)


def _event(kind: str, day: Any, key: Any, title: Any, **more: Any) -> Select[*tuple[Any, ...]]:
    moment = more.get("moment")
    seq = NOTHING if moment is None else _seconds(in_brussels(moment))
    words = (more.get(name, NO_WORDS) for name in ("words", "more", "code", "was", "became", "person", "organisation"))
    columns = (
        _text(kind), _text(more.get("part", kind)), day, seq, key, more.get("thing", NO_ID), cast(title, String),
        *(func.coalesce(cast(one, String), "") for one in words), more.get("number", NOTHING),
    )  # fmt: skip
    names = (
        "kind", "part", "day", "seq", "id", "thing_id", "title", "words", "more", "code", "was", "became", "person",
        "organisation", "number",
    )  # fmt: skip
    return select(*(column.label(name) for column, name in zip(columns, names, strict=True)))


def _text(code: Any) -> ColumnElement[str]:
    return literal_column(f"'{code}'", String) if isinstance(code, str) else cast(code, String)


def _day(moment: Any) -> ColumnElement[date]:
    return func.date(in_brussels(moment), type_=Date())


def _seconds(moment: Any) -> ColumnElement[int]:
    """How far into its day a moment is, so that what happened on one day stays in order."""
    hours, minutes, seconds = (cast(extract(part, moment), Integer) for part in ("hour", "minute", "second"))
    return cast(hours * 3600 + minutes * 60 + seconds, Integer)


def _adjustments() -> Select[*tuple[Any, ...]]:
    told = _numbered()
    return (
        _event(
            ADJUSTED, _day(told.c.at), told.c.id, told.c.title, part=told.c.part, thing=told.c.thing_id,
            words=told.c.why, was=told.c.was, became=told.c.became, person=Person.name,
            organisation=Organisation.name, number=told.c.number, moment=told.c.at,
        )
        .outerjoin(Person, Person.id == told.c.person_id)
        .outerjoin(Organisation, Organisation.id == told.c.organisation_id)
    )  # fmt: skip


def _outcomes() -> Select[*tuple[Any, ...]]:
    return (
        _event(
            OUTCOME, Outcome.seen_on, Outcome.id, Outcome.what, part=Part.GOAL.value, thing=Goal.id,
            words=Outcome.how_we_know, more=Outcome.our_part, code=Outcome.growth, person=Outcome.who,
            organisation=Goal.title,
        )
        .join(Goal, Goal.id == Outcome.goal_id)
        .where(Goal.plan_id == given("plan", Goal.plan_id))
    )  # fmt: skip


def _reviews() -> Select[*tuple[Any, ...]]:
    shown = _event(REVIEW, Review.held_on, Review.id, Review.saw, words=Review.changes, more=Review.who)
    return shown.where(Review.plan_id == given("plan", Review.plan_id), Review.held_on.is_not(None))


def _voices() -> Select[*tuple[Any, ...]]:
    shown = _event(
        VOICE, Voice.heard_on, Voice.id, Voice.how, words=Voice.heard, more=Voice.changed, code=Voice.of
    )  # fmt: skip
    return shown.where(Voice.plan_id == given("plan", Voice.plan_id))


def _done() -> Select[*tuple[Any, ...]]:
    return (
        _event(
            DONE, _day(ActionItem.done_at), ActionItem.id, ActionItem.title, part=Part.ACTION.value,
            thing=ActionItem.id, words=ActionItem.learned, organisation=Organisation.name, moment=ActionItem.done_at,
        )
        .outerjoin(Organisation, Organisation.id == ActionItem.owner_organisation_id)
        .where(ActionItem.plan_id == given("plan", ActionItem.plan_id), ActionItem.status == ItemStatus.DONE)
    )  # fmt: skip


def _decisions() -> Select[*tuple[Any, ...]]:
    """What open groups decided and somebody linked to a part of the plan."""
    linked = select(Belonging.to_id).where(Belonging.plan_id == given("plan", Belonging.plan_id))
    shown = _event(
        DECISION, Decision.decided_on, Decision.id, Decision.statement, thing=Decision.id,
        organisation=WorkingGroup.name, code=Decision.status,
    )  # fmt: skip
    return shown.join(WorkingGroup, WorkingGroup.id == Decision.group_id).where(
        Decision.id.in_(linked),
        Decision.status != DecisionStatus.PROPOSED,
        WorkingGroup.visibility == Visibility.OPEN,
    )


def _lessons() -> Select[*tuple[Any, ...]]:
    """What is out of the lessons that were linked to a part of the plan or made of it, on the day they came out."""
    shown = _event(
        LESSON, _day(Lesson.published_at), Lesson.id, Lesson.title, thing=Lesson.id, words=Lesson.line,
        organisation=Organisation.name, moment=Lesson.published_at,
    )  # fmt: skip
    shown = shown.outerjoin(Organisation, Organisation.id == Lesson.organisation_id)
    return shown.where(IS_OUT, Lesson.id.in_(learned.in_plan(given("plan", Belonging.plan_id))))


NEXT_REVIEWS = "next reviews of a plan"


def next_reviews(plan_id: uuid.UUID) -> Numbers:
    """The looks back that are planned, to be asked together with the numbers around the page; see `unpacked`."""
    return Numbers({NEXT_REVIEWS: _next_reviews()}, {"reviewed_plan": plan_id})


@cache
def _next_reviews() -> ColumnElement[str]:
    return packed(
        select(Review.id, Review.planned_on, Review.who)
        .where(Review.plan_id == given("reviewed_plan", Review.plan_id), Review.held_on.is_(None))
        .order_by(Review.planned_on, Review.id)
        .limit(literal_column(str(MOST_REVIEWS)))
    )
