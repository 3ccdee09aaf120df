"""Guests of one meeting or thread: until a day, of that alone, and a member in one tap."""

import uuid
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from tests.groups.makers import group
from tests.people import Cast
from webapp.core import clock
from webapp.core.db import db
from webapp.core.errors import Invalid
from webapp.groups import actions, guests, hosting, queries
from webapp.groups.codes import GuestOf, Visibility
from webapp.groups.models import Guest, Membership, WorkingGroup
from webapp.policy.in_groups import is_guest_of_it
from webapp.policy.permissions import Can
from webapp.policy.rules import NotAllowed, can

WEEK = timedelta(days=7)
MEETING = uuid.uuid4()


def a_guest(cast: Cast, made: WorkingGroup, who: str = "moved", days: int = 7) -> Guest:
    """Somebody takes part in a meeting; `moved` holds no function anywhere."""
    until = clock.today() + timedelta(days=days)
    return hosting.begin(made.id, cast.people[who], GuestOf.MEETING, MEETING, until, by=cast.actor("noor"))


def meeting(made: WorkingGroup) -> Any:
    """What policy sees of the meeting."""
    return SimpleNamespace(group=made, guest_ids=guests.ids_of(MEETING))


def test_a_guest_has_the_one_thing_and_nothing_of_the_group(cast: Cast) -> None:
    made = group(cast, Visibility.CONFIDENTIAL)
    a_guest(cast, made)
    moved = cast.actor("moved")
    assert is_guest_of_it(moved, meeting(made))
    assert not is_guest_of_it(cast.actor("jef"), meeting(made))
    assert not is_guest_of_it(cast.actor("guest"), meeting(made))
    assert guests.ids_of(uuid.uuid4()) == frozenset()
    in_group = (Can.SEE_GROUP, Can.READ_GROUP, Can.TAKE_PART, Can.ASK_TO_JOIN, Can.LEAD_GROUP)
    assert [one for one in in_group if can(moved, one, queries.with_members(made))] == []
    assert queries.groups(moved) == []


def test_it_ends_by_itself_and_at_once(cast: Cast) -> None:
    made = group(cast)
    row = a_guest(cast, made)
    with clock.at(clock.now() + WEEK):
        assert guests.ids_of(MEETING) == {cast.moved}
    with clock.at(clock.now() + timedelta(days=8)):
        assert guests.ids_of(MEETING) == frozenset()
        assert row.is_over
    hosting.end(row, by=cast.actor("bram"))
    assert guests.ids_of(MEETING) == frozenset()
    again = a_guest(cast, made)
    assert again.id == row.id
    assert guests.ids_of(MEETING) == {cast.moved}


def test_a_second_invitation_makes_it_no_shorter(cast: Cast) -> None:
    made = group(cast)
    row = a_guest(cast, made, days=20)
    a_guest(cast, made, days=3)
    assert row.ends_on == clock.today() + timedelta(days=20)
    hosting.prolong(row, clock.today() + timedelta(days=2), by=cast.actor("noor"))
    assert row.ends_on == clock.today() + timedelta(days=2)


@pytest.mark.parametrize(("days", "code"), [(-1, "date_in_past"), (400, "date_too_far")])
def test_a_last_day_that_cannot_be_is_refused(cast: Cast, days: int, code: str) -> None:
    made = group(cast)
    row = a_guest(cast, made)
    with pytest.raises(Invalid) as refused:
        hosting.prolong(row, clock.today() + timedelta(days=days), by=cast.actor("noor"))
    assert refused.value.errors == {"ends_on": code}


def test_only_who_leads_has_guests(cast: Cast) -> None:
    made = group(cast)
    row = a_guest(cast, made)
    hilde = cast.actor("hilde")
    for refused in (lambda: hosting.end(row, by=hilde), lambda: hosting.make_member(row, by=hilde)):
        with pytest.raises(NotAllowed):
            refused()


@pytest.mark.parametrize(("who", "place"), [("moved", None), ("jef", "zilverreiger")])
def test_a_member_in_one_tap(cast: Cast, who: str, place: str | None) -> None:
    """For where they hold a function; whoever holds none sits there in their own name, and takes part as fully."""
    made = group(cast, Visibility.CONFIDENTIAL)
    hosting.make_member(a_guest(cast, made, who), by=cast.actor("noor"))
    assert guests.ids_of(MEETING) == frozenset()
    [seat] = [row for row in made.members if row.person_id == cast.people[who]]
    assert seat.organisation_id == (cast.organisations[place] if place else None)
    actor = cast.actor(who)
    assert can(actor, Can.TAKE_PART, made)
    assert [row.id for row in queries.groups(actor) if row.is_mine] == [made.id]


def test_who_sits_there_in_their_own_name_sees_no_other_group(cast: Cast) -> None:
    own, other = group(cast, name="Eigen"), group(cast, name="Ander")
    actions.add_member(own, cast.moved, None, by=cast.actor("noor"))
    moved = cast.actor("moved")
    assert [row.id for row in queries.groups(moved)] == [own.id]
    assert not can(moved, Can.SEE_GROUP, queries.with_members(other))


def test_lists_find_what_somebody_is_a_guest_of(cast: Cast) -> None:
    made = group(cast)
    a_guest(cast, made)
    wanted = select(WorkingGroup.id).where(guests.is_guest(GuestOf.MEETING, MEETING))
    assert db.session.scalars(wanted, queries.values(cast.actor("moved"))).all()
    assert not db.session.scalars(wanted, queries.values(cast.actor("jef"))).all()
    assert [row.group for row in guests.of_person(cast.moved)] == [made.name]
    assert [row.name for row in guests.of_group(made)] == ["Mo Verhulst"]


def test_it_is_forgotten_a_year_after(cast: Cast) -> None:
    made = group(cast)
    a_guest(cast, made, days=1)
    with clock.at(clock.now() + timedelta(days=366)):
        actions.forget_memberships()
        assert db.session.scalars(select(Guest.id)).all() != []
    with clock.at(clock.now() + timedelta(days=368)):
        actions.forget_memberships()
        assert db.session.scalars(select(Guest.id)).all() == []
        assert db.session.scalars(select(Membership.id)).all() != []
