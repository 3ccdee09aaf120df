"""Asking a question: step by step, in little time, and with nothing in it that says who it is."""

import uuid

import pytest
from sqlalchemy import func, select

from tests import factories
from tests.referrals.asking import NEW, WHO, WISHES, begun, filled, only, step
from webapp.core.db import db
from webapp.referrals.forms.asking import WhoForm, WishesForm
from webapp.referrals.lifecycle import ReferralStatus
from webapp.referrals.models import Ask, Shortlisted
from webapp.vocabulary.aliases import ALIASES


def test_three_steps_make_a_question_that_can_be_sent(browse, cast):
    offers = [factories.offer(cast), factories.offer(cast, "halvenoot", name="Slagwerk")]
    hilde, referral = begun(browse)
    page = hilde.get(step(referral, "wensen"))
    assert hilde.post(step(referral, "wensen"), filled(page, **WISHES)).location.endswith("/match")
    chosen = {"offers": [str(one.id) for one in offers], "then": "ask"}
    assert hilde.post(step(referral, "match"), chosen).location.endswith("/nakijken")
    page = hilde.get(step(referral, "nakijken"))
    assert page.says("Verenigingen hebben veertien werkdagen om te antwoorden.")
    sent = hilde.submit(page, step(referral, "nakijken"))
    assert sent.location.endswith("/gevraagd")
    assert hilde.get(sent.location).says("Scouts Zilverreiger", "Muziekhuis Halve Noot")
    assert only().status is ReferralStatus.SEEKING
    assert db.session.scalar(select(func.count(Ask.id))) == 2
    assert not db.session.scalars(select(Shortlisted)).all()


def test_the_first_step_makes_a_draft_with_an_alias(browse, cast):
    _, referral = begun(browse)
    assert referral.status is ReferralStatus.DRAFT
    assert referral.alias in ALIASES
    assert (referral.guide_id, referral.support_level, referral.friends) == (cast.hilde, 2, 0)


def test_sending_the_first_step_twice_makes_one_draft(browse, cast):
    hilde = browse("hilde")
    data = filled(hilde.get(NEW), **WHO)
    first, second = hilde.post(NEW, data), hilde.post(NEW, data)
    assert first.location == second.location
    assert only().guide_id == cast.hilde


def test_sending_the_question_twice_asks_once(browse, cast):
    referral = factories.draft(cast)
    one = factories.offer(cast)
    hilde = browse("hilde")
    hilde.post(step(referral, "match"), {"offers": str(one.id)})
    data = hilde.get(step(referral, "nakijken")).form(step(referral, "nakijken"))
    assert hilde.post(step(referral, "nakijken"), data).status == 303
    assert hilde.post(step(referral, "nakijken"), data).status == 303
    assert db.session.scalar(select(func.count(Ask.id))) == 1


def test_an_offer_page_leads_to_a_question_with_that_offer_chosen(browse, cast):
    one = factories.offer(cast)
    hilde = browse("hilde")
    url = f"{NEW}?offer={one.id}"
    assert hilde.post(url, {**hilde.get(url).form(url), **WHO}).status == 303
    assert db.session.scalars(select(Shortlisted.offer_id)).all() == [one.id]


@pytest.mark.parametrize("offer", ["", "no-uuid", "9b5c6a1e-0d1f-4c55-8f4e-2f9a7f1d3c11"])
def test_an_offer_that_does_not_exist_is_passed_over(browse, cast, offer):
    hilde = browse("hilde")
    url = f"{NEW}?offer={offer}"
    assert hilde.post(url, {**hilde.get(url).form(NEW), **WHO}).status == 303
    assert not db.session.scalars(select(Shortlisted)).all()


@pytest.mark.parametrize("who", ["noor", "tine", "ada", "jef", "lena"])
def test_only_guides_start_a_question(browse, cast, who):
    assert browse(who).get(NEW).status == 404
    assert browse(who).post(NEW, WHO).status == 404


@pytest.mark.parametrize("name", ["wie", "wensen", "match", "samen", "nakijken", "weggooien", "gevraagd"])
def test_the_question_of_another_guide_does_not_exist(browse, cast, name):
    referral = factories.draft(cast)
    foreign = browse("fatma").get(step(referral, name))
    assert foreign.status == 404
    nothing = browse("fatma").get(f"/toeleidingen/{uuid.uuid4()}/{name}")
    assert nothing.status == 404
    assert browse("pieter").get(step(referral, name)).status == 404
    theirs = browse("lena").get(step(referral, name))  # keeps an eye on every question of her organisation
    assert theirs.status == (303 if name == "gevraagd" else 200)  # nobody was asked yet


@pytest.mark.parametrize("name", ["wie", "wensen", "bewaar", "klad", "match", "samen", "nakijken", "weggooien"])
def test_the_question_of_another_guide_does_not_change(browse, cast, name):
    referral = factories.draft(cast)
    assert browse("fatma").post(step(referral, name), {}).status == 404
    assert browse("guest").post(step(referral, name), {}).status == 401


@pytest.mark.parametrize("name", ["wie", "wensen", "bewaar", "klad", "match", "samen", "nakijken"])
def test_a_field_that_a_form_does_not_have_is_refused(browse, cast, name):
    referral = factories.draft(cast)
    assert browse("hilde").post(step(referral, name), {"guide_id": str(cast.fatma)}).status == 400
    assert only().guide_id == cast.hilde


def test_no_form_has_room_for_what_may_never_be_written(app):
    with app.test_request_context("/"):
        fields = {field.name for field in WhoForm()} | {field.name for field in WishesForm()}
    assert fields == {
        "csrf_token",
        "once",
        "organisation_id",
        "age_band",
        "friends",
        "support_level",
        "hides_sender",
        "interests",
        "own_words",
        "keep_words",
        "days",
        "parts_of_day",
        "price_ceiling",
        "travel",
        "area",
        "arrangements",
        "distances",
        "version",
    }


@pytest.mark.parametrize(("language", "sentence"), [("nl", "Kies minstens"), ("en", "Choose at least")])
def test_what_was_typed_stays_when_something_is_missing(browse, cast, language, sentence):
    hilde = browse("hilde")
    hilde.client.set_cookie("lang", language, domain="brug.test", secure=True)
    referral = factories.draft(cast, interests=(), distances=())
    typed = "Met vrienden naar buiten, ook als het regent."
    data = filled(hilde.get(step(referral, "wensen")), own_words=typed, days=["sat"])
    page = hilde.post(step(referral, "wensen"), data)
    assert page.status == 422
    assert page.says(sentence)
    assert typed in page.text
    assert 'value="sat" id="days-5" checked' in page.text


def test_words_that_say_why_are_shown_once_more(browse, cast):
    referral = factories.draft(cast)
    hilde = browse("hilde")
    told = "Sinds de ADHD zoek ik een rustige plek."
    asked = hilde.get(step(referral, "wensen"))
    assert 'data-care-never="adhd|' in asked.text
    assert 'data-care-message-never="Dit zegt misschien waarom' in asked.text
    page = hilde.post(step(referral, "wensen"), filled(asked, own_words=told))
    assert page.status == 422
    assert page.says("Dit zegt misschien waarom, of iets over gezondheid, thuis of geloof.")
    assert told in page.text
    assert hilde.submit(page, step(referral, "wensen"), keep_words="y").status == 303


def test_too_many_words_say_how_many_fit(browse, cast):
    referral = factories.draft(cast)
    hilde = browse("hilde")
    data = filled(hilde.get(step(referral, "wensen")), own_words="a" * 401)
    page = hilde.post(step(referral, "wensen"), data)
    assert page.status == 422
    assert page.says("400")
