"""Working groups by the number, with everything that years of meetings leave behind: agendas, minutes, who was there,
what was decided and what was taken up.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from seeds.generated import Generated, Row, Size
from seeds.reading import moment
from webapp.core.db import Base
from webapp.groups.codes import GroupRole, Visibility
from webapp.groups.lifecycle import ItemStatus
from webapp.groups.models import ActionItem, Membership, WorkingGroup
from webapp.meetings.codes import Coming, DecidedBy, LineKind, Told, Wish
from webapp.meetings.lifecycle import DecisionStatus, MeetingStatus, TopicStatus
from webapp.meetings.models import Attendance, Decision, Meeting, MinuteLine, Topic

Rows = Iterator[tuple[type[Base], Row]]

M = MeetingStatus
SEATS = 12
RHYTHM = timedelta(days=7)
BEGINS, ENDS = time(19, 30), time(21)
LATEST = (M.CLOSED, M.RUNNING, M.ANNOUNCED)
"""How the last meetings of a group stand; all before them are closed."""
ALWAYS = (LineKind.NOTE, LineKind.NOTE)
OFTEN = (LineKind.DECISION, LineKind.ACTION, LineKind.LESSON, LineKind.ACTION)
STILL_OPEN = 40
"""Of so many actions one is still open, and of so many decisions one was ended."""


@dataclass(frozen=True, slots=True)
class Seats:
    """A group, and the people and organisations that sit in it."""

    group_id: uuid.UUID
    people: list[tuple[uuid.UUID, uuid.UUID]]


def groups(town: Generated, size: Size) -> Rows:
    """So many groups, each with so many meetings of so many topics."""
    for number in range(size.groups):
        people = town.chance.sample(town.guides, min(SEATS, len(town.guides)))
        here = Seats(town.new_id(), people)
        yield from _group(town, here, number)
        for nth in range(size.meetings):
            yield from _meeting(town, here, nth, size)


def _group(town: Generated, here: Seats, number: int) -> Rows:
    group = {
        "id": here.group_id,
        "name": f"Werkgroep {number + 1}",
        "purpose": "Samen kijken wat we kunnen doen, met kleine stappen die een ploeg aankan.",
        "rhythm": "Elke week",
        "icon": "users",
        "visibility": Visibility.OPEN,
        "created_at": town.moment(-800, -700),
        "version": 1,
    }
    yield WorkingGroup, group
    for nth, (person_id, organisation_id) in enumerate(here.people):
        seat = {"id": town.new_id(), "group_id": here.group_id, "person_id": person_id, "ends_on": None}
        role = GroupRole.MEMBER if nth else GroupRole.CHAIR
        yield Membership, seat | {"organisation_id": organisation_id, "role": role, "begins_on": town.day(-690, -600)}


def _meeting(town: Generated, here: Seats, nth: int, size: Size) -> Rows:
    behind = size.meetings - nth
    status = LATEST[-behind] if behind <= len(LATEST) else M.CLOSED
    starts_at = moment(town.today - RHYTHM * (behind - 2), BEGINS)
    ends_at = moment(town.today - RHYTHM * (behind - 2), ENDS)
    meeting = {
        "id": town.new_id(),
        "group_id": here.group_id,
        "code": f"{town.chance.getrandbits(40):010x}",
        "title": "",
        "starts_at": starts_at,
        "ends_at": ends_at,
        "place": "Jeugddienst, aan de grote tafel",
        "link": "",
        "status": status,
        "told": Told.MEMBERS,
        "sequence": 0,
        "announced_at": starts_at - 2 * RHYTHM,
        "opened_at": None if status is M.ANNOUNCED else starts_at,
        "closed_at": ends_at if status is M.CLOSED else None,
        "summary": "We spraken af wat we eerst doen, en wie het doet." if status is M.CLOSED else "",
        "pulse": 1,
        "created_at": starts_at - 2 * RHYTHM,
        "version": 1,
    }
    yield Meeting, meeting
    for person_id, _organisation_id in here.people:
        said = {"id": town.new_id(), "meeting_id": meeting["id"], "person_id": person_id, "coming": Coming.YES}
        yield Attendance, said | {"is_present": status is not M.ANNOUNCED}
    for place in range(size.topics):
        yield from _topic(town, here, meeting, place)


def _topic(town: Generated, here: Seats, meeting: Row, place: int) -> Rows:
    person_id, _organisation_id = town.chance.choice(here.people)
    standing = {M.CLOSED: TopicStatus.FINISHED, M.RUNNING: TopicStatus.FINISHED if place else TopicStatus.RUNNING}
    topic = {
        "id": town.new_id(),
        "group_id": here.group_id,
        "meeting_id": meeting["id"],
        "place": place,
        "title": f"Punt {place + 1}: wat liep goed, en wat kan beter?",
        "wish": town.chance.choice(list(Wish)),
        "minutes": 10,
        "brought_by_id": person_id,
        "status": standing.get(meeting["status"], TopicStatus.WAITING),
        "begun_at": meeting["starts_at"] if meeting["status"] is M.RUNNING and not place else None,
        "spent": 0 if meeting["status"] is M.ANNOUNCED else town.chance.randint(120, 900),
        "created_at": meeting["created_at"],
        "version": 1,
    }
    yield Topic, topic
    if meeting["status"] is not M.ANNOUNCED:
        for number, kind in enumerate((*ALWAYS, OFTEN[place % len(OFTEN)])):
            written_at = meeting["starts_at"] + timedelta(minutes=4 * place + number)
            yield from _line(town, here, topic, kind, written_at)


def _line(town: Generated, here: Seats, topic: Row, kind: LineKind, at: datetime) -> Rows:
    line = {
        "id": town.new_id(),
        "topic_id": topic["id"],
        "kind": kind,
        "words": "Dat proberen we de volgende keer zo, en we kijken samen hoe het liep.",
        "author_id": topic["brought_by_id"],
        "decision_id": None,
        "item_id": None,
        "created_at": at,
        "rev": 1,
    }
    if kind is LineKind.DECISION:
        decision = _decision(town, here, at)
        yield Decision, decision
        line |= {"words": "", "decision_id": decision["id"]}
    if kind is LineKind.ACTION:
        item = _item(town, here, topic, at)
        yield ActionItem, item
        line |= {"words": "", "item_id": item["id"]}
    yield MinuteLine, line


def _decision(town: Generated, here: Seats, at: datetime) -> Row:
    ended = town.chance.randrange(STILL_OPEN) == 0
    return {
        "id": town.new_id(),
        "group_id": here.group_id,
        "statement": "We zetten het overal op één lijn, zodat niemand moet zoeken.",
        "status": DecisionStatus.ENDED if ended else DecisionStatus.IN_FORCE,
        "way": town.chance.choice(list(DecidedBy)),
        "objections": "",
        "decided_on": at.date(),
        "review_on": None,
        "created_at": at,
        "version": 1,
    }


def _item(town: Generated, here: Seats, topic: Row, at: datetime) -> Row:
    person_id, organisation_id = town.chance.choice(here.people)
    status = town.chance.choice(list(ItemStatus)) if town.chance.randrange(STILL_OPEN) == 0 else ItemStatus.DONE
    moved_at = at + timedelta(days=5)
    return {
        "id": town.new_id(),
        "group_id": here.group_id,
        "title": "De brief in gewone taal rondsturen",
        "status": status,
        "owner_organisation_id": organisation_id,
        "owner_function": None,
        "owner_id": person_id,
        "due_on": (at + timedelta(days=20)).date(),
        "created_at": at,
        "moved_at": moved_at,
        "done_at": moved_at if status is ItemStatus.DONE else None,
        "meeting_id": topic["meeting_id"],
        "carried": 0,
        "version": 1,
    }
