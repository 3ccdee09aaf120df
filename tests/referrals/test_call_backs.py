"""Days that were promised: calling back about a waiting list, and asking again after "not now"."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.people import Cast
from tests.referrals.steps import again, id_of, notices, status_of
from tests.referrals.test_reminding import MONDAY, sent, sweep
from tests.support.browse import Browse
from webapp.core import clock
from webapp.core.db import db
from webapp.core.errors import Invalid
from webapp.referrals import actions, answering
from webapp.referrals.answering import Welcome
from webapp.referrals.codes import ReminderKind
from webapp.referrals.models import Ask, Referral, Reminder


def on_waiting_list(cast: Cast, day: date) -> tuple[Referral, Ask]:
    referral, ask = sent(cast)
    with clock.at(MONDAY + timedelta(hours=1)):
        answering.put_on_waiting_list(ask, day, by=cast.actor("noor"))
        db.session.commit()
    return referral, ask


def test_the_day_to_call_back_comes_on_today_by_mail_and_then_at_the_bridge_builder(browse: Browse, cast: Cast) -> None:
    _referral, ask = on_waiting_list(cast, date(2027, 1, 4))
    ask_id = id_of(ask)
    with clock.at(datetime(2027, 1, 3, 10, tzinfo=clock.BRUSSELS)):
        assert "Wachtlijst" not in browse("noor").get("/").text
        assert browse("noor").get(f"/antwoord/{ask_id}").says("Bedankt, dat geeft houvast")
    sweep(date(2027, 1, 4))
    assert notices(cast, "noor") == ["ask_sent", "call_back_due"]
    with clock.at(datetime(2027, 1, 4, 12, tzinfo=UTC)):
        today = browse("noor").get("/")
        assert f"/antwoord/{ask_id}" in today.text
        asked = browse("noor").get(f"/antwoord/{ask_id}")
        assert asked.says("Is er nu plaats voor ", "Je zou terugbellen op maandag 4 januari.", "Nog vol?")
        assert f"/antwoord/{ask_id}/ja" in asked.links()
        assert browse("noor").get(f"/antwoord/{ask_id}/anders").status == 200
    sweep(date(2027, 1, 6))
    assert notices(cast, "bo") == []
    sweep(date(2027, 1, 7))
    assert notices(cast, "bo") == ["call_asked"]
    with clock.at(datetime(2027, 1, 7, 12, tzinfo=UTC)):
        today = browse("bo").get("/").text
        assert "Scouts Zilverreiger" in today
        now = today[today.index('id="today-now"') :].split("</section>")[0]
        assert now.count("btn-primary") == 1
        answering.accept(again(Ask, ask_id), Welcome("Noor", moment_note="zaterdag om 14 uur"), by=cast.actor("noor"))
        db.session.commit()
        assert "Scouts Zilverreiger" not in browse("bo").get("/").text
    assert status_of(ask_id) == "accepted"


def test_a_new_day_to_call_back_begins_again(cast: Cast) -> None:
    _referral, ask = on_waiting_list(cast, date(2027, 1, 4))
    sweep(date(2027, 1, 4))
    with clock.at(datetime(2027, 1, 5, 12, tzinfo=UTC)):
        answering.put_on_waiting_list(ask, date(2027, 2, 1), by=cast.actor("noor"))
        db.session.commit()
    sweep(date(2027, 1, 11))
    assert notices(cast, "bo") == []
    sweep(date(2027, 2, 1))
    assert notices(cast, "noor") == ["ask_sent", "call_back_due", "call_back_due"]


def test_an_association_that_was_let_go_does_not_call_back(browse: Browse, cast: Cast) -> None:
    referral, _ask = on_waiting_list(cast, date(2027, 1, 4))
    referral_id = id_of(referral)
    page = f"/toeleidingen/{referral_id}"
    with clock.at(MONDAY + timedelta(hours=2)):
        assert browse("hilde").get(page).says("Belt terug op maandag 4 januari")
        actions.pause(again(Referral, referral_id), date(2027, 3, 1), by=cast.actor("hilde"))
        db.session.commit()
        assert not browse("hilde").get(page).says("Belt terug op")


def test_asking_again_comes_on_today_and_once_by_mail(browse: Browse, cast: Cast) -> None:
    referral, _ask = sent(cast)
    referral_id = id_of(referral)
    with clock.at(MONDAY):
        actions.pause(again(Referral, referral_id), date(2027, 1, 4), by=cast.actor("hilde"))
        db.session.commit()
    with clock.at(datetime(2027, 1, 3, 12, tzinfo=UTC)):
        assert str(referral_id) not in browse("hilde").get("/").text
    with clock.at(datetime(2027, 1, 4, 12, tzinfo=UTC)):
        assert str(referral_id) in browse("hilde").get("/").text
        assert browse("hilde").get("/").says("Jullie spraken af om het vandaag opnieuw te vragen.")
    with clock.at(datetime(2027, 1, 6, 12, tzinfo=UTC)):
        assert browse("hilde").get("/").says("Jullie spraken af om het op maandag 4 januari opnieuw te vragen.")
    sweep(date(2027, 1, 4))
    assert "ask_again" not in notices(cast, "hilde")
    sweep(date(2027, 1, 5))
    sweep(date(2027, 1, 12))
    assert notices(cast, "hilde").count("ask_again") == 1


@pytest.mark.parametrize("days", [-1, 0, 366])
def test_a_promised_day_lies_ahead_and_not_years_from_now(cast: Cast, days: int) -> None:
    """A question that waits for a day is kept until then: a slip of the finger would keep it for a century."""
    referral, ask = sent(cast, clock.now())
    day = clock.today() + timedelta(days=days)
    with pytest.raises(Invalid):
        answering.put_on_waiting_list(ask, day, by=cast.actor("noor"))
    with pytest.raises(Invalid):
        actions.pause(referral, day, by=cast.actor("hilde"))


def test_a_day_that_cannot_be_is_said_and_the_answer_stays(browse: Browse, cast: Cast) -> None:
    referral, ask = sent(cast, clock.now())
    referral_id, ask_id = id_of(referral), id_of(ask)
    path = f"/toeleidingen/{referral_id}/pauzeren"
    for typed, sentence in (("2126-03-01", "Kies een dag binnen het jaar."), ("2020-03-01", "Die dag is voorbij.")):
        page = browse("hilde").post(path, {"ask_again_on": typed})
        assert page.status == 422
        assert page.says(sentence)
        assert page.form(path)["ask_again_on"] == typed
    wait = f"/antwoord/{ask_id}/wachtlijst"
    noor = browse("noor")
    page = noor.submit(noor.get(wait), wait, when="other", call_back_on="2126-03-01")
    assert page.status == 422
    assert page.says("Kies een dag binnen het jaar.")
    assert page.form(wait)["call_back_on"] == "2126-03-01"


def test_asking_again_in_time_needs_no_mail(cast: Cast) -> None:
    referral, _ask = sent(cast)
    with clock.at(MONDAY):
        actions.pause(referral, date(2027, 1, 4), by=cast.actor("hilde"))
    with clock.at(datetime(2027, 1, 4, 12, tzinfo=UTC)):
        actions.resume(referral, by=cast.actor("hilde"))
        actions.pause(referral, date(2027, 2, 1), by=cast.actor("hilde"))
        db.session.commit()
    sweep(date(2027, 1, 6))
    assert "ask_again" not in notices(cast, "hilde")
    sweep(date(2027, 2, 2))
    assert notices(cast, "hilde").count("ask_again") == 1


def test_told_reminders_leave_no_rows_behind(cast: Cast) -> None:
    on_waiting_list(cast, date(2027, 1, 4))
    sweep(date(2027, 1, 4))
    sweep(date(2027, 1, 7))
    kinds = db.session.scalars(select(Reminder.kind)).all()
    db.session.rollback()
    assert kinds == [ReminderKind.CALL_BACK_LATE]
    sweep(date(2027, 4, 8))
    assert db.session.scalars(select(Reminder.kind)).all() == []
