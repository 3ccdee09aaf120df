"""What was settled on the phone: a whole question, an answer for an association that never signs in, a look back."""

import re
import uuid
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests import factories
from tests.people import Cast
from tests.referrals.asking import only
from tests.referrals.steps import CALL, YES, again, by_link, call, id_of, notices, status_of
from tests.support.browse import Browse
from webapp.accounts.models import Function
from webapp.core import clock
from webapp.core.db import db
from webapp.core.errors import StepRefused
from webapp.core.history import History
from webapp.notifications.kinds import NoticeKind
from webapp.notifications.mail import message_of
from webapp.notifications.models import Notice
from webapp.notifications.queries import Reader
from webapp.policy.rules import NotAllowed
from webapp.referrals import actions, answering, letters, people, phoning, welcome
from webapp.referrals.codes import ReminderKind, Side
from webapp.referrals.lifecycle import AskStatus
from webapp.referrals.models import Ask, CheckIn, Referral, Reminder
from webapp.referrals.phoning import Heard
from webapp.vocabulary.outcomes import Mood

IN_A_MONTH = (clock.today() + timedelta(days=30)).isoformat()


@pytest.fixture
def ask(cast: Cast) -> uuid.UUID:
    """A question that waits for the answer of Scouts Zilverreiger."""
    return id_of(factories.ask_of(factories.sent(cast), cast.zilverreiger))


# a question that was settled in one call


def test_a_call_becomes_an_ordinary_question(browse: Browse, cast: Cast) -> None:
    offer_id = id_of(factories.offer(cast))
    hilde = browse("hilde")
    page = hilde.get(f"/aanbod/{offer_id}")
    assert f"{CALL}?offer={offer_id}" in page.text
    page = hilde.get(f"{CALL}?offer={offer_id}")
    assert call(page)["offer"] == str(offer_id)
    done = hilde.post(f"{CALL}?offer={offer_id}", call(page, **YES))
    assert done.status == 303
    referral = only()
    ask = factories.ask_of(referral, cast.zilverreiger)
    assert (referral.status.value, ask.status.value, ask.by_phone) == ("choosing", "accepted", True)
    assert (ask.welcomer, ask.moment_note) == ("Noor", YES["moment_note"])
    steps = db.session.scalars(select(History.step).where(History.thing_id == ask.id).order_by(History.at)).all()
    assert {"send", "accept", "by_phone"} == set(steps)
    assert hilde.get(done.location).says("heeft aan de telefoon geantwoord", "aan de telefoon")


