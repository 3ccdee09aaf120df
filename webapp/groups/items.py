"""Reading what groups set themselves to do: one action with its story, those of a group, those of somebody."""

import uuid
from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, and_, case, select, union, union_all

from webapp.accounts.models import Organisation, Person
from webapp.core import clock
from webapp.core.db import AnyRow, AnySelect, db, given, read
from webapp.core.numbers import Columns, Numbers, counted
from webapp.core.records import Together
from webapp.core.statements import Prepared, prepared
from webapp.groups import owning, queries
from webapp.groups.codes import LEADING
from webapp.groups.lifecycle import WAITING_FOR_HANDS, ItemStatus, RequestStatus
from webapp.groups.models import ActionItem, ActionNote, JoinRequest, Membership, WorkingGroup
from webapp.policy.actor import Actor

PAGE_SIZE = 50
MOST_SHOWN = 6
MOST_COUNTED = 99
SOON = timedelta(days=3)
NEAR = timedelta(days=3)
"""So long before and after its day somebody is reminded of an action."""

OPEN = ActionItem.status.in_(WAITING_FOR_HANDS)
OVER = ActionItem.status.in_((ItemStatus.DONE, ItemStatus.DROPPED))
"""What is a seed in a plan stands in neither list of a group."""


def item(item_id: uuid.UUID) -> ActionItem | None:
    """One action with its group, who sits there, and who holds its seat. One query, also for what is not there."""
    found: ActionItem | None
    found, rows = queries.found_in_group(_item(), item_id)
    if found:
        found.holder_ids = owning.among(rows[0].holders, found.group)
    return found


@cache
def _item() -> Together[ActionItem]:
    owner = ActionItem.owner, ActionItem.owner_organisation
    return queries.in_group(ActionItem, owner, owning.seat_holders().label("holders"))


def near(person_id: uuid.UUID) -> list[ActionItem]:
    """The open actions that somebody carries and whose day is near, the earliest first, each with its group."""
    today = clock.today()
    near_by = and_(OPEN, ActionItem.due_on.between(today - NEAR, today + NEAR))
    theirs = union(*owning.carried_by_me(near_by))
    ids = db.session.scalars(theirs, {"me": person_id, "today": today}).all()
    found = [one for one in map(item, ids) if one and person_id in one.carrier_ids]
    return sorted(found, key=lambda one: (one.due_on or today, one.id))


def left_behind() -> list[ActionItem]:
    """Open actions that somebody carried in their own name and left behind, each with its group."""
    ids = db.session.scalars(owning.left_in_own_name().where(OPEN), {"today": clock.today()}).all()
    return [one for one in map(item, ids) if one]


def notes(one: ActionItem) -> Sequence[AnyRow]:
    """What was said about an action, newest first."""
    return read(_NOTES, {"item": one.id})


_NOTES = Prepared(
    lambda: (
        select(ActionNote.at, ActionNote.status, ActionNote.words, Person.name)
        .outerjoin(Person, Person.id == ActionNote.person_id)
        .where(ActionNote.item_id == given("item", ActionNote.item_id))
        .order_by(ActionNote.at.desc(), ActionNote.id)
        .limit(PAGE_SIZE)
    )
)


def first_of_group(group: WorkingGroup, most: int) -> tuple[Sequence[AnyRow], int]:
    """The first open actions of a group, and how many there are, counted up to MOST_COUNTED and one. One query."""
    rows = read(_first_of_group(), {"group": group.id, "most": most, "today": clock.today()})
    return rows, rows[0].number if rows else 0


@prepared
def _first_of_group() -> AnySelect:
    here = select(ActionItem.id).where(ActionItem.group_id == given("group", ActionItem.group_id), OPEN)
    return _in_order(is_open=True).add_columns(counted(here, MOST_COUNTED).label("number"))


def of_group(group: WorkingGroup, *, is_open: bool = True, most: int = PAGE_SIZE) -> Sequence[AnyRow]:
    """The actions of a group: open ones by the day they are due, done ones newest first; one more than `most`."""
    values = {"group": group.id, "most": most + 1, "today": clock.today()}
    return read(_of_group(is_open=is_open), values)


