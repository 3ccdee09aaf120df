"""The page of the log: words, filters, pages, and nothing of what is not out."""

import pytest

from tests.lessons import makers
from tests.people import Cast
from tests.support.browse import Browse
from webapp.core.db import db
from webapp.lessons import actions, searching
from webapp.lessons.codes import LessonKind
from webapp.lessons.models import OtherTown
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.sides import Side
from webapp.vocabulary.strategies import Strategy

CANARY = "ZilverKanarie"


def test_a_lesson_is_found_by_its_words_and_by_what_it_is_about(cast: Cast, browse: Browse) -> None:
    about = {"bs": (B.TRUST,), "strategies": (Strategy.GUIDANCE,), "side": Side.DEMAND, "source": "Pleinwerk"}
    makers.out(cast, "Lege huizen", words={"situation": "De deur was dicht."}, kind=LessonKind.TRY, year=2024, **about)
    makers.out(cast, "Radio maken sloeg niet aan")
    db.session.commit()
    browser = browse("hilde")
    page = browser.get("/leren")
    assert page.says("2 lessen, de nieuwste eerst", "Lege huizen", "De deur was dicht.", "Eén keer gezien")
    url = "/leren?q=huis&b=trust&strategie=guidance&kant=demand&bron=Pleinwerk&soort=try&jaar=2024&zeker=once"
    page = browser.get(url)
    assert page.says("1 les", "Lege huizen", "B: betrouwbaar", "Voor wie: jongeren", "Bron: Pleinwerk", "Jaar: 2024")
    assert "Radio" not in page.text
    assert page.form("/leren")["soort"] == "try"
    assert any("b=trust" not in link and "q=huis" in link and "jaar=2024" in link for link in page.links())


def test_nothing_found_says_what_to_let_go_of(cast: Cast, browse: Browse) -> None:
    page = browse("hilde").get("/leren?q=xyzxyz&b=trust&jaar=vroeger&kant=midden&na=onzin")
    assert page.says("0 lessen", "Zonder het woord “xyzxyz”", "Bekijk alle lessen")
    assert browse("hilde").get("/leren").says("Nog geen lessen")


def test_signs_without_a_word_ask_for_nothing_and_that_is_said(cast: Cast, browse: Browse) -> None:
    for title in ("Poort", "Poort dicht"):
        makers.out(cast, title, bs=(B.TRUST,))
    db.session.commit()
    page = browse("hilde").get("/leren?q=%25*&b=trust")
    assert page.says("2 lessen, de nieuwste eerst", "In “%*” staat geen woord om op te zoeken.")
    assert page.form("/leren")["q"] == "%*"
    assert not any("q=" in link for link in page.links())


def test_more_comes_on_a_page_of_its_own(cast: Cast, browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "PAGE_SIZE", 2)
    searching._page.cache_clear()
    for number in range(3):
        makers.out(cast, f"Poort {number}")
    db.session.commit()
    browser = browse("hilde")
    first = browser.get("/leren?q=poort")
    on = next(link for link in first.links() if "na=" in link)
    second = browser.get(on)
    searching._page.cache_clear()
    assert first.says("3 lessen", "Poort 2", "Poort 1", "Toon er meer")
    assert second.says("3 lessen", "Poort 0", "Naar het begin")
    assert "Poort 1" not in second.text


def test_a_lesson_of_another_town_says_so_and_one_that_no_longer_holds_too(cast: Cast, browse: Browse) -> None:
    town = OtherTown(name="Wilgendonk", feed="https://wilgendonk.example/lessen.json")
    db.session.add(town)
    db.session.flush()
    lesson = makers.out(cast, "Met de bus")
    lesson.town_id, lesson.organisation_id = town.id, None
    actions.outdate(makers.out(cast, "Met de trein"), "De trein rijdt niet meer.", by=cast.actor("frank"))
    db.session.commit()
    page = browse("hilde").get("/leren")
    assert page.says("Uit Wilgendonk", "Klopt niet meer", "De trein rijdt niet meer.")


def test_what_is_not_out_shows_nowhere(cast: Cast, browse: Browse) -> None:
    kept = {"bs": (B.REACH,), "year": 1999, "source": CANARY, "words": {"did": f"{CANARY} deed het."}}
    makers.offered(cast, f"{CANARY} wacht", **kept)
    makers.fold(makers.out(cast, f"{CANARY} gevouwen", **kept))
    actions.hold(makers.offered(cast, f"{CANARY} tegen", **kept), f"{CANARY} staat erin.", by=cast.actor("frank"))
    makers.out(cast, "Een poort")
    db.session.commit()
    browser = browse("frank")
    for url in ("/leren", "/leren?b=reach", "/leren?q=zilverk", "/leren?jaar=1999"):
        text = browser.get(url).text
        assert CANARY not in text
        assert "1 les" not in text or url == "/leren"
    page = browser.get("/leren")
    assert page.says("1 les", "Een poort")
    assert not any("jaar=1999" in link or "bron=" in link for link in page.links())
