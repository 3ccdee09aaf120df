"""Other words for a lesson that is out: they wait for a second reader, and until then the old ones stand."""

import uuid
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from sqlalchemy import update

from webapp.core import clock, history, ledger
from webapp.core.db import db, erase_log_too
from webapp.core.errors import Conflict, Invalid, StepRefused
from webapp.core.versions import expect
from webapp.lessons import index, trying
from webapp.lessons.actions import About, Words, needs_why, note_read, say_in, say_translated, tell
from webapp.lessons.codes import Language, LessonKind, Verdict
from webapp.lessons.lifecycle import OUT
from webapp.lessons.models import TEXTS, Lesson, LessonChange
from webapp.notifications.kinds import NoticeKind
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require
from webapp.vocabulary.functions import FunctionKind
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.sides import Side
from webapp.vocabulary.strategies import Strategy

ENGLISH = Language.EN.value
"""Under this name the English words stand among the fields that change."""


def propose(
    lesson: Lesson,
    words: Words,
    about: About,
    why: str,
    *,
    by: Actor,
    english: Words | None = None,
    waiting: LessonChange | None = None,
    version: int | None = None,
) -> LessonChange:
    """Say a lesson that is out anew. `waiting` is the change that waits already: there is never more than one. Raises
    Conflict when that, or else the lesson, is not of the `version` that somebody had before them."""
    require(by, Can.EDIT_LESSON, lesson)
    if lesson.status not in OUT:
        raise StepRefused("reword", lesson.status)
    needs_why(why)
    expect(waiting or lesson, version)
    about = replace(about, year=about.year or lesson.year)
    before, after = fields_of(lesson), _fields(words, about, english)
    became = {name: value for name, value in after.items() if value != before[name]}
    if not became:
        raise Invalid({"title": "nothing_changed"})
    row = waiting or LessonChange(lesson_id=lesson.id)
    row.became, row.why, row.person_id, row.at = became, why.strip(), by.person_id, clock.now()
    db.session.add(row)
    db.session.flush()
    history.record("lesson", lesson.id, "reword", by=by)
    return row


def fields_of(lesson: Lesson) -> dict[str, Any]:
    """Everything that a lesson says, as it is kept in a change."""
    return _fields(Words.of(lesson), About.of(lesson), english_of(lesson))


def english_of(lesson: Lesson) -> Words | None:
    """What a lesson says in English, if anything."""
    row = next((one for one in lesson.translations if one.language is Language.EN), None)
    return Words.of(row) if row else None


def _fields(words: Words, about: About, english: Words | None) -> dict[str, Any]:
    fields = {**asdict(words), **asdict(about), ENGLISH: asdict(english) if english else None}
    fields["bs"], fields["strategies"] = sorted(about.bs), sorted(about.strategies)
    fields["review_on"] = about.review_on.isoformat() if about.review_on else None
    return fields


def said(became: Mapping[str, Any], lesson: Lesson) -> tuple[Words, About, Words | None]:
    """What a lesson would say with this change, and in English."""
    fields = {**fields_of(lesson), **became}
    about = About(
        LessonKind(fields["kind"]),
        Side(fields["side"]) if fields["side"] else None,
        tuple(B(one) for one in fields["bs"]),
        tuple(Strategy(one) for one in fields["strategies"]),
        fields["source"],
        fields["year"],
        date.fromisoformat(fields["review_on"]) if fields["review_on"] else None,
        FunctionKind(fields["owner_function"]) if fields["owner_function"] else None,
    )
    words = Words(**{name: fields[name] for name in TEXTS})
    return words, about, Words(**fields[ENGLISH]) if fields[ENGLISH] else None


def take_back(change: LessonChange, *, by: Actor) -> None:
    """Leave the old words as they are."""
    require(by, Can.EDIT_LESSON, change.lesson)
    _waits(change)
    db.session.delete(change)
    db.session.flush()
    history.record("lesson", change.lesson_id, "leave_words", by=by)


def approve(change: LessonChange, *, by: Actor, version: int | None = None) -> None:
    """The second reader approves: the new words stand from now on, and what they said before stays readable. Not when
    it was folded: then they were changed because nobody should read them."""
    lesson = _to_read(change, version, by)
    words, about, english = said(change.became, lesson)
    before = fields_of(lesson)
    change.was = None if lesson.is_folded else {name: before[name] for name in change.became}
    say_in(lesson, words, about)
    say_translated(lesson, Language.EN, english)
    change.verdict = Verdict.APPROVED
    trying.settle(lesson)
    note_read(lesson, Verdict.APPROVED, "", by=by, change_id=change.id)
    history.record("lesson", lesson.id, "approve_words", by=by)
    index.put(lesson)
    tell(change.person_id, NoticeKind.LESSON_APPROVED, lesson.id)


def hold(change: LessonChange, why: str, *, by: Actor, version: int | None = None) -> None:
    """The second reader holds the new words back, and says why to the circle of the lesson."""
    needs_why(why)
    lesson = _to_read(change, version, by)
    change.verdict = Verdict.HELD
    note_read(lesson, Verdict.HELD, why.strip(), by=by, change_id=change.id)
    history.record("lesson", lesson.id, "hold_words", by=by)
    tell(change.person_id, NoticeKind.LESSON_HELD, lesson.id)


def forget_before(lesson: Lesson, *, by: Actor) -> None:
    """What it said before is kept by nobody any more: it named somebody, or pointed to them."""
    require(by, Can.KEEP_LESSON, lesson)
    ledger.note("lesson_before", lesson.id)
    _wipe_before(lesson.id)
    history.record("lesson", lesson.id, "forget_before", by=by)


@ledger.replays("lesson_before")
def _wipe_before(lesson_id: uuid.UUID) -> None:
    """What one change brought is what the next one replaced: all words of what was decided go, those that wait stay."""
    decided = update(LessonChange).where(LessonChange.lesson_id == lesson_id, LessonChange.verdict.is_not(None))
    db.session.execute(decided.values(was=None, became={}, why=""))
    erase_log_too()


def _to_read(change: LessonChange, version: int | None, by: Actor) -> Lesson:
    lesson = change.lesson
    lesson.reworded_by_ids = frozenset({change.person_id})
    require(by, Can.SECOND_READ, lesson)
    expect(change, version)
    _waits(change)
    return lesson


def _waits(change: LessonChange) -> None:
    if change.verdict is not None:
        raise Conflict()
