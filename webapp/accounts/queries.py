"""Reading people and the seats they hold."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select

from webapp.accounts.models import Function, Organisation, Person
from webapp.accounts.sessions import is_current
from webapp.core import clock
from webapp.core.db import db
from webapp.vocabulary.functions import FunctionKind


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds a seat today."""

    person_id: uuid.UUID
    name: str
    email: str
    phone: str
    organisation_id: uuid.UUID
    kind: FunctionKind


def holders(*kinds: FunctionKind, at: uuid.UUID | None = None) -> Sequence[Holder]:
    """Who holds one of these seats today, anywhere or at one organisation."""
    query = (
        select(Person.id, Person.name, Person.email, Person.phone, Function.organisation_id, Function.kind)
        .join(Function, Function.person_id == Person.id)
        .where(Function.kind.in_(kinds), is_current(clock.today()), Person.is_active)
        .order_by(Function.begins_on, Function.id)
    )
    if at is not None:
        query = query.where(Function.organisation_id == at)
    return [Holder(*row) for row in db.session.execute(query)]


def seat_is_empty(organisation_id: uuid.UUID, kind: FunctionKind = FunctionKind.CONTACT_POINT) -> bool:
    """Whether nobody holds this seat today."""
    held = exists().where(
        Function.organisation_id == organisation_id,
        Function.kind == kind,
        is_current(clock.today()),
        Person.id == Function.person_id,
        Person.is_active,
    )
    return not db.session.scalar(select(held))


def names(person_ids: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The names of several people, by id."""
    if not person_ids:
        return {}
    return {
        row.id: row.name for row in db.session.execute(select(Person.id, Person.name).where(Person.id.in_(person_ids)))
    }


def organisation(organisation_id: uuid.UUID) -> Organisation | None:
    """One organisation."""
    return db.session.get(Organisation, organisation_id)


def person_by_email(email: str) -> Person | None:
    """The person with this address, whatever its capitals."""
    return db.session.scalar(select(Person).where(Person.email == email.strip().lower()))
