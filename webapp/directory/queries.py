"""Reading the directory: one offer, one organisation and its people, and what somebody may see."""

import uuid
from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select, true, tuple_

from webapp.accounts.models import Function, Organisation, Person
from webapp.accounts.sessions import is_current
from webapp.core import clock
from webapp.core.db import AnyRow, AnySelect, db, given, read
from webapp.core.history import History
from webapp.core.patterns import a_word_begins, word_begins
from webapp.core.records import Together
from webapp.core.statements import prepared
from webapp.directory.models import Offer, OrganisationTag
from webapp.policy.actor import Actor
from webapp.policy.predicates import WORKING_AT
from webapp.vocabulary.functions import FunctionKind
from webapp.vocabulary.organisation_kinds import OrganisationKind

MOST_STEPS = 60
MOST_WORDS = 6


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The condition under which this person may read an offer: the rules of READ_OFFER, in SQL."""
    own = Offer.organisation_id.in_(actor.places(*WORKING_AT))
    return or_(open_offers(is_member=is_member(actor)), own)


def open_offers(*, is_member: bool) -> ColumnElement[bool]:
    """The offers that are open to the network, or to everybody."""
    return and_(Offer.is_published, true() if is_member else Offer.is_public)


def is_member(actor: Actor) -> bool:
    """Whether somebody holds a seat in the network."""
    return actor.is_known and bool(actor.seats)


def organisations_visible_to(actor: Actor) -> ColumnElement[bool]:
    """The condition under which this person may read an organisation: the rules of READ_ORGANISATION, in SQL."""
    return true() if is_member(actor) else false()


def offer(offer_id: uuid.UUID) -> Offer | None:
    """One offer with its organisation and moments, in one statement: a draft takes as long as what does not exist."""
    return _OFFER.one({"offer_id": offer_id})


_OFFER = Together(Offer, Offer.organisation, Offer.slots, where=Offer.id == given("offer_id", Offer.id))


def organisation(organisation_id: uuid.UUID) -> Organisation | None:
    """One organisation."""
    return db.session.get(Organisation, organisation_id)


def first_name(person_id: uuid.UUID | None) -> str:
    """The first name of a person, or "" when there is nobody."""
    name = db.session.scalar(select(Person.name).where(Person.id == person_id)) if person_id else None
    return name.split()[0] if name else ""


def story(offer_id: uuid.UUID) -> Sequence[AnyRow]:
    """The newest steps in the history of an offer and who took each, newest first."""
    return db.session.execute(
        select(History.at, History.step, History.before, History.after, History.actor_id, Person.name)
        .outerjoin(Person, Person.id == History.actor_id)
        .where(History.kind == "offer", History.thing_id == offer_id)
        .order_by(History.at.desc(), History.id)
        .limit(MOST_STEPS)
    ).all()


class Colleague(NamedTuple):
    """Somebody with a function at an organisation today."""

    name: str
    kind: FunctionKind
    begins_on: date


def colleagues(organisation_id: uuid.UUID) -> Sequence[Colleague]:
    """Who holds a function at an organisation today, in the order in which functions are listed."""
    query = (
        select(Person.name, Function.kind, Function.begins_on)
        .join(Function, Function.person_id == Person.id)
        .where(Function.organisation_id == organisation_id, is_current(clock.today()), Person.is_active)
        .order_by(Person.name, Person.id)
    )
    order = list(FunctionKind)
    return sorted((Colleague(*row) for row in db.session.execute(query)), key=lambda one: order.index(one.kind))


def people_named(words: str, limit: int) -> Sequence[AnyRow]:
    """Who holds a function today and has a name in which a word begins so, by name; for whoever may read
    organisations, whose pages name them."""
    return read(_people_named(limit), word_begins(words) | {"today": clock.today()})


@prepared
def _people_named(limit: int) -> AnySelect:
    holds = is_current(given("today", Function.begins_on))
    named = (  # names first: they are read one by one, and few of them fit
        select(Person.id, Person.name)
        .where(a_word_begins(Person.name), Person.is_active, exists().where(Function.person_id == Person.id, holds))
        .order_by(Person.name, Person.id)
        .limit(limit)
        .subquery()
    )
    return (
        select(
            named.c.name, Function.kind, Organisation.id.label("organisation_id"),
            Organisation.name.label("organisation"), Organisation.kind.label("organisation_kind"),
        )
        .join(Function, Function.person_id == named.c.id)
        .join(Organisation, Organisation.id == Function.organisation_id)
        .where(holds)
        .order_by(named.c.name, Organisation.name, Function.id)
        .limit(limit)
    )  # fmt: skip


class OrganisationRow(NamedTuple):
    """An organisation as a list shows it."""

    id: uuid.UUID
    key: str
    name: str
    kind: OrganisationKind
    area: str
    helps_with: str
    offers: int


def organisations(
    words: Collection[str] = (),
    kinds: Collection[OrganisationKind] = (),
    *,
    actor: Actor,
    after: tuple[str, uuid.UUID] | None = None,
    limit: int,
) -> list[OrganisationRow]:
    """The organisations of which every word begins a word, by name, with how many offers they published."""
    key = Organisation.order_key
    published = (
        select(func.count())
        .where(Offer.organisation_id == Organisation.id, Offer.is_published)
        .correlate(Organisation)
        .scalar_subquery()
    )
    query = (
        select(Organisation.id, key, Organisation.name, Organisation.kind, Organisation.area,
               Organisation.helps_with, published)
        .where(organisations_visible_to(actor))
        .order_by(key, Organisation.id)
        .limit(limit)
    )  # fmt: skip
    if kinds:
        query = query.where(Organisation.kind.in_(kinds))
    for word in words:
        tagged = select(OrganisationTag.organisation_id).where(
            OrganisationTag.word >= word, OrganisationTag.word < word + "{"
        )
        query = query.where(Organisation.id.in_(tagged))
    if after:
        query = query.where(tuple_(key, Organisation.id) > tuple_(*after))
    return [OrganisationRow(*row) for row in db.session.execute(query)]
