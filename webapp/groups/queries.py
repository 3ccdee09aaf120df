"""Reading groups: one with the people in it, and the lists of them that somebody may see."""

import uuid
from collections.abc import Sequence
from functools import cache
from typing import Any, Protocol, TypeVar

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from webapp.accounts.models import Function, Organisation, Person
from webapp.accounts.sessions import is_current
from webapp.core import clock
from webapp.core.db import AnyRow, AnySelect, db, given, read
from webapp.core.numbers import Numbers
from webapp.core.patterns import a_word_begins, word_begins
from webapp.core.records import Together
from webapp.core.statements import Query, prepared
from webapp.groups.codes import LEADING, Visibility
from webapp.groups.lifecycle import RequestStatus
from webapp.groups.models import JoinRequest, Membership, WorkingGroup
from webapp.policy.actor import Actor

PAGE_SIZE = 30


class InGroup(Protocol):
    """Something that belongs to a group."""

    @property
    def group(self) -> Any:
        """The group."""


Inside = TypeVar("Inside", bound=InGroup)

_TODAY = given("today", Membership.begins_on)
_ME = given("me", Membership.person_id)


def sits_now(seat: Any = Membership) -> ColumnElement[bool]:
    """Whether a membership counts today: its days, an open account, and a function at the organisation it is for."""
    held, holder = aliased(Function), aliased(Person)  # of their own, whatever the statement around it is about
    holds = exists().where(
        held.person_id == seat.person_id,
        held.organisation_id == seat.organisation_id,
        held.begins_on <= _TODAY,
        or_(held.ends_on.is_(None), held.ends_on >= _TODAY),
    )
    is_open = exists().where(holder.id == seat.person_id, holder.is_active)
    in_days = and_(seat.begins_on <= _TODAY, or_(seat.ends_on.is_(None), seat.ends_on >= _TODAY))
    return and_(in_days, or_(seat.organisation_id.is_(None), holds), is_open)


def mine() -> ColumnElement[bool]:
    """Whether somebody (`me`) sits in a group today."""
    return exists().where(Membership.group_id == WorkingGroup.id, Membership.person_id == _ME, sits_now())


def visible(*, in_network: bool = True) -> ColumnElement[bool]:
    """The groups of which somebody (`me`) may know that they exist: exactly those for which `can` says SEE_GROUP.
    Who holds no function in the network knows of their own alone."""
    return or_(WorkingGroup.visibility != Visibility.CONFIDENTIAL, mine()) if in_network else mine()


def values(actor: Actor) -> dict[str, Any]:
    """What the conditions above ask for."""
    return {"me": actor.person_id, "today": clock.today()}


@prepared
def _members() -> AnySelect:
    return _members_of(given("group", Membership.group_id))


def _members_of(group_id: ColumnElement[uuid.UUID]) -> AnySelect:
    order = case({role: place for place, role in enumerate(LEADING)}, value=Membership.role, else_=len(LEADING))
    return (
        select(
            Membership.id, Membership.person_id, Membership.organisation_id, Membership.role, Membership.begins_on,
            Membership.ends_on, Person.name, func.coalesce(Organisation.name, "").label("organisation"),
            Organisation.kind.label("organisation_kind"), order.label("place"),
        )
        .join(Person, Person.id == Membership.person_id)
        .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.group_id == group_id, sits_now())
        .order_by(order, Person.name, Membership.id)
    )  # fmt: skip


def group(group_id: uuid.UUID) -> WorkingGroup | None:
    """One group, with who sits in it today. One query, also for what does not exist: whoever may not know of a group
    cannot tell it from none."""
    rows = _GROUP.rows({"group": group_id, "today": clock.today()})
    return _note(_GROUP.made_of(rows), _seated_in(rows)) if rows else None


def _beside(one: AnySelect, members: Query) -> AnySelect:
    """One thing, once for each member; once alone where there is none."""
    seated = members.subquery()
    joined = one.add_columns(seated).outerjoin(seated, seated.c.place.is_not(None))
    return joined.order_by(seated.c.place, seated.c.name, seated.c.id)


def _seated_in(rows: Sequence[AnyRow]) -> Sequence[AnyRow]:
    return [row for row in rows if row.place is not None]


