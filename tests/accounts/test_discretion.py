"""The yearly promise of discretion, and what else of one's own comes up on Today."""

from datetime import timedelta

from sqlalchemy import delete, func, select

from tests.accounts.test_passkeys import by_mail
from webapp.accounts.forgetting import forget_ended_seats
from webapp.accounts.models import DiscretionPromise
from webapp.core import clock
from webapp.core.audit import Audit
from webapp.core.db import db

TITLE = "Wat je hoort, blijft onder jullie"
LOCK = "Nog één slot op je deur"


def nobody_promised():
    db.session.execute(delete(DiscretionPromise))
    db.session.commit()


def test_who_hears_of_young_people_is_asked_once_a_year(browse):
    nobody_promised()
    noor = browse("noor")
    assert noor.get("/").says(TITLE)
    page = noor.get("/discretie")
    assert page.says("Dit beloven we elkaar", "Hier houd ik me aan")
    assert noor.submit(page, "/discretie").location == "/"
    assert noor.follow(noor.post("/discretie")).says("Over een jaar")
    assert not noor.get("/").says(TITLE)
    assert noor.get("/discretie").says("Je beloofde dit al")
    written = db.session.scalars(select(Audit.thing_id).where(Audit.action == "discretion.promise")).all()
    db.session.rollback()
    assert len(written) == 2
    with clock.at(clock.now() + timedelta(days=366)):
        assert browse("noor").get("/").says(TITLE)


def test_who_hears_nothing_is_not_asked(browse):
    nobody_promised()
    for who in ("jef", "tine", "frank", "ada"):
        visitor = browse(who)
        assert not visitor.get("/").says(TITLE)
        assert visitor.get("/discretie").status == 404


def test_a_promise_goes_a_year_after_it_held(app, cast):
    with clock.at(clock.now() + timedelta(days=731)):
        forget_ended_seats()
        assert db.session.scalar(select(func.count()).select_from(DiscretionPromise)) == 0


def test_who_may_need_a_second_factor_hears_so_before_it_is_urgent(browse, cast):
    for who, asked in (("hilde", True), ("noor", True), ("ada", True), ("jef", False), ("frank", False)):
        assert by_mail(browse, cast, who).get("/").says(LOCK) is asked, who
    assert not browse("hilde").get("/").says(LOCK)


def test_a_passkey_is_offered_at_the_first_sign_in_and_can_wait(browse, cast):
    page = by_mail(browse, cast, "jef").get("/account/aanmelding/kiezen?welkom=1")
    assert page.says("Welkom bij Brug", "Later")
