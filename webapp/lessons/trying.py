"""We tried this too: what an organisation saw when it tried a lesson, and how sure the lesson is because of it."""

import uuid
from dataclasses import dataclass

from sqlalchemy import func, select

from webapp.core import clock, history
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid
from webapp.lessons import around, index
from webapp.lessons.codes import OFTEN_FROM, Helped, Sureness
from webapp.lessons.models import Lesson
from webapp.lessons.use_models import Tried
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require

IT_WORKED = (Helped.HELPED, Helped.ADAPTED)
"""What makes a lesson surer. That it did not help is as welcome, and changes nothing of what others saw."""


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
    if row is not None and version is not None and row.version != version:
        raise Conflict()
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
    """Say how sure a lesson is, by how many other organisations it helped."""
    also = select(func.count()).where(Tried.lesson_id == lesson.id, Tried.helped.in_(IT_WORKED), ~Tried.is_folded)
    number = db.session.scalar(also) or 0
    now = Sureness.OFTEN if number >= OFTEN_FROM else Sureness.FEW if number else Sureness.ONCE
    if now is not lesson.sureness:
        lesson.sureness = now
        db.session.flush()
        index.put(lesson)
