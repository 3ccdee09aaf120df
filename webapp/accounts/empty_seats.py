"""Which seats are empty or end soon: what Today tells whoever looks after people."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import exists, select

from webapp.accounts.models import Function, Organisation, Person
from webapp.accounts.sessions import is_current
from webapp.core import clock
from webapp.core.db import AnyRow, db
from webapp.policy import roles
from webapp.policy.actor import Actor
from webapp.vocabulary.functions import FunctionKind
from webapp.vocabulary.organisation_kinds import OrganisationKind

SOON = timedelta(days=30)
MOST_SHOWN = 5
ASKED = tuple(
    kind
    for kind in OrganisationKind
    if FunctionKind.CONTACT_POINT in roles.needed_at(kind)
    and kind is not OrganisationKind.YOUTH_SERVICE  # its bridge builders stand in for others
)


def without_contact_point() -> Sequence[AnyRow]:
    """Organisations that can be asked while nobody is their contact point."""
    held = exists().where(
        Function.organisation_id == Organisation.id,
        Function.kind == FunctionKind.CONTACT_POINT,
        is_current(clock.today()),
        Person.id == Function.person_id,
        Person.is_active,
    )
    return db.session.execute(
        select(Organisation.id, Organisation.name, Organisation.created_at)
        .where(~held, Organisation.kind.in_(ASKED))
        .order_by(Organisation.name, Organisation.id)
        .limit(MOST_SHOWN)
    ).all()


def ending_soon(actor: Actor, *, everywhere: bool) -> Sequence[AnyRow]:
    """Contact points whose last day is near, everywhere or at this person's own organisations."""
    query = (
        select(Function.id, Function.ends_on, Function.organisation_id, Person.name, Organisation.name.label("place"))
        .join(Person, Person.id == Function.person_id)
        .join(Organisation, Organisation.id == Function.organisation_id)
        .where(
            Function.kind == FunctionKind.CONTACT_POINT,
            Function.ends_on.between(clock.today(), clock.today() + SOON),
            Person.is_active,
        )
        .order_by(Function.ends_on, Function.id)
        .limit(MOST_SHOWN)
    )
    if not everywhere:
        query = query.where(Function.organisation_id.in_(actor.places(FunctionKind.CONTACT_POINT)))
    return db.session.execute(query).all()
