"""Reading the story of a plan: what was adjusted in it or in a part of it, by whom, and what its ids are called."""

import uuid
from collections.abc import Iterable, Sequence

from sqlalchemy import select, union_all

from webapp.accounts.models import Organisation, Person
from webapp.core.db import AnyRow, AnySelect, db, given, read
from webapp.core.statements import prepared
from webapp.groups.codes import Visibility
from webapp.groups.models import WorkingGroup
from webapp.plans.models import Barrier, Choice, Evidence, Goal
from webapp.plans.story_models import Adjustment

MOST = 50


def of_thing(thing_id: uuid.UUID) -> Sequence[AnyRow]:
    """The last adjustments of one thing, the newest first."""
    return read(_of_thing(), {"thing": thing_id})


@prepared
def _of_thing() -> AnySelect:
    return (
        adjustments()
        .where(Adjustment.thing_id == given("thing", Adjustment.thing_id))
        .order_by(Adjustment.at.desc(), Adjustment.id.desc())
        .limit(MOST)
    )


def adjustments() -> AnySelect:
    """Adjustments with who made them."""
    return (
        select(
            Adjustment.id, Adjustment.part, Adjustment.thing_id, Adjustment.title, Adjustment.was, Adjustment.became,
            Adjustment.why, Adjustment.at, Person.name.label("person"), Organisation.name.label("organisation"),
        )
        .outerjoin(Person, Person.id == Adjustment.person_id)
        .outerjoin(Organisation, Organisation.id == Adjustment.organisation_id)
    )  # fmt: skip


def called(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """What people, organisations and parts of plans are called today; what is gone has no name any more."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    named = (
        (Organisation.id, Organisation.name),
        (Person.id, Person.name),
        (Goal.id, Goal.title),
        (Barrier.id, Barrier.words),
        (Evidence.id, Evidence.heard),
        (Choice.id, Choice.for_whom),
    )
    told = [select(key, words.label("words")).where(key.in_(wanted)) for key, words in named]
    no_secret = WorkingGroup.visibility != Visibility.CONFIDENTIAL
    told.append(select(WorkingGroup.id, WorkingGroup.name).where(WorkingGroup.id.in_(wanted), no_secret))
    query = union_all(*told)
    return {row[0]: row[1] for row in db.session.execute(query)}
