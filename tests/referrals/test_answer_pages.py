"""The answer pages: three taps without signing in, kind words when somebody was first or it is too late."""

import threading
import uuid
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests import factories
from tests.people import Cast
from tests.referrals.steps import (
    again,
    by_link,
    counted,
    id_of,
    status_of,
)
from tests.support.browse import Browse, Browser
from webapp.accounts import sessions
from webapp.accounts.models import Function, Person
from webapp.core import clock
from webapp.core.db import db
from webapp.core.history import History
from webapp.directory.models import Offer
from webapp.referrals import actions
from webapp.referrals.models import Ask, Referral
from webapp.vocabulary.functions import FunctionKind


@pytest.fixture
def ask(cast: Cast) -> uuid.UUID:
    """A question that waits for the answer of Scouts Zilverreiger."""
    return id_of(factories.ask_of(factories.sent(cast), cast.zilverreiger))


# the question


def test_a_hidden_sender_stays_hidden(browse: Browse, cast: Cast) -> None:
    referral = factories.draft(cast, hides_sender=True)
    one = factories.offer(cast)
    actions.send(referral, [actions.Target(one.id, one.organisation_id)], by=cast.actor("hilde"))
    db.session.commit()
    ask = id_of(factories.ask_of(referral, cast.zilverreiger))
    guest = by_link(browse, cast, ask)
    page = guest.get(f"/antwoord/{ask}")
    assert page.says("Een netwerkpartner begeleidt", "Bel Bo, bruggenbouwer")
    for path in ("", "/ja", "/wachtlijst", "/ander-idee"):
        text = guest.get(f"/antwoord/{ask}{path}").text
        assert "Hilde" not in text
        assert "De Lantaarn" not in text  # an alias may be a lantern too


def test_the_own_words_are_not_on_the_answer_pages(browse: Browse, cast: Cast) -> None:
    referral = factories.draft(cast)
    actions.put_in_words(referral, "Ik wil drummen als een kanariepiet.", by=cast.actor("hilde"))
    one = factories.offer(cast)
    actions.send(referral, [actions.Target(one.id, one.organisation_id)], by=cast.actor("hilde"))
    db.session.commit()
    ask = id_of(factories.ask_of(referral, cast.zilverreiger))
    noor = browse("noor")
    for path in ("", "/anders", "/ja", "/wachtlijst", "/ander-idee"):
        assert "kanariepiet" not in noor.get(f"/antwoord/{ask}{path}").text


# the answers


def test_yes_in_three_taps(browse: Browse, cast: Cast, ask: uuid.UUID) -> None:
    guest = by_link(browse, cast, ask)  # one
    page = guest.get(f"/antwoord/{ask}/ja")  # two
    form = page.form()
    assert page.says("Ik, Noor", "Jef", "Iemand anders", "Een ander moment")
    assert form["welcomer"] == str(cast.noor)
    done = guest.submit(page)  # three
    assert (done.status, done.location) == (303, f"/antwoord/{ask}")
    assert guest.follow(done).says("Bedankt", "Noor", "Toch anders antwoorden")
    answered = again(Ask, ask)
    assert (answered.status, answered.welcomer, answered.answered_by_id) == ("accepted", "Noor", cast.noor)
    assert clock.local(answered.first_moment).strftime("%a %H:%M") == "Sat 14:00"
    assert answered.referral.status == "choosing"


def test_yes_with_somebody_else_at_another_moment(browse: Browse, cast: Cast, ask: uuid.UUID) -> None:
    noor = browse("noor")
    page = noor.get(f"/antwoord/{ask}/ja")
    empty = noor.submit(page, welcomer="other", moment="other")
    assert empty.status == 422
    assert empty.says("Vul in wie aan de deur wacht.", "Vul in welk moment past.")
    done = noor.submit(empty, to=f"/antwoord/{ask}/ja", other_welcomer="Lies", other_moment="eerste week van januari")
    assert done.status == 303
    answered = again(Ask, ask)
    assert (answered.welcomer, answered.first_moment, answered.moment_note) == ("Lies", None, "eerste week van januari")


def test_the_waiting_list_takes_a_day(browse: Browse, cast: Cast, ask: uuid.UUID) -> None:
    noor = browse("noor")
    page = noor.get(f"/antwoord/{ask}/wachtlijst")
    missing = noor.submit(page, when="other")
    assert missing.status == 422
    assert missing.says("Vul een dag in.")
    past = noor.submit(missing, to=f"/antwoord/{ask}/wachtlijst", when="other", call_back_on="2020-01-01")
    assert past.status == 422
    assert past.says("Die dag is voorbij.")
    assert past.form()["call_back_on"] == "2020-01-01"
    done = noor.submit(noor.get(f"/antwoord/{ask}/wachtlijst"))
    assert noor.follow(done).says("Jullie bellen terug op")
    assert status_of(ask) == "waiting"


