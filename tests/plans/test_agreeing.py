"""Light agreements with partners: written down, adjusted with a reason, looked back on."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.people import Cast
from tests.plans import makers
from tests.support.browse import Browse
from webapp.core import clock
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid
from webapp.core.numbers import ask
from webapp.plans import agreed, agreeing, reviewing
from webapp.plans.agreeing import Terms
from webapp.plans.story_models import Adjustment, Expectation
from webapp.policy.rules import NotAllowed


def terms(days: int = 30) -> Terms:
    return Terms(
        "We komen mee.", "Iemand wacht aan de deur.", "We bellen elkaar.", clock.today() + timedelta(days=days)
    )


def test_what_was_agreed_is_adjusted_with_a_reason_and_ends_in_the_story(cast: Cast) -> None:
    plan, noor = makers.plan(cast), cast.actor("noor")
    one = makers.agreement(cast, plan, 30)
    agreeing.adjust(one, replace(terms(), we_do="We bellen."), "Meegaan lukt niet meer.", by=noor)
    agreeing.end(one, "Het loopt vanzelf.", by=noor)
    told = db.session.scalars(select(Adjustment).order_by(Adjustment.at, Adjustment.id)).all()
    assert [row.why for row in told] == ["Meegaan lukt niet meer.", "Het loopt vanzelf."]
    assert told[0].was == {"we_do": "We komen mee."}
    assert db.session.scalar(select(Expectation.id)) is None


def test_the_day_to_look_back_is_to_come_and_only_who_steers_agrees(cast: Cast) -> None:
    plan = makers.plan(cast)
    with pytest.raises(Invalid):
        agreeing.agree(plan, cast.halvenoot, terms(-1), by=cast.actor("noor"))
    with pytest.raises(NotAllowed):
        agreeing.agree(plan, cast.halvenoot, terms(), by=cast.actor("jef"))
    one = makers.agreement(cast, plan, 30)
    with pytest.raises(Conflict):
        agreeing.adjust(one, terms(40), "Later.", by=cast.actor("noor"), version=one.version + 1)


def test_on_its_day_it_comes_on_today_of_who_steers_and_of_nobody_else(cast: Cast, browse: Browse) -> None:
    one = makers.agreement(cast, makers.plan(cast), 30)
    db.session.commit()
    asks = "Hoe loopt het met Muziekhuis Halve Noot?"
    assert not browse("noor").get("/").says(asks)
    with clock.at(clock.now() + timedelta(days=30)):
        asked = {who: ask(agreed.any_due(cast.actor(who))) for who in ("noor", "tine", "jef", "frank")}
        assert {who: bool(agreed.due(found[agreed.DUE])) for who, found in asked.items()} == {
            "noor": True, "tine": True, "jef": False, "frank": False,
        }  # fmt: skip
        page = browse("noor").get("/")
        assert page.says(asks)
        assert f"/plannen/afspraken/{one.id}" in page.links()


def test_on_the_page(cast: Cast, browse: Browse) -> None:
    plan = makers.plan(cast)
    db.session.commit()
    noor, here = browse("noor"), f"/plannen/{plan.id}/afspraken"
    day = (clock.today() + timedelta(days=9)).isoformat()
    typed = {"organisation": "Muziekhuis Halve Noot", "we_do": "We komen mee.", "look_back_on": day}
    refused = noor.submit(noor.get(here), here, **typed)
    assert refused.status == 422
    assert refused.says("Zeg wat de partner doet.", "We komen mee.")
    assert noor.submit(refused, here, they_do="Iemand wacht.").status == 303
    jef = browse("jef").get(here)
    assert jef.says("Muziekhuis Halve Noot", "Iemand wacht.")
    assert not [link for link in jef.links() if "/afspraken/" in link]
    (one,) = [link for link in noor.get(here).links() if "/afspraken/" in link]
    page = noor.get(one)
    assert noor.submit(page, one, they_do="Iemand belt.", why="Dat past beter.").status == 303
    assert noor.get(one).says("Iemand wacht.", "Dat past beter.")
    assert noor.submit(noor.get(one), f"{one}/einde", why_ended="Klaar.").status == 303
    assert not noor.get(here).says("Halve Noot Iemand")


def test_it_is_looked_back_on_together_with_the_plan_and_goes_along_when_that_is_put_off(
    cast: Cast, browse: Browse
) -> None:
    plan, noor = makers.plan(cast), cast.actor("noor")
    plans = plan, makers.plan(cast, "Ander plan")
    review, other = (reviewing.plan_one(each, clock.today() + timedelta(days=20), by=noor) for each in plans)
    one = agreeing.agree(plan, cast.halvenoot, replace(terms(20), review_id=review.id), by=noor)
    with pytest.raises(Invalid):
        agreeing.adjust(one, replace(terms(20), review_id=other.id), "Samen.", by=noor)
    later = clock.today() + timedelta(days=50)
    reviewing.put_off(review, later, by=noor)
    db.session.refresh(one)
    assert one.look_back_on == later
    here, there = f"/plannen/afspraken/{one.id}", f"/plannen/terugblik/{review.id}"
    db.session.commit()
    assert browse("jef").get(there).says("Muziekhuis Halve Noot", "We komen mee.")
    steers = browse("noor")
    assert steers.submit(steers.get(here), here, they_do="Iemand belt.", why="Past beter.").status == 303
    assert browse("jef").get(there).says("Muziekhuis Halve Noot")
    refused = steers.submit(steers.get(here), here, review="", look_back_on="", why="Op een eigen dag.")
    assert refused.says("Kies een dag om terug te kijken.", "Op een eigen dag.")
    assert steers.submit(refused, here, look_back_on=later.isoformat()).status == 303
    assert not browse("jef").get(there).says("Muziekhuis Halve Noot")
