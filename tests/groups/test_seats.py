"""An action on a seat: whoever holds it today carries it, it goes along when that changes hands, and is never lost."""

import uuid
from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import select, update

from tests.groups.reminded import DUE, again, at, carried, link_in, sweep
from tests.groups.test_doing import taken_up
from tests.people import Cast
from tests.referrals.steps import notices
from tests.support.browse import Browse
from tests.support.mails import receivers
from webapp.accounts.models import Function
from webapp.core import clock
from webapp.core.db import db
from webapp.groups import actions, carrying, items, queries
from webapp.groups.carrying import Wanted
from webapp.groups.codes import Visibility
from webapp.groups.models import Membership
from webapp.groups.owning import Owner
from webapp.vocabulary.functions import FunctionKind

YESTERDAY = timedelta(days=1)


def seat(cast: Cast, place: str = "lantaarn") -> Owner:
    kind = FunctionKind.REFERRAL_CONTACT if place == "lantaarn" else FunctionKind.CONTACT_POINT
    return Owner(cast.organisations[place], function=kind)


def empty(cast: Cast, who: str, at: str) -> None:
    """Somebody holds no function there any more since yesterday."""
    theirs = (Function.person_id == cast.people[who], Function.organisation_id == cast.organisations[at])
    db.session.execute(update(Function).where(*theirs).values(ends_on=clock.today() - YESTERDAY))
    db.session.commit()


def hold(cast: Cast, who: str, at: str, kind: FunctionKind) -> None:
    row = Function(person_id=cast.people[who], organisation_id=cast.organisations[at], kind=kind)
    row.begins_on = clock.today()
    db.session.add(row)
    db.session.commit()


@pytest.mark.parametrize("visibility", [Visibility.OPEN, Visibility.MEMBERS])
def test_who_holds_the_seat_carries_it_without_sitting_in_the_group(
    browse: Browse, cast: Cast, visibility: Visibility
) -> None:
    item_id = taken_up(cast, seat(cast), visibility=visibility)
    assert "action_given" in notices(cast, "lena")
    lena, done = browse("lena"), f"/werkgroepen/acties/{item_id}/klaar"
    assert lena.get("/").says("Soep maken", "Werkgroep Welkom")
    assert not browse("hilde").get("/").says("Soep maken")
    page = lena.get(f"/werkgroepen/acties/{item_id}")
    assert page.says("De Lantaarn · contact voor toeleidingen", "Hoe ver staat het?")
    assert lena.get(f"/werkgroepen/{again(item_id).group_id}/acties").status == (200 if visibility == "open" else 403)
    assert lena.post(done, lena.get("/").form(done)).status == 303
    assert again(item_id).done_at is not None


def test_of_a_confidential_group_only_who_sits_there_carries_by_a_seat(browse: Browse, cast: Cast) -> None:
    item_id = taken_up(cast, seat(cast, "zilverreiger"), visibility=Visibility.CONFIDENTIAL)
    hold(cast, "jef", "zilverreiger", FunctionKind.CONTACT_POINT)
    assert again(item_id).carrier_ids == {cast.noor}
    assert not browse("jef").get("/").says("Soep maken", "Werkgroep Welkom")
    assert browse("jef").get(f"/werkgroepen/acties/{item_id}").status == 404
    offers = browse("noor").get(f"/werkgroepen/{again(item_id).group_id}/acties")
    assert "De Lantaarn · contact voor toeleidingen" not in offers.text


def test_when_the_seat_changes_hands_the_action_goes_along(browse: Browse, cast: Cast) -> None:
    item_id = taken_up(cast, seat(cast))
    empty(cast, "lena", "lantaarn")
    assert browse("noor").get(f"/werkgroepen/{again(item_id).group_id}/acties").says("op dit moment niemand")
    assert browse("noor").get(f"/werkgroepen/acties/{item_id}").says("Niemand heeft deze functie op dit moment")
    assert browse("hilde").get("/").says("Soep maken")
    hold(cast, "pieter", "lantaarn", FunctionKind.REFERRAL_CONTACT)
    assert browse("pieter").get("/").says("Soep maken")
    assert not browse("hilde").get("/").says("Soep maken")
    assert not browse("noor").get(f"/werkgroepen/acties/{item_id}").says("Niemand heeft deze functie")