def test_not_now_is_one_tap_and_a_hint_is_optional(browse: Browse, cast: Cast, ask: uuid.UUID) -> None:
    guest = by_link(browse, cast, ask)
    page = guest.get(f"/antwoord/{ask}")
    done = guest.submit(page, f"/antwoord/{ask}/nu-niet")
    thanks = guest.follow(done)
    assert thanks.says("Bedankt, dat is duidelijk", "Wil je iets meegeven?", "Hoeft niet")
    hinted = guest.submit(thanks, f"/antwoord/{ask}/nu-niet/waarom", not_now=["full", "ask_later"])
    assert hinted.status == 303
    assert [one.value for one in again(Ask, ask).not_now] == ["full", "ask_later"]


def test_after_not_now_the_question_itself_is_closed_until_another_answer(
    browse: Browse, cast: Cast, ask: uuid.UUID
) -> None:
    guest = by_link(browse, cast, ask)
    guest.submit(guest.get(f"/antwoord/{ask}"), f"/antwoord/{ask}/nu-niet")
    for path in ("", "/anders", "/ja", "/ander-idee"):
        page = guest.get(f"/antwoord/{ask}{path}")
        assert page.status == 200
        for word in ("12 tot 14", "muziek maken", "Hilde"):
            assert word not in page.words
    assert guest.get(f"/antwoord/{ask}").says("Toch anders antwoorden")
    guest.submit(guest.get(f"/antwoord/{ask}/ja"))
    assert guest.get(f"/antwoord/{ask}/anders").says("12 tot 14 jaar")


def test_another_idea(browse: Browse, cast: Cast, ask: uuid.UUID) -> None:
    noor = browse("noor")
    page = noor.get(f"/antwoord/{ask}/ander-idee")
    empty = noor.submit(page)
    assert empty.status == 422
    assert empty.says("Kies wat voor idee het is.", "Vertel je idee in enkele woorden.")
    done = noor.submit(empty, to=f"/antwoord/{ask}/ander-idee", kind="other_group", message="Kom naar de jamavond.")
    assert noor.follow(done).says("Bedankt om mee te denken", "Kom naar de jamavond.")


def test_the_other_language_keeps_what_was_typed_and_answers_nothing_yet(browse: Browse, ask: uuid.UUID) -> None:
    noor, url = browse("noor"), f"/antwoord/{ask}/ander-idee"
    typed = noor.get(url).form(url) | {"kind": "other_group", "message": "Kom naar de jamavond."}
    page = noor.post(f"{url}?taal=en", typed)
    assert (page.status, status_of(ask)) == (200, "sent")
    assert 'lang="en"' in page.text
    assert (page.form(url)["kind"], page.form(url)["message"]) == ("other_group", "Kom naar de jamavond.")
    assert noor.follow(noor.post(url, page.form(url))).says("Kom naar de jamavond.", "Thank you for thinking along")


def test_a_form_with_a_field_that_is_not_ours_is_refused(browse: Browse, ask: uuid.UUID) -> None:
    noor = browse("noor")
    for path in ("nu-niet", "ja", "wachtlijst", "ander-idee"):
        assert noor.post(f"/antwoord/{ask}/{path}", {"version": "1", "status": "chosen"}).status == 400
    assert status_of(ask) == "sent"


def test_quiet_months_and_missing_hours_leave_only_another_moment(browse: Browse, cast: Cast, ask: uuid.UUID) -> None:
    offer = db.session.get(Offer, again(Ask, ask).offer_id)
    assert offer is not None
    offer.slots = []
    db.session.commit()
    page = browse("noor").get(f"/antwoord/{ask}/ja")
    assert page.form()["moment"] == "other"


# too late


def test_it_is_over_kindly(browse: Browse, cast: Cast) -> None:
    referral = factories.answered(cast)
    silent, chosen = factories.ask_of(referral, cast.zilverreiger), factories.ask_of(referral, cast.halvenoot)
    silent_id, chosen_id = silent.id, chosen.id
    actions.choose(referral, chosen, by=cast.actor("hilde"))
    db.session.commit()
    noor, bram = browse("noor"), browse("bram")
    assert noor.get(f"/antwoord/{silent_id}").says("koos een andere plek", "Je hoeft niets meer te doen")
    assert bram.get(f"/antwoord/{chosen_id}").says("koos voor jullie")
    late = noor.post(f"/antwoord/{silent_id}/nu-niet", {"version": "1"})
    assert late.status == 409
    assert late.says("koos een andere plek") or late.says("net veranderd")
    assert noor.get(f"/antwoord/{silent_id}/anders").status == 303
    assert "muziek maken" not in noor.get(f"/antwoord/{silent_id}").words


def test_after_the_deadline_the_page_says_so(browse: Browse, cast: Cast, ask: uuid.UUID) -> None:
    with clock.at(clock.now() + timedelta(days=40)):
        noor = browse("noor")
        page = noor.get(f"/antwoord/{ask}")
        assert page.says("Deze vraag sloot vanzelf")
        assert noor.get(f"/antwoord/{ask}/ja").status == 409
    assert status_of(ask) == "sent"


