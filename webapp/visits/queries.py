"""Reading group visits: one, the list of somebody, and what waits for them."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, or_, select
from sqlalchemy.orm import aliased, joinedload

from webapp.accounts import queries as accounts
from webapp.accounts.models import Function, Organisation, Person
from webapp.accounts.sessions import is_current
from webapp.core import clock
from webapp.core.db import AnyRow, AnySelect, db, given, read
from webapp.core.numbers import Columns, Numbers, counted
from webapp.core.statements import prepared
from webapp.directory.models import Offer
from webapp.policy.actor import Actor
from webapp.policy.predicates import ANSWERING, GUIDES
from webapp.visits.lifecycle import VisitStatus
from webapp.visits.models import Visit
from webapp.vocabulary.functions import FunctionKind

PAGE_SIZE = 25
MOST_SHOWN = 6

Key = tuple[datetime, uuid.UUID]


def visit(visit_id: uuid.UUID) -> Visit | None:
    """One group visit with its offer and both sides, and with who may speak for the association today."""
    together = (Visit.offer, Visit.organisation, Visit.from_organisation, Visit.asked_by)
    found = db.session.get(Visit, visit_id, options=[joinedload(one) for one in together])
    # asked for what does not exist too, so that a refusal takes as long for either
    speakers, seat_is_empty = accounts.speakers_at(found.organisation_id if found else visit_id)
    if found:
        found.speakers, found.seat_is_empty = speakers, seat_is_empty
    return found


def hosts(one: Visit) -> list[uuid.UUID]:
    """Who speaks for the association: its contact points, or the bridge builders while that seat is empty."""
    held = accounts.holders(FunctionKind.CONTACT_POINT, at=one.organisation_id)
    return [holder.person_id for holder in held or accounts.holders(FunctionKind.BRIDGE_BUILDER)]


def askers(one: Visit) -> list[uuid.UUID]:
    """Who asked, while they work there; otherwise the contact for referrals of the organisation."""
    there = accounts.holders(*FunctionKind, at=one.from_organisation_id)
    if any(holder.person_id == one.asked_by_id for holder in there):
        return [person for person in [one.asked_by_id] if person]
    return [holder.person_id for holder in there if holder.kind is FunctionKind.REFERRAL_CONTACT]


def _values(actor: Actor) -> dict[str, Any]:
    return {
        "me": actor.person_id,
        "my_places": [*actor.organisations],
        "watched": [*actor.places(FunctionKind.REFERRAL_CONTACT)],
        "answered": [*actor.places(*ANSWERING)],
        "today": clock.today(),
        "now": clock.now(),
    }


def _led() -> ColumnElement[bool]:
    mine = and_(
        Visit.asked_by_id == given("me", Visit.asked_by_id),
        Visit.from_organisation_id.in_(given("my_places", Visit.from_organisation_id, many=True)),
    )
    return or_(mine, Visit.from_organisation_id.in_(given("watched", Visit.from_organisation_id, many=True)))


def _hosted(*, builder: bool) -> ColumnElement[bool]:
    theirs = Visit.organisation_id.in_(given("answered", Visit.organisation_id, many=True))
    if not builder:
        return theirs
    held = exists().where(
        Function.organisation_id == Visit.organisation_id,
        Function.kind == FunctionKind.CONTACT_POINT,
        is_current(given("today", Function.begins_on)),
        Person.id == Function.person_id,
        Person.is_active,
    )
    return or_(theirs, ~held)


_FROM = aliased(Organisation)


def _rows(*, builder: bool) -> AnySelect:
    return (
        select(
            Visit.id, Visit.status, Visit.size, Visit.age_band, Visit.purpose, Visit.first_day, Visit.other_day,
            Visit.asked_at, Visit.moved_at, Visit.starts_at, Offer.name.label("offer"),
            Organisation.name.label("organisation"), _FROM.name.label("sender"),
            case((_hosted(builder=builder), True), else_=False).label("is_host"),
        )
        .join(Offer, Offer.id == Visit.offer_id)
        .join(Organisation, Organisation.id == Visit.organisation_id)
        .join(_FROM, _FROM.id == Visit.from_organisation_id)
        .where(or_(_led(), _hosted(builder=builder)))
    )  # fmt: skip


def visits(actor: Actor, after: Key | None = None) -> Sequence[AnyRow]:
    """Up to one page of the visits that somebody has a part in, and one more; those that moved last first."""
    behind = {"behind_at": after[0], "behind_id": after[1]} if after else {}
    query = _visits(actor.holds(FunctionKind.BRIDGE_BUILDER), behind=bool(after))
    return read(query, _values(actor) | behind)


@prepared
def _visits(builder: bool, *, behind: bool) -> AnySelect:
    query = _rows(builder=builder)
    if behind:
        at, last = given("behind_at", Visit.moved_at), given("behind_id", Visit.id)
        query = query.where(or_(Visit.moved_at < at, and_(Visit.moved_at == at, Visit.id < last)))
    return query.order_by(Visit.moved_at.desc(), Visit.id.desc()).limit(PAGE_SIZE + 1)


def waiting(actor: Actor) -> Sequence[AnyRow]:
    """Visits that wait for somebody: to be answered, to be thought about, or to be looked back on."""
    return read(_waiting(actor.holds(FunctionKind.BRIDGE_BUILDER)), _values(actor))


@prepared
def _waiting(builder: bool) -> AnySelect:
    query = _rows(builder=builder).where(_waits(builder=builder))
    return query.order_by(Visit.moved_at, Visit.id).limit(MOST_SHOWN)


def _waits(*, builder: bool) -> ColumnElement[bool]:
    """What somebody can do something about now; of visits in which they have a part."""
    to_answer = and_(_hosted(builder=builder), Visit.status == VisitStatus.ASKED)
    to_think = and_(_led(), Visit.status == VisitStatus.IDEA)
    to_look_back = and_(Visit.status == VisitStatus.AGREED, Visit.starts_at <= given("now", Visit.starts_at))
    return or_(to_answer, to_think, and_(or_(_led(), _hosted(builder=builder)), to_look_back))


WAITING = "visits-waiting"


def any_waiting(actor: Actor) -> Numbers:
    """Whether visits wait for somebody, asked together with the other numbers around a page."""
    if not actor.holds(*ANSWERING, *GUIDES, FunctionKind.REFERRAL_CONTACT):
        return Numbers()
    return Numbers(_any_waiting(actor.holds(FunctionKind.BRIDGE_BUILDER)), _values(actor))


@cache
def _any_waiting(builder: bool) -> Columns:
    return {WAITING: counted(select(Visit.id).where(_waits(builder=builder)), 0)}
