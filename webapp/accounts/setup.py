"""The very first administrator: a link printed on the console of a fresh installation, for thirty minutes."""

from datetime import timedelta

from sqlalchemy import exists, select

from webapp.accounts import installation
from webapp.accounts.models import Function, Organisation, Person
from webapp.core import audit, clock, links
from webapp.core.db import db, new_id
from webapp.core.errors import Conflict
from webapp.policy.actor import Actor
from webapp.vocabulary.functions import FunctionKind
from webapp.vocabulary.organisation_kinds import OrganisationKind, SecrecyRegime

LIFE = timedelta(minutes=30)


def is_possible() -> bool:
    """Whether nobody has an account yet."""
    return not db.session.scalar(select(exists().where(Person.id.is_not(None))))


def new_token() -> str:
    """A link for whoever sits at the console. Raises Conflict when somebody has an account already."""
    if not is_possible():
        raise Conflict
    return links.issue(links.Purpose.SETUP, new_id(), expires_at=clock.now() + LIFE)


def begin(link: links.Link, *, name: str, email: str, organisation: str) -> Person:
    """Make the youth service and its administrator. Raises Conflict when somebody was first."""
    if not is_possible() or not links.use_up(link):
        raise Conflict
    installation.mark(installation.Kind.REAL)
    host = Organisation(name=organisation, kind=OrganisationKind.YOUTH_SERVICE, secrecy=SecrecyRegime.OFFICIAL)
    person = Person(name=name, email=email)
    db.session.add_all([host, person])
    db.session.flush()
    db.session.add(
        Function(person_id=person.id, organisation_id=host.id, kind=FunctionKind.ADMINISTRATOR, begins_on=clock.today())
    )
    audit.write("setup", by=Actor(person_id=person.id, name=person.name), thing_id=person.id)
    return person
