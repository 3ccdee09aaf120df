"""Reading meetings: one with its group, the lists of a group, who comes, and what is on an agenda."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import and_, func, or_, select, tuple_
from sqlalchemy.orm import joinedload

from webapp.accounts.models import Person
from webapp.core import clock
from webapp.core.db import AnyRow, AnySelect, db, given, read
from webapp.core.records import Together
from webapp.core.statements import prepared
from webapp.groups import guests
from webapp.groups import queries as groups
from webapp.groups.models import WorkingGroup
from webapp.meetings.lifecycle import MeetingStatus, TopicStatus
from webapp.meetings.models import Attendance, Decision, Meeting, MinuteLine, Topic

PAGE_SIZE = 20
MOST_TOPICS = 60
MOST_WAITING = 50
MOST_FIRST = 5
TO_COME = (MeetingStatus.DRAFT, MeetingStatus.ANNOUNCED, MeetingStatus.RUNNING)


def meeting(meeting_id: uuid.UUID) -> Meeting | None:
    """One meeting, with its group, who sits there, and its guests. One query, also for what is not there."""
    found: Meeting | None
    found, rows = groups.found_in_group(_meeting(), meeting_id)
    _note(found, guests.by_name(rows[0].guests if rows else None))
    return found


@cache
def _meeting() -> Together[Meeting]:
    return groups.in_group(Meeting, (), guests.beside().label("guests"))


def _with_guests(found: Meeting | None, thing_id: uuid.UUID) -> None:
    """Note on a meeting who is its guest; asked in vain for one that is not there."""
    _note(found, guests.of(found.id if found else thing_id))


def _note(found: Meeting | None, invited: Sequence[Any]) -> None:
    if found:
        found.guests, found.guest_ids = invited, frozenset(row.person_id for row in invited)


def by_code(code: str) -> Meeting | None:
    """The meeting at the end of a short link."""
    found = db.session.scalar(select(Meeting.id).where(Meeting.code == code))
    return meeting(found or uuid.uuid4())


def topic(topic_id: uuid.UUID) -> Topic | None:
    """One topic, with its meeting, its group and who sits there."""
    found = groups.with_group(Topic, topic_id, Topic.meeting)
    _with_guests(found.meeting if found else None, topic_id)
    return found


def line(line_id: uuid.UUID) -> MinuteLine | None:
    """One line of the minutes, with its topic, meeting, group and who sits there."""
    together = joinedload(MinuteLine.topic)
    found = db.session.get(
        MinuteLine, line_id, options=[together.joinedload(Topic.meeting), together.joinedload(Topic.group)]
    )
    groups.with_members_of(found.topic.group if found else None, line_id)
    _with_guests(found.topic.meeting if found else None, line_id)
    return found


def decision(decision_id: uuid.UUID) -> Decision | None:
    """One decision, with its group and who sits there."""
    return groups.with_group(Decision, decision_id)


@prepared
def _of_group(*, to_come: bool, behind: bool) -> AnySelect:
    query = select(
        Meeting.id, Meeting.title, Meeting.starts_at, Meeting.ends_at, Meeting.place, Meeting.link, Meeting.status,
        Meeting.called_off_at, Meeting.summary,
    ).where(Meeting.group_id == given("group", Meeting.group_id))  # fmt: skip
    if to_come:
        return query.where(Meeting.status.in_(TO_COME)).order_by(Meeting.starts_at, Meeting.id).limit(PAGE_SIZE)
    query = query.where(Meeting.status == MeetingStatus.CLOSED)
    if behind:
        here = tuple_(given("behind_at", Meeting.starts_at), given("behind_id", Meeting.id))
        query = query.where(tuple_(Meeting.starts_at, Meeting.id) < here)
    return query.order_by(Meeting.starts_at.desc(), Meeting.id.desc()).limit(PAGE_SIZE + 1)


def to_come(group: WorkingGroup) -> Sequence[AnyRow]:
    """What is planned, announced or going on, the soonest first. Drafts are for members: see `Can.READ_MEETING`."""
    return read(_of_group(to_come=True, behind=False), {"group": group.id})


def closed(group: WorkingGroup, after: tuple[datetime, uuid.UUID] | None = None) -> Sequence[AnyRow]:
    """Up to one page of the meetings that are over, and one more, the latest first."""
    behind = {"behind_at": after[0], "behind_id": after[1]} if after else {}
    return read(_of_group(to_come=False, behind=bool(after)), {"group": group.id} | behind)


def overlapping(group_id: uuid.UUID, starts_at: datetime, ends_at: datetime, but: uuid.UUID | None = None) -> bool:
    """Whether the group already meets then."""
    query = select(Meeting.id).where(
        Meeting.group_id == group_id,
        Meeting.called_off_at.is_(None),
        Meeting.starts_at < ends_at,
        Meeting.ends_at > starts_at,
    )
    return db.session.scalar((query.where(Meeting.id != but) if but else query).limit(1)) is not None


def next_of(group: WorkingGroup, person_id: uuid.UUID | None, *, drafts: bool) -> Sequence[AnyRow]:
    """The meeting that comes next, or goes on now, with what one person said to it; a draft for whoever may see one.
    One row for each of its first topics, and one where it has none."""
    return read(_next_of(drafts=drafts), {"group": group.id, "now": clock.now(), "me": person_id})


@prepared
def _next_of(*, drafts: bool) -> AnySelect:
    told = TO_COME if drafts else TO_COME[1:]
    soon = and_(Meeting.status.in_(told), Meeting.ends_at > given("now", Meeting.ends_at))
    mine = and_(Attendance.meeting_id == Meeting.id, Attendance.person_id == given("me", Attendance.person_id))
    first = (
        select(
            Meeting.id, Meeting.title, Meeting.starts_at, Meeting.ends_at, Meeting.place, Meeting.link, Meeting.status,
            Attendance.coming,
        )
        .outerjoin(Attendance, mine)
        .where(
            Meeting.group_id == given("group", Meeting.group_id), or_(soon, Meeting.status == MeetingStatus.RUNNING)
        )
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(1)
        .subquery()
    )  # fmt: skip
    return (
        select(first, Topic.title.label("topic"), Topic.minutes)
        .outerjoin(Topic, and_(Topic.meeting_id == first.c.id, Topic.status != TopicStatus.DROPPED))
        .order_by(Topic.place, Topic.created_at, Topic.id)
        .limit(MOST_FIRST)
    )


def _topics() -> AnySelect:
    return (
        select(
            Topic.id, Topic.title, Topic.wish, Topic.minutes, Topic.status, Topic.begun_at, Topic.spent, Topic.place,
            Topic.decision_id, Topic.came_from_id, Topic.version, Topic.meeting_id, Topic.created_at,
            Topic.brought_by_id, Person.name.label("brought_by"),
        ).outerjoin(Person, Person.id == Topic.brought_by_id)
    )  # fmt: skip


@prepared
def _agenda() -> AnySelect:
    here = Topic.meeting_id == given("meeting", Topic.meeting_id)
    return (
        _topics()
        .where(here, Topic.status != TopicStatus.DROPPED)
        .order_by(Topic.place, Topic.created_at, Topic.id)
        .limit(MOST_TOPICS)
    )


def agenda(meeting_id: uuid.UUID) -> Sequence[AnyRow]:
    """The topics of a meeting in their order."""
    return read(_agenda(), {"meeting": meeting_id})


@prepared
def _inbox() -> AnySelect:
    here = Topic.group_id == given("group", Topic.group_id)
    return (
        _topics()
        .where(here, Topic.meeting_id.is_(None), Topic.status == TopicStatus.WAITING)
        .order_by(Topic.created_at, Topic.id)
        .limit(MOST_WAITING)
    )


def inbox(group: WorkingGroup) -> Sequence[AnyRow]:
    """What waits for an agenda, whatever was brought first on top."""
    return read(_inbox(), {"group": group.id})


@prepared
def _brought() -> AnySelect:
    mine = Topic.brought_by_id == given("me", Topic.brought_by_id)
    here = Topic.group_id == given("group", Topic.group_id)
    return (
        _topics()
        .where(here, mine, Topic.status == TopicStatus.WAITING)
        .order_by(Topic.created_at, Topic.id)
        .limit(MOST_WAITING)
    )


def brought(group: WorkingGroup, person_id: uuid.UUID) -> Sequence[AnyRow]:
    """What one person brought to a group and is still to be talked about, in the inbox or on an agenda."""
    return read(_brought(), {"group": group.id, "me": person_id})


@prepared
def _unfinished() -> AnySelect:
    return (
        _topics()
        .add_columns(Meeting.starts_at)
        .join(Meeting, Meeting.id == Topic.meeting_id)
        .where(Topic.group_id == given("group", Topic.group_id), Topic.status == TopicStatus.UNFINISHED)
        .order_by(Meeting.starts_at, Topic.place, Topic.id)
        .limit(MOST_WAITING)
    )


def unfinished(group: WorkingGroup) -> Sequence[AnyRow]:
    """What earlier meetings did not get to, the oldest first."""
    return read(_unfinished(), {"group": group.id})


def last_place(meeting_id: uuid.UUID) -> int:
    """The place of the last topic on an agenda; -1 when there is none."""
    found = db.session.scalar(select(func.max(Topic.place)).where(Topic.meeting_id == meeting_id))
    return -1 if found is None else found


def attendance(meeting_id: uuid.UUID, person_id: uuid.UUID | None) -> Attendance | None:
    """What one person said."""
    mine = select(Attendance).where(Attendance.meeting_id == meeting_id, Attendance.person_id == person_id)
    return db.session.scalar(mine)
