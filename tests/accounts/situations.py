"""Seats and invitations, as the matrix needs them."""

import uuid
from collections.abc import Callable

from tests.people import Cast
from webapp.accounts import invitations
from webapp.accounts.models import Function, Organisation, Person
from webapp.core import clock
from webapp.core.db import db
from webapp.vocabulary.functions import FunctionKind

Parts = dict[str, uuid.UUID]
Make = Callable[[Cast], Parts]


def seat(cast: Cast) -> Parts:
    """Somebody new in a crew."""
    newcomer = Person(name="Nieuw Gezicht", email=f"{uuid.uuid4().hex}@brug.example")
    db.session.add(newcomer)
    db.session.flush()
    seat = Function(
        person_id=newcomer.id, organisation_id=cast.zilverreiger, kind=FunctionKind.CREW, begins_on=clock.today()
    )
    db.session.add(seat)
    db.session.commit()
    return {"organisation_id": cast.zilverreiger, "seat_id": seat.id}


def invitation(cast: Cast) -> Parts:
    """Noor invites somebody to her crew."""
    made = invitations.invite(
        db.session.get_one(Organisation, cast.zilverreiger),
        name="Nieuw Gezicht",
        email=f"{uuid.uuid4().hex}@brug.example",
        kind=FunctionKind.CREW,
        begins_on=clock.today(),
        ends_on=None,
        by=cast.actor("noor"),
    )
    parts = {"organisation_id": cast.zilverreiger, "invitation_id": made.id}
    db.session.commit()
    return parts


def asked_by_tine(place: str, kind: FunctionKind) -> Make:
    """Tine invites somebody from outside."""

    def make(cast: Cast) -> Parts:
        made = invitations.invite(
            db.session.get_one(Organisation, cast.organisations[place]),
            name="Nieuw Gezicht",
            email=f"{uuid.uuid4().hex}@brug.example",
            kind=kind,
            begins_on=clock.today(),
            ends_on=None,
            by=cast.actor("tine"),
        )
        parts = {"organisation_id": made.organisation_id, "invitation_id": made.id}
        db.session.commit()
        return parts

    return make
