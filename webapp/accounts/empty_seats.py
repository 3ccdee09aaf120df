"""Which seats are empty or end soon: what Today tells whoever looks after people."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, literal, select, union_all

from webapp.accounts.models import Function, Organisation, Person
from webapp.accounts.sessions import is_current
from webapp.core import clock
from webapp.core.db import AnyRow, db
from webapp.policy import roles
from webapp.policy.actor import Actor
from webapp.policy.predicates import HOUSE, SPEAKING
from webapp.vocabulary.functions import FunctionKind
from webapp.vocabulary.organisation_kinds import OrganisationKind

SOON = timedelta(days=30)
MOST_SHOWN = 5
NEEDED = {
    function: tuple(
        kind
        for kind in OrganisationKind
        if function in roles.needed_at(kind)
        and kind is not OrganisationKind.YOUTH_SERVICE  # its bridge builders stand in for others
    )
    for function in SPEAKING
}


def empty(actor: Actor, *, everywhere: bool) -> Sequence[AnyRow]:
    """Seats that an organisation cannot do without while nobody holds them, everywhere or where this person works."""
    seats = [_empty(function) for function in SPEAKING]
    if not everywhere:
        seats = [one.where(Organisation.id.in_(actor.places(*HOUSE))) for one in seats]
    found = union_all(*seats).subquery()
    return db.session.execute(select(found).order_by(found.c.kind, found.c.name, found.c.id).limit(MOST_SHOWN)).all()


def _empty(function: FunctionKind) -> Select[*tuple[Any, ...]]:
    kind = literal(function, Function.kind.type).label("kind")
    query = select(Organisation.id, Organisation.name, Organisation.created_at, kind).where(
        ~_is_held(function), Organisation.kind.in_(NEEDED[function])
    )
    # Who has no guides has nobody to take over from.
    return query.where(_is_held(FunctionKind.GUIDE)) if function is FunctionKind.REFERRAL_CONTACT else query


def _is_held(function: FunctionKind) -> ColumnElement[bool]:
    return exists().where(
        Function.organisation_id == Organisation.id,
        Function.kind == function,
        is_current(clock.today()),
        Person.id == Function.person_id,
        Person.is_active,
    )


def ending_soon(actor: Actor, *, everywhere: bool) -> Sequence[AnyRow]:
    """Such seats whose last day is near, everywhere or where this person speaks for the organisation."""
    query = (
        select(Function.id, Function.ends_on, Function.organisation_id, Person.name, Organisation.name.label("place"))
        .join(Person, Person.id == Function.person_id)
        .join(Organisation, Organisation.id == Function.organisation_id)
        .where(
            Function.kind.in_(SPEAKING),
            Function.ends_on.between(clock.today(), clock.today() + SOON),
            Person.is_active,
        )
        .order_by(Function.ends_on, Function.id)
        .limit(MOST_SHOWN)
    )
    if not everywhere:
        query = query.where(Function.organisation_id.in_(actor.places(*SPEAKING)))
    return db.session.execute(query).all()