@pytest.mark.parametrize(
    ("said", "status", "stands"),
    [
        ({"answer": "waiting", "call_back_on": IN_A_MONTH}, "waiting", "choosing"),
        ({"answer": "declined"}, "declined", "seeking"),
        ({"answer": "idea", "kind": "come_look", "message": "kom eens kijken"}, "idea", "choosing"),
    ],
)
def test_every_answer_puts_it_in_the_right_place(
    browse: Browse, cast: Cast, said: dict[str, str], status: str, stands: str
) -> None:
    offer_id = id_of(factories.offer(cast))
    hilde = browse("hilde")
    assert hilde.post(CALL, call(hilde.get(CALL), offer=str(offer_id), **said)).status == 303
    referral = only()
    assert (factories.ask_of(referral, cast.zilverreiger).status.value, referral.status.value) == (status, stands)


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"answer": ""}, "answer"),
        ({"answer": "accepted", "moment_note": "zaterdag"}, "welcomer"),
        ({"answer": "accepted", "welcomer": "Noor"}, "day"),
        ({"answer": "accepted", "welcomer": "Noor", "day": "2099-01-10"}, "time"),
        ({"answer": "accepted", "welcomer": "Noor", "day": "2020-01-10", "time": "14:00"}, "day"),
        ({"answer": "accepted", "welcomer": "Noor", "day": "2126-01-10", "time": "14:00"}, "day"),
        ({"answer": "waiting"}, "call_back_on"),
        ({"answer": "waiting", "call_back_on": "2126-01-10"}, "call_back_on"),
        ({"answer": "waiting", "call_back_on": "2020-01-10"}, "call_back_on"),
        ({"answer": "idea"}, "message"),
        ({"answer": "chosen"}, "answer"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_kept(
    browse: Browse, cast: Cast, said: dict[str, str], wrong: str
) -> None:
    offer_id = id_of(factories.offer(cast))
    hilde = browse("hilde")
    page = hilde.post(CALL, call(hilde.get(CALL), offer=str(offer_id), **said))
    assert page.status == 422
    assert f'id="{wrong}-error"' in page.text
    assert db.session.scalars(select(Referral)).all() == []


def test_all_that_is_missing_is_told_at_once(browse: Browse, cast: Cast) -> None:
    hilde = browse("hilde")
    page = hilde.post(CALL, call(hilde.get(CALL), offer="", age_band="", answer="accepted", day="2099-01-10"))
    assert page.status == 422
    for name in ("offer", "age_band", "welcomer", "time"):
        assert f'id="{name}-error"' in page.text, name
    assert page.form()["day"] == "2099-01-10"
    assert 'id="day-error"' not in page.text


def test_a_day_that_nobody_asks_for_any_more_stops_nobody(browse: Browse, ask: uuid.UUID) -> None:
    """Who chose a day first, and then that they had no room."""
    hilde, path = browse("hilde"), f"/antwoord/{ask}/telefoon"
    said = {**hilde.get(path).form(path), "answer": "declined", "day": "2099-01-10"}
    assert hilde.post(path, said).status == 303


def test_an_empty_form_names_what_is_missing_from_top_to_bottom(browse: Browse, cast: Cast) -> None:
    factories.offer(cast)
    db.session.commit()
    hilde = browse("hilde")
    page = hilde.post(CALL, {**hilde.get(CALL).form(CALL), "offer": ""})
    assert page.status == 422
    assert page.says("Kies een aanbod.", "Kies een leeftijd.", "Kies wat ze zeiden.")


def test_words_that_point_at_somebody_are_shown_once_more(browse: Browse, cast: Cast) -> None:
    offer_id = id_of(factories.offer(cast))
    hilde = browse("hilde")
    said = {"answer": "idea", "kind": "come_look", "message": "laat ze bellen naar 0470 99 00 11"}
    page = hilde.post(CALL, call(hilde.get(CALL), offer=str(offer_id), **said))
    assert page.status == 422
    assert page.says("Dit lijkt op een telefoonnummer.")
    assert hilde.post(CALL, call(page, offer=str(offer_id), **said, keep_words="y")).status == 303


@pytest.mark.parametrize("who", ["noor", "tine", "frank", "ada", "lena"])
def test_only_who_walks_along_logs_a_call(browse: Browse, cast: Cast, who: str) -> None:
    assert browse(who).get(CALL).status == 404
    with pytest.raises(NotAllowed):
        phoning.log(
            actions.Profile(), actions.Target(cast.lena, cast.stil), Heard(AskStatus.DECLINED), by=cast.actor(who)
        )


def test_an_offer_that_is_not_open_cannot_be_called_about(browse: Browse, cast: Cast) -> None:
    hidden = id_of(factories.offer(cast, is_published=False))
    hilde = browse("hilde")
    asked = f"{CALL}?offer={hidden}"  # to which choosing another language or light and dark leads back
    assert str(hidden) not in hilde.get(asked).text.replace(asked, "")
    assert hilde.post(CALL, call(hilde.get(CALL), offer=str(hidden), **YES)).status == 422


# an association that never signs in


def test_the_guide_notes_an_answer_and_the_association_puts_it_right(
    browse: Browse, cast: Cast, ask: uuid.UUID
) -> None:
    hilde = browse("hilde")
    referral_id = again(Ask, ask).referral_id
    path = f"/antwoord/{ask}/telefoon"
    assert path in hilde.get(f"/toeleidingen/{referral_id}").text
    page = hilde.get(path)
    assert hilde.post(path, {**page.form(path), **YES}).status == 303
    assert notices(cast, "noor")[-1] == "answer_noted"
    assert "ask_answered" not in notices(cast, "hilde")
    guest = by_link(browse, cast, ask)
    page = guest.get(f"/antwoord/{ask}")
    assert page.says("Je zei dit aan de telefoon.")
    no = f"/antwoord/{ask}/nu-niet"
    assert guest.post(no, guest.get(f"/antwoord/{ask}/anders").form(no)).status == 303
    found = again(Ask, ask)
    assert (found.status.value, found.by_phone, found.answered_by_id) == ("declined", False, cast.noor)
    assert notices(cast, "hilde")[-1] == "answer_changed"


def test_the_mail_says_nothing_of_the_answer(app: Flask, cast: Cast, ask: uuid.UUID) -> None:
    found = again(Ask, ask)
    alias = found.referral.alias
    phoning.note_answer(found, Heard(AskStatus.IDEA, message="kanariepiet"), by=cast.actor("hilde"))
    db.session.commit()
    told = db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.ANSWER_NOTED)).one()
    assert told.person_id == cast.noor
    with app.test_request_context(base_url="https://brug.test"):
        written = letters.noted(told, Reader(cast.noor, "Noor Vermeulen", "noor@brug.example", "Scouts Zilverreiger"))
        assert written
        text = message_of(written, uuid.uuid4()).as_string()
    assert "/v/vr_" in text
    for secret in ("kanariepiet", alias, "Hilde", "Lantaarn", "12-14"):
        assert not re.search(rf"\b{secret}\b", text, re.IGNORECASE), secret


