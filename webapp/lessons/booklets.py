"""Booklets: those of somebody, the one at hand, and which lessons stand in one. A lesson of this network shows as long
as it is published; what is held back, folded or no longer holds is left out, however it came in."""

import uuid
from collections.abc import Hashable, Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import and_, exists, func, select, tuple_
from sqlalchemy.orm import selectinload

from webapp.accounts.models import Organisation
from webapp.core.db import AnyRow, AnySelect, db, given, read
from webapp.core.numbers import Columns, Numbers
from webapp.core.statements import prepared
from webapp.lessons.lifecycle import LessonStatus
from webapp.lessons.models import Lesson
from webapp.lessons.use_models import Booklet, BookletLesson, OpenLog

MOST_LESSONS = 100
"""So many lessons fit in one booklet."""
AT_ONCE = 25

FITS = and_(Lesson.status == LessonStatus.PUBLISHED, ~Lesson.is_folded, Lesson.organisation_id.is_not(None))
"""What may stand in a booklet now. A lesson of another town is theirs to hand out."""


def may_go_along(lesson: Lesson) -> bool:
    """Whether a lesson may be taken along now, as FITS says of a row."""
    return lesson.status is LessonStatus.PUBLISHED and not lesson.is_folded and lesson.organisation_id is not None


def booklet(booklet_id: uuid.UUID) -> Booklet | None:
    """One booklet."""
    return db.session.get(Booklet, booklet_id)


def at_hand(person_id: uuid.UUID) -> Booklet | None:
    """The booklet in which somebody puts lessons now."""
    own = select(Booklet).where(Booklet.person_id == person_id)
    return db.session.scalars(own.order_by(Booklet.chosen_at.desc(), Booklet.id).limit(1)).first()


def own(person_id: uuid.UUID) -> Sequence[AnyRow]:
    """The booklets of somebody, the one at hand on top, with how many lessons stand in each."""
    return read(_own(), {"me": person_id})


@prepared
def _own() -> AnySelect:
    held = (
        select(func.count())
        .select_from(BookletLesson)
        .join(Lesson, Lesson.id == BookletLesson.lesson_id)
        .where(BookletLesson.booklet_id == Booklet.id, FITS)
        .scalar_subquery()
    )
    return (
        select(Booklet.id, Booklet.title, Booklet.chosen_at, held.label("lessons"))
        .where(Booklet.person_id == given("me", Booklet.person_id))
        .order_by(Booklet.chosen_at.desc(), Booklet.id)
    )


def lines(booklet_id: uuid.UUID) -> Sequence[AnyRow]:
    """What stands in a booklet, in its order."""
    return read(_lines(), {"booklet": booklet_id})


@prepared
def _lines() -> AnySelect:
    return (
        select(Lesson.id, Lesson.title, Lesson.line, Organisation.name.label("whose"), BookletLesson.position)
        .join(BookletLesson, BookletLesson.lesson_id == Lesson.id)
        .join(Organisation, Organisation.id == Lesson.organisation_id)
        .where(BookletLesson.booklet_id == given("booklet", BookletLesson.booklet_id), FITS)
        .order_by(BookletLesson.position, BookletLesson.lesson_id)
    )


def whole(booklet_id: uuid.UUID) -> Sequence[tuple[Lesson, str]]:
    """The lessons of a booklet with all their words, each with the organisation whose it is, never a person."""
    rows = db.session.execute(
        select(Lesson, Organisation.name)
        .join(BookletLesson, BookletLesson.lesson_id == Lesson.id)
        .join(Organisation, Organisation.id == Lesson.organisation_id)
        .where(BookletLesson.booklet_id == booklet_id, FITS)
        .options(selectinload(Lesson.translations))
        .order_by(BookletLesson.position, BookletLesson.lesson_id)
    )
    return [(row[0], row[1]) for row in rows]


def in_hand(person_id: uuid.UUID, lesson_ids: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Which of these lessons stand in the booklet that somebody has at hand."""
    rows = read(_in_hand(), {"me": person_id, "lessons": list(lesson_ids)})
    return {row.lesson_id for row in rows}


@prepared
def _in_hand() -> AnySelect:
    mine = select(Booklet.id).where(Booklet.person_id == given("me", Booklet.person_id))
    hand = mine.order_by(Booklet.chosen_at.desc(), Booklet.id).limit(1).scalar_subquery()
    wanted = BookletLesson.lesson_id.in_(given("lessons", BookletLesson.lesson_id, many=True))
    return select(BookletLesson.lesson_id).where(BookletLesson.booklet_id == hand, wanted)


IS_OPEN, IN_HAND = "log is open", "lesson in hand"


def along(person_id: uuid.UUID, lesson_id: uuid.UUID) -> Numbers:
    """Whether everybody may read the lessons, and whether this one stands in the booklet that somebody has at hand, to
    be asked together with the numbers around a page."""
    return Numbers(_along(), {"me": person_id, "lessons": [lesson_id]})


@cache
def _along() -> Columns:
    asked: dict[Hashable, Any] = {IS_OPEN: select(OpenLog.id), IN_HAND: _in_hand().build()}
    return {name: select(exists(rows)).scalar_subquery() for name, rows in asked.items()}


def places(booklet_id: uuid.UUID) -> list[BookletLesson]:
    """The places in a booklet, in their order; also those of lessons that do not show now."""
    held = select(BookletLesson).where(BookletLesson.booklet_id == booklet_id)
    return list(db.session.scalars(held.order_by(BookletLesson.position, BookletLesson.lesson_id)))


def that_fit(lesson_ids: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Which of these lessons may stand in a booklet."""
    return set(db.session.scalars(select(Lesson.id).where(Lesson.id.in_(list(lesson_ids)), FITS)))


def to_choose(after: tuple[Any, uuid.UUID] | None = None) -> Sequence[AnyRow]:
    """The lessons from which a booklet is filled, the newest first; one more than a page shows."""
    query = select(Lesson.id, Lesson.title, Lesson.line, Lesson.published_at).where(FITS)
    if after is not None:
        query = query.where(tuple_(Lesson.published_at, Lesson.id) < tuple_(*after))
    newest = query.order_by(Lesson.published_at.desc(), Lesson.id.desc())
    return db.session.execute(newest.limit(AT_ONCE + 1)).all()
