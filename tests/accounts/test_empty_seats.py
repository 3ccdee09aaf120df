"""Seats that are empty or end within 30 days come up at the organisation and at the youth service."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from webapp.accounts import forgetting
from webapp.accounts.models import EmptySeat, Function
from webapp.core import clock
from webapp.core.db import db
from webapp.vocabulary.functions import FunctionKind as F


def ends(person_id, kind, days):
    seat = (Function.person_id == person_id) & (Function.kind == kind)
    db.session.execute(update(Function).where(seat).values(ends_on=clock.today() + timedelta(days=days)))
    db.session.commit()


def the_clock_looks():
    """Whoever coordinates reads of empty seats in the whole network within ten minutes."""
    forgetting.note_empty_seats()
    db.session.commit()


def test_an_organisation_hears_that_its_seat_is_empty_and_so_does_the_youth_service(browse, cast):
    db.session.execute(delete(Function).where(Function.person_id == cast.noor))
    db.session.commit()
    text = "Scouts Zilverreiger heeft geen"
    assert browse("jef").get("/").says(text)
    the_clock_looks()
    page = browse("tine").get("/")
    assert page.says("Enkele organisaties hebben geen aanspreekpunt", "Scouts Zilverreiger", "Speelclub Rietpluim")
    for who in ("bram", "hilde", "frank", "ada"):
        assert not browse(who).get("/").says(text)


def test_a_seat_from_which_questions_are_watched_counts_too(browse, cast):
    the_clock_looks()
    text = "Welzijnshuis heeft geen contact voor toeleidingen"
    assert browse("fatma").get("/").says(text)
    assert browse("tine").get("/").says(text)
    assert not browse("hilde").get("/").says("De Lantaarn heeft geen")


def test_several_that_miss_the_same_are_one_thing_to_do(browse, cast):
    db.session.execute(delete(Function).where(Function.person_id.in_([cast.noor, cast.bram, cast.yara])))
    db.session.commit()
    the_clock_looks()
    page = browse("tine").get("/")
    assert page.text.count("geen aanspreekpunt") == 1
    assert page.says("Enkele organisaties hebben geen aanspreekpunt", "Muziekhuis Halve Noot", "Scouts Zilverreiger")
    assert {f"/organisaties/{place}/mensen" for place in (cast.halvenoot, cast.zilverreiger)} <= page.links()
    assert page.says("Ook bij Speelclub Rietpluim.")
    assert browse("jef").get("/").says("Scouts Zilverreiger heeft geen aanspreekpunt")


def test_an_organisation_without_guides_needs_nobody_to_take_over(browse, cast):
    db.session.execute(delete(Function).where(Function.person_id == cast.fatma, Function.kind == F.GUIDE))
    db.session.commit()
    assert not browse("tine").get("/").says("Welzijnshuis heeft geen contact voor toeleidingen")


def test_who_coordinates_reads_at_once_that_a_last_day_is_over(browse, cast):
    ends(cast.noor, F.CONTACT_POINT, -1)
    assert browse("tine").get("/").says("Scouts Zilverreiger heeft geen")


def test_a_seat_that_was_filled_is_not_empty_though_the_clock_did_not_look_since(browse, cast):
    the_clock_looks()
    place = cast.welzijnshuis
    today = clock.today()
    db.session.add(Function(person_id=cast.fatma, organisation_id=place, kind=F.REFERRAL_CONTACT, begins_on=today))
    db.session.commit()
    text = "Welzijnshuis heeft geen contact voor toeleidingen"
    assert not browse("tine").get("/").says(text)
    the_clock_looks()
    assert not db.session.scalar(select(EmptySeat).where(EmptySeat.organisation_id == place))


@pytest.mark.parametrize(("days", "told"), [(30, True), (31, False), (0, True)])
def test_a_seat_that_ends_within_thirty_days_is_told(browse, cast, days, told):
    ends(cast.lena, F.REFERRAL_CONTACT, days)
    for who in ("lena", "tine"):
        assert browse(who).get("/").says("Lena stopt op") is told, who
    for who in ("pieter", "fatma", "noor"):
        assert not browse(who).get("/").says("Lena stopt op")