def test_a_hidden_sender_stays_hidden_when_the_guide_notes(browse: Browse, cast: Cast) -> None:
    referral = factories.draft(cast, hides_sender=True)
    one = factories.offer(cast)
    actions.send(referral, [actions.Target(one.id, one.organisation_id)], by=cast.actor("hilde"))
    db.session.commit()
    asked = factories.ask_of(referral, cast.zilverreiger)
    phoning.note_answer(
        asked, Heard(AskStatus.WAITING, call_back_on=clock.today() + timedelta(days=9)), by=cast.actor("hilde")
    )
    db.session.commit()
    ask_id = id_of(asked)
    guest = by_link(browse, cast, ask_id)
    pages = [guest.get(f"/antwoord/{ask_id}"), guest.get(f"/antwoord/{ask_id}/ja")]
    late = guest.post(f"/antwoord/{ask_id}/nu-niet", {"version": "1"})
    assert late.status == 409
    for page in (*pages, late):
        assert "Hilde" not in page.text
        assert "De Lantaarn" not in page.text


@pytest.mark.parametrize("who", ["pieter", "fatma", "noor", "tine", "bo"])
def test_nobody_else_notes_an_answer(cast: Cast, ask: uuid.UUID, who: str) -> None:
    with pytest.raises(NotAllowed):
        phoning.note_answer(again(Ask, ask), Heard(AskStatus.DECLINED), by=cast.actor(who))


def test_whoever_answered_themselves_meanwhile_is_not_overruled_unseen(
    browse: Browse, cast: Cast, ask: uuid.UUID
) -> None:
    hilde = browse("hilde")
    path = f"/antwoord/{ask}/telefoon"
    form = {**hilde.get(path).form(path), **YES}
    answering.decline(again(Ask, ask), by=cast.actor("noor"))
    db.session.commit()
    page = hilde.post(path, form)
    assert page.status == 409
    assert page.says("Ze hebben net zelf geantwoord.")
    assert status_of(ask) == "declined"


def test_the_bridge_builder_notes_what_they_heard_when_they_called(browse: Browse, cast: Cast, ask: uuid.UUID) -> None:
    path = f"/antwoord/{ask}/gehoord"
    bo = browse("bo")
    assert bo.get(path).status == 404
    silence = update(Reminder).where(Reminder.ask_id == ask, Reminder.kind == ReminderKind.SILENCE)
    db.session.execute(silence.values(sent_at=clock.now()))
    db.session.commit()
    assert path in bo.get("/").text
    page = bo.get(path)
    assert "Wo" not in [word.strip() for word in page.text.split()]
    assert "muziek" not in page.text.lower()
    done = bo.post(path, {**page.form(path), **YES})
    assert (done.status, done.location) == (303, "/")
    assert notices(cast, "hilde")[-1] == "ask_answered"
    assert notices(cast, "noor")[-1] == "answer_noted"


