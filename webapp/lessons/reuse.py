"""Whether lessons are used again within a year: of the newest that came out in the last year, how many others tried too
or use in their work. About lessons, never about who does or does not."""

from datetime import timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, exists, func, or_, select, union_all

from webapp.core import clock
from webapp.core.db import AnySelect, given
from webapp.core.numbers import Numbers
from webapp.lessons.lifecycle import OUT, LessonStatus
from webapp.lessons.models import Lesson
from webapp.lessons.use_models import LessonUse, Tried

A_YEAR = timedelta(days=365)
MOST = 200
FEWEST = 5
"""Fewer are not told."""
CAME_OUT, USED = "lessons of the last year", "lessons used again within a year"


class Reuse(NamedTuple):
    """How many lessons came out in the last year, and how many of them are used; no number where it is too small."""

    came_out: int
    used: int | None


def numbers() -> Numbers:
    """What to ask together with the numbers around a page."""
    return Numbers({CAME_OUT: _came_out(), USED: _used()}, {"since": clock.now() - A_YEAR})


def told(found: Any) -> Reuse | None:
    """What may be told of it; nothing while few lessons came out."""
    came_out, used = found.get(CAME_OUT) or 0, found.get(USED) or 0
    if came_out < FEWEST:
        return None
    return Reuse(came_out, used if used >= FEWEST else None)


def _newest() -> AnySelect:
    """The newest of each standing first, which stand in that order in an index, and of those the newest."""
    each = union_all(*(select(_newest_standing(one).subquery()) for one in sorted(OUT))).subquery()
    newest = select(each.c.id, each.c.organisation_id).order_by(each.c.published_at.desc(), each.c.id)
    return newest.limit(MOST)


def _newest_standing(status: LessonStatus) -> AnySelect:
    of_here = Lesson.organisation_id.is_not(None), ~Lesson.is_folded
    return (
        select(Lesson.id, Lesson.organisation_id, Lesson.published_at)
        .where(Lesson.status == status, *of_here, Lesson.published_at > given("since", Lesson.published_at))
        .order_by(Lesson.published_at.desc(), Lesson.id)
        .limit(MOST)
    )


@cache
def _came_out() -> ColumnElement[int]:
    return select(func.count()).select_from(_newest().subquery("came_out")).scalar_subquery()


@cache
def _used() -> ColumnElement[int]:
    newest = _newest().subquery("might_be_used")
    in_work = exists().where(LessonUse.lesson_id == newest.c.id)
    elsewhere = Tried.organisation_id != newest.c.organisation_id
    tried = exists().where(Tried.lesson_id == newest.c.id, elsewhere, ~Tried.is_folded)
    return select(func.count()).select_from(newest).where(or_(in_work, tried)).scalar_subquery()
