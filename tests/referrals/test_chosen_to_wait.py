"""The young person chose to wait: what the association says when the day to call back has come, or before."""

import uuid
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests import factories
from tests.people import Cast
from tests.referrals.steps import again, by_link, id_of, notices, status_of
from tests.referrals.test_reminding import sweep
from tests.support.browse import Browse
from webapp.core import clock, history
from webapp.core.db import db
from webapp.core.errors import Conflict, StepRefused
from webapp.notifications.kinds import NoticeKind
from webapp.notifications.mail import message_of
from webapp.notifications.models import Notice
from webapp.notifications.queries import Reader
from webapp.policy.rules import NotAllowed
from webapp.referrals import actions, agreements, answering, letters, overdue, phoning, welcome
from webapp.referrals.answering import Welcome
from webapp.referrals.codes import AgreedBy, AgreedHow, ContactRoute, IdeaKind
from webapp.referrals.lifecycle import AskStatus
from webapp.referrals.models import Ask, ContactCard, Referral
from webapp.referrals.phoning import Heard

BEGAN = datetime(2026, 11, 23, 15, tzinfo=clock.BRUSSELS)
DAY, NEW_DAY, LATE = date(2027, 1, 4), date(2027, 2, 1), date(2027, 1, 7)
MORNING = datetime(2027, 1, 5, 10, tzinfo=clock.BRUSSELS)


@pytest.fixture
def ask(cast: Cast) -> uuid.UUID:
    """Chosen at the music house, which calls back on 4 January; the agreement is there."""
    with clock.at(BEGAN):
        referral = factories.sent(cast)
        one = factories.ask_of(referral, cast.halvenoot)
        answering.put_on_waiting_list(one, DAY, by=cast.actor("bram"))
        actions.choose(referral, one, by=cast.actor("hilde"))
        said = agreements.Said(AgreedBy.SELF, AgreedHow.TOGETHER, clock.today(), date(2027, 5, 1), understood=True)
        card = agreements.Identity(factories.CANARY_NAME, ContactRoute.YOUNG_PERSON, factories.CANARY_PHONE)
        agreements.record(referral, said, card, by=cast.actor("hilde"))
        db.session.commit()
    return id_of(one)


def question(ask_id: uuid.UUID) -> Referral:
    found: Referral = again(Ask, ask_id).referral
    return found


def test_a_new_day_is_named_by_the_link_of_the_mail_and_everybody_reads_it(
    browse: Browse, cast: Cast, ask: uuid.UUID
) -> None:
    referral_id = question(ask).id
    page, at = f"/toeleidingen/{referral_id}", f"/antwoord/{ask}"
    with clock.at(MORNING):
        guest = by_link(browse, cast, ask, "bram")
        asked = guest.get(at)
        assert asked.says("Is er nu plaats voor", "Je zou terugbellen op maandag 4 januari.", "Nog vol, een andere dag")
        assert "Een ander idee" not in asked.words
        done = guest.submit(guest.get(f"{at}/wachtlijst"), f"{at}/wachtlijst", when="other", call_back_on="2027-02-01")
        assert done.status == 303
        assert guest.get(at).says("wil op jullie wachten", "Jullie bellen terug op maandag 1 februari")
        assert status_of(ask) == "chosen"
        hilde, bram = browse("hilde"), browse("bram")
        for browser in (hilde, bram):
            assert browser.get(page).says("heeft nog geen plaats, en noemde een andere dag", "maandag 1 februari")
            assert "Is er nu plaats voor" not in browser.get("/").words
    assert notices(cast, "hilde")[-1] == "answer_changed"
    assert question(ask).has_agreement
    sweep(date(2027, 1, 8))
    assert notices(cast, "bo") == []
    sweep(NEW_DAY)
    assert notices(cast, "bram")[-1] == "call_back_due"
    with clock.at(datetime(2027, 2, 1, 12, tzinfo=clock.BRUSSELS)):
        assert browse("bram").get("/").says("Is er nu plaats voor")
    sweep(date(2027, 2, 4))
    assert notices(cast, "bo") == ["call_asked"]


