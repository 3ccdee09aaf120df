"""Invitations by mail: one for each calendar, followed by each change, and gone when a meeting is called off."""

from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import icalendar
import pytest
from sqlalchemy import delete, update

from tests.groups import makers as groups
from tests.meetings import makers
from tests.people import Cast
from webapp.accounts.models import Function
from webapp.core import clock, outbox
from webapp.core.db import db
from webapp.core.outbox import Job
from webapp.groups import actions as group_actions
from webapp.groups import guests, hosting, leaving
from webapp.groups import queries as group_queries
from webapp.groups.codes import GuestOf, Visibility
from webapp.groups.models import Membership
from webapp.meetings import actions, queries
from webapp.meetings.codes import Told
from webapp.meetings.models import Meeting

CANARY = "Kanariezaal"


def planned(cast: Cast, visibility: Visibility = Visibility.OPEN) -> Meeting:
    """A meeting that nobody heard of yet, nor of the group."""
    group = groups.group(cast, visibility, "Lantaarnpaalkanarie")
    made = actions.plan(group, replace(makers.soon(), title="Startdagkanarie", place=CANARY), by=cast.actor("hilde"))
    db.session.commit()
    db.session.execute(delete(Job))
    db.session.commit()
    return made


def again(made: Meeting) -> Meeting:
    found = queries.meeting(made.id)
    assert found
    return found


def announce(cast: Cast, made: Meeting, told: Told = Told.MEMBERS) -> None:
    actions.announce(again(made), told, by=cast.actor("noor"))
    deliver()


def deliver(later: timedelta = timedelta()) -> None:
    db.session.commit()
    with clock.at(clock.now() + later):
        actions.tell_changes()
        db.session.commit()
        while outbox.run_due("test"):
            pass
    db.session.rollback()


def invitation(message: EmailMessage) -> tuple[str, Any]:
    """What a mail asks of a calendar: the method, and the one event."""
    [part] = [one for one in message.walk() if one.get_content_type() == "text/calendar"]
    file = icalendar.Calendar.from_ical(part.get_content())
    [event] = file.walk("VEVENT")
    assert part.get_param("method") == file["METHOD"]
    return str(file["METHOD"]), event


def of(mailed: list[EmailMessage], who: str) -> list[EmailMessage]:
    return [one for one in mailed if f"{who}@brug.example" in str(one["To"])]


def test_each_member_gets_an_invitation_of_their_own(cast: Cast, mailed: list[EmailMessage]) -> None:
    made = planned(cast)
    announce(cast, made)
    assert sorted(str(one["To"]).split("@")[0].split("<")[-1] for one in mailed) == ["bram", "hilde", "noor"]
    [hers] = of(mailed, "hilde")
    method, event = invitation(hers)
    assert method == "REQUEST"
    assert str(event["ATTENDEE"]) == "mailto:hilde@brug.example"
    assert event["ATTENDEE"].params["CN"] == "Hilde Maes"
    assert event["ATTENDEE"].params["RSVP"] == "FALSE"
    assert str(event["ORGANIZER"]) == "mailto:hallo@brug.example"
    assert str(event["UID"]) == f"{made.id}@brug"
    assert event["SEQUENCE"] == 0
    assert event.decoded("DTSTART") == made.starts_at.replace(microsecond=0)
    assert "Lantaarnpaalkanarie" in str(hers["Subject"])
    assert "bram" not in hers.as_string()


def test_changes_of_a_quarter_are_one_mail_with_a_higher_number(cast: Cast, mailed: list[EmailMessage]) -> None:
    made = planned(cast)
    announce(cast, made)
    for place in ("Zaal Een", "Zaal Twee"):
        row = again(made)
        moment = actions.Moment(row.starts_at + timedelta(days=1), row.ends_at + timedelta(days=1), place)
        actions.change(row, moment, by=cast.actor("bram"))
        deliver()
    assert len(of(mailed, "hilde")) == 1
    deliver(timedelta(minutes=16))
    deliver(timedelta(minutes=40))
    assert len(of(mailed, "hilde")) == 2
    method, event = invitation(of(mailed, "hilde")[-1])
    assert (method, event["SEQUENCE"], str(event["LOCATION"])) == ("REQUEST", 1, "Zaal Twee")
    assert str(event["UID"]) == f"{made.id}@brug"


def test_called_off_leaves_the_calendar(cast: Cast, mailed: list[EmailMessage]) -> None:
    made = planned(cast)
    announce(cast, made)
    actions.call_off(again(made), by=cast.actor("noor"))
    deliver()
    method, event = invitation(of(mailed, "hilde")[-1])
    assert (method, event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)


def test_called_off_before_the_mail_left_invites_nobody(cast: Cast, mailed: list[EmailMessage]) -> None:
    made = planned(cast)
    actions.announce(again(made), Told.MEMBERS, by=cast.actor("noor"))
    actions.call_off(again(made), by=cast.actor("noor"))
    deliver()
    assert {invitation(one)[0] for one in mailed} == {"CANCEL"}


def test_a_draft_is_silent_and_so_is_nobody(cast: Cast, mailed: list[EmailMessage]) -> None:
    made = planned(cast)
    actions.change(again(made), makers.soon(9), by=cast.actor("hilde"))
    deliver(timedelta(hours=1))
    announce(cast, made, Told.NOBODY)
    actions.change(again(made), makers.soon(10), by=cast.actor("hilde"))
    deliver(timedelta(hours=1))
    assert mailed == []


