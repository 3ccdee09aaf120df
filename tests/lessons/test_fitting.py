"""Lessons beside a form: what fits what somebody writes, and nothing of what is not out."""

from tests import factories
from tests.groups import makers as groups
from tests.lessons import makers
from tests.people import Cast
from tests.plans import makers as plans
from tests.support.browse import Browse
from webapp.core.db import db
from webapp.lessons import actions, fitting, tagging
from webapp.lessons.fitting import Writing
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.strategies import Strategy

CANARY = "ZilverKanarie"
URL = "/lessen/passend"


def titles(*codes: str, words: str = "") -> list[str]:
    return [row.title for row in fitting.lessons(Writing(frozenset(codes), words))]


def test_what_fits_best_comes_first_and_at_most_three(cast: Cast) -> None:
    for number in range(3):
        makers.out(cast, f"Dichtbij {number}", bs=(B.REACH,))
    makers.out(cast, "Iemand rijdt mee", bs=(B.REACH,), strategies=(Strategy.GUIDANCE,))
    makers.out(cast, "Betaal in stukjes", bs=(B.AFFORDABILITY,))
    assert titles(B.REACH, Strategy.GUIDANCE) == ["Iemand rijdt mee", "Dichtbij 2", "Dichtbij 1"]
    assert titles(B.AFFORDABILITY) == ["Betaal in stukjes"]
    assert titles("zomaar") == titles() == titles(words="  de het of ") == []


def test_words_fit_by_their_forms_and_by_the_tags_they_stand_for(cast: Cast) -> None:
    tagged = makers.out(cast, "Vraag het rond", "Er is altijd een plaats vrij.")
    tag = tagging.propose(tagged, "vervoer", by=cast.actor("frank"))
    tagging.accept(tag, by=cast.actor("frank"))
    tagging.reword(tag, "vervoer", "transport", ["carpool"], by=cast.actor("frank"))
    makers.out(cast, "Lege huizen", words={"situation": "Over carpool zei niemand iets."})
    actions.outdate(makers.out(cast, "Huizen van vroeger"), "De wijk is weg.", by=cast.actor("frank"))
    assert titles(words="Carpool: wie doet mee?") == ["Vraag het rond"]
    assert titles(words="Een huis voor de jongeren") == ["Lege huizen"]
    assert titles(words="Jongeren en kinderen") == []


def test_what_is_not_out_stands_beside_no_form(cast: Cast, browse: Browse) -> None:
    kept = {"bs": (B.REACH,)}
    makers.offered(cast, f"{CANARY} wacht", **kept)
    makers.fold(makers.out(cast, f"{CANARY} gevouwen", **kept))
    actions.hold(makers.out(cast, f"{CANARY} tegen", **kept), f"{CANARY} staat erin.", by=cast.actor("frank"))
    makers.out(cast, "Een poort", **kept)
    plan = plans.plan(cast)
    db.session.commit()
    hilde = browse("hilde")
    shown = hilde.submit(hilde.get(URL), URL, title=CANARY, distances=["reach"])
    beside = hilde.get(f"/plannen/{plan.id}/anderen?bs=reach", partial=True)
    for page in (shown, beside):
        assert page.says("Een poort")
        assert f"{CANARY} " not in page.text
    assert hilde.submit(hilde.get(URL), URL, title=CANARY).says("Nog geen les past hierbij.")
    assert hilde.submit(hilde.get(URL), URL, title="x" * 401).status == 422


def test_agenda_items_and_questions_ask_for_it_and_say_no_more_than_what_they_are_about(
    cast: Cast, browse: Browse
) -> None:
    made, sealed = groups.group(cast), groups.group(cast, name="Vertrouwen")
    sealed.is_about_integrity = True
    referral = factories.draft(cast)
    db.session.commit()
    asks = f'hx-post="{URL}"'
    assert asks in browse("noor").get(f"/werkgroepen/{made.id}/vergaderingen").text
    assert asks not in browse("noor").get(f"/werkgroepen/{sealed.id}/vergaderingen").text
    wishes = browse("hilde").get(f"/toeleidingen/{referral.id}/wensen")
    assert f'{asks} hx-trigger="load, change from:main" hx-include="main [name=distances]"' in wishes.text
