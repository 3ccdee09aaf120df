"""Reading which lessons somebody should look at again: those that mostly did not help where they were tried, and those
whose day to look came. Whoever looks after a lesson is asked, and everybody of the house when nobody does."""

import uuid
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import exists, func, literal_column, or_, select

from webapp.accounts.models import Function
from webapp.accounts.sessions import is_current
from webapp.core import clock
from webapp.core.db import AnySelect, given
from webapp.core.numbers import Columns, Numbers, moment_of, packed, unpacked
from webapp.lessons.lifecycle import LessonStatus
from webapp.lessons.models import Lesson, LessonChange
from webapp.lessons.use_models import Tried
from webapp.policy.actor import Actor
from webapp.policy.predicates import WORKING_AT
from webapp.vocabulary.functions import FunctionKind

DOUBTED = "lessons_doubted"
MOST_SHOWN = 3
KEEPERS = (*WORKING_AT, FunctionKind.FACILITATOR, FunctionKind.COORDINATOR)
"""Who may say of a lesson of their organisation that it no longer holds; the rules name them one by one."""


class Doubted(NamedTuple):
    """A lesson to look at again: since when it is in doubt, or else the day to look; and at how many places it was
    tried."""

    title: str
    id: uuid.UUID
    doubted_at: datetime | None
    review_on: date | None
    places: int


def numbers(actor: Actor) -> Numbers:
    """The lessons that this person should look at again, to be read with `doubted`."""
    places = actor.places(*KEEPERS)
    if not places:
        return Numbers()
    values = {"keeper": actor.person_id, "kept_places": list(places), "lesson_day": clock.today()}
    return Numbers(_columns(), values)


def doubted(found: str | None) -> list[Doubted]:
    """What `numbers` brought, by title."""
    return sorted(
        Doubted(title, uuid.UUID(key), moment_of(since), date.fromisoformat(day) if day else None, int(places))
        for key, title, since, day, places in unpacked(found)
    )


@cache
def _columns() -> Columns:
    return {DOUBTED: packed(_to_look_at().limit(literal_column(str(MOST_SHOWN))))}


def _to_look_at() -> AnySelect:
    today = given("lesson_day", Lesson.review_on)
    places = select(func.count()).where(Tried.lesson_id == Lesson.id, ~Tried.is_folded).correlate(Lesson)
    looks_after = exists().where(
        Function.organisation_id == Lesson.organisation_id, Function.kind == Lesson.owner_function, is_current(today)
    )
    i_do = looks_after.where(Function.person_id == given("keeper", Function.person_id))
    return (
        select(Lesson.id, Lesson.title, Lesson.doubted_at, Lesson.review_on, places.scalar_subquery().label("places"))
        .where(
            Lesson.organisation_id.in_(given("kept_places", Lesson.organisation_id, many=True)),
            Lesson.status == LessonStatus.PUBLISHED,
            ~Lesson.is_folded,
            or_(Lesson.doubted_at.is_not(None), Lesson.review_on.is_not(None)),  # these have an index
            or_(Lesson.doubted_at.is_not(None), Lesson.review_on <= today),
            or_(Lesson.owner_function.is_(None), i_do, ~looks_after),
            ~exists().where(LessonChange.lesson_id == Lesson.id, LessonChange.verdict.is_(None)),
        )
        .order_by(Lesson.doubted_at, Lesson.review_on, Lesson.id)
    )
