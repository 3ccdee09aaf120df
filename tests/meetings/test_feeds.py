"""My calendar, and the links by which other calendars follow it: revocable, of one person, and silent about secrets."""

import re
import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Any

import icalendar
import pytest
from sqlalchemy import delete, select, update

from tests.groups import makers as groups
from tests.meetings import makers
from tests.people import Cast
from tests.support.browse import Browse, Page
from tests.support.rows import all_stored, changed
from webapp.accounts.models import Function, Person
from webapp.core import clock, links
from webapp.core.db import db
from webapp.core.links import Link, Purpose
from webapp.groups import actions as groups_actions
from webapp.groups.codes import GuestOf, Visibility
from webapp.groups.hosting import begin
from webapp.groups.models import Membership
from webapp.meetings import actions, feeding, queries
from webapp.meetings.codes import Told
from webapp.meetings.models import Meeting
from webapp.policy.rules import NotAllowed

LINK = re.compile(r"https://brug\.test(/kalender/\S+?)[\"<]")
CANARY = "Kanariezaal"


def meeting(cast: Cast, visibility: Visibility = Visibility.OPEN, name: str = "Werkgroep Welkom") -> Meeting:
    """A meeting of a group that is announced."""
    group = groups.group(cast, visibility, name)
    made = actions.plan(group, replace(makers.soon(), title="Startdag", place=CANARY), by=cast.actor("hilde"))
    actions.announce(made, Told.MEMBERS, by=cast.actor("noor"))
    db.session.commit()
    return made


def feed(cast: Cast, who: str = "hilde", of: uuid.UUID | None = None) -> str:
    """The path of a feed of somebody."""
    token = feeding.renew(of or cast.people[who], by=cast.actor(who))
    db.session.commit()
    return f"/kalender/{token}"


def events(page: Page) -> list[Any]:
    """What a calendar reads in a feed."""
    assert page.status == 200
    return list(icalendar.Calendar.from_ical(page.text).walk("VEVENT"))


def test_a_link_is_made_shown_once_and_followed(browse: Browse, cast: Cast) -> None:
    meeting(cast)
    hilde = browse("hilde")
    page = hilde.get("/mijn-agenda")
    assert page.says("Werkgroep Welkom: Startdag", "Nog geen enkele kalender volgt dit.")
    shown = hilde.follow(hilde.submit(page, "/mijn-agenda/link"))
    found = LINK.search(shown.text)
    assert found
    again = hilde.get("/mijn-agenda")
    assert not LINK.search(again.text)
    assert again.says("Je kalender volgt dit sinds")
    answer = browse("guest").get(found[1])
    assert answer.response.content_type == "text/calendar; charset=utf-8"
    [event] = events(answer)
    assert str(event["SUMMARY"]) == "Werkgroep Welkom: Startdag"
    assert str(event["LOCATION"]) == CANARY
    assert "METHOD:PUBLISH" in answer.text


def test_a_new_link_ends_the_old_one_and_stopping_ends_both(browse: Browse, cast: Cast) -> None:
    hilde, guest = browse("hilde"), browse("guest")
    made = [LINK.search(hilde.follow(hilde.submit(hilde.get("/mijn-agenda"), "/mijn-agenda/link")).text)]
    made += [LINK.search(hilde.follow(hilde.submit(hilde.get("/mijn-agenda"), "/mijn-agenda/link")).text)]
    old, new = (found[1] for found in made if found)
    assert [guest.get(old).status, guest.get(new).status] == [404, 200]
    assert hilde.submit(hilde.get("/mijn-agenda"), "/mijn-agenda/link/stoppen").status == 303
    ended, never = guest.get(new), guest.get("/kalender/ag_nothing")
    assert (ended.status, never.status) == (404, 404)
    assert ended.words.split("code")[0] == never.words.split("code")[0]


def test_a_feed_of_one_group(browse: Browse, cast: Cast) -> None:
    one, other = meeting(cast, name="Werkgroep Een"), meeting(cast, name="Werkgroep Twee")
    hilde = browse("hilde")
    page = hilde.get("/mijn-agenda")
    shown = hilde.follow(hilde.post("/mijn-agenda/link", page.form("/mijn-agenda/link") | {"of": str(one.group_id)}))
    found = LINK.search(shown.text)
    assert found
    assert [str(event["UID"]) for event in events(browse("guest").get(found[1]))] == [f"{one.id}@brug"]
    assert {str(event["UID"]) for event in events(browse("guest").get(feed(cast)))} == {
        f"{one.id}@brug",
        f"{other.id}@brug",
    }


@pytest.mark.parametrize("of_group", [True, False], ids=["of the group", "personal"])
@pytest.mark.parametrize("visibility", [Visibility.CONFIDENTIAL, Visibility.OPEN], ids=["confidential", "integrity"])
def test_a_silent_group_is_busy_and_nothing_more(
    browse: Browse, cast: Cast, visibility: Visibility, of_group: bool
) -> None:
    """A confidential group, and one about integrity whoever may read it."""
    made = meeting(cast, visibility, "Lantaarnpaalkanarie")
    if visibility is Visibility.OPEN:
        made.group.is_about_integrity = True
        db.session.commit()
    text = browse("guest").get(feed(cast, of=made.group_id if of_group else None)).text.replace("\r\n ", "")
    assert "SUMMARY:Bezet" in text
    assert "DTEND" in text
    secrets = ("anarie", "Startdag", "LOCATION", "DESCRIPTION", "URL", str(made.group_id))
    assert not [word for word in secrets if word in text]
    assert "X-WR-CALNAME:Brug" in text


