"""Reading what groups set themselves to do: one action with its story, those of a group, those of somebody."""

import uuid
from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, or_, select

from webapp.accounts.models import Organisation, Person
from webapp.core import clock
from webapp.core.db import AnyRow, db, given, read
from webapp.core.numbers import Columns, Numbers, counted
from webapp.groups import queries
from webapp.groups.codes import LEADING
from webapp.groups.lifecycle import ItemStatus, RequestStatus
from webapp.groups.models import ActionItem, ActionNote, JoinRequest, Membership, WorkingGroup
from webapp.policy.actor import Actor

PAGE_SIZE = 50
MOST_SHOWN = 6
MOST_COUNTED = 99
SOON = timedelta(days=3)

OPEN = ActionItem.status != ItemStatus.DONE


def item(item_id: uuid.UUID) -> ActionItem | None:
    """One action with its group and who sits there."""
    return queries.in_group(ActionItem, item_id, ActionItem.owner, ActionItem.owner_organisation)


def notes(one: ActionItem) -> Sequence[AnyRow]:
    """What was said about an action, newest first."""
    query = (
        select(ActionNote.at, ActionNote.status, ActionNote.words, Person.name)
        .outerjoin(Person, Person.id == ActionNote.person_id)
        .where(ActionNote.item_id == one.id)
        .order_by(ActionNote.at.desc(), ActionNote.id)
        .limit(PAGE_SIZE)
    )
    return db.session.execute(query).all()


def of_group(group: WorkingGroup, *, is_open: bool = True, most: int = PAGE_SIZE) -> Sequence[AnyRow]:
    """The actions of a group: open ones by the day they are due, done ones newest first; one more than `most`."""
    return read(_of_group(is_open=is_open), {"group": group.id, "most": most + 1})


@cache
def _of_group(*, is_open: bool) -> Select[*tuple[Any, ...]]:
    query = _rows().where(ActionItem.group_id == given("group", ActionItem.group_id))
    if is_open:
        late = case((ActionItem.due_on.is_(None), 1), else_=0)
        query = query.where(OPEN).order_by(late, ActionItem.due_on, ActionItem.created_at, ActionItem.id)
    else:
        query = query.where(~OPEN).order_by(ActionItem.done_at.desc(), ActionItem.id)
    return query.limit(given("most", ActionItem.version))


def _rows() -> Select[*tuple[Any, ...]]:
    return (
        select(
            ActionItem.id, ActionItem.title, ActionItem.status, ActionItem.due_on, ActionItem.moved_at,
            ActionItem.done_at, ActionItem.owner_id, ActionItem.owner_organisation_id, ActionItem.version,
            ActionItem.group_id, Person.name.label("owner"), Organisation.name.label("organisation"),
        )
        .outerjoin(Person, Person.id == ActionItem.owner_id)
        .outerjoin(Organisation, Organisation.id == ActionItem.owner_organisation_id)
    )  # fmt: skip


def _values(actor: Actor) -> dict[str, Any]:
    return queries.values(actor) | {"soon": clock.today() + SOON}


def _my_seats() -> Select[*tuple[Any, ...]]:
    """The places from which somebody (`me`) sits in the group of an action today."""
    me = given("me", Membership.person_id)
    return select(Membership.organisation_id).where(
        Membership.group_id == ActionItem.group_id, Membership.person_id == me, queries.sits_now()
    )


def _presses() -> ColumnElement[bool]:
    """The actions that somebody (`me`) carries, in person or for their organisation, and that are due soon."""
    seats = _my_seats()
    in_person = and_(ActionItem.owner_id == given("me", Membership.person_id), seats.exists())
    for_all = and_(ActionItem.owner_id.is_(None), ActionItem.owner_organisation_id.in_(seats))
    return and_(OPEN, ActionItem.due_on <= given("soon", ActionItem.due_on), or_(in_person, for_all))


def pressing(actor: Actor) -> Sequence[AnyRow]:
    """What somebody carries and is due soon, the earliest first."""
    return read(_pressing(), _values(actor))


@cache
def _pressing() -> Select[*tuple[Any, ...]]:
    query = _rows().add_columns(WorkingGroup.name.label("group")).join(WorkingGroup)
    return query.where(_presses()).order_by(ActionItem.due_on, ActionItem.id).limit(MOST_SHOWN)


def _to_answer() -> ColumnElement[bool]:
    """The requests to join a group that somebody (`me`) leads."""
    leads = select(Membership.group_id).where(
        Membership.group_id == JoinRequest.group_id,
        Membership.person_id == given("me", Membership.person_id),
        Membership.role.in_(LEADING),
        queries.sits_now(),
    )
    return and_(JoinRequest.status == RequestStatus.ASKED, leads.exists())


def to_answer(actor: Actor) -> Sequence[AnyRow]:
    """Who would like to join a group that somebody leads."""
    return read(_asking(), queries.values(actor))


@cache
def _asking() -> Select[*tuple[Any, ...]]:
    return (
        select(
            JoinRequest.id, JoinRequest.group_id, JoinRequest.asked_at, Person.name,
            WorkingGroup.name.label("group"), Organisation.name.label("organisation"),
        )
        .join(WorkingGroup, WorkingGroup.id == JoinRequest.group_id)
        .join(Person, Person.id == JoinRequest.person_id)
        .join(Organisation, Organisation.id == JoinRequest.organisation_id)
        .where(_to_answer())
        .order_by(JoinRequest.asked_at, JoinRequest.id)
        .limit(MOST_SHOWN)
    )  # fmt: skip


ASKING, DUE = "groups-asking", "groups-due"


def any_waiting(actor: Actor) -> Numbers:
    """Whether something of a group waits for somebody, asked together with the other numbers around a page."""
    return Numbers(_any_waiting(), _values(actor)) if actor.seats else Numbers()


@cache
def _any_waiting() -> Columns:
    return {
        ASKING: counted(select(JoinRequest.id).where(_to_answer()), 0),
        DUE: counted(select(ActionItem.id).where(_presses()), 0),
    }
