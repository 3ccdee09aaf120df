"""The index of the log: the words of what is out, and nothing else. A lesson enters it when a second reader approves it
and leaves it when it is held back or folded.

A lesson has a number there, by when it came out: the newest is the highest. What no longer holds stands far behind.
"""

import uuid
from collections.abc import Iterable
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import Table, insert, or_, select

from webapp.core import outbox
from webapp.core.db import db
from webapp.core.fulltext import DUTCH, ENGLISH, Document, Part
from webapp.core.outbox import Claimed
from webapp.core.spans import Spans
from webapp.core.wordindex import WordIndex
from webapp.lessons.asked import source_token
from webapp.lessons.codes import Facet, Sureness
from webapp.lessons.lifecycle import LessonStatus
from webapp.lessons.models import Lesson, LessonPlace, LessonSpan
from webapp.lessons.use_models import LessonTag

PLACES: Table = LessonPlace.metadata.tables[LessonPlace.__tablename__]
SPANS: Table = LessonSpan.metadata.tables[LessonSpan.__tablename__]
WORDS = WordIndex(PLACES, "lesson_words", Spans(PLACES, SPANS))

ANEW = "put_lessons_anew"
BATCH = 200
FAR_BEHIND = 1 << 40
"""So much lower stands what no longer holds."""
AT_ONCE = 1000
"""So many lessons can come out in the same second."""

WEIGHT = {sureness: weight for weight, sureness in enumerate(Sureness)}


def put(lesson: Lesson) -> None:
    """Let a lesson be found by what it says now; one that is not out is taken out."""
    stood = _place(lesson)
    if stood is not None:
        WORDS.take_out(stood)
    if not lesson.is_out or lesson.published_at is None:
        return
    number = _free(lesson.published_at) if stood is None else stood + (FAR_BEHIND if stood < 0 else 0)
    if lesson.status is LessonStatus.OUTDATED:
        number -= FAR_BEHIND
    tags = db.session.scalars(select(LessonTag.tag_id).where(LessonTag.lesson_id == lesson.id)).all()
    db.session.execute(insert(PLACES), [row(lesson, number)])
    WORDS.put((number, document(lesson, tags, lesson.translations)))


def take_out(lesson: Lesson) -> None:
    """Let a lesson be found no more: no word of it stays in the index."""
    stood = _place(lesson)
    if stood is not None:
        WORDS.take_out(stood)


def forget_what_went() -> None:
    """Lessons are deleted, with the town they came from: their words go too."""
    WORDS.forget_what_went()


@outbox.task(ANEW)
def put_anew(job: Claimed) -> None:
    """Give the lessons in the log the tokens of today, some at a time: their words did not change, the index did."""
    some = select(Lesson).join(LessonPlace).order_by(Lesson.id).limit(BATCH)
    if behind := job.payload.get("behind"):
        some = some.where(Lesson.id > uuid.UUID(behind))
    lessons = db.session.scalars(some).all()
    for lesson in lessons:
        put(lesson)
    if len(lessons) == BATCH:
        outbox.enqueue(ANEW, {"behind": str(lessons[-1].id)})


def row(lesson: Any, number: int) -> dict[str, Any]:
    """The place of a lesson, as it is kept."""
    return {
        "number": number,
        "lesson_id": lesson.id,
        "weight": WEIGHT[lesson.sureness],
        "source": lesson.source,
        "year": lesson.year,
    }


def document(lesson: Any, tags: Iterable[uuid.UUID], translations: Iterable[Any] = ()) -> Document:
    """The words of a lesson, and by what it is filtered."""
    parts = [_part(DUTCH, lesson, lesson.source), *(_part(ENGLISH, one) for one in translations)]
    facets = {
        *(Facet.B.token(b) for b in lesson.bs),
        *(Facet.STRATEGY.token(strategy) for strategy in lesson.strategies),
        *(Facet.TAG.token(tag.hex) for tag in tags),
        *([Facet.SIDE.token(lesson.side)] if lesson.side else []),
        *([source_token(lesson.source)] if lesson.source else []),
        Facet.KIND.token(lesson.kind),
        Facet.YEAR.token(str(lesson.year)),
        Facet.SURENESS.token(lesson.sureness),
    }
    return Document(tuple(parts), tuple(sorted(facets)))


def _part(language: str, words: Any, *more: str) -> Part:
    body = (words.situation, words.did, words.happened, words.enough_for, words.not_yet_for, *more)
    return Part(language, (words.title, words.line), body)


def _place(lesson: Lesson) -> int | None:
    return db.session.scalar(select(PLACES.c.number).where(PLACES.c.lesson_id == lesson.id))


def _free(moment: datetime) -> int:
    """A number that no lesson has, nor had before it was marked outdated."""
    first = int(moment.timestamp())
    there = (PLACES.c.number.between(start, start + AT_ONCE) for start in (first, first - FAR_BEHIND))
    taken = {number % FAR_BEHIND for number in db.session.scalars(select(PLACES.c.number).where(or_(*there)))}
    return next(number for number in count(first) if number not in taken)
