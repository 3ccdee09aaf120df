"""A year of meetings: in order, on the right evenings, with something to do left over, and without anybody's story."""

from collections import Counter
from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from seeds import load
from seeds.assembling import nearest, when
from seeds.reading import moment, read
from seeds.town import Town
from tests.seeds.conftest import TUESDAY
from webapp.accounts.models import Person
from webapp.core import clock, numbers
from webapp.core.db import db
from webapp.groups import items, queries
from webapp.groups.lifecycle import FOUR_WORDS, ItemStatus
from webapp.groups.models import ActionItem
from webapp.learning.models import SessionAction
from webapp.meetings import agenda, decisions, record
from webapp.meetings import queries as meetings
from webapp.meetings import waiting as invitations
from webapp.meetings.lifecycle import DecisionStatus, MeetingStatus
from webapp.meetings.models import Decision, Meeting
from webapp.vocabulary.care import find
from webapp.vocabulary.days import Weekday

NOON = moment(TUESDAY, time(12))
LINE_KINDS = ("note", "lesson", "action", "decision")


def lines_of(entry: dict[str, Any]) -> list[str]:
    """What the file says that was written down, in order; what only changed an older decision wrote nothing."""
    written = [line for topic in entry["topic"] for line in topic.get("lines", ()) if not line.keys() & {"replace"}]
    return [line[kind] for line in written for kind in LINE_KINDS if kind in line]


def test_every_group_met_as_often_as_it_says(town: Town) -> None:
    met = Counter(map(tuple, db.session.execute(select(Meeting.group_id, Meeting.status))))
    by_status = {key: {status: met[group.id, status] for status in MeetingStatus} for key, group in town.groups.items()}
    past = {key: number[MeetingStatus.CLOSED] for key, number in by_status.items()}
    assert past == {"diversiteit": 6, "integriteit": 3, "overleg": 5}
    assert by_status["diversiteit"][MeetingStatus.ANNOUNCED] == by_status["overleg"][MeetingStatus.ANNOUNCED] == 1
    assert by_status["overleg"][MeetingStatus.DRAFT] == 1


def test_the_minutes_say_what_the_file_says_in_that_order(town: Town) -> None:
    rhythms = {entry["key"]: entry["meets"] for entry in read("groups")}
    rows = {(row.group_id, row.starts_at): row for row in db.session.scalars(select(Meeting))}
    for entry in (entry for entry in read("meetings") if entry["on"] < 0):
        starts_at = when(town, entry, rhythms[entry["group"]]).starts_at
        row = rows[town.groups[entry["group"]].id, starts_at]
        written = [line for topic in meetings.agenda(row.id) for line in record.lines(row.id).get(topic.id, ())]
        assert [line.words or line.statement or line.title for line in written] == lines_of(entry)
        there = [one.name for one in record.answers(row.id) if one.is_present]
        assert len(there) == len(entry["there"])
        assert row.closed_at
        assert row.summary


def test_actions_stand_everywhere_and_some_on_nobody(town: Town) -> None:
    born_in_groups = select(ActionItem).where(ActionItem.plan_id.is_(None))
    assert {item.status for item in db.session.scalars(born_in_groups)} == set(FOUR_WORDS)
    open_ones = born_in_groups.where(ActionItem.status != ItemStatus.DONE)
    left = db.session.scalars(open_ones).all()
    assert any(item.owner_organisation_id is None for item in left)
    assert any(item.carried >= 2 for item in left), "one was taken along to two meetings"
    learned = set(db.session.scalars(select(SessionAction.item_id)))
    assert all(item.meeting_id or item.id in learned for item in left), "each began in a meeting or a learning session"


def test_what_was_decided_holds_or_says_what_became_of_it(town: Town) -> None:
    found = Counter(db.session.scalars(select(Decision.status)))
    assert found[DecisionStatus.IN_FORCE] > 15
    assert found[DecisionStatus.REPLACED] == found[DecisionStatus.ENDED] == 1
    held = db.session.scalars(select(Decision).where(Decision.status == DecisionStatus.IN_FORCE)).all()
    assert any(one.objections for one in held)
    assert any(one.review_on and one.review_on > TUESDAY for one in held)
    (older,) = decisions.past(town.groups["diversiteit"])[-1:]
    assert older.replaced_by_id in {one.id for one in held}


