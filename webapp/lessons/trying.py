"""We tried this too: what an organisation saw when it tried a lesson, and how sure the lesson is because of it."""

import uuid
from dataclasses import dataclass

from webapp.core import clock, history
from webapp.core.db import db
from webapp.core.errors import Invalid
from webapp.core.versions import expect
from webapp.lessons import around, index
from webapp.lessons.codes import DOUBT_FROM, OFTEN_FROM, Helped, Sureness
from webapp.lessons.models import Lesson
from webapp.lessons.use_models import Tried
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require


@dataclass(frozen=True, slots=True)
class Saw:
    """What an organisation saw: whether it helped, what was the same there and what was different."""

    helped: Helped
    same: str = ""
    different: str = ""


def say(lesson: Lesson, organisation_id: uuid.UUID | None, saw: Saw, *, by: Actor, version: int | None = None) -> Tried:
    """Say what became of it at one's own organisation; saying it anew changes what was said."""
    require(by, Can.TRY_LESSON, lesson)
    place = _own(lesson, organisation_id, by)
    row = around.tried_at(lesson.id, place)
    if row is not None:
        expect(row, version)
    row = row or Tried(lesson_id=lesson.id, organisation_id=place)
    row.helped, row.same, row.different = saw.helped, saw.same.strip(), saw.different.strip()
    row.person_id, row.at = by.person_id, clock.now()
    db.session.add(row)
    db.session.flush()
    history.record("tried", row.id, "say", by=by)
    weigh(lesson)
    return row


def take_back(lesson: Lesson, organisation_id: uuid.UUID | None, *, by: Actor) -> None:
    """Take what was said back, for good."""
    require(by, Can.TRY_LESSON, lesson)
    row = around.tried_at(lesson.id, _own(lesson, organisation_id, by))
    if row is not None:
        db.session.delete(row)
        db.session.flush()
        history.record("tried", row.id, "take_back", by=by)
        weigh(lesson)


def _own(lesson: Lesson, organisation_id: uuid.UUID | None, by: Actor) -> uuid.UUID:
    place = organisation_id or by.organisation_id
    if place is None or place not in by.organisations:
        raise Invalid({"organisation": "not_yours"})
    if place == lesson.organisation_id:
        raise Invalid({"organisation": "its_own_lesson"})
    return place


def weigh(lesson: Lesson) -> None:
    """Say how sure a lesson is, by how many other organisations it helped, and whether it is in doubt."""
    worked, failed = around.outcomes(lesson.id)
    now = Sureness.OFTEN if worked >= OFTEN_FROM else Sureness.FEW if worked else Sureness.ONCE
    _doubt(lesson, worked, failed)
    is_other = now is not lesson.sureness
    lesson.sureness = now
    db.session.flush()
    if is_other:
        index.put(lesson)


def _doubt(lesson: Lesson, worked: int, failed: int) -> None:
    """Whether it did not help at most places; what somebody heard when they looked counts for nothing new."""
    lesson.doubts_heard = min(lesson.doubts_heard, failed)
    is_doubted = worked + failed >= DOUBT_FROM and failed > worked and failed > lesson.doubts_heard
    lesson.doubted_at = (lesson.doubted_at or clock.now()) if is_doubted else None


def settle(lesson: Lesson) -> None:
    """Somebody looked whether it holds, and heard what was said: nobody is asked before somebody says more."""
    _worked, lesson.doubts_heard = around.outcomes(lesson.id)
    lesson.doubted_at = None
    db.session.flush()