@prepared
def _of_group(*, is_open: bool) -> AnySelect:
    return _in_order(is_open=is_open)


def _in_order(*, is_open: bool) -> AnySelect:
    query = _rows().where(ActionItem.group_id == given("group", ActionItem.group_id))
    if is_open:
        late = case((ActionItem.due_on.is_(None), 1), else_=0)
        query = query.where(OPEN).order_by(late, ActionItem.due_on, ActionItem.created_at, ActionItem.id)
    else:
        query = query.where(OVER).order_by(ActionItem.moved_at.desc(), ActionItem.id)
    return query.limit(given("most", ActionItem.version))


def _rows() -> AnySelect:
    return (
        select(
            ActionItem.id, ActionItem.title, ActionItem.status, ActionItem.due_on, ActionItem.moved_at,
            ActionItem.done_at, ActionItem.owner_id, ActionItem.owner_organisation_id, ActionItem.version,
            ActionItem.carried, ActionItem.group_id, ActionItem.plan_id, ActionItem.owner_function,
            Person.name.label("owner"), Organisation.name.label("organisation"),
            owning.seat_is_empty().label("seat_is_empty"),
        )
        .outerjoin(Person, Person.id == ActionItem.owner_id)
        .outerjoin(Organisation, Organisation.id == ActionItem.owner_organisation_id)
    )  # fmt: skip


def _values(actor: Actor) -> dict[str, Any]:
    return queries.values(actor) | {"soon": clock.today() + SOON}


def _my_places() -> tuple[ColumnElement[bool], ...]:
    """The places from which somebody (`me`) sits in a group today: a few rows, found by an index."""
    return Membership.person_id == given("me", Membership.person_id), queries.sits_now()


def _pressing_ids() -> CompoundSelect[*tuple[uuid.UUID]]:
    """The actions that somebody (`me`) carries and that are due soon."""
    soon = and_(OPEN, ActionItem.due_on <= given("soon", ActionItem.due_on))
    return union_all(*owning.carried_by_me(soon))


def pressing(actor: Actor) -> Sequence[AnyRow]:
    """What somebody carries and is due soon, the earliest first."""
    return read(_pressing(), _values(actor))


@prepared
def _pressing() -> AnySelect:
    query = _rows().add_columns(WorkingGroup.name.label("group"), WorkingGroup.is_about_integrity).join(WorkingGroup)
    return query.where(ActionItem.id.in_(_pressing_ids())).order_by(ActionItem.due_on, ActionItem.id).limit(MOST_SHOWN)


def _to_answer(columns: AnySelect) -> AnySelect:
    """These columns of the requests to join a group that somebody (`me`) leads."""
    leads = and_(Membership.role.in_(LEADING), *_my_places())
    return columns.join(Membership, Membership.group_id == JoinRequest.group_id).where(
        JoinRequest.status == RequestStatus.ASKED, leads
    )


def to_answer(actor: Actor) -> Sequence[AnyRow]:
    """Who would like to join a group that somebody leads."""
    return read(_asking(), queries.values(actor))


@prepared
def _asking() -> AnySelect:
    columns = select(
        JoinRequest.id, JoinRequest.group_id, JoinRequest.asked_at, Person.name,
        WorkingGroup.name.label("group"), Organisation.name.label("organisation"),
    ).select_from(JoinRequest)  # fmt: skip
    return (
        _to_answer(columns)
        .join(WorkingGroup, WorkingGroup.id == JoinRequest.group_id)
        .join(Person, Person.id == JoinRequest.person_id)
        .join(Organisation, Organisation.id == JoinRequest.organisation_id)
        .order_by(JoinRequest.asked_at, JoinRequest.id)
        .limit(MOST_SHOWN)
    )


ASKING, DUE = "groups-asking", "groups-due"


def any_waiting(actor: Actor) -> Numbers:
    """Whether something of a group waits for somebody, asked together with the other numbers around a page."""
    return Numbers(_any_waiting(), _values(actor)) if actor.is_known else Numbers()


@cache
def _any_waiting() -> Columns:
    return {
        ASKING: counted(_to_answer(select(JoinRequest.id)), 0),
        DUE: counted(select(ActionItem.id).where(ActionItem.id.in_(_pressing_ids())), 0),
    }
