"""A meeting: planning, announcing, changing, and calling it off; and saying whether one comes."""

import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update

from webapp.core import clock, history, outbox
from webapp.core.db import db, given, write
from webapp.core.errors import Conflict, Invalid
from webapp.core.statements import Prepared
from webapp.core.sweeps import sweep
from webapp.core.versions import expect
from webapp.groups import actions as groups
from webapp.groups.actions import Gone
from webapp.groups.models import WorkingGroup
from webapp.meetings import calendars, queries
from webapp.meetings.codes import Coming, Told
from webapp.meetings.lifecycle import MEETING, MeetingStatus, TopicStatus
from webapp.meetings.models import Attendance, Meeting, Topic
from webapp.notifications.actions import notify
from webapp.notifications.kinds import NoticeKind
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import NotAllowed, require

MERGED_FOR = timedelta(minutes=15)
"""How long changes of an announced meeting are gathered before one mail tells them all."""
MOST_TOLD_AT_ONCE = 100
OWN_COPY, LEFT = "mail.own_meeting", "mail.meeting_left"
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
CODE_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Moment:
    """When and where a group comes together; `link` is for whoever joins from afar."""

    starts_at: datetime
    ends_at: datetime
    place: str = ""
    link: str = ""
    title: str = ""


def plan(group: WorkingGroup, moment: Moment, *, by: Actor) -> Meeting:
    """Plan a meeting: a draft, of which nobody hears yet. Raises Invalid when the group already meets then."""
    require(by, Can.TAKE_PART, group)
    _check(group.id, moment)
    row = Meeting(group_id=group.id, code=_new_code(), created_at=clock.now())
    _set(row, moment)
    db.session.add(row)
    db.session.flush()
    history.record("meeting", row.id, "plan", by=by, after=row.status)
    return row


def _new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


def _check(group_id: uuid.UUID, moment: Moment, but: uuid.UUID | None = None) -> None:
    if moment.ends_at <= moment.starts_at:
        raise Invalid({"ends": "ends_before_it_starts"})
    if queries.overlapping(group_id, moment.starts_at, moment.ends_at, but):
        raise Invalid({"starts": "overlaps"})


def _set(row: Meeting, moment: Moment) -> None:
    row.starts_at, row.ends_at = moment.starts_at, moment.ends_at
    row.place, row.link, row.title = moment.place, moment.link, moment.title


def change(meeting: Meeting, moment: Moment, *, by: Actor, version: int | None = None) -> None:
    """Change when or where. Of an announced meeting everybody hears it, in one mail for all changes of a quarter."""
    require(by, Can.TAKE_PART, meeting.group)
    expect(meeting, version)
    if meeting.status not in (MeetingStatus.DRAFT, MeetingStatus.ANNOUNCED):
        raise Conflict()
    _check(meeting.group_id, moment, meeting.id)
    before = (meeting.starts_at, meeting.ends_at, meeting.place, meeting.link, meeting.title)
    _set(meeting, moment)
    after = (meeting.starts_at, meeting.ends_at, meeting.place, meeting.link, meeting.title)
    if before != after and meeting.status is MeetingStatus.ANNOUNCED and meeting.told is not Told.NOBODY:
        meeting.tell_at = meeting.tell_at or clock.now() + MERGED_FOR
    touch(meeting)
    history.record("meeting", meeting.id, "change", by=by)


def announce(meeting: Meeting, told: Told, *, by: Actor) -> None:
    """Let people know of a meeting; from now on it is on their calendars."""
    require(by, Can.LEAD_GROUP, meeting.group)
    move(meeting, "announce", by)
    meeting.announced_at, meeting.told = clock.now(), told
    touch(meeting)
    tell(meeting, NoticeKind.MEETING_ANNOUNCED, by)


