"""The people of an organisation itself: who must agree when somebody from outside gives a function there.

Whoever works there or has spoken for it is of the house; coordinators and administrators look after the network from
outside, also at the youth service where they sit.
"""

import uuid
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from webapp.accounts import queries
from webapp.accounts.models import Function, Invitation, Person
from webapp.accounts.queries import Holder
from webapp.accounts.sessions import goes_on
from webapp.core import clock
from webapp.core.db import db
from webapp.policy import roles
from webapp.policy.actor import Actor
from webapp.policy.predicates import HOUSE, SPEAKING
from webapp.vocabulary.functions import FunctionKind

KEEPERS = (FunctionKind.COORDINATOR, FunctionKind.ADMINISTRATOR)


def is_outside(by: Actor, organisation_id: uuid.UUID, kind: FunctionKind) -> bool:
    """Whether this person gives a function on which young people's questions hang without speaking for the house."""
    return roles.opens_others(kind) and not by.holds(*SPEAKING, at=organisation_id)


def reach_of(by: Actor, organisation_id: uuid.UUID) -> datetime | None:
    """Since when the seats of this person open what others agreed there: nobody gives more than they have."""
    since = [one.opens_from for one in by.seats if one.organisation_id == organisation_id and one.function in HOUSE]
    known = [one for one in since if one is not None]
    return min(known) if len(known) == len(since) and known else None


def note_on(invitation: Invitation) -> Invitation:
    """Note on an invitation whether it needs a yes of the house today, and whether somebody speaks for the house."""
    return note_on_all(invitation.organisation_id, [invitation])[0]


def note_on_all(organisation_id: uuid.UUID, invitations: Iterable[Invitation]) -> list[Invitation]:
    """The same for several invitations of one organisation."""
    noted = list(invitations)
    people = queries.holders(*HOUSE, at=organisation_id) if noted else []
    for one in noted:
        one.nobody_speaks = not any(holder.kind in SPEAKING for holder in people)
        others = any(holder.email != one.email for holder in people)
        one.needs_yes = one.is_waiting and one.from_outside and one.agreed_at is None and others
    return noted


def may_agree(invitation: Invitation) -> list[uuid.UUID]:
    """Who of the house can say yes: who speaks for it, or everybody there while nobody does; never who is invited."""
    people = [one for one in queries.holders(*HOUSE, at=invitation.organisation_id) if one.email != invitation.email]
    return _ids([one for one in people if one.kind in SPEAKING] or people)


def is_alone(seat: Function) -> bool:
    """Whether nobody else holds this function while the organisation cannot do without it."""
    if seat.kind not in roles.needed_at(seat.organisation.kind):
        return False
    others = queries.holders(seat.kind, at=seat.organisation_id)
    return all(one.person_id == seat.person_id for one in others)


def everybody_at(organisation_id: uuid.UUID) -> list[uuid.UUID]:
    """Who holds a seat there, today or later."""
    return list(
        db.session.scalars(
            select(Function.person_id)
            .join(Person, Person.id == Function.person_id)
            .where(
                Function.organisation_id == organisation_id,
                Person.is_active,
                goes_on(clock.today()),
            )
            .order_by(Function.begins_on, Function.id)
        )
    )


def has_people(organisation_id: uuid.UUID) -> bool:
    """Whether anybody of the house is there today."""
    return bool(queries.holders(*HOUSE, at=organisation_id))


def speakers(organisation_id: uuid.UUID) -> list[uuid.UUID]:
    """Who speaks for it today."""
    return _ids(queries.holders(*SPEAKING, at=organisation_id))


def keepers() -> list[uuid.UUID]:
    """The coordinators and administrators."""
    return _ids(queries.holders(*KEEPERS))


def _ids(people: Iterable[Holder]) -> list[uuid.UUID]:
    return [one.person_id for one in people]
