"""What Today and the page of a question say after a choice that is no plain yes, and after "stopped"."""

import uuid
from datetime import datetime, timedelta

import pytest

from tests import factories
from tests.people import Cast
from tests.referrals.steps import by_link, id_of
from tests.support.browse import Browse
from webapp.core import clock, outbox
from webapp.core.db import db
from webapp.core.sweeps import run_sweeps
from webapp.referrals import actions, answering, queries, welcome
from webapp.referrals.models import Referral
from webapp.vocabulary.outcomes import Mood


def _on_list(cast: Cast) -> Referral:
    """The young person chose to wait at the music house, which calls back in 30 days."""
    referral = factories.sent(cast)
    ask = factories.ask_of(referral, cast.halvenoot)
    answering.put_on_waiting_list(ask, clock.today() + timedelta(days=30), by=cast.actor("bram"))
    actions.choose(referral, ask, by=cast.actor("hilde"))
    db.session.commit()
    return referral


def test_who_chose_to_wait_is_on_the_list_and_nobody_said_yes(browse: Browse, cast: Cast) -> None:
    referral = _on_list(cast)
    ask_id = factories.ask_of(referral, cast.halvenoot).id
    referral_id = id_of(referral)
    hilde, bram = browse("hilde"), browse("bram")
    assert hilde.get("/").says("staat op de lijst", "Muziekhuis Halve Noot belt terug op")
    assert hilde.get(f"/toeleidingen/{referral_id}").says("staat op de lijst", "Muziekhuis Halve Noot belt terug op")
    assert bram.get("/").says("Alles is rustig")
    page = bram.get(f"/toeleidingen/{referral_id}")
    assert page.says("staat bij jullie op de lijst", "Jullie bellen terug op")
    assert "tel:0470000021" in page.text
    for shown in (hilde.get("/"), bram.get("/"), page):
        assert "zei ja" not in shown.words
        assert "is welkom" not in shown.words
    assert by_link(browse, cast, ask_id, "bram").get(f"/antwoord/{ask_id}").says("Jullie bellen terug op")


def test_on_the_day_both_sides_are_reminded_of_the_call(browse: Browse, cast: Cast) -> None:
    referral_id = id_of(_on_list(cast))
    with clock.at(clock.now() + timedelta(days=30)):
        hilde, bram = browse("hilde"), browse("bram")
        for page in (hilde.get("/"), bram.get("/")):
            assert page.says("Is er nu plaats voor")
        assert bram.get(f"/toeleidingen/{referral_id}").says("Er is plaats: maak het plan")


def test_with_a_plan_it_goes_on_as_after_a_yes(browse: Browse, cast: Cast) -> None:
    referral = _on_list(cast)
    wanted = welcome.Plan("Bram", starts_at=clock.now() + timedelta(days=4), place="Kaai 3", phone="0470 00 00 21")
    welcome.plan(referral, wanted, by=cast.actor("bram"))
    db.session.commit()
    page = browse("hilde").get(f"/toeleidingen/{id_of(referral)}")
    assert page.says("De eerste keer", "Bram wacht")
    assert "staat op de lijst" not in page.words


@pytest.mark.parametrize("who", ["hilde", "bram"])
def test_who_says_stopped_is_not_asked_again_and_the_guide_sees_a_way_on(browse: Browse, cast: Cast, who: str) -> None:
    with clock.at(clock.now() - timedelta(days=45)):
        referral = factories.trying(cast)
    by = cast.actor(who)
    mine = next(one.id for one in queries.check_ins(referral) if one.side is welcome.side_of(referral, by))
    one = queries.check_in(mine)
    assert one
    welcome.check_in(one, referral, Mood.STOPPED, by=by)
    db.session.commit()
    referral_id = id_of(referral)
    hilde, bram = browse("hilde"), browse("bram")
    assert hilde.get("/").says("Gestopt, en nu?")
    assert hilde.get(f"/toeleidingen/{referral_id}").says("Gestopt, en nu?", "Zoek een andere plek")
    assert bram.get("/").says("Alles is rustig")
    assert bram.get(f"/toeleidingen/{referral_id}").says("stopte bij jullie")
    for browser in (hilde, bram):
        assert "Hoe gaat het met" not in browser.get("/").words


def test_making_the_card_is_the_next_step_until_there_is_one_or_the_day_has_come(browse: Browse, cast: Cast) -> None:
    path = f"/toeleidingen/{factories.planned(cast).referral_id}"
    db.session.rollback()

    def next_steps(who: str) -> str:
        return browse(who).get(path).text.split('id="referrals-next"')[1].split('id="welkomstplan"')[0]

    assert "Maak de welkomstkaart" in next_steps("hilde")
    assert "Maak de welkomstkaart" not in next_steps("bram")
    with clock.at(clock.now() + timedelta(days=5)):
        assert "Maak de welkomstkaart" not in next_steps("hilde")
    assert browse("hilde").post(f"{path}/welkomstkaart").status == 303
    assert "welkomstkaart" not in next_steps("hilde")


def test_who_welcomes_reads_before_the_agreement_what_they_can_do(browse: Browse, cast: Cast) -> None:
    factories.chosen(cast)
    assert browse("hilde").get("/").says("Muziekhuis Halve Noot zei ja. Eerst komt de toestemming.")
    page = browse("bram").get("/")
    assert page.says("Het plan kan je al maken.")
    assert not page.says("Muziekhuis Halve Noot zei ja")


def test_who_welcomes_is_not_told_to_make_the_plan_with_themselves(browse: Browse, cast: Cast) -> None:
    factories.agreed(cast)
    assert browse("hilde").get("/").says("Maak samen met Muziekhuis Halve Noot het welkomstplan.")
    page = browse("bram").get("/")
    assert page.says("Zeg wie er aan de deur wacht")
    assert not page.says("samen met Muziekhuis Halve Noot")


def test_days_are_counted_as_on_a_calendar(browse: Browse, cast: Cast) -> None:
    with clock.at(datetime(2026, 11, 30, 18, tzinfo=clock.BRUSSELS)):
        path = f"/toeleidingen/{id_of(factories.sent(cast))}"
    with clock.at(datetime(2026, 12, 1, 9, tzinfo=clock.BRUSSELS)):
        assert browse("hilde").get(path).says("1 dag geleden gevraagd")


def test_a_day_to_call_back_that_passed_is_not_told_as_still_to_come(browse: Browse, cast: Cast) -> None:
    path = f"/toeleidingen/{id_of(_on_list(cast))}"
    with clock.at(clock.now() + timedelta(days=32)):
        page = browse("hilde").get(path)
        assert page.says("Muziekhuis Halve Noot zou terugbellen op", "Nog niets gehoord?", "Zou terugbellen op")
        assert not page.says("Is er vroeger plaats?")
        assert not page.says("Belt terug op")
        assert browse("bram").get(path).says("Je zou terugbellen op", "Nog vol, een andere dag")


def test_a_question_that_closed_quietly_has_no_answers_that_are_in(browse: Browse, cast: Cast) -> None:
    factories.sent(cast)
    with clock.at(clock.now() + timedelta(days=60)):
        run_sweeps(outbox.Claimed(uuid.uuid4(), "sweeps", {}, clock.now(), 1))
        db.session.commit()
        page = browse("hilde").get("/")
        assert page.says("Er komen geen antwoorden meer. Zoek samen verder.")
