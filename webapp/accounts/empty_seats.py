"""Which seats are empty or end soon: what Today tells whoever looks after people."""

from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, literal, select, union_all

from webapp.accounts.models import Function, Organisation, Person
from webapp.accounts.sessions import is_current
from webapp.core import clock
from webapp.core.db import AnyRow, given, read
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
    return read(_all_empty(everywhere), {"today": clock.today(), "house": [*actor.places(*HOUSE)]})


@cache
def _all_empty(everywhere: bool) -> Select[*tuple[Any, ...]]:
    seats = [_empty(function) for function in SPEAKING]
    if not everywhere:
        seats = [one.where(Organisation.id.in_(given("house", Organisation.id, many=True))) for one in seats]
    found = union_all(*seats).subquery()
    return select(found).order_by(found.c.kind, found.c.name, found.c.id).limit(MOST_SHOWN)


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
        is_current(given("today", Function.begins_on)),
        Person.id == Function.person_id,
        Person.is_active,
    )


def ending_soon(actor: Actor, *, everywhere: bool) -> Sequence[AnyRow]:
    """Such seats whose last day is near, everywhere or where this person speaks for the organisation."""
    today = clock.today()
    return read(_ending(everywhere), {"today": today, "soon": today + SOON, "ours": [*actor.places(*SPEAKING)]})


@cache
def _ending(everywhere: bool) -> Select[*tuple[Any, ...]]:
    today, soon = given("today", Function.ends_on), given("soon", Function.ends_on)
    query = (
        select(Function.id, Function.ends_on, Function.organisation_id, Person.name, Organisation.name.label("place"))
        .join(Person, Person.id == Function.person_id)
        .join(Organisation, Organisation.id == Function.organisation_id)
        .where(Function.kind.in_(SPEAKING), Function.ends_on.between(today, soon), Person.is_active)
        .order_by(Function.ends_on, Function.id)
        .limit(MOST_SHOWN)
    )
    if everywhere:
        return query
    return query.where(Function.organisation_id.in_(given("ours", Function.organisation_id, many=True)))
