"""What everybody may read once the network opened its lessons: those of its own that are out, and nobody's name."""

import uuid
from collections.abc import Sequence

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import selectinload

from webapp.accounts.models import Organisation
from webapp.core.db import db
from webapp.lessons.models import Lesson, OtherTown
from webapp.lessons.queries import IS_OUT
from webapp.lessons.use_models import OpenLog

MOST_IN_FEED = 200

OWN = and_(IS_OUT, Lesson.organisation_id.is_not(None), Lesson.changed_at.is_not(None))
"""Of this network itself: another town's lessons are theirs to show."""

Signed = tuple[Lesson, str]
"""A lesson, and the name of the organisation whose it is."""


def open_log() -> OpenLog | None:
    """Since when everybody may read; None while only the network does."""
    return db.session.get(OpenLog, 1)


def _signed() -> Select[Lesson, str]:
    return (
        select(Lesson, func.coalesce(Organisation.name, ""))
        .join(Organisation, Organisation.id == Lesson.organisation_id)
        .where(OWN)
        .options(selectinload(Lesson.translations))
    )


def newest() -> Sequence[Signed]:
    """The lessons that changed last, for a feed."""
    newest_first = _signed().order_by(Lesson.changed_at.desc(), Lesson.id.desc()).limit(MOST_IN_FEED)
    return [(row[0], row[1]) for row in db.session.execute(newest_first)]


def public_lesson(lesson_id: uuid.UUID) -> Lesson | None:
    """A lesson that everybody may read; None while the lessons are not open, and for those of other towns."""
    if open_log() is None:
        return None
    one = select(Lesson).where(Lesson.id == lesson_id, OWN).options(selectinload(Lesson.translations))
    return db.session.scalars(one).first()


def whose(lesson: Lesson) -> str:
    """The name of the organisation, or of the other town, whose a lesson is."""
    found = db.session.get(Organisation, lesson.organisation_id) if lesson.organisation_id else None
    town = db.session.get(OtherTown, lesson.town_id) if lesson.town_id else None
    return found.name if found else town.name if town else ""
