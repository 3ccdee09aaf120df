"""Reading people and the seats they hold."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from webapp.accounts.models import DiscretionPromise, Function, Invitation, JoinLink, Organisation, Person
from webapp.accounts.sessions import PROMISE_HOLDS, goes_on, is_current
from webapp.core import clock
from webapp.core.db import AnyRow, AnySelect, db, given, read
from webapp.core.links import Link, Purpose
from webapp.core.statements import prepared
from webapp.vocabulary.functions import FunctionKind

MOST_SEATS = 200


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
    values = {"today": clock.today(), "at": at}
    return [Holder(*row) for row in read(_holders(kinds, at_one_place=at is not None), values)]


@prepared
def _holders(kinds: tuple[FunctionKind, ...], *, at_one_place: bool) -> AnySelect:
    query = (
        select(Person.id, Person.name, Person.email, Person.phone, Function.organisation_id, Function.kind)
        .join(Function, Function.person_id == Person.id)
        .where(Function.kind.in_(kinds), is_current(given("today", Function.begins_on)), Person.is_active)
        .order_by(Function.begins_on, Function.id)
    )
    return query.where(Function.organisation_id == given("at", Function.organisation_id)) if at_one_place else query


def speakers_at(organisation_id: uuid.UUID) -> tuple[frozenset[uuid.UUID], bool]:
    """Who may speak for an association today, and whether they stand in: its contact points, or the bridge builders
    while it has none. One query, also for an association that does not exist."""
    return speaking(read(_speakers(), {"today": clock.today(), "at": organisation_id}))


def speaking(rows: Sequence[AnyRow]) -> tuple[frozenset[uuid.UUID], bool]:
    """What rows with the columns of `speakers_of` say; somebody may stand in several of them, or nobody in one."""
    own = frozenset(row.speaker_id for row in rows if row.speaks_as is FunctionKind.CONTACT_POINT)
    return own or frozenset(row.speaker_id for row in rows if row.speaker_id), not own


@prepared
def _speakers() -> AnySelect:
    return speakers_of(given("at", Function.organisation_id))


def speakers_of(organisation_id: ColumnElement[uuid.UUID]) -> AnySelect:
    """The contact points of an association and all bridge builders, today."""
    contact_point = and_(Function.kind == FunctionKind.CONTACT_POINT, Function.organisation_id == organisation_id)
    return (
        select(Person.id.label("speaker_id"), Function.kind.label("speaks_as"))
        .join(Function, Function.person_id == Person.id)
        .where(
            or_(contact_point, Function.kind == FunctionKind.BRIDGE_BUILDER),
            is_current(given("today", Function.begins_on)),
            Person.is_active,
        )
    )


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


def organisation_names() -> list[str]:
    """The names of all organisations in the network."""
    return list(db.session.scalars(select(Organisation.name).order_by(Organisation.name)))


def person_by_email(email: str) -> Person | None:
    """The person with this address, whatever its capitals."""
    return db.session.scalar(select(Person).where(Person.email == email.strip().lower()))


def person(person_id: uuid.UUID) -> Person | None:
    """One person."""
    return db.session.get(Person, person_id)


def join_link(organisation_id: uuid.UUID) -> JoinLink | None:
    """The link by which people join an organisation, when one still works or is full."""
    return db.session.scalar(
        select(JoinLink)
        .where(
            JoinLink.organisation_id == organisation_id,
            JoinLink.ended_at.is_(None),
            JoinLink.expires_at > clock.now(),
        )
        .order_by(JoinLink.made_at.desc(), JoinLink.id)
        .limit(1)
    )


def door_link(door_id: uuid.UUID) -> JoinLink | None:
    """The link by which people come in by a door, when it still works or is full."""
    works = (JoinLink.ended_at.is_(None), JoinLink.expires_at > clock.now())
    return db.session.scalar(select(JoinLink).where(JoinLink.door_id == door_id, *works).limit(1))


def join_link_of(link: Link) -> JoinLink | None:
    """What a followed link is for."""
    return db.session.get(JoinLink, link.subject_id)


def promised_at(person_id: uuid.UUID) -> datetime | None:
    """When a person last promised discretion; None when that was more than a year ago, or never."""
    return db.session.scalar(
        select(func.max(DiscretionPromise.at)).where(
            DiscretionPromise.person_id == person_id, DiscretionPromise.at > clock.now() - PROMISE_HOLDS
        )
    )


def link(link_id: uuid.UUID, purpose: Purpose) -> Link | None:
    """A link that this browser followed, also when it no longer works."""
    return db.session.scalar(select(Link).where(Link.id == link_id, Link.purpose == purpose))


@dataclass(frozen=True, slots=True)
class SeatOf:
    """One seat of a person."""

    organisation_name: str
    kind: FunctionKind


def seats_of(person_id: uuid.UUID) -> Sequence[SeatOf]:
    """The seats that a person holds today, the oldest first."""
    rows = db.session.execute(
        select(Organisation.name, Function.kind)
        .join(Organisation, Organisation.id == Function.organisation_id)
        .where(Function.person_id == person_id, is_current(clock.today()))
        .order_by(Function.begins_on, Function.id)
    )
    return [SeatOf(row.name, row.kind) for row in rows]


def holds(person_id: uuid.UUID, organisation_id: uuid.UUID, kind: FunctionKind) -> bool:
    """Whether a person has this seat today or gets it later."""
    seat = exists().where(
        Function.person_id == person_id,
        Function.organisation_id == organisation_id,
        Function.kind == kind,
        goes_on(clock.today()),
    )
    return bool(db.session.scalar(select(seat)))


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A seat on the page of an organisation's people."""

    id: uuid.UUID
    person_id: uuid.UUID
    name: str
    email: str
    phone: str
    kind: FunctionKind
    begins_on: date
    ends_on: date | None
    from_outside: bool
    given_by: str | None
    given_at: datetime | None
    opens_from: datetime | None


