"""The welcome plan, and the page behind its code: what a young person needs to know, and nothing about them."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest

from tests import factories
from tests.factories import CANARY_NAME
from tests.people import Cast
from tests.referrals.steps import again, id_of, notices, status_of
from tests.support.browse import Browse, Page
from webapp.core import clock
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid, NotAllowed, StepRefused
from webapp.referrals import actions, agreements, answering, welcome
from webapp.referrals.models import Referral, WelcomePlan
from webapp.referrals.welcome import Plan


def _plan(**changes: Any) -> Plan:
    values = {"welcomer": "Bram", "starts_at": clock.now() + timedelta(days=4), "place": "Blauwe deur, Kaai 3",
              "phone": "0470 00 00 21"}  # fmt: skip
    return Plan(**{**values, **changes})


def _card_link(page: Page) -> str:
    return re.findall(r"/w/wk_[\w-]+", page.text)[0]


@pytest.mark.parametrize("missing", ["welcomer", "starts_at", "place", "phone"])
def test_a_plan_needs_who_when_where_and_a_number(cast: Cast, missing: str) -> None:
    referral = factories.chosen(cast)
    with pytest.raises(Invalid) as refusal:
        welcome.plan(referral, _plan(**{missing: None if missing == "starts_at" else ""}), by=cast.actor("hilde"))
    assert set(refusal.value.errors) == {missing}


def test_both_sides_write_it_and_the_other_side_hears(cast: Cast) -> None:
    referral = factories.chosen(cast)
    welcome.plan(referral, _plan(), by=cast.actor("hilde"))
    db.session.commit()
    assert notices(cast, "bram")[-1] == "welcome_planned"
    row = welcome.plan(referral, _plan(place="Groene poort"), by=cast.actor("bram"))
    db.session.commit()
    assert row.place == "Groene poort"
    assert notices(cast, "hilde")[-1] == "welcome_planned"


def test_nobody_else_and_not_before_a_place_was_chosen(cast: Cast) -> None:
    referral = factories.chosen(cast)
    for who in ("pieter", "fatma", "noor", "jef", "tine", "bo", "ada", "guest"):
        with pytest.raises(NotAllowed):
            welcome.plan(referral, _plan(), by=cast.actor(who))
    with pytest.raises(StepRefused):
        welcome.plan(factories.sent(cast), _plan(), by=cast.actor("hilde"))


def test_the_form_is_filled_in_from_the_yes_and_the_offer(browse: Browse, cast: Cast) -> None:
    referral_id = id_of(factories.chosen(cast))
    bram, path = browse("bram"), f"/toeleidingen/{referral_id}/welkomstplan"
    page = bram.get(path)
    form = page.form(path)
    assert form["welcomer"] == "Bram"
    assert form["place"] == "Wilgendreef 12"
    assert form["day"] == (clock.local(clock.now()) + timedelta(days=4)).date().isoformat()
    done = bram.submit(page, path, welcomer_hint="gele das", phone="0470 00 00 21", companion="een begeleider")
    assert done.status == 303, done.words
    shown = browse("hilde").get(f"/toeleidingen/{referral_id}")
    assert shown.says("Bram wacht: Wilgendreef 12", "gele das", "een begeleider")


@pytest.mark.parametrize(
    ("words", "day", "at"),
    [("woensdag 5 mei om 14u", "05-05", "14:00"), ("een avond in de eerste week van mei", "", "")],
)
def test_another_moment_in_words_stands_beside_the_day_and_fills_it_in_when_it_can(
    browse: Browse, cast: Cast, words: str, day: str, at: str
) -> None:
    referral = factories.sent(cast)
    ask = factories.ask_of(referral, cast.halvenoot)
    answering.accept(ask, answering.Welcome("Bram", moment_note=words), by=cast.actor("bram"))
    actions.choose(referral, ask, by=cast.actor("hilde"))
    db.session.commit()
    referral_id = id_of(referral)
    hilde, path = browse("hilde"), f"/toeleidingen/{referral_id}/welkomstplan"
    page = hilde.get(path)
    assert page.says("Muziekhuis Halve Noot schreef", words)
    assert page.form(path)["day"].endswith(day)
    assert (page.form(path)["day"] == "") is (day == "")
    assert page.form(path)["time"] == at
    soon = (clock.today() + timedelta(days=9)).isoformat()
    done = hilde.submit(page, path, day=soon, time="10:00", phone="0470 00 00 21", place="Kaai 3")
    assert done.status == 303, done.words
    planned = hilde.get(path)
    assert planned.form(path)["day"] == soon
    assert words not in planned.words  # a plan says it better


def test_what_is_missing_is_said_and_what_was_typed_stays(browse: Browse, cast: Cast) -> None:
    referral_id = id_of(factories.chosen(cast))
    hilde, path = browse("hilde"), f"/toeleidingen/{referral_id}/welkomstplan"
    refused = hilde.submit(hilde.get(path), path, phone="", day="31/12", bring="schoenen")
    assert refused.status == 422
    assert "?</a>:" not in refused.text
    assert refused.says("Vul een nummer in waarop iemand opneemt.")
    assert 'value="schoenen"' in refused.text


def test_an_older_page_sees_what_the_other_side_wrote(browse: Browse, cast: Cast) -> None:
    plan = factories.planned(cast)
    referral_id = plan.referral_id
    db.session.rollback()
    hilde, bram, path = browse("hilde"), browse("bram"), f"/toeleidingen/{referral_id}/welkomstplan"
    seen = hilde.get(path)
    bram.submit(bram.get(path), path, place="Rode poort")
    late = hilde.submit(seen, path, place="Gele poort")
    assert late.status == 409
    assert late.says("De andere kant heeft het plan intussen aangepast.", "Rode poort")
    assert 'value="Gele poort"' in late.text
    assert hilde.submit(late, path).status == 303
    assert again(Referral, referral_id).plan.place == "Gele poort"
    with pytest.raises(Conflict):
        welcome.plan(again(Referral, referral_id), _plan(), by=cast.actor("hilde"), version=1)


def test_the_welcome_page_can_still_be_closed_after_the_agreement_was_withdrawn(browse: Browse, cast: Cast) -> None:
    plan = factories.planned(cast)
    referral_id, plan_id = plan.referral_id, plan.id
    referral = db.session.get_one(Referral, referral_id)
    token = welcome.share(plan, referral, by=cast.actor("hilde"))
    agreements.withdraw(referral, by=cast.actor("hilde"))
    db.session.commit()
    guest = browse("guest")
    assert guest.follow(guest.get(f"/w/{token}")).status == 200  # the place stays
    path, close = f"/toeleidingen/{referral_id}", f"/toeleidingen/{referral_id}/welkomstkaart/sluiten"
    for who in ("hilde", "bram"):
        shown = browse(who).get(path)
        assert shown.says("Wie de welkomstkaart heeft, kan deze pagina nog openen.")
        assert close in shown.text
    bram = browse("bram")
    assert bram.submit(bram.get(path), close).status == 303
    assert guest.get(f"/welkom/{plan_id}").status == 410
    assert close not in browse("hilde").get(path).text


# a sender who stays unknown


def test_a_plan_that_gives_away_a_hidden_sender_says_so_to_the_guide_alone(browse: Browse, cast: Cast) -> None:
    referral = factories.chosen(cast)
    referral.hides_sender = True
    db.session.commit()
    referral_id = id_of(referral)
    hilde, bram = browse("hilde"), browse("bram")
    path, page = f"/toeleidingen/{referral_id}/welkomstplan", f"/toeleidingen/{referral_id}"
    form = hilde.get(path)
    assert 'data-care-never="Lantaarn|Hilde|Maes"' in form.text
    theirs = bram.get(path)
    assert "data-care-never" not in theirs.text
    assert "De Lantaarn" not in theirs.text
    saved = hilde.submit(form, path, companion="iemand van de Lantaarn", phone="0470 00 00 21", place="Kaai 3")
    assert saved.status == 303  # it points, it does not forbid
    assert hilde.get(page).says("Dit plan noemt wie de vraag stelt")
    assert "noemt wie de vraag stelt" not in bram.get(page).words
    hilde.submit(hilde.get(path), path, companion="een begeleider")
    assert "noemt wie de vraag stelt" not in hilde.get(page).words


def test_a_sender_that_is_known_may_be_named(browse: Browse, cast: Cast) -> None:
    referral_id = id_of(factories.chosen(cast))
    hilde, path = browse("hilde"), f"/toeleidingen/{referral_id}/welkomstplan"
    form = hilde.get(path)
    assert "data-care-never" not in form.text
    hilde.submit(form, path, companion="Hilde van De Lantaarn", phone="0470 00 00 21", place="Kaai 3")
    assert "noemt wie de vraag stelt" not in hilde.get(f"/toeleidingen/{referral_id}").words


# the welcome page


def test_the_code_opens_a_page_without_account_and_without_the_young_person(browse: Browse, cast: Cast) -> None:
    plan = factories.planned(cast)
    referral_id, plan_id = plan.referral_id, plan.id
    db.session.rollback()
    hilde = browse("hilde")
    assert hilde.post(f"/toeleidingen/{referral_id}/welkomstkaart").status == 303
    shown = hilde.get(f"/toeleidingen/{referral_id}")
    assert "<svg" in shown.text
    assert 'class="qr"' in shown.text
    guest = browse("guest")
    came = guest.get(_card_link(shown))
    assert (came.status, came.location) == (303, f"/welkom/{plan_id}")
    page = guest.follow(came)
    assert page.says("Welkom!", "Bram wacht op jou", "Kaai 3", "Muziekhuis Halve Noot", "Ben je er en zie je niemand?",
                     "Bel Bram")  # fmt: skip
    assert 'href="tel:0470000021"' in page.text
    for word in (CANARY_NAME, "Cools", "Hilde", "Maes", "Lantaarn", "12 tot 14", "wk_"):
        assert word not in page.text.replace("lantaarn", ""), word


def test_it_reads_in_english_too(browse: Browse, cast: Cast) -> None:
    plan = factories.planned(cast)
    token = welcome.share(plan, again(Referral, plan.referral_id), by=cast.actor("bram"))
    db.session.commit()
    guest = browse("guest")
    page = guest.follow(guest.get(f"/w/{token}"))
    guest.post("/taal", {"lang": "en", "next": page.response.request.path})
    assert guest.get(page.response.request.path).says("Welcome!", "Bram waits for you", "Call Bram")


def test_a_new_card_closes_the_old_one_and_closing_closes_all(browse: Browse, cast: Cast) -> None:
    plan = factories.planned(cast)
    referral_id, plan_id = plan.referral_id, plan.id
    db.session.rollback()
    bram, guest = browse("bram"), browse("guest")
    bram.post(f"/toeleidingen/{referral_id}/welkomstkaart")
    first = _card_link(bram.get(f"/toeleidingen/{referral_id}"))
    guest.get(first)
    assert guest.get(f"/welkom/{plan_id}").status == 200
    bram.post(f"/toeleidingen/{referral_id}/welkomstkaart")
    old = guest.get(first)
    assert old.status == 410
    assert old.says("Deze welkomstkaart is gesloten", "Je blijft welkom.")
    assert guest.get(f"/welkom/{plan_id}").status == 410
    second = _card_link(bram.get(f"/toeleidingen/{referral_id}"))
    bram.post(f"/toeleidingen/{referral_id}/welkomstkaart/sluiten")
    closed = guest.get(second)
    assert closed.status == 410
    assert closed.says("Deze welkomstkaart is gesloten", "Vraag een nieuwe")
    assert guest.get(f"/welkom/{plan_id}").says("Deze welkomstkaart is gesloten")
    assert "/w/wk_" not in bram.get(f"/toeleidingen/{referral_id}").text


def test_cards_that_do_not_work_say_what_to_do(browse: Browse, cast: Cast) -> None:
    plan = factories.planned(cast)
    token = welcome.share(plan, again(Referral, plan.referral_id), by=cast.actor("hilde"))
    db.session.commit()
    guest = browse("guest")
    assert guest.get("/w/wk_nothing").status == 404
    assert guest.get(f"/v/{token}").status == 404
    with clock.at(clock.now() + timedelta(days=91)):
        old = guest.get(f"/w/{token}")
    assert old.status == 410
    assert old.says("Deze welkomstkaart is oud")


def test_a_card_is_opened_two_hundred_times_and_once_more_by_who_has_it_open(browse: Browse, cast: Cast) -> None:
    plan = factories.planned(cast)
    path = f"/w/{welcome.share(plan, again(Referral, plan.referral_id), by=cast.actor('hilde'))}"
    db.session.commit()
    first, late = browse("guest"), browse("guest")
    assert first.get(path).status == 303
    assert first.client.head(path, base_url=first.base_url).status_code == 303
    for _ in range(199):
        assert browse("guest").get(path).status == 303
    assert first.get(path).status == 303
    refused = late.get(path)
    assert refused.status == 410
    assert refused.says("heel vaak geopend", "Vraag een nieuwe")
    assert late.get(f"/welkom/{plan.id}").status == 410
    renewed = welcome.share(plan, again(Referral, plan.referral_id), by=cast.actor("hilde"))
    db.session.commit()
    assert late.get(f"/w/{renewed}").status == 303


def test_the_database_holds_no_usable_token(cast: Cast) -> None:
    plan = factories.planned(cast)
    token = welcome.share(plan, again(Referral, plan.referral_id), by=cast.actor("hilde"))
    db.session.commit()
    assert token not in (again(WelcomePlan, plan.id).link_sealed or "")


def test_after_withdrawal_the_page_stays_and_a_new_code_can_be_made(browse: Browse, cast: Cast) -> None:
    plan = factories.planned(cast)
    referral = again(Referral, plan.referral_id)
    token = welcome.share(again(WelcomePlan, plan.id), referral, by=cast.actor("hilde"))
    agreements.withdraw(referral, by=cast.actor("hilde"))
    db.session.commit()
    referral_id = id_of(referral)
    hilde, guest = browse("hilde"), browse("guest")
    assert "/w/wk_" not in hilde.get(f"/toeleidingen/{referral_id}").text
    assert guest.follow(guest.get(f"/w/{token}")).status == 200
    assert hilde.post(f"/toeleidingen/{referral_id}/welkomstkaart").status == 303
    assert "/w/wk_" in hilde.get(f"/toeleidingen/{referral_id}").text


def test_seeking_again_closes_the_welcome_page(browse: Browse, cast: Cast) -> None:
    plan = factories.planned(cast)
    referral = again(Referral, plan.referral_id)
    token = welcome.share(plan, referral, by=cast.actor("hilde"))
    actions.seek_again(referral, by=cast.actor("hilde"))
    db.session.commit()
    assert browse("guest").get(f"/w/{token}").status == 410


def test_a_plan_id_alone_opens_nothing(browse: Browse, cast: Cast) -> None:
    plan_id = id_of(factories.planned(cast))
    for who in ("fatma", "noor", "ada"):
        assert browse(who).get(f"/welkom/{plan_id}").status == browse(who).get(f"/welkom/{uuid.uuid4()}").status == 404
    assert browse("guest").get(f"/welkom/{plan_id}").status == 410
    assert browse("guest").get(f"/welkom/{uuid.uuid4()}").status == 410


# arriving


def test_it_worked_begins_the_trying(browse: Browse, cast: Cast) -> None:
    plan = factories.planned(cast)
    referral_id = plan.referral_id
    db.session.rollback()
    done = browse("bram").post(f"/toeleidingen/{referral_id}/gelukt")
    assert done.status == 303
    assert status_of(referral_id) == "trying"
    assert browse("hilde").get(f"/toeleidingen/{referral_id}").says("Gelukt op")
    assert browse("bram").post(f"/toeleidingen/{referral_id}/gelukt").status == 409
    assert browse("noor").post(f"/toeleidingen/{referral_id}/gelukt").status == 404
