"""What lessons forget by themselves: those that somebody began and left, and what was flagged long ago."""

from sqlalchemy import delete, select

from webapp.core import clock
from webapp.core.brake import forgets
from webapp.core.db import db, erase_log_too
from webapp.lessons import actions
from webapp.lessons.lifecycle import LessonStatus
from webapp.lessons.models import Lesson
from webapp.lessons.use_models import Flag
from webapp.policy.actor import CLOCK
from webapp.vocabulary.retention import Keep, kept_for

MOST_AT_ONCE = 200


@forgets
def forget_begun_lessons() -> None:
    """What was kept of a lesson while somebody typed goes when its line never came. Its own page asks for that line, so
    whatever somebody went on with has one."""
    before = clock.now() - kept_for(Keep.BEGUN_LESSON)
    left = (Lesson.status == LessonStatus.DRAFT, Lesson.line == "", Lesson.created_at < before)
    for lesson_id in db.session.scalars(select(Lesson.id).where(*left).limit(MOST_AT_ONCE)).all():
        actions.erase_draft(lesson_id, by=CLOCK)


@forgets
def forget_flags() -> None:
    """What was said of words, and decided, goes a year after that."""
    gone = delete(Flag).where(Flag.decided_at < clock.now() - kept_for(Keep.FLAG)).returning(Flag.id)
    if db.session.scalars(gone, execution_options={"synchronize_session": False}).first():
        erase_log_too()
