"""Who can carry something, and who does today: an organisation, a seat there, somebody, or nobody yet.

A seat is a function at an organisation: whoever holds it today carries what stands on it, and when it changes hands
that goes along. Whoever holds it need not sit in the group; of a confidential group they must, for to others it does
not exist. While nobody carries it so, whoever sits in the group for that organisation does, and at last who leads it.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, String, and_, case, cast, exists, func, or_, select
from sqlalchemy.orm import aliased

from webapp.accounts.models import Function, Organisation, Person
from webapp.accounts.sessions import is_current
from webapp.core import clock
from webapp.core.db import AnySelect, db, given, read
from webapp.core.numbers import joined
from webapp.core.statements import prepared
from webapp.groups import queries
from webapp.groups.codes import LEADING, Visibility
from webapp.groups.models import ActionItem, Membership, WorkingGroup
from webapp.vocabulary.functions import FunctionKind

SEATS = tuple(one for one in FunctionKind if one not in (FunctionKind.CREW, FunctionKind.GUIDE))
"""The functions that carry something. Many are crew or guide: that says no more than their organisation does."""

MOST_FOUND = 8
"""So many organisations, and so many groups, are offered to whoever types a few letters."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Who carries something: an organisation, perhaps one who sits in the group for it or one seat there; or somebody
    who sits there in their own name. In a plan it may also be a group: then it is the action of that group."""

    organisation_id: uuid.UUID | None = None
    person_id: uuid.UUID | None = None
    function: FunctionKind | None = None
    group_id: uuid.UUID | None = None

    @property
    def code(self) -> str:
        """As it stands in a form; see `of_code`."""
        within = self.function or self.person_id
        return f"{self.organisation_id or ''}.{within}" if within else str(self.organisation_id or "")


def of_code(code: str) -> Owner | None:
    """What was chosen in a form; None for nobody yet. Raises ValueError when that is no owner at all."""
    place, _sep, within = code.partition(".")
    if not place and not within:
        return None
    seat = FunctionKind(within) if within in tuple(FunctionKind) else None
    person = uuid.UUID(within) if within and not seat else None
    return Owner(uuid.UUID(place) if place else None, person, seat)


@dataclass(frozen=True, slots=True)
class Offered:
    """Somebody who can carry something, with what it takes to name them."""

    to: Owner
    organisation: str
    owner: str = ""

    @property
    def owner_function(self) -> FunctionKind | None:
        """The seat, if it is one."""
        return self.to.function


def offered(group: WorkingGroup) -> list[Offered]:
    """Who can carry something in a group: organisations first, then seats, then people. One query."""
    places = {row.organisation_id: row.organisation for row in group.members if row.organisation_id}
    by_name = sorted(places, key=lambda one: (places[one].lower(), one))
    held = {(row.organisation_id, row.kind) for row in _held(places) if _may_know(group, row.person_id)}
    seats = [(place, kind) for place in by_name for kind in SEATS if (place, kind) in held]
    people = sorted(group.members, key=lambda row: (row.name.lower(), row.id))
    return [
        *(Offered(Owner(place), places[place]) for place in by_name),
        *(Offered(Owner(place, function=kind), places[place]) for place, kind in seats),
        *(Offered(Owner(row.organisation_id, row.person_id), row.organisation, row.name) for row in people),
    ]


def in_network(words: list[str]) -> list[Offered]:
    """Who in the whole network can carry something and has a name in which words begin with these: the first
    organisations, the seats there, and groups that are no secret. Three queries, however large the network is."""
    values = {"start": "% ".join(words) + "%", "inside": f"% {'% '.join(words)}%", "whole": " ".join(words)}
    places = {row.id: row.name for row in read(_places_named(), values)}
    held = {(row.organisation_id, row.kind) for row in _held(places)}
    seats = [(place, kind) for place in places for kind in SEATS if (place, kind) in held]
    return [
        *(Offered(Owner(place), name) for place, name in places.items()),
        *(Offered(Owner(group_id=row.id), row.name) for row in read(_groups_named(), values)),
        *(Offered(Owner(place, function=kind), places[place]) for place, kind in seats),
    ]


@prepared
def _places_named() -> AnySelect:
    return _named(Organisation)


@prepared
def _groups_named() -> AnySelect:
    return _named(WorkingGroup).where(WorkingGroup.visibility != Visibility.CONFIDENTIAL)


def _named(model: Any) -> AnySelect:
    name = func.lower(model.name)
    begins = or_(name.like(given("start", model.name)), name.like(given("inside", model.name)))
    whole_first = case((name == given("whole", model.name), 0), else_=1)
    return select(model.id, model.name).where(begins).order_by(whole_first, model.name, model.id).limit(MOST_FOUND)


def can_own(owner: Owner) -> bool:
    """Whether the organisation is one of the network, or the group no secret."""
    if owner.group_id:
        group = db.session.get(WorkingGroup, owner.group_id)
        return group is not None and group.visibility is not Visibility.CONFIDENTIAL
    return owner.organisation_id is None or db.session.get(Organisation, owner.organisation_id) is not None


def of(thing: ActionItem) -> Owner | None:
    """Who something stands on; None while that is nobody."""
    owner = Owner(thing.owner_organisation_id, thing.owner_id, thing.owner_function)
    return owner if owner.code else None


def holders(thing: ActionItem | None) -> frozenset[uuid.UUID]:
    """Who holds the seat on which something stands, as far as they may know of it. One query, also for no seat."""
    place = thing.owner_organisation_id if thing and thing.owner_function else None
    rows = _held([place] if place else [])
    seat = thing.owner_function if thing else None
    held = [row.person_id for row in rows if row.kind == seat]
    return frozenset(one for one in held if thing and _may_know(thing.group, one))


def seat_holders() -> ScalarSelect[str]:
    """Who holds the seat on which an action stands today, as one text beside the action; see `among`."""
    held = select(joined(cast(Function.person_id, String), ",")).join(Person, Person.id == Function.person_id)
    stands = Function.organisation_id == ActionItem.owner_organisation_id, Function.kind == ActionItem.owner_function
    today = is_current(given("today", Function.begins_on)), Person.is_active
    return held.where(*stands, Function.kind.in_(SEATS), *today).correlate(ActionItem).scalar_subquery()


def among(held: str | None, group: WorkingGroup) -> frozenset[uuid.UUID]:
    """Those of them who may know of what this group does."""
    people = map(uuid.UUID, held.split(",")) if held else ()
    return frozenset(one for one in people if _may_know(group, one))


def _may_know(group: WorkingGroup, person_id: uuid.UUID) -> bool:
    return group.visibility is not Visibility.CONFIDENTIAL or person_id in group.member_ids


def _held(places: Iterable[uuid.UUID]) -> Any:
    return read(_all_held(), {"places": sorted(places), "today": clock.today()})


@prepared
def _all_held() -> AnySelect:
    return (
        select(Function.organisation_id, Function.kind, Function.person_id)
        .join(Person, Person.id == Function.person_id)
        .where(
            Function.organisation_id.in_(given("places", Function.organisation_id, many=True)),
            Function.kind.in_(SEATS), is_current(given("today", Function.begins_on)), Person.is_active,
        )
        .order_by(Function.organisation_id, Function.kind, Function.id)
    )  # fmt: skip


def seat_is_empty() -> ColumnElement[bool]:
    """Whether an action stands on a seat that nobody holds today; for lists, beside `today`."""
    return case((ActionItem.owner_function.is_(None), False), else_=~_seat_is_held())


def _seat_is_held() -> ColumnElement[bool]:
    held, holder, group, today = (
        aliased(Function),
        aliased(Person),
        aliased(WorkingGroup),
        given("today", Membership.begins_on),
    )
    may_know = or_(group.visibility != Visibility.CONFIDENTIAL, _sits(holder.id, group.id))
    return exists().where(
        held.organisation_id == ActionItem.owner_organisation_id, held.kind == ActionItem.owner_function,
        held.begins_on <= today, or_(held.ends_on.is_(None), held.ends_on >= today),
        holder.id == held.person_id, holder.is_active, group.id == ActionItem.group_id, may_know,
    )  # fmt: skip


def _sits(person_id: Any, group_id: Any = ActionItem.group_id) -> ColumnElement[bool]:
    """Whether somebody sits in a group today: without another, that of the action."""
    seat = aliased(Membership)
    return exists().where(seat.group_id == group_id, seat.person_id == person_id, queries.sits_now(seat))


def _is_left_alone() -> ColumnElement[bool]:
    """Whether what stands on an organisation is carried by nobody in particular there."""
    seat_empty = or_(ActionItem.owner_function.is_(None), ~_seat_is_held())
    return and_(seat_empty, or_(ActionItem.owner_id.is_(None), ~_sits(ActionItem.owner_id)))


def carried_by_me(when: ColumnElement[bool]) -> tuple[Select[*tuple[uuid.UUID]], ...]:
    """The actions that somebody (`me`) carries `today`, in the four ways one can, each found by an index: however many
    actions there are, only theirs are read."""
    me = given("me", Membership.person_id)
    here = select(ActionItem.id).join(Membership, Membership.group_id == ActionItem.group_id)
    here = here.where(Membership.person_id == me, queries.sits_now(), when)
    ours = ActionItem.owner_organisation_id == Membership.organisation_id
    one_of_ours = aliased(Membership)
    anyone = exists().where(
        one_of_ours.group_id == ActionItem.group_id,
        one_of_ours.organisation_id == ActionItem.owner_organisation_id,
        queries.sits_now(one_of_ours),
    )
    left_to_lead = and_(Membership.role.in_(LEADING), ActionItem.owner_organisation_id.is_not(None), ~anyone)
    my_seat = and_(
        Function.organisation_id == ActionItem.owner_organisation_id, Function.kind == ActionItem.owner_function
    )
    in_my_seat = (
        select(ActionItem.id)
        .join(Function, my_seat)
        .join(WorkingGroup, WorkingGroup.id == ActionItem.group_id)
        .where(Function.person_id == me, is_current(given("today", Function.begins_on)), when)
        .where(or_(WorkingGroup.visibility != Visibility.CONFIDENTIAL, queries.mine()))
    )
    return (
        here.where(ActionItem.owner_id == me),
        here.where(ours, _is_left_alone()),
        here.where(left_to_lead, _is_left_alone()),
        in_my_seat,
    )


def left_in_own_name() -> Select[*tuple[uuid.UUID]]:
    """The actions that somebody took up in their own name while they sit in the group no more (`today`)."""
    in_own_name = and_(ActionItem.owner_organisation_id.is_(None), ActionItem.owner_id.is_not(None))
    return select(ActionItem.id).where(in_own_name, ~_sits(ActionItem.owner_id)).order_by(ActionItem.id)
