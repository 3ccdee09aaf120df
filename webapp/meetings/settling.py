"""Beginning and closing a meeting: open actions come along, what was not reached waits, everybody gets the minutes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update

from webapp.core import clock
from webapp.core.db import db
from webapp.core.versions import expect
from webapp.groups.lifecycle import WAITING_FOR_HANDS
from webapp.groups.models import ActionItem
from webapp.meetings import agenda, minutes
from webapp.meetings.actions import move, tell, touch
from webapp.meetings.codes import Told
from webapp.meetings.lifecycle import TOPIC, MeetingStatus, TopicStatus
from webapp.meetings.models import Meeting
from webapp.notifications.kinds import NoticeKind
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require


@dataclass(frozen=True, slots=True)
class Closing:
    """How a meeting ends: what it came to in a few lines, who gets the minutes, and how many were there."""

    summary: str = ""
    told: Told = Told.MEMBERS
    heads: int | None = None


def begin(meeting: Meeting, *, by: Actor) -> None:
    """Begin. What is still open of earlier meetings comes along, and whoever begins is there."""
    require(by, Can.TAKE_PART, meeting.group)
    move(meeting, "begin", by)
    meeting.opened_at, meeting.tell_at = clock.now(), None
    if clock.local(meeting.opened_at).date() != clock.local(meeting.starts_at).date():
        _move_to(meeting, meeting.opened_at.replace(second=0, microsecond=0))
    if meeting.told is Told.NOBODY:
        meeting.told = Told.MEMBERS
    still_open = (ActionItem.group_id == meeting.group_id, ActionItem.status.in_(WAITING_FOR_HANDS))
    db.session.execute(update(ActionItem).where(*still_open).values(carried=ActionItem.carried + 1))
    if by.person_id:
        minutes.tick(meeting, by.person_id, is_present=True, by=by)
    touch(meeting)


def _move_to(meeting: Meeting, moment: datetime) -> None:
    """It is held on another day than was planned: minutes and calendars tell when people met."""
    meeting.starts_at, meeting.ends_at = moment, moment + (meeting.ends_at - meeting.starts_at)
    meeting.sequence += 1


def close(meeting: Meeting, closing: Closing, *, by: Actor, version: int | None = None) -> None:
    """Close. What was not talked out waits for the next meeting; everybody invited gets the minutes, there or not."""
    require(by, Can.TAKE_PART, meeting.group)
    expect(meeting, version)
    for topic in minutes.standing(meeting, TopicStatus.RUNNING):
        minutes.finish(topic, by=by)
    move(meeting, "close", by)
    meeting.closed_at, meeting.summary, meeting.told = clock.now(), closing.summary, closing.told
    meeting.head_count = closing.heads
    for left in minutes.standing(meeting, *TOPIC.steps["leave"].froms):
        agenda.move(left, "leave", by)
    touch(meeting)
    tell(meeting, NoticeKind.MINUTES_READY, by)


def reopen(meeting: Meeting, *, by: Actor) -> None:
    """Something in the minutes needs mending. The page says that it was opened again."""
    require(by, Can.LEAD_GROUP, meeting.group)
    if meeting.called_off_at is None and meeting.status is MeetingStatus.CLOSED:
        meeting.closed_at = None
    move(meeting, "reopen", by)
    touch(meeting)
