"""Guests: people who take part in one meeting or one thread of a group, and see nothing else there.

Whatever can have guests notes on itself who they are today (`guest_ids`), beside the group it belongs to; policy asks
`is_guest_of_it`, and lists ask `is_guest`.
"""

import uuid
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, exists, or_, select

from webapp.accounts import resting
from webapp.accounts.models import Function, Organisation, Person
from webapp.accounts.sessions import is_current
from webapp.core import clock
from webapp.core.db import AnyRow, AnySelect, db, given, read
from webapp.core.numbers import packed, unpacked
from webapp.core.statements import prepared
from webapp.groups import queries
from webapp.groups.codes import GuestOf
from webapp.groups.models import Guest, Membership, WorkingGroup

MOST_SHOWN = 60


def _now() -> ColumnElement[bool]:
    today = given("today", Guest.begins_on)
    return and_(Guest.begins_on <= today, Guest.ends_on >= today)


def is_guest(of: GuestOf, thing_id: Any) -> ColumnElement[bool]:
    """Whether somebody (`me`, on the day `today`) is a guest of a thing; for lists, beside `queries.values`."""
    mine = Guest.person_id == given("me", Guest.person_id)
    return exists().where(Guest.thing_id == thing_id, Guest.of == of, mine, _now())


def of(thing_id: uuid.UUID) -> Sequence[AnyRow]:
    """The guests of a thing today, by name. One query, also when there are none."""
    return read(_of(), {"thing": thing_id, "today": clock.today()})


def ids_of(thing_id: uuid.UUID) -> frozenset[uuid.UUID]:
    """Who is a guest of a thing today: for the `guest_ids` that policy asks about."""
    return frozenset(row.person_id for row in of(thing_id))


@prepared
def _of() -> AnySelect:
    return (
        select(Guest.id, Guest.person_id, Guest.ends_on, Person.name)
        .join(Person, Person.id == Guest.person_id)
        .where(Guest.thing_id == given("thing", Guest.thing_id), _now(), Person.is_active)
        .order_by(Person.name, Guest.id)
    )


class Invited(NamedTuple):
    """A guest of a thing."""

    id: uuid.UUID
    person_id: uuid.UUID
    name: str


def beside() -> ColumnElement[str]:
    """The guests of a `thing` today, packed beside it; see `by_name`."""
    here = select(Guest.id, Guest.person_id, Person.name).join(Person, Person.id == Guest.person_id)
    return packed(here.where(Guest.thing_id == given("thing", Guest.thing_id), _now(), Person.is_active))


def by_name(found: str | None) -> list[Invited]:
    """Those guests."""
    invited = [Invited(uuid.UUID(key), uuid.UUID(person), name) for key, person, name in unpacked(found)]
    return sorted(invited, key=lambda one: (one.name, one.id))


def guest(guest_id: uuid.UUID) -> Guest | None:
    """Somebody's place as a guest, also when its days have passed; with the group and who sits there."""
    return queries.with_group(Guest, guest_id)


def of_group(group: WorkingGroup) -> Sequence[AnyRow]:
    """The guests of everything in a group today, whoever ends first on top."""
    return read(_of_group(), {"group": group.id, "today": clock.today()})


@prepared
def _of_group() -> AnySelect:
    return (
        select(Guest.id, Guest.person_id, Guest.of, Guest.thing_id, Guest.ends_on, Person.name)
        .join(Person, Person.id == Guest.person_id)
        .where(Guest.group_id == given("group", Guest.group_id), _now(), Person.is_active)
        .order_by(Guest.ends_on, Person.name, Guest.id)
        .limit(MOST_SHOWN)
    )


def of_person(person_id: uuid.UUID) -> Sequence[AnyRow]:
    """What somebody is a guest of today, the soonest end first."""
    return read(_of_person(), {"me": person_id, "today": clock.today()})


@prepared
def _of_person() -> AnySelect:
    return (
        select(Guest.id, Guest.of, Guest.thing_id, Guest.ends_on, WorkingGroup.name.label("group"))
        .join(WorkingGroup, WorkingGroup.id == Guest.group_id)
        .where(Guest.person_id == given("me", Guest.person_id), _now())
        .order_by(Guest.ends_on, Guest.id)
        .limit(MOST_SHOWN)
    )


def place_of(thing_id: uuid.UUID, person_id: uuid.UUID) -> Guest | None:
    """Somebody's place as a guest of a thing, also when its days have passed."""
    return db.session.scalar(select(Guest).where(Guest.thing_id == thing_id, Guest.person_id == person_id))


@resting.needed
def has_place() -> ColumnElement[bool]:
    """Whether somebody sits in a group or is a guest there, or did so in the year past: their account stays open."""
    seated = exists().where(Membership.person_id == Person.id)
    return or_(seated, exists().where(Guest.person_id == Person.id))


def first_seat(person_id: uuid.UUID) -> uuid.UUID | None:
    """The organisation for which somebody would sit in a group: where they hold a function the longest."""
    seat = select(Function.organisation_id).where(Function.person_id == person_id, is_current(clock.today()))
    return db.session.scalar(seat.order_by(Function.begins_on, Function.id).limit(1))


def seats(person_id: uuid.UUID) -> Sequence[AnyRow]:
    """The organisations for which somebody could sit in a group, by name."""
    return read(_seats(), {"me": person_id, "today": clock.today()})


@prepared
def _seats() -> AnySelect:
    mine = (Function.person_id == given("me", Function.person_id), is_current(given("today", Guest.begins_on)))
    return (
        select(Organisation.id, Organisation.name)
        .distinct()
        .join(Function, Function.organisation_id == Organisation.id)
        .where(*mine)
        .order_by(Organisation.name, Organisation.id)
    )
