"""Which seats are empty or end soon: what Today tells whoever looks after people."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, cast, exists, literal, null, select, union_all

from webapp.accounts.models import EmptySeat, Function, Organisation, Person
from webapp.accounts.sessions import is_current
from webapp.core import clock
from webapp.core.db import AnyRow, AnySelect, given, read
from webapp.core.statements import prepared
from webapp.policy import roles
from webapp.policy.actor import Actor
from webapp.policy.predicates import HOUSE, SPEAKING
from webapp.vocabulary.functions import FunctionKind
from webapp.vocabulary.organisation_kinds import OrganisationKind

SOON = timedelta(days=30)
LATELY = timedelta(days=7)
MOST_SHOWN = 5
MOST_LOOKED_AT = 20
"""Where more seats are empty than this, some of them are shown, and as those are filled the next."""
NEEDED = {
    function: tuple(
        kind
        for kind in OrganisationKind
        if function in roles.needed_at(kind)
        and kind is not OrganisationKind.YOUTH_SERVICE  # its bridge builders stand in for others
    )
    for function in SPEAKING
}


def to_fill(actor: Actor) -> Sequence[AnyRow]:
    """Seats that an organisation cannot do without while nobody holds them, and those whose last day is near:
    everywhere for whoever coordinates the network, else the empty ones where this person works and the ending ones
    where they speak for the organisation. One query."""
    today = clock.today()
    values = {
        "today": today,
        "soon": today + SOON,
        "lately": today - LATELY,
        "house": [*actor.places(*HOUSE)],
        "ours": [*actor.places(*SPEAKING)],
    }
    return read(_to_fill(actor.holds(FunctionKind.COORDINATOR)), values)


@prepared
def _to_fill(everywhere: bool) -> CompoundSelect[*tuple[Any, ...]]:
    return union_all(select(_all_empty(everywhere).subquery()), select(_ending(everywhere).subquery()))


def _all_empty(everywhere: bool) -> AnySelect:
    found = union_all(*(_empty(function).where(_doubtful(function, everywhere)) for function in SPEAKING)).subquery()
    return select(found).order_by(found.c.kind, found.c.name, found.c.organisation_id).limit(MOST_SHOWN)


def _doubtful(function: FunctionKind, everywhere: bool) -> ColumnElement[bool]:
    """Where to look: where this person works, or where the clock found nobody and where somebody stopped lately."""
    if not everywhere:
        return Organisation.id.in_(given("house", Organisation.id, many=True))
    found = select(EmptySeat.organisation_id).where(EmptySeat.kind == function).order_by(EmptySeat.organisation_id)
    lately = (
        select(Function.organisation_id)
        .where(
            Function.kind == function,
            Function.ends_on >= given("lately", Function.ends_on),
            Function.ends_on < given("today", Function.ends_on),
        )
        .order_by(Function.ends_on.desc(), Function.id)
    )
    some = (select(one.limit(MOST_LOOKED_AT).subquery()) for one in (found, lately))
    return Organisation.id.in_(union_all(*some))


def everywhere() -> AnySelect:
    """Every such seat that nobody holds, and where: a look through the whole network, for the clock."""
    found = union_all(*(_empty(function) for function in SPEAKING)).subquery()
    return select(found.c.organisation_id, found.c.kind)


def _empty(function: FunctionKind) -> AnySelect:
    kind = literal(function, Function.kind.type).label("kind")
    query = select(
        Organisation.id.label("organisation_id"),
        Organisation.name,
        kind,
        Organisation.created_at,
        cast(null(), Function.id.type).label("seat_id"),
        cast(null(), Function.ends_on.type).label("ends_on"),
        cast(null(), Person.name.type).label("person"),
    ).where(~_is_held(function), Organisation.kind.in_(NEEDED[function]))
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


def _ending(everywhere: bool) -> AnySelect:
    today, soon = given("today", Function.ends_on), given("soon", Function.ends_on)
    query = (
        select(
            Organisation.id.label("organisation_id"),
            Organisation.name,
            Function.kind,
            Organisation.created_at,
            Function.id.label("seat_id"),
            Function.ends_on,
            Person.name.label("person"),
        )
        .select_from(Function)
        .join(Person, Person.id == Function.person_id)
        .join(Organisation, Organisation.id == Function.organisation_id)
        .where(Function.kind.in_(SPEAKING), Function.ends_on >= today, Function.ends_on <= soon, Person.is_active)
        .order_by(Function.ends_on, Function.id)
        .limit(MOST_SHOWN)
    )
    if everywhere:
        return query
    return query.where(Function.organisation_id.in_(given("ours", Function.organisation_id, many=True)))
