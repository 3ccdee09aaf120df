"""Asking a question: step by step, in little time, and with nothing in it that says who it is."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text

from tests import factories
from webapp.core import clock
from webapp.core.db import db
from webapp.referrals import actions, sealed
from webapp.referrals.forms.asking import WhoForm, WishesForm
from webapp.referrals.lifecycle import ReferralStatus
from webapp.referrals.models import Ask, Referral, Shortlisted
from webapp.vocabulary.aliases import ALIASES
from webapp.vocabulary.interests import Interest

NEW = "/toeleidingen/nieuw"
WHO = {"age_band": "12-14", "friends": "0", "support_level": "2"}
WISHES = {
    "interests": ["music", "outdoors"],
    "distances": ["trust"],
    "days": ["wed"],
    "price_ceiling": "little",
    "own_words": "Ik wil buiten zijn en vrienden maken.",
}


def only() -> Referral:
    db.session.expire_all()
    return db.session.scalars(select(Referral)).one()


def step(referral: Referral, name: str) -> str:
    return f"/toeleidingen/{referral.id}/{name}"


def filled(page: Any, **changes: Any) -> dict[str, Any]:
    return {**page.form(page.response.request.path), **changes}


def begun(browse: Any) -> tuple[Any, Referral]:
    hilde = browse("hilde")
    page = hilde.post(NEW, filled(hilde.get(NEW), **WHO))
    assert page.status == 303
    return hilde, only()


def test_three_steps_make_a_question_that_can_be_sent(browse, cast):
    offers = [factories.offer(cast), factories.offer(cast, "halvenoot", name="Slagwerk")]
    hilde, referral = begun(browse)
    page = hilde.get(step(referral, "wensen"))
    assert hilde.post(step(referral, "wensen"), filled(page, **WISHES)).location.endswith("/match")
    chosen = {"offers": [str(one.id) for one in offers], "then": "ask"}
    assert hilde.post(step(referral, "match"), chosen).location.endswith("/nakijken")
    page = hilde.get(step(referral, "nakijken"))
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
    assert browse("lena").get(step(referral, name)).status == 200  # keeps an eye on every question of her organisation


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


def test_too_many_words_say_how_many_fit(browse, cast):
    referral = factories.draft(cast)
    hilde = browse("hilde")
    data = filled(hilde.get(step(referral, "wensen")), own_words="a" * 401)
    page = hilde.post(step(referral, "wensen"), data)
    assert page.status == 422
    assert page.says("400")


class TestCare:
    """Free text warns about names and numbers, says why, and never forbids."""

    RISKY = "Bel gerust naar 0470 12 34 56 voor meer uitleg."

    def test_what_looks_like_a_number_is_shown_once_more(self, browse, cast):
        referral = factories.draft(cast)
        hilde = browse("hilde")
        page = hilde.post(step(referral, "wensen"), filled(hilde.get(step(referral, "wensen")), own_words=self.RISKY))
        assert page.status == 422
        assert page.says("telefoonnummer", "Zo bewaren")
        assert self.RISKY in page.text
        assert only().own_words_sealed is None

    def test_whoever_insists_may_keep_it(self, browse, cast):
        referral = factories.draft(cast)
        hilde = browse("hilde")
        data = filled(hilde.get(step(referral, "wensen")), own_words=self.RISKY, keep_words="y")
        assert hilde.post(step(referral, "wensen"), data).status == 303
        assert sealed.own_words(only()) == self.RISKY

    def test_names_of_the_town_and_its_associations_may_be_said(self, browse, cast):
        referral = factories.draft(cast)
        hilde = browse("hilde")
        words = "Graag iets zoals bij Scouts Zilverreiger, in Rietvoorde."
        data = filled(hilde.get(step(referral, "wensen")), own_words=words)
        assert hilde.post(step(referral, "wensen"), data).status == 303


class TestDraft:
    """A draft keeps what is there, complete or not."""

    def test_typing_is_kept_without_complaint(self, browse, cast):
        referral = factories.draft(cast)
        hilde = browse("hilde")
        data = filled(hilde.get(step(referral, "wensen")), own_words="Buiten", interests=[], distances=[])
        for words in ("Buiten zijn", "Buiten zijn met vrienden"):
            assert hilde.post(step(referral, "bewaar"), {**data, "own_words": words}).status == 204
        assert sealed.own_words(only()) == "Buiten zijn met vrienden"
        assert only().interests == ()

    def test_what_cannot_be_read_leaves_the_rest(self, browse, cast):
        referral = factories.draft(cast)
        data = {"interests": ["dance"], "own_words": "a" * 500, "area": "Nergens"}
        assert browse("hilde").post(step(referral, "bewaar"), data).status == 204
        assert only().interests == (Interest.DANCE,)
        assert (sealed.own_words(only()), only().area) == ("", "")

    def test_a_button_keeps_it_without_script(self, browse, cast):
        referral = factories.draft(cast)
        page = browse("hilde").post(step(referral, "klad"), {"interests": ["dance"]})
        assert page.status == 303
        assert only().interests == (Interest.DANCE,)

    def test_a_question_that_was_sent_is_never_kept_half_finished(self, browse, cast):
        referral = factories.sent(cast)
        for name in ("bewaar", "klad"):
            assert browse("hilde").post(step(referral, name), {"interests": ["dance"]}).status == 409
        assert only().interests == (Interest.MUSIC,)

    def test_it_can_be_thrown_away(self, browse, cast):
        referral = factories.draft(cast)
        assert browse("hilde").get(step(referral, "weggooien")).status == 200
        assert browse("hilde").post(step(referral, "weggooien")).status == 303
        assert not db.session.scalars(select(Referral)).all()


class TestChangingLater:
    """Wishes change while the search lasts."""

    def test_the_wishes_change_while_seeking(self, browse, cast):
        referral = factories.sent(cast)
        hilde = browse("hilde")
        page = hilde.post(step(referral, "wensen"), filled(hilde.get(step(referral, "wensen")), **WISHES))
        assert page.location == f"/toeleidingen/{referral.id}"
        assert set(only().interests) == {Interest.MUSIC, Interest.OUTDOORS}

    def test_a_page_that_is_older_than_the_question_keeps_what_was_typed(self, browse, cast):
        referral = factories.sent(cast)
        hilde = browse("hilde")
        data = filled(hilde.get(step(referral, "wensen")), **WISHES)
        actions.describe(
            referral, factories.PROFILE.__class__(**{**_profile(referral), "friends": 2}), by=cast.actor("lena")
        )
        db.session.commit()
        page = hilde.post(step(referral, "wensen"), data)
        assert page.status == 409
        assert WISHES["own_words"] in page.text
        again = hilde.post(step(referral, "wensen"), filled(page, own_words=WISHES["own_words"]))
        assert again.status == 303

    def test_a_chosen_place_closes_the_wishes(self, browse, cast):
        referral = factories.chosen(cast)
        for name in ("wie", "wensen", "match", "samen", "nakijken"):
            assert browse("hilde").get(step(referral, name)).status == 409

    def test_more_offers_can_be_asked_later(self, browse, cast):
        referral = factories.sent(cast, ("zilverreiger",))
        more = factories.offer(cast, "halvenoot", name="Slagwerk")
        hilde = browse("hilde")
        assert hilde.get(step(referral, "match")).says("Al gevraagd", "Slagwerk")
        assert hilde.post(step(referral, "match"), {"offers": str(more.id), "then": "ask"}).status == 303
        assert hilde.submit(hilde.get(step(referral, "nakijken")), step(referral, "nakijken")).status == 303
        assert db.session.scalar(select(func.count(Ask.id))) == 2


def _profile(referral: Referral) -> dict[str, Any]:
    known = actions.profile_of(referral)
    return {name: getattr(known, name) for name in known.__dataclass_fields__}


class TestCheck:
    """The last page shows what associations will see, and who sees what."""

    def test_a_hidden_sender_is_a_network_partner(self, browse, cast):
        referral = factories.draft(cast, hides_sender=True)
        page = browse("hilde").get(step(referral, "nakijken"))
        assert page.says("een netwerkpartner")
        assert not page.says("“De Lantaarn”")

    def test_what_is_missing_is_said_and_cannot_be_sent(self, browse, cast):
        referral = factories.draft(cast, distances=())
        one = factories.offer(cast)
        hilde = browse("hilde")
        hilde.post(step(referral, "match"), {"offers": str(one.id)})
        page = hilde.get(step(referral, "nakijken"))
        assert page.says("Kies minstens één afstand")
        assert hilde.submit(page, step(referral, "nakijken")).status == 422
        assert only().status is ReferralStatus.DRAFT

    def test_nothing_chosen_cannot_be_sent(self, browse, cast):
        referral = factories.draft(cast)
        hilde = browse("hilde")
        assert hilde.submit(hilde.get(step(referral, "nakijken")), step(referral, "nakijken")).status == 422

    def test_six_is_too_many(self, browse, cast):
        referral = factories.draft(cast)
        six = [str(factories.offer(cast, name=f"Groep {number}").id) for number in range(6)]
        hilde = browse("hilde")
        assert hilde.post(step(referral, "nakijken"), {"offers": six}).status == 422
        assert not db.session.scalars(select(Ask)).all()


def test_own_words_are_never_in_the_database_in_clear(browse, cast, app):
    canary = "kanariewoorden over buiten zijn"
    referral = factories.draft(cast)
    hilde = browse("hilde")
    hilde.post(step(referral, "bewaar"), {"own_words": canary, "interests": ["music"]})
    assert sealed.own_words(only()) == canary
    tables = db.session.execute(select(text("*")).select_from(Referral.__table__)).all()
    assert canary not in repr(tables)
    if db.engine.dialect.name == "sqlite":
        from pathlib import Path

        database = Path(str(db.engine.url.database))
        found = [file for file in database.parent.glob(database.name + "*") if canary.encode() in file.read_bytes()]
        assert not found


def test_an_old_draft_says_how_long_it_stays(browse, cast):
    with clock.at(clock.now() - timedelta(days=2)):
        referral = factories.draft(cast)
    hilde = browse("hilde")
    page = hilde.follow(hilde.post(step(referral, "klad"), {"interests": ["music"]}))
    assert page.says("14 dagen")
