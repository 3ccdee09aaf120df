"""What fits, on the guide's page and on the big screen: in words, chosen once, never more than five."""

from typing import Any

import pytest
from sqlalchemy import select

from tests import factories
from tests.referrals.steps import counted
from webapp.core.db import db
from webapp.referrals.models import Referral, Shortlisted
from webapp.vocabulary.ages import AgeBand
from webapp.vocabulary.interests import Interest
from webapp.vocabulary.offers import Room
from webapp.vocabulary.prices import PriceCeiling


def step(referral: Referral, name: str) -> str:
    return f"/toeleidingen/{referral.id}/{name}"


def liked() -> set[Any]:
    db.session.expire_all()
    return set(db.session.scalars(select(Shortlisted.offer_id).where(Shortlisted.is_liked)))


def test_the_page_says_why_something_fits_and_what_to_mind(browse, cast):
    factories.offer(cast, customs=[{"topic": "uniform", "stance": "can_move", "note": ""}])
    referral = factories.draft(cast)
    page = browse("hilde").get(step(referral, "match"))
    assert page.says("Past, want", "Zaterdag van 14 tot 17 uur", "Let op", "Er is een uniform", "Korte brug")


def test_an_offer_for_everybody_says_so(browse, cast):
    factories.offer(cast, age_min=0, age_max=99)
    factories.offer(cast, "halvenoot", age_min=12, age_max=99)
    page = browse("hilde").get(step(factories.draft(cast), "match"))
    assert page.says("alle leeftijden", "vanaf 12 jaar")
    assert "99" not in page.words


def test_no_score_is_shown(browse, cast):
    factories.offer(cast)
    assert "%" not in browse("hilde").get(step(factories.draft(cast), "match")).words


def test_a_full_offer_shows_its_waiting_list(browse, cast):
    factories.offer(cast, room=Room.FULL, waiting=4)
    assert browse("hilde").get(step(factories.draft(cast), "match")).says("wachtlijst van 4")


def test_at_least_two_are_shown_and_say_what_gives_way(browse, cast):
    factories.offer(cast, name="Past")
    factories.offer(cast, "halvenoot", name="Te duur", price_cents=90000)
    referral = factories.draft(cast, price_ceiling=PriceCeiling.MORE)
    page = browse("hilde").get(step(referral, "match"))
    assert page.says("Past", "Te duur", "de prijs")


def test_without_any_offer_the_page_helps(browse, cast):
    page = browse("hilde").get(step(factories.draft(cast), "match"))
    assert page.says("Nog niets dat past", "Wensen aanpassen", "Bekijk al het aanbod")


def test_when_nothing_fits_completely_the_nearest_are_shown(browse, cast):
    factories.offer(cast, age_min=6, age_max=8)
    referral = factories.draft(cast, age_band=AgeBand.FROM_15)
    assert browse("hilde").get(step(referral, "match")).says("Geen enkel aanbod past helemaal", "de leeftijd")


def test_drafts_of_associations_are_not_proposed(browse, cast):
    factories.offer(cast, name="Nog geheim", is_published=False)
    assert not browse("hilde").get(step(factories.draft(cast), "match")).says("Nog geheim")


def test_choosing_counts_along(browse, cast):
    ids = [str(factories.offer(cast, name=f"Groep {number}").id) for number in range(3)]
    referral = factories.draft(cast)
    hilde = browse("hilde")
    assert hilde.post(step(referral, "match"), {"offers": ids}, partial=True).says("3 gekozen", "Vraag deze drie")
    assert hilde.post(step(referral, "match"), {"offers": ids[:1]}, partial=True).says("1 gekozen", "Vraag het hier")
    assert {str(one) for one in liked()} == {ids[0]}
    assert hilde.post(step(referral, "match"), {}, partial=True).says("0 gekozen")
    assert not liked()


def test_choosing_works_without_script(browse, cast):
    one = factories.offer(cast)
    referral = factories.draft(cast)
    hilde = browse("hilde")
    assert hilde.post(step(referral, "match"), {"offers": str(one.id), "then": "draft"}).location == "/toeleidingen"
    assert hilde.get(step(referral, "match")).form(step(referral, "match"))["offers"] == str(one.id)


