"""Writing along while a group meets: whose turn it is, the lines, who is there."""

import enum
import uuid
from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm.attributes import flag_modified

from webapp.core import clock, history
from webapp.core.brake import forgets
from webapp.core.db import db, given
from webapp.core.db import write as write_now
from webapp.core.errors import Conflict, Invalid
from webapp.core.statements import Prepared
from webapp.groups import carrying
from webapp.groups.carrying import Wanted
from webapp.groups.owning import Owner
from webapp.meetings import agenda, record
from webapp.meetings.actions import attendance_of, touch
from webapp.meetings.codes import LineKind
from webapp.meetings.lifecycle import DecisionStatus, MeetingStatus, TopicStatus
from webapp.meetings.models import Decision, Meeting, MinuteLine, Topic, Typing
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import NotAllowed, can, require
from webapp.vocabulary.retention import Keep, kept_for

LONGEST = {LineKind.NOTE: 2000, LineKind.LESSON: 240, LineKind.DECISION: 400, LineKind.ACTION: 160}
"""How many characters a line may have. What is taken along to elsewhere is short."""
MOST_HEADS = 500


def take_up(topic: Topic, *, by: Actor) -> None:
    """It is this topic's turn; the one before it is talked out."""
    meeting = _running(topic, by)
    for other in standing(meeting, TopicStatus.RUNNING):
        finish(other, by=by)
    agenda.move(topic, "take_up", by)
    topic.begun_at = clock.now()
    touch(meeting)


def finish(topic: Topic, *, by: Actor) -> None:
    """A topic is talked out."""
    meeting = _running(topic, by)
    agenda.move(topic, "finish", by)
    stop_clock(topic)
    touch(meeting)


def stop_clock(topic: Topic) -> None:
    """Note how long a topic took until now."""
    if topic.begun_at:
        topic.spent += int((clock.now() - topic.begun_at).total_seconds())
    topic.begun_at = None


def standing(meeting: Meeting, *status: enum.StrEnum) -> Sequence[Topic]:
    """The topics on the agenda of a meeting that stand so."""
    here = select(Topic).where(Topic.meeting_id == meeting.id, Topic.status.in_(status))
    return db.session.scalars(here.order_by(Topic.place, Topic.id)).all()


def write(topic: Topic, kind: LineKind, words: str, owner: Owner | None = None, *, by: Actor) -> MinuteLine:
    """Put a line down under a topic. A decision begins as a proposal, an action stands on `owner`, or nobody yet."""
    meeting = _running(topic, by)
    _fits(kind, words)
    if kind in (LineKind.ACTION, LineKind.DECISION) and not can(by, Can.TAKE_PART, topic.group):
        raise Invalid({"words": "for_members"})
    row = MinuteLine(topic_id=topic.id, kind=kind, author_id=by.person_id, created_at=clock.now())
    if kind is LineKind.ACTION:
        item = carrying.add(topic.group, Wanted(words, owner), by=by)
        item.meeting_id, row.item_id = meeting.id, item.id
    elif kind is LineKind.DECISION:
        row.decision_id = _propose(topic, words, by).id
    else:
        row.words = words
    db.session.add(row)
    write_now(_PUT_DOWN, {"topic": topic.id, "person": by.person_id})
    touch(meeting)
    return row


_PUT_DOWN = Prepared(
    lambda: delete(Typing).where(
        Typing.topic_id == given("topic", Typing.topic_id), Typing.person_id == given("person", Typing.person_id)
    )
)
"""What was typed is put down: it need not be kept beside it."""


def _propose(topic: Topic, statement: str, by: Actor) -> Decision:
    row = Decision(group_id=topic.group_id, statement=statement, created_at=clock.now())
    db.session.add(row)
    db.session.flush()
    history.record("decision", row.id, "propose", by=by, after=row.status)
    return row


def reword(line: MinuteLine, words: str, *, by: Actor, rev: int | None = None) -> None:
    """Change the words of a line. Whoever changed it meanwhile loses nothing: that is a Conflict."""
    meeting = _running(line.topic, by)
    _fits(line.kind, words)
    if rev is not None and line.rev != rev:
        raise Conflict()
    if line.item and line.item_id:
        require(by, Can.TAKE_PART, line.topic.group)
        line.item.title = words
    elif line.decision:
        _refuse_decided(line.decision)
        line.decision.statement = words
    line.words = "" if line.kind in (LineKind.ACTION, LineKind.DECISION) else words
    flag_modified(line, "words")  # a new version, also when the words stand elsewhere
    touch(meeting)


def _refuse_decided(decision: Decision) -> None:
    if decision.status is not DecisionStatus.PROPOSED:
        raise Invalid({"words": "decided_already"})


def words_of(line: MinuteLine) -> str:
    """What a line says, wherever that stands."""
    if line.item:
        return line.item.title
    return line.decision.statement if line.decision else line.words


def take_out(line: MinuteLine, *, by: Actor) -> None:
    """Take a line out. What was decided or taken up already stays: it has a page of its own."""
    meeting = _running(line.topic, by)
    if line.author_id != by.person_id:
        require(by, Can.TAKE_PART, line.topic.group)
    if line.decision and line.decision.status is DecisionStatus.PROPOSED:
        db.session.delete(line.decision)
    db.session.delete(line)
    history.record("topic", line.topic_id, "take_out", by=by, before=line.kind)
    touch(meeting)


def _running(topic: Topic, by: Actor) -> Meeting:
    require(by, Can.WRITE_MINUTES, topic)
    if topic.meeting is None or topic.meeting.status is not MeetingStatus.RUNNING:
        raise Conflict()
    return topic.meeting


def _fits(kind: LineKind, words: str) -> None:
    if not words:
        raise Invalid({"words": "nothing_typed"})
    if len(words) > LONGEST[kind]:
        raise Invalid({"words": f"too_long_{kind}"})


def keep_typing(topic: Topic, words: str, *, by: Actor) -> None:
    """Keep what somebody types before they put it down. The others see that they write, not what. In the group about
    integrity nothing is kept that was not looked at first."""
    meeting = _running(topic, by)
    if topic.group.is_about_integrity:
        return
    if by.person_id is None:
        raise NotAllowed(Can.WRITE_MINUTES)
    row = record.typed(topic.id, by.person_id)
    begins = bool(words) and (row is None or row.at < clock.now() - record.STILL_WRITING)
    if row is None:
        row = Typing(topic_id=topic.id, person_id=by.person_id)
        db.session.add(row)
    row.words, row.at = words[: LONGEST[LineKind.NOTE]], clock.now()
    db.session.flush()
    if begins:
        touch(meeting)


def tick(meeting: Meeting, person_id: uuid.UUID, *, is_present: bool, by: Actor) -> None:
    """Somebody who sits in the group is there, or is not after all."""
    require(by, Can.WRITE_MINUTES, meeting)
    if person_id not in meeting.group.member_ids | meeting.guest_ids:
        raise Invalid({"person": "sits_not_here"})
    attendance_of(meeting, person_id).is_present = is_present
    touch(meeting)


def count_heads(meeting: Meeting, heads: int | None, *, by: Actor) -> None:
    """Say how many are there, for whoever would rather count than tick."""
    require(by, Can.WRITE_MINUTES, meeting)
    meeting.head_count = heads
    touch(meeting)


@forgets
def forget_typing() -> None:
    """What was typed and never put down goes a day after the last letter."""
    db.session.execute(delete(Typing).where(Typing.at < clock.now() - kept_for(Keep.TYPING)))