def test_who_noted_it_does_not_welcome(cast: Cast, ask: uuid.UUID) -> None:
    found, hilde = again(Ask, ask), cast.actor("hilde")
    phoning.note_answer(found, Heard(AskStatus.ACCEPTED, answering.Welcome("Noor", None, "zaterdag")), by=hilde)
    actions.choose(found.referral, found, by=hilde)
    assert found.referral.receiver_id is None
    assert people.receivers(found.referral) == [cast.noor]


def test_an_association_without_anybody_is_followed_up_by_the_guide(browse: Browse, cast: Cast) -> None:
    """Nobody of Rietpluim ever signs in: asked, answered for, welcomed and looked back on, all by phone."""
    hilde = browse("hilde")
    offer_id = id_of(factories.offer(cast, "stil"))
    assert hilde.post(CALL, call(hilde.get(CALL), offer=str(offer_id), **YES)).status == 303
    referral = only()
    by = cast.actor("hilde")
    actions.choose(referral, factories.ask_of(referral, cast.stil), by=by)
    wanted = welcome.Plan("Noor", starts_at=clock.now() + timedelta(days=1), place="Kaai 3", phone="0470 00 00 21")
    welcome.plan(referral, wanted, by=by)
    welcome.arrive(referral, by=by)
    db.session.commit()
    referral_id = id_of(referral)
    with clock.at(clock.now() + timedelta(days=16)):
        page = browse("hilde").get(f"/toeleidingen/{referral_id}")
        assert page.says("Heb je iets van Speelclub Rietpluim gehoord?")


# looking back


def test_the_guide_notes_what_the_association_said_when_looking_back(browse: Browse, cast: Cast) -> None:
    with clock.at(clock.now() - timedelta(days=16)):
        referral_id = id_of(factories.trying(cast))
    theirs = _check_in(referral_id, Side.ASSOCIATION)
    hilde = browse("hilde")
    assert hilde.get(f"/toeleidingen/{referral_id}").says("Heb je iets van Muziekhuis Halve Noot gehoord?")
    assert hilde.post(f"/terugblik/{theirs}", {"mood": "good", "by_phone": "1"}).status == 303
    one = again(CheckIn, theirs)
    assert (one.mood, one.by_phone, one.answered_by_id) == (Mood.GOOD, True, cast.hilde)
    assert browse("bram").get(f"/toeleidingen/{referral_id}").says("Aan de telefoon gehoord van de vereniging")


def test_what_the_association_said_itself_is_not_replaced(cast: Cast) -> None:
    with clock.at(clock.now() - timedelta(days=16)):
        referral = factories.trying(cast)
    one = db.session.get_one(CheckIn, _check_in(referral.id, Side.ASSOCIATION))
    referral = db.session.get_one(Referral, referral.id)
    with pytest.raises(StepRefused):
        welcome.check_in(one, referral, Mood.GOOD, by=cast.actor("hilde"))
    welcome.check_in(one, referral, Mood.GOOD, by=cast.actor("bram"))
    with pytest.raises(StepRefused):
        welcome.check_in(one, referral, Mood.STOPPED, by=cast.actor("hilde"), by_phone=True)
    mine = db.session.get_one(CheckIn, _check_in(referral.id, Side.GUIDE))
    with pytest.raises(StepRefused):
        welcome.check_in(mine, referral, Mood.GOOD, by=cast.actor("bram"), by_phone=True)


def _check_in(referral_id: uuid.UUID, side: Side) -> uuid.UUID:
    query = select(CheckIn.id).where(CheckIn.referral_id == referral_id, CheckIn.side == side).order_by(CheckIn.due_on)
    found = db.session.scalars(query).first()
    db.session.rollback()
    assert found
    return found


def test_the_stand_in_of_an_empty_seat_still_welcomes(cast: Cast) -> None:
    referral = factories.sent(cast, ["stil"])
    found = db.session.get_one(Ask, factories.ask_of(referral, cast.stil).id)
    found.seat_is_empty = True
    phoning.note_answer(found, Heard(AskStatus.ACCEPTED, answering.Welcome("Noor", None, "zo")), by=cast.actor("bo"))
    assert db.session.scalars(select(Function).where(Function.person_id == cast.bo)).one()
    assert people.answerer(found) == cast.bo