def test_what_it_is_time_to_look_back_at_waits_once(town: Town) -> None:
    with clock.at(NOON):
        waiting = meetings.inbox(town.groups["diversiteit"])
        agenda.bring_reviews()
        assert len(meetings.inbox(town.groups["diversiteit"])) == len(waiting)
    (due,) = (row for row in waiting if row.decision_id)
    review_on = db.session.scalar(select(Decision.review_on).where(Decision.id == due.decision_id))
    assert review_on == clock.local(due.created_at).date() < TUESDAY
    assert len(waiting) > 2
    assert meetings.unfinished(town.groups["diversiteit"])


def test_the_first_page_of_the_demo_stays_short(town: Town) -> None:
    with clock.at(NOON):
        names = {person_id: key for key, person_id in town.people.items()}
        demo = db.session.scalars(select(Person.id).where(Person.email.in_(load.demo_people().values()))).all()
        waiting = {}
        for who in (names[one] for one in demo):
            actor = town.actor(who)
            asked = invitations.waiting(numbers.ask(invitations.any_waiting(actor))[invitations.WAITING])
            waiting[who] = len([*asked, *items.pressing(actor), *items.to_answer(actor)])
    assert waiting["noor"] == 1, "noor is asked whether she comes"
    assert max(waiting.values()) <= 2


def test_nobody_is_named_where_integrity_is_talked_about(town: Town) -> None:
    first_names = {entry["name"].split()[0] for entry in read("people")}
    for entry in (entry for entry in read("meetings") if entry["group"] == "integriteit"):
        said = [entry.get("summary", ""), *lines_of(entry), *(topic.get("title", "") for topic in entry["topic"])]
        said += [line.get("objection", "") for topic in entry["topic"] for line in topic.get("lines", ())]
        assert [finding for words in said for finding in find(words)] == []
        assert [name for name in first_names for words in said if name in words] == []


def test_who_speaks_sits_there(town: Town) -> None:
    members = {entry["key"]: {seat["who"] for seat in entry["members"]} for entry in read("groups")}
    keys = {entry["name"].split()[0]: entry["key"] for entry in read("people")}
    for entry in read("meetings"):
        before = {keys[words.split(":")[0]] for words in lines_of(entry) if words.split(":")[0] in keys}
        assert before <= {*entry.get("there", ())}
        bringing = {topic["who"] for topic in entry["topic"] if "who" in topic}
        coming = {who for answer in ("there", "yes", "maybe", "no") for who in entry.get(answer, ())}
        assert bringing | coming | {entry.get("by", "tine")} <= members[entry["group"]]
    for group in town.groups.values():
        with clock.at(NOON):
            assert queries.with_members(group).member_ids


@pytest.mark.parametrize("today", [TUESDAY + timedelta(days=days) for days in range(7)], ids=str)
def test_no_group_meets_twice_at_once_and_what_follows_follows(today: date) -> None:
    town = Town(today)
    rhythms = {entry["key"]: entry["meets"] for entry in read("groups")}
    ends: dict[str, Any] = {}
    planned = (entry for entry in read("meetings") if "place" in entry)
    for entry in sorted(planned, key=lambda entry: entry["on"]):
        group, moment_of = entry["group"], when(town, entry, rhythms[entry["group"]])
        assert group not in ends or ends[group] < moment_of.starts_at
        ends[group] = moment_of.ends_at
        assert (moment_of.ends_at < moment(today, time())) == (entry["on"] < 0)
        for line in (line for topic in entry["topic"] for line in topic.get("lines", ())):
            days = [move["on"] for move in line.get("moves", ())]
            assert all(moment_of.starts_at.date() < town.day(day) < today for day in days)
            assert days == sorted(days)


@pytest.mark.parametrize(
    ("day", "back", "expected"),
    [(24, True, 19), (26, True, 26), (24, False, 26), (26, False, 26), (27, False, 33)],
)
def test_a_group_meets_on_its_day_of_the_week(day: int, expected: int, *, back: bool) -> None:
    first = date(2026, 11, 1)
    found = nearest(first + timedelta(days=day - 1), Weekday("thu"), back=back)
    assert (found - first).days + 1 == expected
