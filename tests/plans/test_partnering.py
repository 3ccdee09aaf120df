"""Who stands under a strategy of a plan, and what is missing there."""

import pytest
from sqlalchemy import func, select

from tests.people import Cast
from tests.plans import makers
from tests.support.browse import Browse
from webapp.core.db import db
from webapp.plans import partnering
from webapp.plans.models import Missing, PlanPartner
from webapp.policy.rules import NotAllowed
from webapp.vocabulary.strategies import Strategy


def standing() -> int:
    return db.session.scalar(select(func.count()).select_from(PlanPartner)) or 0


def test_a_partner_stands_under_several_strategies_and_under_each_once(cast: Cast) -> None:
    plan, noor = makers.plan(cast), cast.actor("noor")
    for strategy in (Strategy.OUTREACH, Strategy.GUIDANCE, Strategy.OUTREACH):
        partnering.stand_under(plan, strategy, cast.lantaarn, by=noor)
    assert standing() == 2
    for _twice in range(2):
        partnering.step_back(plan, Strategy.OUTREACH, cast.lantaarn, by=noor)
    assert standing() == 1


def test_what_is_missing_is_said_and_taken_away(cast: Cast) -> None:
    plan, noor = makers.plan(cast), cast.actor("noor")
    row = partnering.say_missing(plan, Strategy.POLICY, "Nog geen plan voor late bussen", by=noor)
    partnering.no_longer_missing(row, by=noor)
    assert db.session.scalars(select(Missing)).all() == []


def test_who_does_not_carry_the_plan_says_neither(cast: Cast) -> None:
    plan, jef = makers.plan(cast), cast.actor("jef")
    with pytest.raises(NotAllowed):
        partnering.stand_under(plan, Strategy.OUTREACH, cast.zilverreiger, by=jef)
    with pytest.raises(NotAllowed):
        partnering.say_missing(plan, Strategy.OUTREACH, "Iets", by=jef)


def test_who_stands_under_an_arch_is_let_go_of_by_an_id_alone(cast: Cast, browse: Browse) -> None:
    arch = f"/plannen/{makers.plan(cast).id}/boog"
    db.session.commit()
    assert browse("noor").post(f"{arch}/loslaten", {"organisation": "nobody"}).status == 303