@pytest.mark.parametrize("step", ["announced", "changed", "called off", "left"])
def test_of_a_confidential_group_a_mail_says_when_and_nothing_else(
    cast: Cast, mailed: list[EmailMessage], step: str
) -> None:
    made = planned(cast, Visibility.CONFIDENTIAL)
    announce(cast, made)
    if step == "changed":
        row = again(made)
        actions.change(row, replace(makers.soon(9), place=CANARY, title="Kanarie"), by=cast.actor("noor"))
        deliver(timedelta(minutes=16))
    elif step == "called off":
        actions.call_off(again(made), by=cast.actor("noor"))
        deliver()
    elif step == "left":
        leave(cast, made, "hilde", "hilde")
    for message in mailed:
        parts = [str(one.get_content()) for one in message.walk() if one.get_content_maintype() == "text"]
        everything = "\n".join([*(f"{name}: {value}" for name, value in message.items()), *parts])
        assert "anarie" not in everything.replace("\r\n ", "")
        assert str(invitation(message)[1]["SUMMARY"]) == "Bezet"
        assert "2026" not in str(message["Subject"])


def test_who_left_meanwhile_is_not_invited(cast: Cast, mailed: list[EmailMessage]) -> None:
    made = planned(cast)
    actions.announce(again(made), Told.MEMBERS, by=cast.actor("noor"))
    db.session.execute(delete(Function).where(Function.person_id == cast.hilde))
    deliver()
    assert of(mailed, "hilde") == []


def test_whoever_announced_it_follows_it_in_their_own_calendar(cast: Cast, mailed: list[EmailMessage]) -> None:
    made = planned(cast)
    announce(cast, made)
    actions.call_off(again(made), by=cast.actor("noor"))
    deliver()
    assert [invitation(one)[0] for one in of(mailed, "noor")] == ["REQUEST", "CANCEL"]


def leave(cast: Cast, made: Meeting, who: str, by: str) -> None:
    group = again(made).group
    own = next(row.id for row in group.members if row.person_id == cast.people[who])
    group_actions.end_membership(group_queries.membership(own) or pytest.fail("gone"), by=cast.actor(by))
    deliver()


@pytest.mark.parametrize("by", ["hilde", "noor"])
def test_whoever_leaves_finds_it_in_their_calendar_no_longer(cast: Cast, mailed: list[EmailMessage], by: str) -> None:
    made = planned(cast)
    announce(cast, made)
    leave(cast, made, "hilde", by)
    gone = [one for one in of(mailed, "hilde") if "text/calendar" in one.as_string()]
    assert len(gone) == 2
    method, event = invitation(gone[-1])
    assert (method, event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)
    assert str(event["UID"]) == f"{made.id}@brug"
    assert str(event["ATTENDEE"]) == "mailto:hilde@brug.example"
    actions.call_off(again(made), by=cast.actor("noor"))
    mailed.clear()
    deliver()
    assert of(mailed, "hilde") == []


@pytest.mark.parametrize("end", ["function", "seat", "guest"])
def test_when_a_last_day_has_passed_it_leaves_their_calendar_too(
    cast: Cast, mailed: list[EmailMessage], end: str
) -> None:
    made, today = planned(cast), clock.today()
    group, who = again(made).group, "jef" if end == "guest" else "hilde"
    if end == "guest":
        until = today + timedelta(days=30)
        place = hosting.begin(group.id, cast.jef, GuestOf.MEETING, made.id, until, by=cast.actor("noor"))
    announce(cast, made, Told.GUESTS_TOO)
    if end == "guest":
        hosting.prolong(guests.guest(place.id) or place, today, by=cast.actor("noor"))
    elif end == "seat":
        own = next(row.id for row in group.members if row.person_id == cast.hilde)
        db.session.get_one(Membership, own).ends_on = today
    else:
        db.session.execute(update(Function).where(Function.person_id == cast.hilde).values(ends_on=today))
    mailed.clear()
    for day in (0, 1, 1, 2):
        db.session.commit()
        with clock.at(clock.now() + timedelta(days=day)):
            leaving.tell_whose_day_has_passed()
        deliver(timedelta(days=day))
        assert [invitation(one)[0] for one in of(mailed, who)] == (["CANCEL"] if day else [])
    assert {str(one["To"]) for one in mailed} == {str(one["To"]) for one in of(mailed, who)}


def test_whoever_leaves_before_anybody_heard_hears_nothing(cast: Cast, mailed: list[EmailMessage]) -> None:
    made = planned(cast)
    leave(cast, made, "hilde", "hilde")
    announce(cast, made)
    assert of(mailed, "hilde") == []


def test_a_guest_who_becomes_a_member_keeps_it_and_one_who_goes_does_not(
    cast: Cast, mailed: list[EmailMessage]
) -> None:
    made = planned(cast)
    until = clock.today() + timedelta(days=30)
    places = [
        hosting.begin(again(made).group.id, cast.people[who], GuestOf.MEETING, made.id, until, by=cast.actor("noor")).id
        for who in ("jef", "moved")
    ]
    announce(cast, made, Told.GUESTS_TOO)
    mailed.clear()
    jef, moved = (guests.guest(one) or pytest.fail("gone") for one in places)
    hosting.make_member(jef, by=cast.actor("noor"))
    hosting.end(moved, by=cast.actor("noor"))
    deliver()
    assert not [one for one in of(mailed, "jef") if "text/calendar" in one.as_string()]
    assert invitation(of(mailed, "moved")[0])[0] == "CANCEL"


def test_what_was_typed_reaches_calendars_as_it_was(cast: Cast, mailed: list[EmailMessage]) -> None:
    made = planned(cast)
    typed = 'Soep; brood, "kaas" \\ en\\n END:VEVENT'
    actions.change(again(made), replace(makers.soon(), title=typed, place=typed), by=cast.actor("hilde"))
    announce(cast, made)
    _method, event = invitation(of(mailed, "hilde")[0])
    assert str(event["LOCATION"]) == typed
    assert str(event["SUMMARY"]).endswith(typed)