_GROUP = Together(
    WorkingGroup,
    where=WorkingGroup.id == given("group", WorkingGroup.id),
    beside=lambda one: _beside(one, _members().build()),
)


def with_members(found: WorkingGroup) -> WorkingGroup:
    """Note on a group who sits in it today."""
    return _note(found, _seated(found.id))


def _seated(group_id: uuid.UUID) -> Sequence[AnyRow]:
    return read(_members(), {"group": group_id, "today": clock.today()})


def _note(found: WorkingGroup, seated: Sequence[AnyRow]) -> WorkingGroup:
    found.members = seated
    found.member_ids = frozenset(row.person_id for row in seated)
    found.leader_ids = frozenset(row.person_id for row in seated if row.role in LEADING)
    return found


def with_group(model: type[Inside], thing_id: uuid.UUID, *more: Any) -> Inside | None:
    """Something that belongs to a group, with that group and who sits there. One query, also for what is not there."""
    found: Inside | None
    found, _rows = found_in_group(in_group(model, more), thing_id)
    return found


def found_in_group(asked: Together[Any], thing_id: uuid.UUID) -> tuple[Any, Sequence[AnyRow]]:
    """What `in_group` asks for, or None; and the rows it came in."""
    rows = asked.rows({"thing": thing_id, "today": clock.today()})
    if not rows:
        return None, rows
    found = asked.made_of(rows)
    _note(found.group, _seated_in(rows))
    return found, rows


@cache
def in_group(model: Any, more: tuple[Any, ...], *columns: ColumnElement[Any]) -> Together[Any]:
    """Something that belongs to a group (`thing`), once for each who sits there, with more columns if any."""
    thing, same = given("thing", model.id), aliased(model)
    members = _members_of(select(same.group_id).where(same.id == thing).scalar_subquery())
    return Together(
        model,
        model.group,
        *more,
        where=model.id == thing,
        beside=lambda one: _beside(one, members).add_columns(*columns),
    )


def with_members_of(found: WorkingGroup | None, thing_id: uuid.UUID) -> None:
    """Note on the group of a thing who sits in it; asked in vain for a thing that is not there."""
    seated = _seated(found.id if found else thing_id)
    if found:
        _note(found, seated)


def membership(membership_id: uuid.UUID) -> Membership | None:
    """Somebody's place in a group, with the group and who sits there; None when they sit there no longer."""
    found = with_group(Membership, membership_id)
    return found if found and any(row.id == found.id for row in found.group.members) else None


def request(join_request_id: uuid.UUID) -> JoinRequest | None:
    """A request to join that waits for an answer, with its group and who sits there."""
    found = with_group(JoinRequest, join_request_id)
    return found if found and found.status is RequestStatus.ASKED else None


def request_of(one: WorkingGroup, person_id: uuid.UUID | None) -> JoinRequest | None:
    """What somebody asked this group, however it was answered."""
    mine_ = select(JoinRequest).where(JoinRequest.group_id == one.id, JoinRequest.person_id == person_id)
    return db.session.scalar(mine_)


def asked_at(one: WorkingGroup, actor: Actor) -> Numbers:
    """When somebody asked to join this group and waits for an answer, to be read with the other numbers of a page."""
    return Numbers({ASKED_TO_JOIN: _ASKED_AT}, {"asked_group": one.id, "me": actor.person_id})


ASKED_TO_JOIN = "asked to join"
_ASKED_AT = (
    select(JoinRequest.asked_at)
    .where(
        JoinRequest.group_id == given("asked_group", JoinRequest.group_id),
        JoinRequest.person_id == given("me", Membership.person_id),
        JoinRequest.status == RequestStatus.ASKED,
    )
    .scalar_subquery()
)


def requests(one: WorkingGroup) -> Sequence[AnyRow]:
    """Who asks to join this group and waits for an answer, whoever asked first on top."""
    return read(_requests(), {"group": one.id})


@prepared
def _requests() -> AnySelect:
    return (
        select(
            JoinRequest.id, JoinRequest.words, JoinRequest.asked_at, JoinRequest.version, Person.name,
            Organisation.name.label("organisation"), Organisation.kind.label("organisation_kind"),
        )
        .join(Person, Person.id == JoinRequest.person_id)
        .join(Organisation, Organisation.id == JoinRequest.organisation_id)
        .where(
            JoinRequest.group_id == given("group", JoinRequest.group_id), JoinRequest.status == RequestStatus.ASKED
        )
        .order_by(JoinRequest.asked_at, JoinRequest.id)
        .limit(PAGE_SIZE)
    )  # fmt: skip