def call_off(meeting: Meeting, *, by: Actor) -> None:
    """It does not take place. Whoever had heard of it hears that too; its topics go back to the inbox."""
    require(by, Can.LEAD_GROUP, meeting.group)
    was_told = meeting.status is MeetingStatus.ANNOUNCED
    move(meeting, "call_off", by)
    meeting.closed_at = meeting.called_off_at = clock.now()
    meeting.tell_at, meeting.sequence = None, meeting.sequence + 1
    waiting = update(Topic).where(Topic.meeting_id == meeting.id, Topic.status == TopicStatus.WAITING)
    db.session.execute(waiting.values(meeting_id=None, place=0))
    touch(meeting)
    if was_told:
        tell(meeting, NoticeKind.MEETING_CALLED_OFF, by)


def invited(meeting: Meeting) -> frozenset[uuid.UUID]:
    """Who hears of this meeting."""
    if meeting.told is Told.NOBODY:
        return frozenset()
    also = meeting.guest_ids if meeting.told is Told.GUESTS_TOO else frozenset()
    return meeting.group.member_ids | also


def tell(meeting: Meeting, kind: NoticeKind, by: Actor | None = None) -> None:
    """Let everybody who is invited know. Whoever did it needs no line under the bell, but a mail for their calendar."""
    acting = by.person_id if by else None
    notify(sorted(invited(meeting) - {acting}), kind, meeting.id)
    if acting and acting in invited(meeting):
        outbox.enqueue(OWN_COPY, {"meeting": meeting.id.hex, "person": acting.hex, "kind": kind.value})


@groups.hears_who_left
def clear_calendar(gone: Gone) -> None:
    """Whoever leaves finds the coming meetings of the group in their calendar no longer."""
    for meeting_id in calendars.held(gone.group_id, gone.person_id, gone.since, gone.until):
        about = {"meeting": meeting_id.hex, "person": gone.person_id.hex}
        outbox.enqueue(LEFT, about, dedupe_key=f"left:{meeting_id.hex}:{gone.mark}")


def move(meeting: Meeting, step: str, by: Actor) -> None:
    """Take one step of the life of a meeting."""
    if not MEETING.allows(step, meeting.status):
        raise Conflict()
    history.take_step("meeting", meeting, MEETING, step, by=by)


def touch(meeting: Meeting) -> None:
    """Something changed that live pages show. Two who write at once do not get in each other's way: the number grows in
    the database, and the version of the meeting stays."""
    db.session.flush()
    write(_GROWS, {"meeting": meeting.id})
    db.session.expire(meeting, ["pulse"])


_GROWS = Prepared(
    lambda: update(Meeting).where(Meeting.id == given("meeting", Meeting.id)).values(pulse=Meeting.pulse + 1)
)


def answer(meeting: Meeting, coming: Coming, *, by: Actor) -> None:
    """Say whether one comes. Saying it again changes it."""
    require(by, Can.JOIN_MEETING, meeting)
    if by.person_id is None:
        raise NotAllowed(Can.JOIN_MEETING)
    if meeting.status not in (MeetingStatus.ANNOUNCED, MeetingStatus.RUNNING):
        raise Conflict()
    attendance_of(meeting, by.person_id).coming = coming
    touch(meeting)


def attendance_of(meeting: Meeting, person_id: uuid.UUID) -> Attendance:
    """The row of one person at a meeting, made when there is none."""
    row = queries.attendance(meeting.id, person_id)
    if row is None:
        row = Attendance(meeting_id=meeting.id, person_id=person_id)
        db.session.add(row)
    return row


@sweep
def tell_changes() -> None:
    """Tell the changes of announced meetings, a quarter of an hour after the first of them. Once each."""
    for one in _due(clock.now()):
        meeting = queries.meeting(one.id) or one
        meeting.tell_at, meeting.sequence = None, meeting.sequence + 1
        tell(meeting, NoticeKind.MEETING_CHANGED)
    db.session.flush()


def _due(now: datetime) -> Iterable[Meeting]:
    due = select(Meeting).where(Meeting.tell_at <= now).order_by(Meeting.tell_at, Meeting.id).limit(MOST_TOLD_AT_ONCE)
    return db.session.scalars(due.with_for_update(skip_locked=True)).all()
