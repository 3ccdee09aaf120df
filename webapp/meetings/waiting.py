"""The meetings that want an answer of somebody or go on, and the one that comes next: what Today asks, together with
the numbers around it."""

import uuid
from datetime import datetime, timedelta
from functools import cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, distinct, exists, func, select, union_all
from sqlalchemy.orm import aliased

from webapp.core import clock
from webapp.core.db import AnySelect, given
from webapp.core.numbers import Columns, Numbers, moment_of, packed, unpacked
from webapp.groups import queries as groups
from webapp.groups.models import Membership, WorkingGroup
from webapp.meetings.codes import Coming
from webapp.meetings.lifecycle import MeetingStatus
from webapp.meetings.models import Attendance, Meeting, told_title
from webapp.policy.actor import Actor

MOST_TOLD = 5
AHEAD = timedelta(weeks=4)
"""How long before a meeting Today asks whether one comes."""


def _invitations() -> AnySelect:
    """The meetings of the next weeks to which somebody (`me`) is invited and said nothing."""
    said = exists().where(_said_by_me())
    return _in_my_groups().where(_is_announced(), ~said)


def _going_on() -> AnySelect:
    """The meetings that go on in the groups of somebody (`me`)."""
    return _in_my_groups().where(Meeting.status == MeetingStatus.RUNNING)


def _in_my_groups() -> Select[uuid.UUID]:
    mine = and_(Membership.person_id == given("me", Membership.person_id), groups.sits_now())
    return select(Meeting.id).join(Membership, Membership.group_id == Meeting.group_id).where(mine)


def _is_announced() -> ColumnElement[bool]:
    """Whether people were invited to a meeting of the next weeks."""
    return and_(
        Meeting.starts_at > given("now", Meeting.starts_at), Meeting.starts_at < given("ahead", Meeting.ends_at),
        Meeting.status == MeetingStatus.ANNOUNCED,
    )  # fmt: skip


def _said_by_me() -> ColumnElement[bool]:
    return and_(
        Attendance.meeting_id == Meeting.id, Attendance.person_id == given("me", Membership.person_id),
        Attendance.coming.is_not(None),
    )  # fmt: skip


WAITING = "meetings-waiting"


def any_waiting(actor: Actor) -> Numbers:
    """Those meetings, asked together with the numbers around a page: see `waiting`."""
    now = clock.now()
    return Numbers(_any_waiting(), groups.values(actor) | {"now": now, "ahead": now + AHEAD} if actor.is_known else {})


@cache
def _any_waiting() -> Columns:
    """The few rows, packed."""
    rows = (
        select(
            Meeting.id, Meeting.status, Meeting.starts_at, Meeting.ends_at, Meeting.announced_at, Meeting.opened_at,
            Meeting.place, told_title(), WorkingGroup.name,
        )
        .join(WorkingGroup, WorkingGroup.id == Meeting.group_id)
        .where(Meeting.id.in_(union_all(_invitations(), _going_on())))
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(MOST_TOLD)
    )  # fmt: skip
    return {WAITING: packed(rows)}


class Awaited(NamedTuple):
    """A meeting that goes on, or to which somebody is invited and did not answer yet."""

    id: uuid.UUID
    status: MeetingStatus
    starts_at: datetime
    ends_at: datetime
    since: datetime
    place: str
    title: str
    group: str


def waiting(found: str | None) -> list[Awaited]:
    """Those meetings, the soonest first, from what `any_waiting` found."""
    now = clock.now()
    rows = [
        Awaited(
            uuid.UUID(row[0]),
            MeetingStatus(row[1]),
            moment_of(row[2]) or now,
            moment_of(row[3]) or now,
            moment_of(row[5] or row[4]) or now,
            *row[6:],
        )
        for row in unpacked(found)
    ]
    return sorted(rows, key=lambda one: (one.starts_at, one.id))


NEXT = "next-meeting"


def any_next(actor: Actor) -> Numbers:
    """The next meeting of a group of theirs, asked together with the numbers around a page: see `next_one`."""
    now = clock.now()
    return Numbers(_any_next(), groups.values(actor) | {"now": now, "ahead": now + AHEAD})


@cache
def _any_next() -> Columns:
    first = (
        select(
            Meeting.id, Meeting.starts_at, Meeting.ends_at, Meeting.place, told_title(),
            WorkingGroup.name, Attendance.coming, Meeting.group_id,
        )
        .join(WorkingGroup, WorkingGroup.id == Meeting.group_id)
        .outerjoin(Attendance, _said_by_me())
        .where(Meeting.id.in_(_in_my_groups().where(_is_announced())))
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(1)
        .subquery()
    )  # fmt: skip
    seat, said = aliased(Membership), aliased(Attendance)
    told = exists().where(said.meeting_id == first.c.id, said.person_id == seat.person_id, said.coming.is_not(None))
    people = select(func.count(distinct(seat.person_id))).where(
        seat.group_id == first.c.group_id, groups.sits_now(seat)
    )
    those = (people, people.where(told.correlate(first, seat)))
    *shown, _group = first.c
    return {NEXT: packed(select(*shown, *(each.correlate(first).scalar_subquery() for each in those)))}


class NextMeeting(NamedTuple):
    """The next meeting to which somebody is invited, what they said, and how many of the group said something."""

    id: uuid.UUID
    starts_at: datetime
    ends_at: datetime
    place: str
    title: str
    group: str
    coming: Coming | None
    people: int
    said: int


def next_one(found: str | None) -> NextMeeting | None:
    """That meeting, from what `any_next` found."""
    now = clock.now()
    for key, starts_at, ends_at, place, title, group, coming, people, said in unpacked(found):
        hours = moment_of(starts_at) or now, moment_of(ends_at) or now
        mine = Coming(coming) if coming else None
        return NextMeeting(uuid.UUID(key), *hours, place, title, group, mine, int(people), int(said))
    return None