def groups(actor: Actor, after: tuple[str, uuid.UUID] | None = None) -> Sequence[AnyRow]:
    """Up to one page of the groups that somebody may know of, and one more, by name; with how many sit in each."""
    behind = {"behind_name": after[0], "behind_id": after[1]} if after else {}
    return read(_groups(behind=bool(after), in_network=bool(actor.seats)), values(actor) | behind)


@prepared
def _groups(*, behind: bool, in_network: bool) -> AnySelect:
    seated = select(func.count()).where(Membership.group_id == WorkingGroup.id, sits_now())
    query = select(
        WorkingGroup.id, WorkingGroup.name, WorkingGroup.purpose, WorkingGroup.rhythm, WorkingGroup.icon,
        WorkingGroup.visibility, case((mine(), True), else_=False).label("is_mine"),
        seated.correlate(WorkingGroup).scalar_subquery().label("seated"),
    ).where(visible(in_network=in_network))  # fmt: skip
    if behind:
        name, last = given("behind_name", WorkingGroup.name), given("behind_id", WorkingGroup.id)
        query = query.where(or_(WorkingGroup.name > name, and_(WorkingGroup.name == name, WorkingGroup.id > last)))
    return query.order_by(WorkingGroup.name, WorkingGroup.id).limit(PAGE_SIZE + 1)


def named(actor: Actor, words: str, limit: int) -> Sequence[AnyRow]:
    """The groups that somebody may know of, in whose name a word begins so."""
    return read(_named(limit, in_network=bool(actor.seats)), values(actor) | word_begins(words))


@prepared
def _named(limit: int, *, in_network: bool) -> AnySelect:
    shown = select(WorkingGroup.id, WorkingGroup.name, WorkingGroup.purpose, WorkingGroup.icon)
    found = shown.where(visible(in_network=in_network), a_word_begins(WorkingGroup.name))
    return found.order_by(WorkingGroup.name, WorkingGroup.id).limit(limit)


def candidates(one: WorkingGroup, words: str) -> Sequence[AnyRow]:
    """People with a function today whose name or organisation begins with what was typed, and who do not sit here."""
    return read(_candidates(), word_begins(words) | {"group": one.id, "today": clock.today()})


@prepared
def _candidates() -> AnySelect:
    sits = exists().where(
        Membership.group_id == given("group", Membership.group_id), Membership.person_id == Person.id, sits_now()
    )
    begins = or_(a_word_begins(Person.name), a_word_begins(Organisation.name))
    return (
        select(
            Person.id.label("person_id"), Person.name, Organisation.id.label("organisation_id"),
            Organisation.name.label("organisation"), Organisation.kind.label("organisation_kind"),
        )
        .distinct()
        .join(Function, Function.person_id == Person.id)
        .join(Organisation, Organisation.id == Function.organisation_id)
        .where(Person.is_active, is_current(_TODAY), begins, ~sits)
        .order_by(Person.name, Organisation.name, Person.id)
        .limit(12)
    )  # fmt: skip


def holds_seat(person_id: uuid.UUID, organisation_id: uuid.UUID) -> bool:
    """Whether somebody holds a function at an organisation today."""
    seat = select(Function.id).where(
        Function.person_id == person_id, Function.organisation_id == organisation_id, is_current(clock.today())
    )
    return db.session.scalar(seat.limit(1)) is not None


def seats_of(person_id: uuid.UUID) -> Sequence[AnyRow]:
    """Every place of somebody in a group that is still kept, the ended ones too: for themselves."""
    query = (
        select(
            WorkingGroup.name.label("group"), Membership.role, Membership.ends_on,
            func.coalesce(Organisation.name, "").label("organisation"),
        )
        .join(WorkingGroup, WorkingGroup.id == Membership.group_id)
        .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.person_id == person_id)
        .order_by(Membership.begins_on, Membership.id)
    )  # fmt: skip
    return db.session.execute(query).all()
