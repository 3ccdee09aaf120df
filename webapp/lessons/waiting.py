"""Reading which lessons are not out yet: what somebody and their organisation are still writing."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, or_, select

from webapp.accounts.models import Organisation, Person
from webapp.core.db import AnyRow, given, read
from webapp.lessons.lifecycle import OUT
from webapp.lessons.models import Lesson
from webapp.policy.actor import Actor
from webapp.policy.predicates import WORKING_AT

MOST = 60


def unfinished(actor: Actor) -> Sequence[AnyRow]:
    """Lessons that are not out yet, of this person and of where they work, the newest first."""
    return read(_unfinished(), {"person": actor.person_id, "theirs": list(actor.places(*WORKING_AT))})


@cache
def _unfinished() -> Select[*tuple[Any, ...]]:
    theirs = Lesson.organisation_id.in_(given("theirs", Lesson.organisation_id, many=True))
    return (
        select(
            Lesson.id, Lesson.title, Lesson.line, Lesson.status, Lesson.created_at,
            Organisation.name.label("organisation"), Person.name.label("author"),
        )
        .join(Organisation, Organisation.id == Lesson.organisation_id)
        .outerjoin(Person, Person.id == Lesson.author_id)
        .where(Lesson.status.not_in(OUT), or_(Lesson.author_id == given("person", Lesson.author_id), theirs))
        .order_by(Lesson.created_at.desc(), Lesson.id)
        .limit(MOST)
    )  # fmt: skip
