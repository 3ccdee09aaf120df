"""What a group wants to talk about: the inbox, the agenda of a meeting, and what earlier meetings did not get to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, update

from webapp.core import clock, history, order
from webapp.core.db import db
from webapp.core.errors import Conflict
from webapp.core.sweeps import sweep
from webapp.core.versions import expect
from webapp.groups.models import Guest, WorkingGroup
from webapp.meetings import queries
from webapp.meetings.actions import touch
from webapp.meetings.codes import Wish
from webapp.meetings.lifecycle import TOPIC, DecisionStatus, MeetingStatus, TopicStatus
from webapp.meetings.models import Decision, Meeting, MinuteLine, Topic
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require

MOST_REVIEWS_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class About:
    """What a topic is about, what is hoped for, and how many minutes it may take."""

    title: str
    wish: Wish = Wish.TALK
    minutes: int | None = None


def add(
    group: WorkingGroup, about: About, meeting: Meeting | None = None, *, by: Actor, place: Guest | None = None
) -> Topic:
    """Bring a topic: to the agenda of a meeting, or to the inbox for one that comes. A guest says at which `place`."""
    if meeting:
        require(by, Can.JOIN_MEETING, meeting)
    else:
        require(by, Can.BRING_TOPIC, place or group)
    row = Topic(group_id=group.id, title=about.title, wish=about.wish, minutes=about.minutes)
    row.brought_by_id, row.created_at = by.person_id, clock.now()
    db.session.add(row)
    if meeting:
        _refuse_closed(meeting)
        _put(row, meeting)
    db.session.flush()
    history.record("topic", row.id, "add", by=by, after=row.status)
    return row


def _put(row: Topic, meeting: Meeting) -> None:
    row.meeting_id, row.place = meeting.id, queries.last_place(meeting.id) + 1
    touch(meeting)


def _refuse_closed(meeting: Meeting) -> None:
    if meeting.status is MeetingStatus.CLOSED:
        raise Conflict()


def edit(topic: Topic, about: About, *, by: Actor, version: int | None = None) -> None:
    """Say anew what a topic is about. Whoever brought it may, and every member."""
    if topic.brought_by_id != by.person_id:
        require(by, Can.TAKE_PART, topic.group)
    expect(topic, version)
    topic.title, topic.wish, topic.minutes = about.title, about.wish, about.minutes
    if topic.meeting:
        _refuse_closed(topic.meeting)
        touch(topic.meeting)
    db.session.flush()
    history.record("topic", topic.id, "edit", by=by)


def put_on(topic: Topic, meeting: Meeting, *, by: Actor) -> None:
    """Take a topic from the inbox to an agenda."""
    require(by, Can.TAKE_PART, topic.group)
    _refuse_closed(meeting)
    if topic.meeting_id or topic.status is not TopicStatus.WAITING or topic.group_id != meeting.group_id:
        raise Conflict()
    _put(topic, meeting)
    db.session.flush()


def take_off(topic: Topic, *, by: Actor) -> None:
    """Take a topic from an agenda back to the inbox."""
    require(by, Can.TAKE_PART, topic.group)
    if topic.meeting is None or topic.status is not TopicStatus.WAITING:
        raise Conflict()
    touch(topic.meeting)
    topic.meeting_id, topic.place = None, 0
    db.session.flush()


def drop(topic: Topic, *, by: Actor) -> None:
    """A topic is not needed any more: in the inbox, on an agenda, or left over from an earlier meeting."""
    if topic.brought_by_id != by.person_id:
        require(by, Can.TAKE_PART, topic.group)
    move(topic, "drop", by)
    _tell_pages(topic)


def bring_back(topic: Topic, *, by: Actor) -> None:
    """It is needed after all. On the agenda of a meeting that is over it cannot come back: it goes to the inbox."""
    require(by, Can.TAKE_PART, topic.group)
    move(topic, "bring_back", by)
    if topic.meeting and topic.meeting.status is MeetingStatus.CLOSED:
        topic.meeting_id, topic.place = None, 0
    _tell_pages(topic)


def move(topic: Topic, step: str, by: Actor) -> None:
    """Take one step of the life of a topic."""
    if not TOPIC.allows(step, topic.status):
        raise Conflict()
    history.take_step("topic", topic, TOPIC, step, by=by)


def _tell_pages(topic: Topic) -> None:
    if topic.meeting:
        touch(topic.meeting)
    db.session.flush()


def shift(topic: Topic, places: int, *, by: Actor) -> None:
    """Move a topic up (-1) or down (1) on its agenda. Beyond the ends it stays where it is."""
    require(by, Can.TAKE_PART, topic.group)
    if topic.meeting is None:
        raise Conflict()
    here = [row.id for row in queries.agenda(topic.meeting.id)]
    arrange(topic.meeting, order.shifted(here, topic.id, places), by=by)


def arrange(meeting: Meeting, wanted: order.Ids, *, by: Actor) -> None:
    """Put the topics of an agenda in this order. Whatever is not named, such as a topic that somebody added meanwhile,
    comes after."""
    require(by, Can.TAKE_PART, meeting.group)
    _refuse_closed(meeting)
    here = [row.id for row in queries.agenda(meeting.id)]
    for place, topic_id in enumerate(order.arranged(here, wanted)):
        db.session.execute(update(Topic).where(Topic.id == topic_id).values(place=place))
    touch(meeting)


def carry(topic: Topic, meeting: Meeting, *, by: Actor) -> Topic:
    """Take an unfinished topic along to a new meeting with everything that was written under it. The old agenda keeps
    its title and says that it moved on."""
    require(by, Can.TAKE_PART, topic.group)
    here = _copied(topic, meeting, by)
    lines = update(MinuteLine).where(MinuteLine.topic_id == topic.id)
    db.session.execute(lines.values(topic_id=here.id))
    move(topic, "carry", by)
    db.session.flush()
    return here


def copy(topic: Topic, meeting: Meeting, *, by: Actor) -> Topic:
    """Put an unfinished topic on a new agenda as well. The old minutes keep what was written."""
    require(by, Can.TAKE_PART, topic.group)
    here = _copied(topic, meeting, by)
    move(topic, "carry", by)
    db.session.flush()
    return here


def _copied(topic: Topic, meeting: Meeting, by: Actor) -> Topic:
    _refuse_closed(meeting)
    if topic.status is not TopicStatus.UNFINISHED or topic.group_id != meeting.group_id:
        raise Conflict()
    row = Topic(group_id=topic.group_id, title=topic.title, wish=topic.wish, minutes=topic.minutes)
    row.brought_by_id, row.came_from_id, row.created_at = topic.brought_by_id, topic.id, clock.now()
    db.session.add(row)
    _put(row, meeting)
    history.record("topic", row.id, "add", by=by, after=row.status)
    return row


@sweep
def bring_reviews() -> None:
    """A decision whose time to look back has come is a topic in the inbox of its group, once for each such day."""
    for decision in _to_review(clock.today()):
        row = Topic(
            group_id=decision.group_id, title=decision.statement[:160], wish=Wish.DECIDE, created_at=clock.now()
        )
        row.decision_id, row.review_on = decision.id, decision.review_on
        db.session.add(row)
    db.session.flush()


def _to_review(today: date) -> Sequence[Decision]:
    brought = select(Topic.id).where(Topic.decision_id == Decision.id, Topic.review_on == Decision.review_on)
    due = select(Decision).where(Decision.status == DecisionStatus.IN_FORCE, Decision.review_on <= today)
    query = due.where(~brought.exists()).order_by(Decision.review_on, Decision.id).limit(MOST_REVIEWS_AT_ONCE)
    return db.session.scalars(query.with_for_update(skip_locked=True)).all()
