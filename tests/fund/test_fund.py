"""Support for a question: asked without a story, decided by alias, paid, and counted without anybody."""

import uuid
from datetime import timedelta

import pytest
from flask import Flask, g
from sqlalchemy import func, select

from tests import factories
from tests.core.together import at_once
from tests.people import Cast
from tests.referrals.steps import id_of, notices
from tests.support.browse import Browse
from webapp.core import clock
from webapp.core.db import db
from webapp.core.errors import Invalid, NotAllowed, StepRefused
from webapp.fund import actions, labels, needs, queries
from webapp.fund.lifecycle import SUPPORT, SupportStatus
from webapp.fund.models import FundYear, SupportRequest
from webapp.referrals import wiping
from webapp.referrals.models import Referral
from webapp.vocabulary.fund import PriceChoice, SupportFor
from webapp.web.i18n import in_language
from webapp.web.numbers import around


def asked(cast: Cast, cents: int = 4000, referral: Referral | None = None) -> SupportRequest:
    row = actions.ask(
        referral or factories.agreed(cast), SupportFor.CAMP, PriceChoice.LOWEST, cents, by=cast.actor("hilde")
    )
    db.session.commit()
    return row


def year() -> tuple[int, ...]:
    db.session.rollback()
    ((_, *numbers),) = queries.years()
    db.session.rollback()
    return tuple(numbers)


def test_asked_granted_and_paid_on_the_pages(cast: Cast, browse: Browse) -> None:
    referral_id = id_of(factories.agreed(cast))
    hilde, tine = browse("hilde"), browse("tine")
    url = f"/toeleidingen/{referral_id}/steun"
    assert url in hilde.get(f"/toeleidingen/{referral_id}").links()
    page = hilde.submit(hilde.get(url), url, purpose="camp", price="lowest", amount_cents="42,50")
    assert page.status == 303
    assert hilde.get(url).says("Een kamp of een weekend", "de laagste prijs", "Gevraagd")
    assert hilde.get("/steunfonds").says("Alle toeleidingen")  # where one asks
    assert "/steunfonds" in tine.get("/").links()
    decisions = tine.get("/steunfonds")
    request_id = db.session.scalars(select(SupportRequest.id)).one()
    db.session.rollback()
    for secret in (factories.CANARY_NAME, factories.CANARY_PHONE, "Hilde", "De Lantaarn", "Halve Noot", "Zilverreiger"):
        assert secret not in decisions.text
    assert tine.post(f"/steunfonds/{request_id}", {"step": "grant"}).status == 303
    assert hilde.get(url).says("Het fonds zegt ja")
    assert tine.post(f"/steunfonds/{request_id}", {"step": "grant"}).status == 409
    assert tine.post(f"/steunfonds/{request_id}", {"step": "pay"}).status == 303
    assert hilde.get(url).says("In orde gebracht")
    assert notices(cast, "hilde")[-2:] == ["support_decided", "support_decided"]
    assert year() == (1, 1, 4250, 1, 4250)
    assert tine.get("/steunfonds").says("Er wacht niets op een beslissing.")


def test_the_page_of_the_question_says_what_was_asked_and_what_became_of_it(cast: Cast, browse: Browse) -> None:
    referral = factories.agreed(cast)
    referral_id = id_of(referral)
    url = f"/toeleidingen/{referral_id}"
    assert not browse("hilde").get(url).says("Gevraagd,")
    request = asked(cast, cents=4250, referral=referral)
    page = browse("hilde").get(url)
    assert page.says("Steun van het fonds", "Een kamp of een weekend", "€ 42,50", "Gevraagd, ")
    actions.DECISIONS["grant"](request, by=cast.actor("tine"))
    db.session.commit()
    assert browse("hilde").get(url).says("Het fonds zegt ja, ")
    for other in ("bram", "noor"):
        assert "42,50" not in browse(other).get(url).text


def test_a_request_that_waits_longer_comes_first(app: Flask, cast: Cast) -> None:
    first = asked(cast)
    sent_at = first.created_at
    first.created_at = sent_at - timedelta(days=9)
    db.session.commit()
    asked(cast)
    with app.test_request_context("/"), in_language("nl"):
        g.actor = cast.actor("tine")
        around(needs.numbers(g.actor))
        (need,) = needs.all_needs(g.actor)
    assert (need.title, need.since) == ("2 aanvragen wachten op het fonds", sent_at - timedelta(days=9))


def test_a_promise_stays_on_today_until_it_is_kept(cast: Cast, browse: Browse) -> None:
    request = asked(cast)
    request_id, tine = request.id, browse("tine")
    assert not tine.get("/").says("moet nog in orde komen")
    assert tine.post(f"/steunfonds/{request_id}", {"step": "grant"}).status == 303
    assert tine.get("/").says("1 toezegging van het fonds moet nog in orde komen")
    assert "toezegging" not in browse("hilde").get("/").text
    assert tine.post(f"/steunfonds/{request_id}", {"step": "pay"}).status == 303
    assert not tine.get("/").says("moet nog in orde komen")


def test_the_association_sees_nothing_of_it(cast: Cast, browse: Browse) -> None:
    referral = factories.agreed(cast)
    asked(cast, referral=referral)
    referral_id = id_of(referral)
    assert browse("bram").get(f"/toeleidingen/{referral_id}/steun").status == 403
    page = browse("bram").get(f"/toeleidingen/{referral_id}")
    assert "steun" not in page.text
    for who in ("bram", "noor", "frank", "ada", "hilde"):
        fund = browse(who).get("/steunfonds")
        assert fund.says("Solidariteitsfonds", "<5")
        assert "40" not in fund.words.replace("2040", "")
        assert "Wacht op jou" not in fund.words


