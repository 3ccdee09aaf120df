"""The page that says how long everything stays, and the brake on it."""

from datetime import timedelta

import pytest
from flask import Flask

from tests.people import Cast
from tests.support.browse import Browse
from webapp.config import Settings
from webapp.core import brake, clock
from webapp.core.brake import Held
from webapp.core.db import db
from webapp.operations import doctor_duties
from webapp.privacy import labels
from webapp.vocabulary.retention import KEEP_TRAITS, Keep


def _hold() -> None:
    now = brake.state()
    now.held_since, now.held_why, now.due = clock.now(), Held.MANY, 80
    db.session.commit()


def test_the_page_says_every_period(browse: Browse) -> None:
    found = browse("noor").get("/bewaren")
    assert found.status == 200
    assert found.text.count("<tr>") == len(KEEP_TRAITS) + 1
    assert found.says("De contactkaart", "90 dagen", "6 maanden", "1 jaar")


def test_a_period_in_words(app: Flask) -> None:
    with app.test_request_context(headers={"Cookie": "lang=en"}):
        times = {rule: labels.time_words(KEEP_TRAITS[rule].time) for rule in (Keep.CODE, Keep.DRAFT, Keep.CARD)}
        assert times == {Keep.CODE: "1 day", Keep.DRAFT: "14 days", Keep.CARD: "90 days"}
        longer = [labels.time_words(timedelta(days=days)) for days in (180, 365, 730)]
        assert longer == ["6 months", "1 year", "2 years"]


@pytest.mark.parametrize("who", ["noor", "tine"])
def test_only_an_administrator_reads_how_erasing_stands(browse: Browse, who: str) -> None:
    _hold()
    assert "/bewaren/verder" not in browse(who).get("/bewaren").text
    assert browse(who).post("/bewaren/verder").status == 404
    assert "Het wissen" not in browse(who).get("/").text


def test_all_is_not_well_while_erasing_stands_still(browse: Browse, settings: Settings) -> None:
    assert browse("ada").get("/gezondheid").says("Alles in orde")
    _hold()
    page = browse("ada").get("/gezondheid")
    assert page.says("Het wissen is gestopt", "Kijk dit even na", "Er is iets om na te kijken.")
    assert "/bewaren" in page.text
    assert any("Erasing stands still" in one.sentence for one in doctor_duties.looked_at(settings))


def test_an_administrator_finds_the_brake_on_today_and_lets_erasing_go_on(browse: Browse, cast: Cast) -> None:
    ada = browse("ada")
    _hold()
    assert ada.get("/").says("Het wissen is gestopt en wacht op jou")
    shown = ada.get("/bewaren")
    assert shown.says("meer vragen tegelijk", "80 vragen")
    done = ada.submit(shown, "/bewaren/verder")
    assert done.status == 303
    assert not ada.get("/").says("Het wissen is gestopt")
    standing = brake.standing()
    assert standing is not None
    assert (standing.held_why, standing.released_by_id) == (None, cast.ada)


def test_letting_erasing_go_on_takes_fresh_proof(browse: Browse) -> None:
    _hold()
    ada = browse("ada")
    with clock.at(clock.now() + timedelta(minutes=16)):
        asked = ada.post("/bewaren/verder")
    assert asked.location.startswith("/bewijs")
    assert brake.standing().held_why is Held.MANY  # type: ignore[union-attr]
