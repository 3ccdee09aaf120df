"""Reading the minutes: every line with what became of it, and who is writing at this moment."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, String, Uuid, case, cast, literal_column, null, select

from webapp.accounts.models import Organisation, Person
from webapp.core import audit, clock
from webapp.core.db import AnyRow, AnySelect, db, given, own_transaction, read
from webapp.core.history import History
from webapp.core.numbers import Numbers, ask, packed, unpacked
from webapp.core.statements import prepared
from webapp.groups import guests, owning
from webapp.groups import queries as groups
from webapp.groups.codes import GuestOf, Visibility
from webapp.groups.models import ActionItem, WorkingGroup, confided_here
from webapp.meetings.codes import Coming
from webapp.meetings.lifecycle import MeetingStatus
from webapp.meetings.models import Attendance, Decision, Meeting, MinuteLine, Topic, Typing
from webapp.policy.actor import Actor

MOST_LINES = 600
MOST_WRITING = 60
STILL_WRITING = timedelta(seconds=20)


@prepared
def _lines(*, of_topic: bool) -> AnySelect:
    author, owner = Person.__table__.alias("author"), Person.__table__.alias("owner")
    topic = MinuteLine.topic_id == given("topic", MinuteLine.topic_id)
    return (
        select(
            MinuteLine.id, MinuteLine.topic_id, MinuteLine.kind, MinuteLine.words, MinuteLine.decision_id,
            MinuteLine.item_id, author.c.name.label("author"), Decision.statement,
            Decision.status.label("decision_status"), Decision.way, Decision.objections, Decision.decided_on,
            ActionItem.title, ActionItem.status.label("item_status"), ActionItem.due_on, owner.c.name.label("owner"),
            Organisation.name.label("organisation"), ActionItem.owner_function,
            owning.seat_is_empty().label("seat_is_empty"),
        )
        .join(Topic, Topic.id == MinuteLine.topic_id)
        .outerjoin(author, author.c.id == MinuteLine.author_id)
        .outerjoin(Decision, Decision.id == MinuteLine.decision_id)
        .outerjoin(ActionItem, ActionItem.id == MinuteLine.item_id)
        .outerjoin(owner, owner.c.id == ActionItem.owner_id)
        .outerjoin(Organisation, Organisation.id == ActionItem.owner_organisation_id)
        .where(topic if of_topic else Topic.meeting_id == given("meeting", Topic.meeting_id))
        .order_by(MinuteLine.created_at, MinuteLine.id)
        .limit(MOST_LINES)
    )  # fmt: skip


def lines(meeting_id: uuid.UUID) -> dict[uuid.UUID, list[AnyRow]]:
    """The lines of a meeting under each topic, in the order in which they were written."""
    found: dict[uuid.UUID, list[AnyRow]] = {}
    for row in read(_lines(of_topic=False), {"meeting": meeting_id, "today": clock.today()}):
        found.setdefault(row.topic_id, []).append(row)
    return found


def lines_under(topic_id: uuid.UUID) -> Sequence[AnyRow]:
    """The lines under one topic, in that order."""
    return read(_lines(of_topic=True), {"topic": topic_id, "today": clock.today()})


class Room(NamedTuple):
    """Who is at a meeting, by their ids, and what people type under its topics and did not put down yet."""

    present: frozenset[uuid.UUID]
    writing: Sequence[AnyRow]


@prepared
def _room() -> AnySelect:
    here = given("meeting", Meeting.id)
    types = (
        select(
            Typing.id,
            Typing.person_id,
            Person.name,
            Typing.topic_id,
            confided_here(Typing.words).label("words"),
            Typing.at,
        )
        .join(Topic, Topic.id == Typing.topic_id)
        .join(Person, Person.id == Typing.person_id)
        .where(Topic.meeting_id == here)
        .order_by(Person.name, Typing.id)
        .limit(MOST_WRITING)
    )
    nothing: Any = (cast(null(), Uuid), literal_column("''"), cast(null(), Typing.at.type))
    there = select(Attendance.id, Attendance.person_id, literal_column("''"), *nothing).where(
        Attendance.meeting_id == here, Attendance.is_present
    )
    found = select(types.subquery()).union_all(there).subquery()
    return select(found).order_by(found.c.name, found.c.id)


def room(meeting_id: uuid.UUID) -> Room:
    """Who is at a meeting that goes on, and who types; see `is_writing`. One query."""
    rows = read(_room(), {"meeting": meeting_id})
    there = frozenset(row.person_id for row in rows if row.topic_id is None)
    return Room(there, [row for row in rows if row.topic_id is not None])


def is_writing(row: AnyRow) -> bool:
    """Whether somebody typed a moment ago."""
    return bool(row.words) and row.at > clock.now() - STILL_WRITING


def typed(topic_id: uuid.UUID, person_id: uuid.UUID | None) -> Typing | None:
    """What one person is typing under a topic."""
    return db.session.scalar(select(Typing).where(Typing.topic_id == topic_id, Typing.person_id == person_id))


@dataclass(frozen=True, slots=True)
class Beat:
    """A meeting as far as a live page asks about it again and again: the number, and whether one person may read it.
    Policy finds on it what it finds on a meeting, with that one person alone among the members."""

    pulse: int
    status: MeetingStatus
    visibility: Visibility
    is_about_integrity: bool
    member_ids: frozenset[uuid.UUID]
    guest_ids: frozenset[uuid.UUID]

    @property
    def group(self) -> "Beat":
        """The group that policy asks about."""
        return self

    @property
    def meeting(self) -> "Beat":
        """The meeting that policy asks about."""
        return self


@prepared
def _beat() -> AnySelect:
    return (
        select(
            Meeting.pulse,
            Meeting.status,
            WorkingGroup.visibility,
            WorkingGroup.is_about_integrity,
            groups.mine().label("sits"),
            guests.is_guest(GuestOf.MEETING, Meeting.id).label("is_guest"),
        )
        .join(WorkingGroup, WorkingGroup.id == Meeting.group_id)
        .where(Meeting.id == given("meeting", Meeting.id))
    )


def beat(meeting_id: uuid.UUID, actor: Actor) -> Beat | None:
    """What a live page of somebody asks every three seconds. One query."""
    row = next(iter(read(_beat(), groups.values(actor) | {"meeting": meeting_id})), None)
    if row is None:
        return None
    me = frozenset({actor.person_id} if actor.person_id else ())
    nobody = frozenset[uuid.UUID]()
    members, its_guests = me if row.sits else nobody, me if row.is_guest else nobody
    return Beat(row.pulse, row.status, row.visibility, row.is_about_integrity, members, its_guests)


def note_taken(meeting: Meeting, *, by: Actor) -> None:
    """Write down that somebody takes the minutes of a group about integrity along, or raise Unavailable."""
    if meeting.group.is_about_integrity:
        with own_transaction() as beside:
            audit.write("minutes.download", by=by, thing_id=meeting.id, beside=beside)


ANSWERS, REOPENED = "who comes to a meeting", "when its minutes were opened again"


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody said to an invitation, and whether they were there."""

    name: str
    person_id: uuid.UUID
    coming: Coming | None
    is_present: bool


