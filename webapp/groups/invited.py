"""Reading who was invited into a group by mail, and what waits for somebody's answer."""

import uuid
from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select

from webapp.accounts import queries as people
from webapp.accounts import resting
from webapp.accounts.models import Person
from webapp.core import clock
from webapp.core.db import AnyRow, AnySelect, db, given, read
from webapp.core.numbers import Columns, Numbers, counted
from webapp.core.statements import prepared
from webapp.groups import guests, queries
from webapp.groups.models import INVITED_FOR, GroupInvitation, Guest, WorkingGroup
from webapp.policy.actor import Actor

SHOWN_FOR = timedelta(days=2 * INVITED_FOR)
MOST_SHOWN = 60
MOST_NEEDED = 6
WAITING = "groups-invited"


def invitation(group_invitation_id: uuid.UUID) -> GroupInvitation | None:
    """An invitation, with its group and who sits there."""
    return queries.with_group(GroupInvitation, group_invitation_id, GroupInvitation.invited_by)


@resting.needed
def is_invited() -> ColumnElement[bool]:
    """Whether a group invited somebody: then their account stays open until they answer."""
    asked = GroupInvitation.email == Person.email
    return exists().where(asked, _waits())


def _waits() -> ColumnElement[bool]:
    answers = (GroupInvitation.accepted_at, GroupInvitation.declined_at, GroupInvitation.withdrawn_at)
    return and_(*(one.is_(None) for one in answers))


def for_answer(group_invitation_id: uuid.UUID) -> GroupInvitation | None:
    """An invitation, and who has its address. As many queries for what is not there."""
    found = invitation(group_invitation_id)
    person = people.person_by_email(found.email if found else "")
    if found:
        found.holder_ids = frozenset([person.id] if person else ())
    return found


def of_group(group: WorkingGroup) -> Sequence[AnyRow]:
    """What waits for an answer, is over, or was answered with no thanks: what was mailed last on top."""
    return read(_of_group(), {"group": group.id, "since": clock.now() - SHOWN_FOR})


@prepared
def _of_group() -> AnySelect:
    return (
        select(
            GroupInvitation.id, GroupInvitation.email, GroupInvitation.name, GroupInvitation.role, GroupInvitation.of,
            GroupInvitation.organisation_id, GroupInvitation.ends_on, GroupInvitation.sent_at,
            GroupInvitation.declined_at,
        )
        .where(
            GroupInvitation.group_id == given("group", GroupInvitation.group_id),
            GroupInvitation.sent_at > given("since", GroupInvitation.sent_at),
            GroupInvitation.accepted_at.is_(None), GroupInvitation.withdrawn_at.is_(None),
        )
        .order_by(GroupInvitation.sent_at.desc(), GroupInvitation.id)
        .limit(MOST_SHOWN)
    )  # fmt: skip


def sent_to(email: str) -> Sequence[AnyRow]:
    """The invitations to an address that are kept, answered or not: for whoever has it."""
    query = select(GroupInvitation.sent_at, WorkingGroup.name.label("group")).join(
        WorkingGroup, WorkingGroup.id == GroupInvitation.group_id
    )
    kept = query.where(GroupInvitation.email == email, GroupInvitation.withdrawn_at.is_(None))
    return db.session.execute(kept.order_by(GroupInvitation.sent_at, GroupInvitation.id)).all()


def any_waiting(actor: Actor) -> Numbers:
    """Whether somebody is invited into a group, asked together with the other numbers around a page."""
    return Numbers(_any_waiting(), _mine(actor)) if actor.person_id else Numbers()


def _mine(actor: Actor) -> dict[str, Any]:
    return {"me": actor.person_id, "today": clock.today(), "sent_since": clock.now() - timedelta(days=INVITED_FOR)}


@cache
def _any_waiting() -> Columns:
    return {WAITING: counted(_for_me(select(GroupInvitation.id)), 0)}


def _for_me(columns: AnySelect) -> AnySelect:
    last_day = or_(GroupInvitation.ends_on.is_(None), GroupInvitation.ends_on >= given("today", Guest.ends_on))
    return columns.join(Person, Person.email == GroupInvitation.email).where(
        Person.id == given("me", Guest.person_id),
        GroupInvitation.sent_at > given("sent_since", GroupInvitation.sent_at),
        last_day,
        _waits(),
    )


def of_person(actor: Actor) -> Sequence[AnyRow]:
    """The invitations that wait for somebody's answer."""
    return read(_of_person(), _mine(actor))


@prepared
def _of_person() -> AnySelect:
    columns = select(GroupInvitation.id, GroupInvitation.of, GroupInvitation.sent_at, WorkingGroup.name.label("group"))
    mine = _for_me(columns.join(WorkingGroup, WorkingGroup.id == GroupInvitation.group_id))
    return mine.order_by(GroupInvitation.sent_at, GroupInvitation.id).limit(MOST_NEEDED)


def waiting(group_id: uuid.UUID, email: str, thing_id: uuid.UUID | None) -> list[GroupInvitation]:
    """What waits for the answer of one address: into a group, or to one of its things."""
    query = select(GroupInvitation).where(
        GroupInvitation.group_id == group_id,
        GroupInvitation.email == email,
        GroupInvitation.thing_id == thing_id,
    )
    return [one for one in db.session.scalars(query.order_by(GroupInvitation.id)) if one.waits]


def places(row: GroupInvitation) -> Sequence[AnyRow]:
    """The organisations among which whoever answers chooses, by name; none when there is nothing to choose."""
    if row.of or row.person_id is None:
        return ()
    found = guests.seats(row.person_id)
    return found if len(found) > 1 else ()