def test_mistakes_keep_what_was_typed(cast: Cast, browse: Browse) -> None:
    url = f"/toeleidingen/{id_of(factories.agreed(cast))}/steun"
    hilde = browse("hilde")
    for sent, sentence in (
        ({"purpose": "camp"}, "Schrijf over hoeveel het gaat"),
        ({"purpose": "camp", "amount_cents": "veel"}, "Schrijf een bedrag in euro"),
        ({"purpose": "camp", "amount_cents": "1001"}, "Bel eerst met de jeugddienst."),
        ({"amount_cents": "20"}, "Kies waarvoor het is."),
        ({"purpose": "ride", "amount_cents": "30"}, "Bij een lift hoort geen bedrag."),
    ):
        page = hilde.submit(hilde.get(url), url, **sent)
        assert page.status == 422
        assert page.says(sentence)
        assert page.form(url).get("amount_cents", "") == sent.get("amount_cents", "")
    assert hilde.submit(hilde.get(url), url, purpose="ride", amount_cents="", price="lowest").status == 303
    assert hilde.get(url).words.count("de laagste prijs") == 1, "in the form alone"
    assert hilde.get(url).says("Een lift", "zonder geld")
    assert "geen geld" not in hilde.get(url).words
    assert hilde.post(f"{url}/terug", {"request": "x"}).status == 400


def test_the_young_person_reads_what_was_asked_for_them(cast: Cast, browse: Browse) -> None:
    referral = factories.agreed(cast)
    asked(cast, 4250, referral)
    page = browse("hilde").post(f"/toeleidingen/{id_of(referral)}/over-mij/blad")
    assert page.says("Aan het fonds gevraagd", "de laagste prijs, Gevraagd")


def test_nobody_asks_while_there_is_nothing_to_pay(cast: Cast) -> None:
    with pytest.raises(StepRefused):
        asked(cast, referral=factories.sent(cast))
    with pytest.raises(Invalid):
        asked(cast, 0)


def test_nobody_decides_about_what_they_asked_themselves(cast: Cast) -> None:
    row = asked(cast)
    row.asked_by_id = cast.tine
    db.session.commit()
    with pytest.raises(NotAllowed):
        actions.grant(row, by=cast.actor("tine"))


def test_what_is_taken_back_goes_back_to_the_year(cast: Cast) -> None:
    row = asked(cast)
    referral = db.session.get_one(Referral, row.referral_id)
    actions.grant(row, by=cast.actor("tine"))
    db.session.commit()
    assert year() == (1, 1, 4000, 0, 0)
    actions.take_back(db.session.merge(referral), row.id, by=cast.actor("hilde"))
    db.session.commit()
    assert year() == (1, 0, 0, 0, 0)
    other = asked(cast)
    with pytest.raises(Invalid):
        actions.take_back(db.session.get_one(Referral, referral.id), other.id, by=cast.actor("hilde"))


def test_every_step_from_every_status(cast: Cast) -> None:
    row = asked(cast)
    acts = {
        **{name: (lambda act=act: act(row, by=cast.actor("tine"))) for name, act in actions.DECISIONS.items()},
        "take_back": lambda: actions.take_back(
            db.session.get_one(Referral, row.referral_id), row.id, by=cast.actor("hilde")
        ),
    }
    assert set(acts) == set(SUPPORT.steps)
    for status in SupportStatus:
        for name, act in acts.items():
            row.status, row.decided_at = status, clock.now()
            db.session.commit()
            if SUPPORT.allows(name, status):
                act()
                assert row.status is SUPPORT.steps[name].to
            else:
                with pytest.raises(StepRefused):
                    act()
            db.session.rollback()


def test_a_question_that_is_erased_takes_its_requests_along_and_the_year_keeps_the_numbers(cast: Cast) -> None:
    row = asked(cast)
    actions.grant(row, by=cast.actor("tine"))
    db.session.commit()
    wiping.erase_question(db.session.get_one(Referral, row.referral_id))
    db.session.commit()
    assert db.session.scalar(select(func.count()).select_from(SupportRequest)) == 0
    assert year() == (1, 1, 4000, 0, 0)


def test_two_who_ask_first_in_a_year_are_both_counted(app: Flask, cast: Cast) -> None:
    ids = [id_of(factories.agreed(cast)) for _ in range(3)]

    def act(number: int) -> None:
        referral = db.session.get_one(Referral, ids[number])
        actions.ask(referral, SupportFor.FEE, None, 1000, by=cast.actor("hilde"))
        db.session.commit()

    at_once(app, 3, act)
    assert db.session.scalars(select(FundYear.asked)).all() == [3]
    db.session.rollback()


def test_numbers_that_everybody_sees_are_rough() -> None:
    assert [labels.rough_amount(cents, count) for cents, count in ((4000, 4), (26_000, 5), (27_600, 9))] == [
        "", labels.euros(25_000), labels.euros(30_000),
    ]  # fmt: skip
    assert [labels.rough_count(one) for one in (1, 4, 5, 12)] == ["<5", "<5", "5", "10"]


def test_a_request_that_does_not_exist_is_not_found(cast: Cast, browse: Browse) -> None:
    assert browse("tine").post(f"/steunfonds/{uuid.uuid4()}", {"step": "grant"}).status == 404