def seats_at(organisation_id: uuid.UUID) -> Sequence[SeatRow]:
    """Who holds a seat at an organisation, today or later, in the order of their functions and names."""
    order = case({kind: place for place, kind in enumerate(FunctionKind)}, value=Function.kind)
    giver = aliased(Person)
    rows = db.session.execute(
        select(
            Function.id,
            Person.id.label("person_id"),
            Person.name,
            Person.email,
            Person.phone,
            Function.kind,
            Function.begins_on,
            Function.ends_on,
            Function.from_outside,
            giver.name.label("given_by"),
            Function.given_at,
            Function.opens_from,
        )
        .join(Person, Person.id == Function.person_id)
        .outerjoin(giver, giver.id == Function.given_by_id)
        .where(
            Function.organisation_id == organisation_id,
            Person.is_active,
            goes_on(clock.today()),
        )
        .order_by(order, Person.name, Function.id)
        .limit(MOST_SEATS)
    )
    return [SeatRow(**row._mapping) for row in rows]


def seat(organisation_id: uuid.UUID, seat_id: uuid.UUID) -> Function | None:
    """One seat of an organisation that has not ended."""
    found = db.session.get(Function, seat_id)
    over = (
        found is None
        or found.organisation_id != organisation_id
        or (found.ends_on is not None and found.ends_on < clock.today())
    )
    return None if over else found


def has_other_administrator(seat_id: uuid.UUID) -> bool:
    """Whether somebody else administers today, without an end in sight."""
    other = exists().where(
        Function.kind == FunctionKind.ADMINISTRATOR,
        Function.id != seat_id,
        Function.begins_on <= clock.today(),
        Function.ends_on.is_(None),
        Person.id == Function.person_id,
        Person.is_active,
    )
    return bool(db.session.scalar(select(other)))


def is_coordinated() -> ColumnElement[bool]:
    """Whether somebody coordinates the network today, as a column."""
    coordinates = Function.kind == FunctionKind.COORDINATOR, is_current(given("today", Function.begins_on))
    return exists().where(*coordinates, Person.id == Function.person_id, Person.is_active)


def invitations_at(organisation_id: uuid.UUID) -> Sequence[Invitation]:
    """The invitations of an organisation that wait for an answer, the newest first."""
    return db.session.scalars(
        select(Invitation)
        .where(
            Invitation.organisation_id == organisation_id,
            Invitation.accepted_at.is_(None),
            Invitation.withdrawn_at.is_(None),
        )
        .options(joinedload(Invitation.invited_by))
        .order_by(Invitation.sent_at.desc(), Invitation.id)
        .limit(MOST_SEATS)
    ).all()


def open_invitation(organisation_id: uuid.UUID, email: str, kind: FunctionKind) -> Invitation | None:
    """An invitation that waits for the answer of one address for one seat."""
    return db.session.scalar(
        select(Invitation).where(
            Invitation.organisation_id == organisation_id,
            Invitation.email == email,
            Invitation.kind == kind,
            Invitation.accepted_at.is_(None),
            Invitation.withdrawn_at.is_(None),
        )
    )


def invitation(organisation_id: uuid.UUID, invitation_id: uuid.UUID) -> Invitation | None:
    """One invitation of an organisation."""
    found = db.session.get(Invitation, invitation_id)
    return found if found and found.organisation_id == organisation_id else None


def invitation_of(link: Link) -> Invitation | None:
    """The invitation that a link is for."""
    return db.session.get(Invitation, link.subject_id)
