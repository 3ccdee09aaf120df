"""What stands in the calendar of somebody, or of a group as they see it: meetings that were announced, and when each
feed of theirs began."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import and_, exists, or_, select

from webapp.accounts.models import Person
from webapp.core import clock, links
from webapp.core.db import AnyRow, AnySelect, db, given, read
from webapp.core.statements import prepared
from webapp.groups import guests
from webapp.groups import queries as groups
from webapp.groups.codes import GuestOf
from webapp.groups.models import Membership, WorkingGroup
from webapp.meetings.codes import Told
from webapp.meetings.lifecycle import MeetingStatus
from webapp.meetings.models import Attendance, Meeting, told_title
from webapp.notifications.kinds import NoticeKind
from webapp.notifications.models import Notice

LOOKS_BACK = timedelta(days=90)
MOST_IN_FEED = 500
MOST_SHOWN = 20


class Feed(NamedTuple):
    """What a feed holds; `group` is empty for everything of a person."""

    person_id: uuid.UUID
    group: WorkingGroup | None
    meetings: Sequence[AnyRow]


@prepared
def _meetings(*, of_group: bool) -> AnySelect:
    me = given("me", Membership.person_id)
    sits = exists().where(Membership.group_id == Meeting.group_id, Membership.person_id == me, groups.sits_now())
    mine = and_(Attendance.meeting_id == Meeting.id, Attendance.person_id == given("me", Attendance.person_id))
    query = (
        select(
            Meeting.id, told_title(), Meeting.starts_at, Meeting.ends_at, Meeting.place, Meeting.status,
            Meeting.sequence, Meeting.announced_at, Meeting.created_at, Attendance.coming,
            WorkingGroup.name.label("group"), WorkingGroup.visibility, WorkingGroup.is_about_integrity,
        )
        .join(WorkingGroup, WorkingGroup.id == Meeting.group_id)
        .outerjoin(Attendance, mine)
        .where(
            Meeting.ends_at > given("since", Meeting.ends_at), Meeting.status != MeetingStatus.DRAFT,
            Meeting.called_off_at.is_(None), or_(sits, guests.is_guest(GuestOf.MEETING, Meeting.id)),
        )
    )  # fmt: skip
    if of_group:
        query = query.where(Meeting.group_id == given("group", Meeting.group_id))
    return query.order_by(Meeting.starts_at, Meeting.id).limit(given("most", Meeting.sequence))


def _values(person_id: uuid.UUID, back: timedelta, most: int) -> dict[str, Any]:
    return {"me": person_id, "today": clock.today(), "since": clock.now() - back, "most": most}


def coming_up(person_id: uuid.UUID) -> Sequence[AnyRow]:
    """The meetings that somebody is expected at, the soonest first, with what they said."""
    return read(_meetings(of_group=False), _values(person_id, timedelta(), MOST_SHOWN))


def held(group_id: uuid.UUID, person_id: uuid.UUID, since: date, until: datetime) -> Sequence[uuid.UUID]:
    """The coming meetings of a group that stand in the calendar of whoever took part for a while: they were told when
    it was announced, or when it changed later."""
    told = exists().where(
        Notice.thing_id == Meeting.id,
        Notice.person_id == person_id,
        Notice.kind.in_((NoticeKind.MEETING_ANNOUNCED, NoticeKind.MEETING_CHANGED)),
    )
    began = datetime.combine(since, time(), clock.BRUSSELS)
    coming = select(Meeting.id).where(
        Meeting.group_id == group_id,
        Meeting.starts_at > clock.now(),
        Meeting.status == MeetingStatus.ANNOUNCED,
        Meeting.told != Told.NOBODY,
        or_(Meeting.announced_at.between(began, until), told),
    )
    return db.session.scalars(coming.order_by(Meeting.starts_at, Meeting.id).limit(MOST_SHOWN)).all()


def feed(token: str) -> Feed | None:
    """What the link of a calendar opens now; None for a stranger's, one that was ended, or one of somebody who left."""
    link = links.find(links.Purpose.FEED, token)
    if link is None or not link.works or link.person_id is None:
        return None
    person = db.session.get(Person, link.person_id)
    if person is None or not person.is_active:
        return None
    values = _values(person.id, LOOKS_BACK, MOST_IN_FEED)
    if link.subject_id == person.id:
        return Feed(person.id, None, read(_meetings(of_group=False), values))
    group = groups.group(link.subject_id)
    if group is None or person.id not in group.member_ids:
        return None
    return Feed(person.id, group, read(_meetings(of_group=True), values | {"group": group.id}))


@prepared
def _own_groups() -> AnySelect:
    return (
        select(WorkingGroup.id, WorkingGroup.name, WorkingGroup.icon, WorkingGroup.visibility)
        .where(groups.mine())
        .order_by(WorkingGroup.name, WorkingGroup.id)
    )


def own_groups(person_id: uuid.UUID) -> Sequence[AnyRow]:
    """The groups in which somebody sits, by name."""
    return read(_own_groups(), {"me": person_id, "today": clock.today()})


def feeds_of(person_id: uuid.UUID, subjects: Sequence[uuid.UUID]) -> dict[uuid.UUID, links.Link]:
    """The feeds that somebody made, by what they are of: themselves or a group."""
    return links.held(links.Purpose.FEED, subjects, person_id)
