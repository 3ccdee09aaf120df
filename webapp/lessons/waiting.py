"""Reading which lessons are not out yet: what somebody and their organisation are still writing, and what waits for a
second reader. Nobody is asked to read what they wrote themselves."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import aliased

from webapp.accounts.models import Organisation, Person
from webapp.core.db import AnyRow, AnySelect, given, read
from webapp.core.numbers import Columns, Numbers, counted
from webapp.core.statements import prepared
from webapp.lessons.lifecycle import OUT, LessonStatus
from webapp.lessons.models import Lesson, LessonChange
from webapp.policy.actor import Actor
from webapp.policy.in_learning import SECOND_READERS
from webapp.policy.predicates import WORKING_AT

MOST = 60
TO_READ, SINCE = "lessons_to_read", "lessons_to_read_since"


def unfinished(actor: Actor) -> Sequence[AnyRow]:
    """Lessons that are not out yet, of this person and of where they work, the newest first."""
    return read(_unfinished(), {"person": actor.person_id, "theirs": list(actor.places(*WORKING_AT))})


@prepared
def _unfinished() -> AnySelect:
    theirs = Lesson.organisation_id.in_(given("theirs", Lesson.organisation_id, many=True))
    return (
        select(
            Lesson.id, Lesson.title, Lesson.line, Lesson.status, Lesson.created_at,
            Organisation.name.label("organisation"), Person.name.label("author"),
        )
        .join(Organisation, Organisation.id == Lesson.organisation_id)
        .outerjoin(Person, Person.id == Lesson.author_id)
        .where(Lesson.status.not_in(OUT), or_(Lesson.author_id == given("person", Lesson.author_id), theirs))
        .order_by(Lesson.created_at.desc(), Lesson.id)
        .limit(MOST)
    )  # fmt: skip


def numbers(actor: Actor) -> Numbers:
    """How many lessons wait for this second reader; nothing is asked for anybody else."""
    return _asked(_count(), actor)


def since(actor: Actor) -> Numbers:
    """Since when the first of them waits."""
    return _asked(_since(), actor)


def _asked(columns: Columns, actor: Actor) -> Numbers:
    return Numbers(columns, {"second_reader": actor.person_id}) if actor.holds(*SECOND_READERS) else Numbers()


@cache
def _count() -> Columns:
    return {
        TO_READ: counted(select(Lesson.id).where(*_offered()), MOST)
        + counted(select(LessonChange.id).where(*_waiting_changes()), MOST)
    }


@cache
def _since() -> Columns:
    return {SINCE: select(func.min(Lesson.created_at)).where(*_offered()).scalar_subquery()}


def _offered() -> tuple[ColumnElement[bool], ...]:
    return Lesson.status == LessonStatus.OFFERED, _by_somebody_else(Lesson.author_id)


def _waiting_changes() -> tuple[ColumnElement[bool], ...]:
    """Few words wait, of many lessons: it begins at the words."""
    of = aliased(Lesson)
    out = exists().where(of.id == LessonChange.lesson_id, of.status.in_(OUT), _by_somebody_else(of.author_id))
    return LessonChange.verdict.is_(None), _by_somebody_else(LessonChange.person_id), out


def _by_somebody_else(column: Any) -> ColumnElement[bool]:
    return or_(column.is_(None), column != given("second_reader", Lesson.author_id))


def to_read(actor: Actor) -> tuple[Sequence[AnyRow], Sequence[AnyRow]]:
    """New lessons that wait for this second reader, and other words for lessons that are out; the oldest first."""
    values = {"second_reader": actor.person_id}
    return read(_new_ones(), values), read(_changed_ones(), values)


@prepared
def _new_ones() -> AnySelect:
    query = select(Lesson.id, Lesson.title, Lesson.created_at.label("at"), Organisation.name.label("organisation"))
    query = query.join(Organisation, Organisation.id == Lesson.organisation_id).where(*_offered())
    return query.order_by(Lesson.created_at, Lesson.id).limit(MOST)


@prepared
def _changed_ones() -> AnySelect:
    query = select(Lesson.id, Lesson.title, LessonChange.at, Organisation.name.label("organisation"))
    query = query.select_from(LessonChange).join(Lesson, Lesson.id == LessonChange.lesson_id)
    query = query.join(Organisation, Organisation.id == Lesson.organisation_id).where(*_waiting_changes())
    return query.order_by(LessonChange.at, LessonChange.id).limit(MOST)
