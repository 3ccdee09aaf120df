"""What Brug keeps about one young person, given to them by whoever walks along: all of it, and nobody else."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests import factories
from tests.factories import CANARY_NAME, CANARY_PHONE
from tests.people import ORGANISATIONS, PEOPLE, Cast
from tests.referrals.steps import audit_unwritable, id_of
from tests.support.browse import Browse, Browser
from webapp.accounts.models import Function
from webapp.core import clock
from webapp.core.audit import Audit
from webapp.core.db import db
from webapp.referrals import agreements, sealed
from webapp.referrals.models import Referral

WORDS = "Ik wil drummen en luid zijn."
OTHERS = "Kwartelwoorden"
ABOUT_THEM = (
    CANARY_NAME,
    CANARY_PHONE,
    WORDS,
    "Daar mag ik meteen drummen.",
    "Drumstokken",
    "We bellen de dag",
    "Kaai 3",
    "om die jongere te ontvangen",
)


def _written(cast: Cast) -> Any:
    """A question with everything in it, and with words about other people in each field that takes them."""
    plan = factories.planned(cast)
    referral = db.session.get_one(Referral, plan.referral_id)
    referral.own_words_sealed = sealed.seal(referral, "referral", "own_words", WORDS)
    plan.companion = plan.phone_name = plan.welcomer_hint = plan.phone = plan.welcomer = OTHERS
    plan.bring, plan.we_prepare = "Drumstokken", "We bellen de dag ervoor."
    ask = factories.ask_of(referral, cast.halvenoot)
    ask.message = ask.welcomer = ask.moment_note = OTHERS
    db.session.commit()
    return id_of(referral)


def _post(browser: Browser, referral_id: Any, way: str) -> Any:
    return browser.post(f"/toeleidingen/{referral_id}/over-mij/{way}")


@pytest.mark.parametrize("way", ["blad", "bestand"])
def test_everything_about_them_is_in_it_and_nobody_else(browse: Browse, cast: Cast, way: str) -> None:
    referral_id = _written(cast)
    browse("bram").post(f"/toeleidingen/{referral_id}/contactkaart")
    given = _post(browse("hilde"), referral_id, way)
    assert given.status == 200
    for mine in (*ABOUT_THEM, ORGANISATIONS["halvenoot"][0], ORGANISATIONS["zilverreiger"][0]):
        assert mine in given.text, mine
    names = [part for name, _ in PEOPLE.values() for part in name.split() if len(part) > 3]
    for other in (OTHERS, "0470 00 00 21", *names):
        assert other not in given.text, other


def test_the_file_is_a_download_that_a_machine_reads(browse: Browse, cast: Cast) -> None:
    given = _post(browse("hilde"), _written(cast), "bestand")
    told = json.loads(given.text)
    assert {part["title"] for part in told["parts"]} >= {"Wie je bent", "Je vraag", "Waar je ja op zei"}
    headers = given.response.headers
    assert headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in headers["Content-Security-Policy"]
    assert CANARY_NAME not in headers["Content-Disposition"]


def test_it_is_written_down_with_the_look_at_the_card_or_not_given(browse: Browse, cast: Cast) -> None:
    referral_id = _written(cast)
    hilde = browse("hilde")
    _post(hilde, referral_id, "blad")
    noted = select(Audit.action).where(Audit.thing_id == referral_id, Audit.actor_id == cast.hilde)
    assert list(db.session.scalars(noted.order_by(Audit.number)))[-2:] == ["referral.export", "card.open"]
    with audit_unwritable():
        refused = _post(hilde, referral_id, "blad")
    assert (refused.status, CANARY_NAME in refused.text) == (503, False)


def test_it_takes_fresh_proof(browse: Browse, cast: Cast) -> None:
    referral_id = _written(cast)
    hilde = browse("hilde")
    with clock.at(clock.now() + timedelta(minutes=16)):
        asked = _post(hilde, referral_id, "blad")
    assert asked.location.startswith("/bewijs")
    assert CANARY_NAME not in asked.text


def test_after_a_withdrawal_no_name_and_no_words_are_in_it(browse: Browse, cast: Cast) -> None:
    referral_id = _written(cast)
    agreements.withdraw(db.session.get_one(Referral, referral_id), by=cast.actor("hilde"))
    db.session.commit()
    given = _post(browse("hilde"), referral_id, "blad")
    assert given.says("Brug bewaart je naam nu niet.", "gestopt op")
    for gone in (CANARY_NAME, CANARY_PHONE, WORDS, "We bellen de dag"):
        assert gone not in given.text


def test_who_may_not_open_the_card_gives_the_rest(browse: Browse, cast: Cast) -> None:
    """Lena's function was given from outside, after the agreement."""
    referral_id = _written(cast)
    seat = db.session.scalars(select(Function).where(Function.person_id == cast.lena)).one()
    seat.from_outside, seat.opens_from = True, clock.now()
    db.session.commit()
    given = _post(browse("lena"), referral_id, "blad")
    assert given.says("Staat op de contactkaart")
    assert CANARY_NAME not in given.text


def test_who_receives_them_cannot_make_it(browse: Browse, cast: Cast) -> None:
    referral_id = _written(cast)
    assert _post(browse("bram"), referral_id, "blad").status == 403
    assert _post(browse("noor"), referral_id, "blad").status == 404
    assert f"/toeleidingen/{referral_id}/over-mij" not in browse("bram").get(f"/toeleidingen/{referral_id}").text


def test_the_page_of_a_question_leads_to_it(browse: Browse, cast: Cast) -> None:
    referral_id = _written(cast)
    hilde = browse("hilde")
    assert f"/toeleidingen/{referral_id}/over-mij" in hilde.get(f"/toeleidingen/{referral_id}").links()
    shown = hilde.get(f"/toeleidingen/{referral_id}/over-mij")
    assert {f"/toeleidingen/{referral_id}/over-mij/{way}" for way in ("blad", "bestand")} <= shown.links()
    assert CANARY_NAME not in shown.text


def test_five_an_hour(browse: Browse, cast: Cast) -> None:
    referral_id = _written(cast)
    hilde = browse("hilde")
    assert [_post(hilde, referral_id, "blad").status for _ in range(6)] == [200] * 5 + [429]


def test_a_draft_has_one_too(browse: Browse, cast: Cast) -> None:
    given = _post(browse("hilde"), id_of(factories.draft(cast)), "blad")
    assert given.says("Brug bewaart je naam nu niet.", "Je vraag")
