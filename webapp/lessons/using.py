"""In what a lesson is used: no likes, but a part of a plan, a topic or a decision that came about with it."""

import uuid

from sqlalchemy import delete

from webapp.core import clock
from webapp.core.db import db
from webapp.lessons import queries
from webapp.lessons.codes import UsedIn
from webapp.lessons.use_models import LessonUse
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import can


def note(lesson_id: uuid.UUID, used_in: UsedIn, thing_id: uuid.UUID, title: str, *, by: Actor) -> bool:
    """Note that a lesson is used in something of `title`, once; whether it was noted now. A lesson that is not out, or
    is not there, is passed over: whoever makes a plan is not stopped by it.

    No page shows this title: each asks the thing itself what it is called, and whether it may be seen. Leave it empty
    for what is not of the whole network.
    """
    lesson = queries.lesson(lesson_id)
    if lesson is None or not lesson.is_out or not can(by, Can.READ_LESSON, lesson):
        return False
    if db.session.get(LessonUse, (lesson_id, thing_id)) is not None:
        return False
    row = LessonUse(lesson_id=lesson_id, thing_id=thing_id, used_in=used_in, title=title[:200], at=clock.now())
    row.person_id = by.person_id
    db.session.add(row)
    db.session.flush()
    return True


def forget(lesson_id: uuid.UUID, thing_id: uuid.UUID) -> None:
    """It was linked by mistake: it is used there no more."""
    db.session.execute(delete(LessonUse).where(LessonUse.lesson_id == lesson_id, LessonUse.thing_id == thing_id))