def beside(meeting_id: uuid.UUID) -> Numbers:
    """Who said whether they come (see `by_name`), and when the minutes were opened again for the last time, if ever: to
    be asked together with the numbers around a page."""
    return Numbers({ANSWERS: _answers(), REOPENED: _reopened()}, {"attended_meeting": meeting_id})


def answers(meeting_id: uuid.UUID) -> list[Answer]:
    """Who said whether they come, and who was there."""
    return by_name(ask(beside(meeting_id))[ANSWERS])


def by_name(found: str | None) -> list[Answer]:
    """Those answers."""
    said = [
        Answer(name, uuid.UUID(key), Coming(coming) if coming else None, bool(present))
        for name, key, coming, present in unpacked(found)
    ]
    return sorted(said, key=lambda one: (one.name, one.person_id))


@cache
def _answers() -> ColumnElement[str]:
    present = case((Attendance.is_present, literal_column("'1'", String)))
    said = select(Person.name, Attendance.person_id, Attendance.coming, present.label("present"))
    return packed(
        said.join(Person, Person.id == Attendance.person_id).where(
            Attendance.meeting_id == given("attended_meeting", Attendance.meeting_id)
        )
    )


@cache
def _reopened() -> ColumnElement[datetime]:
    return (
        select(History.at)
        .where(
            History.thing_id == given("attended_meeting", History.thing_id),
            History.kind == literal_column("'meeting'", String), History.step == literal_column("'reopen'", String),
        )
        .order_by(History.at.desc())
        .limit(literal_column("1"))
        .scalar_subquery()
    )  # fmt: skip