def test_who_sits_in_another_group_alone_does_not_hold_a_seat_in_a_confidential_one(browse: Browse, cast: Cast) -> None:
    item_id = taken_up(cast, seat(cast, "zilverreiger"), visibility=Visibility.CONFIDENTIAL)
    made = again(item_id).group
    actions.add_member(made, cast.jef, cast.zilverreiger, by=cast.actor("noor"))
    own = next(row.id for row in made.members if row.person_id == cast.noor)
    actions.end_membership(db.session.get_one(Membership, own), by=cast.actor("noor"))
    db.session.commit()
    taken_up(cast, Owner(cast.zilverreiger, cast.noor))
    assert again(item_id).carrier_ids == {cast.jef}
    assert browse("jef").get("/").says("Soep maken")
    assert browse("bram").get(f"/werkgroepen/acties/{item_id}").says("Niemand heeft deze functie op dit moment")
    assert browse("bram").get(f"/werkgroepen/{made.id}/acties").says("op dit moment niemand")


@pytest.mark.parametrize("of_seat", [True, False])
def test_what_nobody_of_an_organisation_carries_any_more_comes_to_who_leads(
    browse: Browse, cast: Cast, of_seat: bool
) -> None:
    item_id = taken_up(cast, seat(cast) if of_seat else Owner(cast.lantaarn))
    for who in ("hilde", "lena"):
        empty(cast, who, "lantaarn")
    assert again(item_id).carrier_ids == {cast.noor, cast.bram}
    assert browse("noor").get("/").says("Soep maken")


def test_what_somebody_left_behind_shows_for_who_sits_there_for_the_same_organisation(
    browse: Browse, cast: Cast
) -> None:
    item_id = taken_up(cast, Owner(cast.halvenoot, cast.bram))
    actions.add_member(again(item_id).group, cast.yara, cast.halvenoot, by=cast.actor("noor"))
    db.session.commit()
    assert not browse("yara").get("/").says("Soep maken")
    empty(cast, "bram", "halvenoot")
    assert browse("yara").get("/").says("Soep maken")


def test_changing_the_words_keeps_an_owner_who_is_offered_no_more(browse: Browse, cast: Cast) -> None:
    item_id = taken_up(cast, seat(cast))
    empty(cast, "lena", "lantaarn")
    noor, path = browse("noor"), f"/werkgroepen/acties/{item_id}"
    form = noor.get(path).form(f"{path}/bewerken")
    assert noor.post(f"{path}/bewerken", form | {"title": "Soep en brood"}).status == 303
    kept = again(item_id)
    assert (kept.title, kept.owner_function) == ("Soep en brood", FunctionKind.REFERRAL_CONTACT)


def test_a_reminder_reaches_who_holds_the_seat_and_answers_from_the_mail(
    browse: Browse, cast: Cast, mailed: list[EmailMessage]
) -> None:
    item_id = carried(cast, seat(cast), visibility=Visibility.MEMBERS)
    sweep(DUE)
    assert receivers(mailed) == ["lena"]
    with clock.at(at(DUE)):
        guest = browse("guest")
        assert guest.follow(guest.get(link_in(mailed[0], "klaar"))).says("Soep maken")
        empty(cast, "lena", "lantaarn")
        assert browse("guest").get(link_in(mailed[0], "klaar")).status == 410
    assert again(item_id).done_at is None


def test_who_sits_there_in_their_own_name_carries_something_and_leaves_it_to_the_group(
    browse: Browse, cast: Cast
) -> None:
    item_id = taken_up(cast)
    made = again(item_id).group
    actions.add_member(made, cast.moved, None, by=cast.actor("noor"))
    db.session.commit()
    mo = Owner(person_id=cast.moved)
    carrying.edit(again(item_id), Wanted("Soep", mo, clock.today()), by=cast.actor("noor"))
    db.session.commit()
    assert browse("moved").get("/").says("Soep")
    assert browse("noor").get(f"/werkgroepen/{made.id}/acties").says("Mo, vandaag")
    own = db.session.scalars(select(Membership).where(Membership.person_id == cast.moved)).one()
    own.ends_on = own.begins_on = clock.today() - YESTERDAY
    db.session.commit()
    carrying.free_what_was_left()
    db.session.commit()
    assert again(item_id).owner_id is None
    assert "action_free" in notices(cast, "noor")
    assert browse("noor").get(f"/werkgroepen/{made.id}/acties").says("Nog van niemand")


def test_lists_ask_as_much_for_seats_as_for_organisations(browse: Browse, cast: Cast) -> None:
    made = again(taken_up(cast)).group
    for number in range(12):
        carrying.add(made, Wanted(f"Actie {number}", seat(cast), clock.today()), by=cast.actor("noor"))
    group_id: uuid.UUID = made.id
    db.session.commit()
    assert browse("noor").get(f"/werkgroepen/{group_id}/acties").says("Actie 11", "contact voor toeleidingen")
    found = queries.group(group_id)
    assert found
    assert {row.seat_is_empty for row in items.of_group(found)} == {False}
    assert browse("lena").get("/").says("Werkgroep Welkom, vandaag")
