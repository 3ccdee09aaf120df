"""The lesson of the week: one of the newest that came out before this week, drawn anew each Monday, for whoever helps
young people on their way or welcomes them. The same all week, and the same on Today and by mail."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from functools import cache
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, select

from webapp.core import clock
from webapp.core.db import AnySelect, given, read
from webapp.core.numbers import Numbers, packed, unpacked
from webapp.core.statements import prepared
from webapp.lessons.lifecycle import LessonStatus
from webapp.lessons.models import Lesson
from webapp.vocabulary.functions import FunctionKind
from webapp.vocabulary.sides import Side

MOST_IN_DRAW = 40
DRAWN = "lessons to draw one from"
SIDES = {
    FunctionKind.GUIDE: Side.DEMAND,
    FunctionKind.REFERRAL_CONTACT: Side.DEMAND,
    FunctionKind.CONTACT_POINT: Side.SUPPLY,
    FunctionKind.CREW: Side.SUPPLY,
}
"""On which side somebody stands by their seat. Others stand between."""


class OfWeek(NamedTuple):
    """What is shown of a lesson."""

    id: uuid.UUID
    title: str
    line: str


def begin() -> datetime:
    """The Monday on which this week began, in Brussels."""
    today = clock.today()
    return datetime.combine(today - timedelta(days=today.weekday()), time(0), clock.BRUSSELS)


def week() -> str:
    """This week by its name: year and number."""
    return "{}-{}".format(*clock.today().isocalendar()[:2])


def drawn() -> Numbers:
    """The lessons to draw from, to be asked together with the numbers around a page."""
    return Numbers({DRAWN: _packed()}, _values())


def _values() -> dict[str, Any]:
    return {"began": begin()}


def among(found: str | None, functions: Iterable[FunctionKind]) -> OfWeek | None:
    """The lesson of this week for somebody with these seats, out of what `drawn` brought."""
    return _draw([row for row in unpacked(found) if len(row) == len(OfWeek._fields) + 1], functions)


def lesson(functions: Iterable[FunctionKind]) -> OfWeek | None:
    """The same, asked by itself."""
    return _draw([[str(row.id), row.title, row.line, row.side or ""] for row in read(_newest(), _values())], functions)


def _draw(rows: Sequence[Sequence[str]], functions: Iterable[FunctionKind]) -> OfWeek | None:
    sides = {SIDES[one] for one in functions if one in SIDES}
    theirs = [row for row in rows if not sides or not row[3] or row[3] in sides]
    lots = {_lot(uuid.UUID(row[0])): row for row in theirs or rows}
    if not lots:
        return None
    lesson_id, title, line, _side = lots[max(lots)]
    return OfWeek(uuid.UUID(lesson_id), title, line)


def _lot(lesson_id: uuid.UUID) -> str:
    """Each lesson draws a lot of its own: who leaves takes no other's chance."""
    return sha256(f"{week()} {lesson_id.hex}".encode()).hexdigest()


@cache
def _packed() -> ColumnElement[str]:
    return packed(_newest_ones())


@prepared
def _newest() -> AnySelect:
    return _newest_ones()


def _newest_ones() -> AnySelect:
    return (
        select(Lesson.id, Lesson.title, Lesson.line, Lesson.side)
        .where(
            Lesson.status == LessonStatus.PUBLISHED,
            ~Lesson.is_folded,
            Lesson.published_at < given("began", Lesson.published_at),
        )
        .order_by(Lesson.published_at.desc(), Lesson.id)
        .limit(MOST_IN_DRAW)
    )