@pytest.mark.parametrize("number", [0, 6])
def test_none_and_six_are_refused_with_a_sentence(browse, cast, number):
    ids = [str(factories.offer(cast, name=f"Groep {one}").id) for one in range(number)] or []
    if not ids:
        factories.offer(cast)
    referral = factories.draft(cast)
    page = browse("hilde").post(step(referral, "match"), {"offers": ids, "then": "ask"})
    assert page.status == 422
    assert page.says("één tot vijf")


def test_an_offer_that_is_not_on_the_page_is_refused(browse, cast):
    hidden = factories.offer(cast, is_published=False)
    referral = factories.draft(cast)
    assert browse("hilde").post(step(referral, "match"), {"offers": str(hidden.id)}).status == 422
    assert not liked()


class TestTogether:
    """The big screen, for the eyes of the young person."""

    def test_it_shows_three_doors_and_more_when_asked(self, browse, cast):
        for number in range(5):
            factories.offer(cast, name=f"Groep {number}")
        referral = factories.draft(cast)
        hilde = browse("hilde")
        page = hilde.get(step(referral, "samen"))
        assert page.text.count('class="door-tile') == 3
        assert page.says("Wat vind jij leuk?", "Toon er meer", "Klaar met kijken")
        assert hilde.get(step(referral, "samen") + "?toon=6").text.count('class="door-tile') == 5

    def test_what_is_liked_here_is_chosen_on_the_match_page(self, browse, cast):
        one = factories.offer(cast)
        referral = factories.draft(cast)
        hilde = browse("hilde")
        assert hilde.post(step(referral, "samen"), {"offer": str(one.id), "liked": "yes"}).status == 303
        assert liked() == {one.id}
        assert hilde.get(step(referral, "match")).says("1 gekozen")
        assert hilde.post(step(referral, "samen"), {"offer": str(one.id), "liked": ""}, partial=True).says("Nog niets")
        assert not liked()

    def test_what_was_passed_over_comes_last(self, browse, cast):
        offers = [factories.offer(cast, name=name) for name in ("Eerste", "Tweede", "Derde", "Vierde")]
        referral = factories.draft(cast)
        hilde = browse("hilde")
        first = next(one for one in offers if one.name in hilde.get(step(referral, "samen")).words)
        name = first.name
        hilde.post(step(referral, "samen"), {"offer": str(first.id), "liked": "no"})
        assert not hilde.get(step(referral, "samen")).says(name)
        assert hilde.get(step(referral, "samen") + "?toon=6").says(name)

    def test_a_strange_offer_is_refused(self, browse, cast):
        referral = factories.draft(cast)
        data = {"offer": str(cast.hilde), "liked": "yes"}
        assert browse("hilde").post(step(referral, "samen"), data).status == 422

    def test_nothing_on_it_is_about_anybody(self, browse, cast):
        referral = factories.draft(cast)
        factories.offer(cast, interests=(Interest.MUSIC,))
        page = browse("hilde").get(step(referral, "samen"))
        assert not page.says("12 tot 14")


@pytest.mark.parametrize("name", ["match", "samen", "nakijken"])
def test_the_same_number_of_statements_for_one_offer_and_thirty(browse, cast, name):
    referral = factories.draft(cast)
    factories.offer(cast)
    hilde = browse("hilde")
    hilde.get(step(referral, name))
    with counted() as few:
        hilde.get(step(referral, name))
    for number in range(29):
        factories.offer(cast, name=f"Groep {number}")
    hilde.get(step(referral, name))
    with counted() as much:
        hilde.get(step(referral, name))
    assert len(much) == len(few) <= 12, few


def test_a_choice_that_arrives_late_does_not_undo_what_was_gone_on_with(browse, cast):
    """Each change sends the whole choice; the server may read one after the press of the button that goes on."""
    ids = [str(factories.offer(cast, name=name).id) for name in ("Een", "Twee", "Drie")]
    referral = factories.draft(cast)
    hilde, url = browse("hilde"), step(referral, "match")
    form = hilde.get(url).form(url)
    for chosen in (ids[:1], ids[:2]):
        assert hilde.post(url, {**form, "offers": chosen}, partial=True).status == 200
    assert len(liked()) == 2
    assert hilde.post(url, {**form, "offers": ids, "then": "ask"}).status == 303
    hilde.post(url, {**form, "offers": ids[:2]}, partial=True)
    assert len(liked()) == 3
    again = hilde.get(url).form(url)
    assert hilde.post(url, {**again, "offers": ids[:1]}, partial=True).status == 200
    assert len(liked()) == 1