def test_with_room_it_goes_on_as_after_a_yes(browse: Browse, cast: Cast, ask: uuid.UUID) -> None:
    page, at = f"/toeleidingen/{question(ask).id}", f"/antwoord/{ask}"
    sweep(DAY)
    sweep(LATE)
    assert notices(cast, "bo") == ["call_asked"]
    with clock.at(datetime(2027, 1, 7, 12, tzinfo=clock.BRUSSELS)):
        bram = browse("bram")
        form = bram.get(f"{at}/ja")
        done = bram.submit(form, f"{at}/ja", welcomer="other", other_welcomer="Bram", moment="other",
                           other_moment="zaterdag 16 januari om 14u")  # fmt: skip
        assert done.location == page
        assert bram.get(page).says("komt naar jullie", "heeft nu plaats")
        assert browse("hilde").get("/").says("Wie wacht")
        assert browse("hilde").get(page).says("Bram wacht, zaterdag 16 januari om 14u", "heeft nu plaats")
        assert "Muziekhuis" not in browse("bo").get("/").words
        assert bram.get(f"{page}/welkomstplan").form(f"{page}/welkomstplan")["day"] == "2027-01-16"
    found = again(Ask, ask)
    assert (found.status.value, found.call_back_on) == ("chosen", None)
    assert not answering.is_open(found)


def test_no_place_after_all_says_what_goes_and_the_search_goes_on(browse: Browse, cast: Cast, ask: uuid.UUID) -> None:
    referral_id, at = question(ask).id, f"/antwoord/{ask}"
    with clock.at(MORNING):
        bram = browse("bram")
        assert f"{at}/nu-niet" in bram.get(f"/toeleidingen/{referral_id}").links()
        sure = bram.get(f"{at}/nu-niet")
        assert sure.says("Toch geen plaats voor", "worden meteen gewist")
        assert status_of(ask) == "chosen", "reading answers nothing"
        assert bram.submit(sure, f"{at}/nu-niet").status == 303
        assert bram.get(at).says("Bedankt, dat is duidelijk")
        assert bram.get(f"/toeleidingen/{referral_id}").status == 404
        hilde = browse("hilde")
        assert hilde.get("/").says("zoekt opnieuw")
        assert hilde.get(f"/toeleidingen/{referral_id}").says(
            "Muziekhuis Halve Noot heeft toch geen plaats. Bekijk samen wat nu past.", "De plek gaat niet door"
        )
    found = again(Referral, referral_id)
    assert (found.status.value, found.has_agreement, found.chosen_ask_id) == ("seeking", False, None)
    assert db.session.scalar(select(func.count()).select_from(ContactCard)) == 0
    assert notices(cast, "hilde")[-1] == "answer_changed"
    sweep(LATE)
    assert notices(cast, "bo") == []


def test_it_is_said_before_the_day_too_but_not_once_a_first_time_is_planned(cast: Cast, ask: uuid.UUID) -> None:
    with clock.at(BEGAN + timedelta(days=2)):
        answering.put_on_waiting_list(again(Ask, ask), NEW_DAY, by=cast.actor("bram"))
        wanted = welcome.Plan("Bram", starts_at=clock.now() + timedelta(days=4), place="Kaai 3", phone="0470 00 00 21")
        welcome.plan(question(ask), wanted, by=cast.actor("bram"))
        db.session.commit()
        with pytest.raises(StepRefused):
            answering.decline(again(Ask, ask), by=cast.actor("bram"))
    assert question(ask).has_agreement


def test_another_idea_is_no_longer_an_answer(cast: Cast, ask: uuid.UUID) -> None:
    with clock.at(MORNING), pytest.raises(StepRefused):
        answering.suggest(again(Ask, ask), IdeaKind.COME_LOOK, "Kom eens kijken", by=cast.actor("bram"))


