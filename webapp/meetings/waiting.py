"""The meetings that want an answer of somebody or go on: what Today asks, together with the numbers around it."""

import uuid
from datetime import datetime, timedelta
from functools import cache
from typing import NamedTuple

from sqlalchemy import and_, exists, select, union_all

from webapp.core import clock
from webapp.core.db import AnySelect, given
from webapp.core.numbers import Columns, Numbers, moment_of, packed, unpacked
from webapp.groups import queries as groups
from webapp.groups.models import Membership, WorkingGroup
from webapp.meetings.lifecycle import MeetingStatus
from webapp.meetings.models import Attendance, Meeting, told_title
from webapp.policy.actor import Actor

MOST_TOLD = 5
AHEAD = timedelta(weeks=4)
"""How long before a meeting Today asks whether one comes."""


def _invitations() -> AnySelect:
    """The meetings of the next weeks to which somebody (`me`) is invited and said nothing."""
    said = exists().where(
        Attendance.meeting_id == Meeting.id, Attendance.person_id == given("me", Membership.person_id),
        Attendance.coming.is_not(None),
    )  # fmt: skip
    soon = and_(
        Meeting.starts_at > given("now", Meeting.starts_at), Meeting.starts_at < given("ahead", Meeting.ends_at)
    )
    return (
        select(Meeting.id)
        .join(Membership, Membership.group_id == Meeting.group_id)
        .where(
            Membership.person_id == given("me", Membership.person_id), groups.sits_now(), soon,
            Meeting.status == MeetingStatus.ANNOUNCED, ~said,
        )
    )  # fmt: skip


def _going_on() -> AnySelect:
    """The meetings that go on in the groups of somebody (`me`)."""
    return (
        select(Meeting.id)
        .join(Membership, Membership.group_id == Meeting.group_id)
        .where(
            Membership.person_id == given("me", Membership.person_id), groups.sits_now(),
            Meeting.status == MeetingStatus.RUNNING,
        )
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