def test_a_colleague_was_first_and_is_named_with_the_time(browse: Browse, cast: Cast) -> None:
    ask = id_of(factories.ask_of(factories.sent(cast), cast.halvenoot))
    bram, yara = browse("bram"), browse("yara")
    seen = yara.get(f"/antwoord/{ask}")
    moment = (clock.now() + timedelta(hours=1)).replace(minute=2)
    with clock.at(moment):
        bram.submit(bram.get(f"/antwoord/{ask}"), f"/antwoord/{ask}/nu-niet")
    lost = yara.submit(seen, f"/antwoord/{ask}/nu-niet")
    assert lost.status == 409
    assert lost.says(f"Bram was net voor jou, om {clock.local(moment).hour}.02 uur", "Nu niet", "Bekijk het antwoord")


def test_the_same_tap_twice_is_one_answer(browse: Browse, cast: Cast, ask: uuid.UUID) -> None:
    noor, phone = browse("noor"), browse("noor")
    page, same = noor.get(f"/antwoord/{ask}"), phone.get(f"/antwoord/{ask}")
    assert noor.submit(page, f"/antwoord/{ask}/nu-niet").status == 303
    assert noor.submit(page, f"/antwoord/{ask}/nu-niet").status == 303
    assert phone.submit(same, f"/antwoord/{ask}/nu-niet").status == 303
    query = select(func.count()).select_from(History).where(History.thing_id == ask, History.step == "decline")
    assert db.session.scalar(query) == 1


def test_fifty_answers_at_once_have_one_winner(app: Flask, cast: Cast, ask: uuid.UUID) -> None:
    visitors = _crowd(app, cast, 50)
    barrier, statuses, bodies = threading.Barrier(len(visitors)), [], []

    def answer(visitor: Browser, token: str) -> None:
        barrier.wait()
        page = visitor.client.post(
            f"/antwoord/{ask}/nu-niet", base_url=visitor.base_url, headers={"Referer": f"{visitor.base_url}/"},
            data={"csrf_token": token, "version": "1"},
        )  # fmt: skip
        statuses.append(page.status_code)
        bodies.append(page.get_data(as_text=True))

    threads = [threading.Thread(target=answer, args=(visitor, visitor.token())) for visitor in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [303] + [409] * 49
    assert sum("was net voor jou, om " in body for body in bodies) == 49
    db.session.rollback()
    query = select(func.count()).select_from(History).where(History.thing_id == ask, History.step == "decline")
    assert db.session.scalar(query) == 1
    assert again(Ask, ask).version == 2


def _crowd(app: Flask, cast: Cast, size: int) -> list[Browser]:
    visitors = []
    for number in range(size):
        person = Person(name=f"Lid {number}", email=f"lid{number}@brug.example")
        db.session.add(person)
        db.session.flush()
        seat = Function(person_id=person.id, organisation_id=cast.zilverreiger, kind=FunctionKind.CONTACT_POINT,
                        begins_on=clock.today())  # fmt: skip
        db.session.add(seat)
        visitor = Browser(app, "https://brug.test")
        visitor.carry("__Host-session", sessions.start(person.id))
        visitors.append(visitor)
    db.session.commit()
    return visitors


def test_the_page_asks_the_database_little_and_always_the_same(browse: Browse, cast: Cast, ask: uuid.UUID) -> None:
    guest = by_link(browse, cast, ask)
    with counted() as asked:
        guest.get(f"/antwoord/{ask}")
    assert len(asked) <= 8, asked
    for number in range(12):
        person = Person(name=f"Lid {number}", email=f"lid{number}@brug.example")
        db.session.add(person)
        db.session.flush()
        db.session.add(Function(person_id=person.id, organisation_id=cast.zilverreiger, kind=FunctionKind.CREW,
                                begins_on=clock.today()))  # fmt: skip
    db.session.commit()
    with counted() as more:
        guest.get(f"/antwoord/{ask}")
    assert len(more) == len(asked)
    with counted() as step:
        guest.get(f"/antwoord/{ask}/ja")
    assert len(step) <= 9, step


def test_the_status_of_the_referral_follows(browse: Browse, cast: Cast, ask: uuid.UUID) -> None:
    referral_id = again(Ask, ask).referral_id
    db.session.rollback()
    assert again(Referral, referral_id).status == "seeking"
    db.session.rollback()
    noor = browse("noor")
    noor.submit(noor.get(f"/antwoord/{ask}/ja"))
    assert again(Referral, referral_id).status == "choosing"


def test_only_who_welcomes_is_led_on(browse: Browse, cast: Cast) -> None:
    referral = factories.chosen(cast)
    chosen, page = factories.ask_of(referral, cast.halvenoot).id, f"/toeleidingen/{id_of(referral)}"
    assert page in browse("bram").get(f"/antwoord/{chosen}").links()
    beside = browse("yara").get(f"/antwoord/{chosen}")
    assert page not in beside.links()
    assert beside.says("Een collega van je maakt het welkomstplan.", "Naar Vandaag")
    assert page in by_link(browse, cast, chosen, "bram").get(f"/antwoord/{chosen}").links()
    assert page not in by_link(browse, cast, chosen, "yara").get(f"/antwoord/{chosen}").links()