def test_whoever_comes_first_wins_and_the_same_twice_is_once(cast: Cast, ask: uuid.UUID) -> None:
    with clock.at(MORNING):
        version = again(Ask, ask).version
        for _ in range(2):
            answering.put_on_waiting_list(again(Ask, ask), NEW_DAY, by=cast.actor("bram"), version=version)
            db.session.commit()
        with pytest.raises(Conflict):
            answering.decline(again(Ask, ask), by=cast.actor("yara"), version=version)
    db.session.rollback()
    assert question(ask).has_agreement
    steps = select(history.History.step).where(history.History.thing_id == ask)
    assert db.session.scalars(steps).all().count("wait_on") == 1


@pytest.mark.parametrize("who", ["noor", "jef", "fatma", "tine", "ada", "hilde"])
def test_nobody_else_says_it(cast: Cast, ask: uuid.UUID, who: str) -> None:
    with clock.at(MORNING), pytest.raises(NotAllowed):
        answering.decline(again(Ask, ask), by=cast.actor(who))


def test_the_guide_notes_what_was_said_on_the_phone_and_the_association_hears(
    app: Flask, browse: Browse, cast: Cast, ask: uuid.UUID
) -> None:
    page, at = f"/toeleidingen/{question(ask).id}", f"/antwoord/{ask}/telefoon"
    with clock.at(MORNING):
        hilde = browse("hilde")
        assert at in hilde.get(page).links()
        form = hilde.get(at)
        assert form.says("Ja, er is plaats", "Nog vol, een andere dag", "Toch geen plaats?", "worden meteen gewist")
        assert hilde.submit(form, at, answer="idea", message="Iets anders").status == 422
        assert hilde.submit(form, at, answer="waiting").says("Vul een dag in.")
        assert hilde.submit(form, at, answer="waiting", call_back_on="2027-02-01").location == page
        told = db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.ANSWER_NOTED)).all()
        assert {one.person_id for one in told} == {cast.bram, cast.yara}
        with app.test_request_context(base_url="https://brug.test"):
            written = letters.noted(told[0], Reader(told[0].person_id, "Bram", "bram@brug.example", "Halve Noot"))
            assert written
            text = message_of(written, uuid.uuid4()).as_string()
        assert "/v/vr_" in text
        assert "tot en met" not in text, "the last day to answer is long ago"
        db.session.rollback()
        assert browse("bram").get(page).says("heeft aan de telefoon geantwoord", "noemde een andere dag")
    assert again(Ask, ask).call_back_on == NEW_DAY


def test_the_bridge_builder_who_called_notes_it_and_reads_nothing_of_the_question(
    browse: Browse, cast: Cast, ask: uuid.UUID
) -> None:
    sweep(DAY)
    sweep(LATE)
    at = f"/antwoord/{ask}/gehoord"
    with clock.at(datetime(2027, 1, 7, 12, tzinfo=clock.BRUSSELS)):
        bo = browse("bo")
        assert at in bo.get("/").links()
        assert bo.submit(bo.get(at), at, answer="declined").status == 303
        assert at not in bo.get("/").links()
        assert overdue.asked_long_ago(ask) is None
    assert status_of(ask) == "declined"
    assert notices(cast, "hilde")[-1] == "answer_changed"


def test_noting_it_on_the_phone_is_for_whoever_may_note_answers(cast: Cast, ask: uuid.UUID) -> None:
    with clock.at(MORNING):
        with pytest.raises(NotAllowed):
            phoning.note_answer(again(Ask, ask), Heard(AskStatus.DECLINED), by=cast.actor("pieter"))
        phoning.note_answer(again(Ask, ask), Heard(AskStatus.ACCEPTED, Welcome("Bram", moment_note="snel")),
                            by=cast.actor("lena"))  # fmt: skip
    found = again(Ask, ask)
    assert found.referral.receiver_id == cast.bram, "whoever welcomes stays"