def test_what_is_no_meeting_of_theirs_stands_in_no_feed(browse: Browse, cast: Cast) -> None:
    """Drafts, what was called off, and what goes on in groups where one does not sit."""
    makers.draft(cast)
    off = meeting(cast, name="Werkgroep Af")
    actions.call_off(queries.meeting(off.id) or off, by=cast.actor("noor"))
    meeting(cast)
    assert len(events(browse("guest").get(feed(cast)))) == 1
    assert events(browse("guest").get(feed(cast, "jef"))) == []
    with pytest.raises(NotAllowed):
        feed(cast, "jef", off.group_id)
    db.session.rollback()


def test_a_feed_is_refused_for_a_group_that_is_not_theirs(browse: Browse, cast: Cast) -> None:
    secret = meeting(cast, Visibility.CONFIDENTIAL).group_id
    jef = browse("jef")
    form = jef.get("/mijn-agenda").form("/mijn-agenda/link")
    for of in (secret, uuid.uuid4(), cast.hilde):
        for path in ("/mijn-agenda/link", "/mijn-agenda/link/stoppen"):
            assert jef.post(path, form | {"of": str(of)}).status == 404
    db.session.rollback()
    assert db.session.scalars(select(Link).where(Link.purpose == Purpose.FEED)).all() == []


def test_who_leaves_takes_no_feed_along_and_comes_back_to_none(browse: Browse, cast: Cast) -> None:
    group_id = meeting(cast).group_id
    path, others = feed(cast, of=group_id), feed(cast, "bram", group_id)
    own = db.session.scalars(
        select(Membership).where(Membership.group_id == group_id, Membership.person_id == cast.hilde)
    ).one()
    groups_actions.end_membership(own, by=cast.actor("hilde"))
    db.session.commit()
    assert browse("guest").get(path).status == 404
    assert browse("guest").get(others).status == 200
    group = groups.queries.group(group_id)
    assert group
    groups_actions.add_member(group, cast.hilde, cast.lantaarn, by=cast.actor("noor"))
    db.session.commit()
    assert browse("guest").get(path).status == 404


@pytest.mark.parametrize("how", ["last day", "function", "account"])
def test_whoever_sits_there_no_longer_reads_nothing_from_the_next_look(browse: Browse, cast: Cast, how: str) -> None:
    group_id = meeting(cast).group_id
    of_group, personal = feed(cast, of=group_id), feed(cast)
    if how == "last day":
        yesterday = clock.today() - timedelta(days=1)
        here = update(Membership).where(Membership.person_id == cast.hilde, Membership.group_id == group_id)
        db.session.execute(here.values(begins_on=yesterday, ends_on=yesterday))
    elif how == "function":
        db.session.execute(delete(Function).where(Function.person_id == cast.hilde))
    else:
        db.session.get_one(Person, cast.hilde).is_active = False
    db.session.commit()
    guest = browse("guest")
    assert guest.get(of_group).status == 404
    assert guest.get(personal).status == (404 if how == "account" else 200)
    if how != "account":
        assert events(guest.get(personal)) == []


def test_a_guest_of_one_meeting_sees_that_one(browse: Browse, cast: Cast) -> None:
    made, other = meeting(cast, name="Werkgroep Een"), meeting(cast, name="Werkgroep Twee")
    begin(made.group_id, cast.moved, GuestOf.MEETING, made.id, clock.today() + timedelta(days=9), by=cast.actor("noor"))
    db.session.commit()
    found = {str(event["UID"]) for event in events(browse("guest").get(feed(cast, "moved")))}
    assert f"{made.id}@brug" in found
    assert f"{other.id}@brug" not in found


def test_a_feed_is_looked_at_sixty_times_an_hour(browse: Browse, cast: Cast) -> None:
    path, guest = feed(cast), browse("guest")
    answers = [guest.client.get(path, base_url=guest.base_url).status_code for _ in range(61)]
    assert answers == [200] * 60 + [429]
    assert browse("guest").get(feed(cast, "noor")).status == 200


def test_following_a_feed_changes_nothing(browse: Browse, cast: Cast) -> None:
    meeting(cast)
    path = feed(cast)
    before = all_stored(but={"attempts"})
    browse("guest").get(path)
    assert changed(before, all_stored(but={"attempts"})) == []


def test_a_feed_names_no_person(browse: Browse, cast: Cast) -> None:
    """Who carries what, who comes, and addresses of people stay in Brug."""
    meeting(cast)
    text = browse("guest").get(feed(cast)).text
    assert not [word for word in ("Hilde", "Noor", "brug.example", "ATTENDEE", "ORGANIZER") if word in text]


def test_a_token_is_kept_as_a_hash_alone(cast: Cast) -> None:
    token = feed(cast).removeprefix("/kalender/")
    row = links.find(Purpose.FEED, token)
    assert row
    assert token not in str([getattr(row, column.key) for column in Link.__table__.columns])


def test_many_meetings_ask_no_more_of_the_database(browse: Browse, cast: Cast) -> None:
    group = groups.group(cast)
    for number in range(40):
        made = actions.plan(group, makers.soon(number + 1), by=cast.actor("hilde"))
        actions.announce(made, Told.NOBODY, by=cast.actor("noor"))
    db.session.commit()
    assert len(events(browse("guest").get(feed(cast)))) == 40
    assert browse("hilde").get("/mijn-agenda").text.count("/vergaderingen/") == 20
