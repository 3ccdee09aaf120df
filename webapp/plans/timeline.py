"""The story of a plan: everything that happened in one stream, read from the newest back, and what was adjusted in its
actions. What a group keeps to itself is not in it: a decision is told while its group is open."""

import json
import uuid
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    String,
    Uuid,
    cast,
    func,
    literal,
    literal_column,
    null,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.sql.selectable import Subquery

from webapp.accounts.models import Organisation, Person
from webapp.core.db import AnyRow, AnySelect, given, read
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
from webapp.plans import learned
from webapp.plans.codes import Part
from webapp.plans.doing_models import Belonging
from webapp.plans.models import Goal
from webapp.plans.story_models import Adjustment, Outcome, Review, Voice

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

After = tuple[date, datetime, uuid.UUID]


def adjusted(plan_id: uuid.UUID, item_ids: Collection[uuid.UUID]) -> Sequence[AnyRow]:
    """What was adjusted in these actions, in order, each with its number in the plan."""
    return read(_adjusted(), {"plan": plan_id, "items": sorted(item_ids)})


@prepared
def _adjusted() -> AnySelect:
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


class Event(NamedTuple):
    """Something that happened. What its words are depends on its kind; an adjustment is read by `story_words`."""

    kind: str
    part: str
    day: date
    at: datetime
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
        values |= {"behind_day": after[0], "behind_at": after[1], "behind_id": after[2]}
    rows = read(_story(of_part=bool(part), behind=bool(after)), values)
    return [_as_event(row) for row in rows]


def _as_event(row: AnyRow) -> Event:
    *head, was, became, person, organisation, number = row
    return Event._make((*head, _fields(was), _fields(became), person, organisation, number))


def _fields(packed: str) -> dict[str, Any]:
    return json.loads(packed) if packed else {}


@prepared
def _story(*, of_part: bool, behind: bool) -> AnySelect:
    kinds = _adjustments(), _outcomes(), _reviews(), _voices(), _done(behind=behind), _decisions(), _lessons()
    events = union_all(*kinds).subquery()
    query, key = select(events), (events.c.day, events.c.at, events.c.id)
    if of_part:
        query = query.where(events.c.part == given("part", ActionItem.title))
    if behind:
        last = tuple_(
            given("behind_day", ActionItem.due_on), given("behind_at", ActionItem.done_at),
            given("behind_id", ActionItem.id),
        )  # fmt: skip
        query = query.where(tuple_(*key) < last)
    return query.order_by(*(column.desc() for column in key)).limit(PAGE_SIZE + 1)


NO_WORDS, NO_ID, NOTHING = literal_column("''", String), cast(null(), Uuid()), literal_column("0", Integer)
ALL_DAY = literal(datetime(1970, 1, 1, tzinfo=UTC), ActionItem.done_at.type)
"""When something happened of which only the day is known: before what happened at a moment of it."""


def _event(kind: str, day: Any, key: Any, title: Any, **more: Any) -> AnySelect:
    names = "words", "more", "code", "was", "became", "person", "organisation"
    told = {name: func.coalesce(cast(more[name], String), NO_WORDS) if name in more else NO_WORDS for name in names}
    columns = {
        "kind": _text(kind), "part": _text(more.get("part", kind)), "day": day, "at": more.get("moment", ALL_DAY),
        "id": key, "thing_id": more.get("thing", NO_ID), "title": cast(title, String), **told,
        "number": more.get("number", NOTHING),
    }  # fmt: skip
    return select(*(column.label(name) for name, column in columns.items()))


def _text(code: Any) -> ColumnElement[str]:
    return literal_column(f"'{code}'", String) if isinstance(code, str) else cast(code, String)


def _day(moment: Any) -> ColumnElement[date]:
    return func.date(in_brussels(moment), type_=Date())


def _adjustments() -> AnySelect:
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


def _outcomes() -> AnySelect:
    return (
        _event(
            OUTCOME, Outcome.seen_on, Outcome.id, Outcome.what, part=Part.GOAL.value, thing=Goal.id,
            words=Outcome.how_we_know, more=Outcome.our_part, code=Outcome.growth, person=Outcome.who,
            organisation=Goal.title,
        )
        .join(Goal, Goal.id == Outcome.goal_id)
        .where(Goal.plan_id == given("plan", Goal.plan_id))
    )  # fmt: skip


def _reviews() -> AnySelect:
    shown = _event(REVIEW, Review.held_on, Review.id, Review.saw, words=Review.changes, more=Review.who)
    return shown.where(Review.plan_id == given("plan", Review.plan_id), Review.held_on.is_not(None))


def _voices() -> AnySelect:
    shown = _event(
        VOICE, Voice.heard_on, Voice.id, Voice.how, words=Voice.heard, more=Voice.changed, code=Voice.of
    )  # fmt: skip
    return shown.where(Voice.plan_id == given("plan", Voice.plan_id))


def _done(*, behind: bool) -> AnySelect:
    """What is done. Of a plan that did much, the first page looks no further back than it can show."""
    done = ActionItem.plan_id == given("plan", ActionItem.plan_id), ActionItem.status == ItemStatus.DONE
    shown = (
        _event(
            DONE, _day(ActionItem.done_at), ActionItem.id, ActionItem.title, part=Part.ACTION.value,
            thing=ActionItem.id, words=ActionItem.learned, organisation=Organisation.name, moment=ActionItem.done_at,
        )
        .outerjoin(Organisation, Organisation.id == ActionItem.owner_organisation_id)
        .where(*done)
    )  # fmt: skip
    last = select(ActionItem.done_at).where(*done).order_by(ActionItem.done_at.desc()).limit(1).offset(PAGE_SIZE)
    return shown if behind else shown.where(ActionItem.done_at >= func.coalesce(last.scalar_subquery(), ALL_DAY))


def _decisions() -> AnySelect:
    """What open groups decided and somebody linked to a part of the plan."""
    linked = select(Belonging.to_id).where(Belonging.plan_id == given("plan", Belonging.plan_id))
    shown = _event(
        DECISION, Decision.decided_on, Decision.id, Decision.statement, thing=Decision.id,
        organisation=WorkingGroup.name, code=Decision.status,
    )  # fmt: skip
    return shown.join(WorkingGroup, WorkingGroup.id == Decision.group_id).where(
        Decision.id.in_(linked),
        Decision.status.not_in((DecisionStatus.PROPOSED, DecisionStatus.DROPPED)),
        WorkingGroup.visibility == Visibility.OPEN,
    )


def _lessons() -> AnySelect:
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
