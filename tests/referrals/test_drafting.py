"""Free text with care, drafts, wishes that change later, and the last look before a question goes."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text

from tests import factories
from tests.referrals.asking import WISHES, begun, filled, only, step
from webapp.core import clock
from webapp.core.db import db
from webapp.referrals import actions, sealed
from webapp.referrals.lifecycle import ReferralStatus
from webapp.referrals.models import Ask, Referral
from webapp.vocabulary.arrangements import Arrangement
from webapp.vocabulary.interests import Interest
from webapp.vocabulary.prices import PriceCeiling


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

    @pytest.mark.parametrize("version", [None, "", "²", "9" * 5000])
    def test_a_version_that_is_no_number_is_as_none(self, browse, cast, version):
        referral = factories.sent(cast)
        hilde = browse("hilde")
        typed = filled(hilde.get(step(referral, "wensen")), **WISHES) | {"version": version}
        sent = {name: value for name, value in typed.items() if value is not None}
        assert hilde.post(step(referral, "wensen"), sent).status == 303

    def test_a_chosen_place_closes_the_wishes(self, browse, cast):
        referral = factories.chosen(cast)
        for name in ("wie", "wensen", "match", "samen", "nakijken"):
            assert browse("hilde").get(step(referral, name)).location == f"/toeleidingen/{referral.id}"

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

    def test_what_associations_read_does_not_stand_among_what_they_never_see(self, browse, cast):
        referral = factories.draft(cast, friends=2, price_ceiling=PriceCeiling.FREE)
        with_friends = browse("hilde").get(step(referral, "nakijken")).text
        only_to_search = with_friends.split("Alleen om te zoeken")[1].split("Verenigingen zien het niet")[0]
        assert "vrienden" not in only_to_search
        assert "Gratis" in only_to_search

    def test_friends_are_told_once(self, browse, cast):
        line = "Kan met een vriend komen"
        alone = factories.draft(cast, arrangements=(Arrangement.COME_WITH_FRIEND,))
        together = factories.draft(cast, arrangements=(Arrangement.COME_WITH_FRIEND,), friends=2)
        hilde = browse("hilde")
        assert hilde.get(step(alone, "nakijken")).says(line)
        assert not hilde.get(step(together, "nakijken")).says(line)

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


def test_what_was_saved_on_the_way_does_not_undo_what_was_sent(browse):
    """Leaving a field saves the form; the server may read that after the form that was sent a moment later."""
    hilde, referral = begun(browse)
    sent = filled(hilde.get(step(referral, "wensen")), **WISHES)
    on_its_way = {**sent, "distances": [], "own_words": "Ik wil buiten"}
    assert hilde.post(step(referral, "wensen"), sent).status == 303
    assert hilde.post(step(referral, "bewaar"), on_its_way).status == 204
    assert [one.value for one in only().distances] == ["trust"]
    assert WISHES["own_words"] in hilde.get(step(referral, "nakijken")).words
