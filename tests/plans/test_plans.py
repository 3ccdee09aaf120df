"""Starting a plan, adjusting it with a reason, rounding it off."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.groups import makers as groups
from tests.people import Cast
from tests.plans import makers
from tests.support.browse import Browse
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid, StepRefused
from webapp.groups.codes import Visibility
from webapp.plans import actions, doing, placing
from webapp.plans.doing import Wanted
from webapp.plans.lifecycle import PlanStatus
from webapp.plans.story_models import Adjustment
from webapp.policy.rules import NotAllowed
from webapp.vocabulary.strategies import Strategy


def told() -> list[Adjustment]:
    return list(db.session.scalars(select(Adjustment).order_by(Adjustment.at)))


@pytest.mark.parametrize("who", ["tine", "bo", "frank"])
def test_some_start_a_plan(cast: Cast, who: str) -> None:
    group = groups.group(cast)
    plan = actions.start(makers.about(), group.id, by=cast.actor(who))
    assert plan.group.id == group.id
    assert plan.status is PlanStatus.CURRENT


def test_others_start_none(cast: Cast) -> None:
    group = groups.group(cast)
    with pytest.raises(NotAllowed):
        actions.start(makers.about(), group.id, by=cast.actor("noor"))


def test_a_confidential_group_carries_no_plan_for_that_would_tell_of_it(cast: Cast) -> None:
    secret = groups.group(cast, Visibility.CONFIDENTIAL)
    with pytest.raises(Invalid) as refusal:
        actions.start(makers.about(), secret.id, by=cast.actor("tine"))
    assert refusal.value.errors == {"group": "no_such_group"}


def test_the_days_go_forward(cast: Cast) -> None:
    group, about = groups.group(cast), makers.about()
    with pytest.raises(Invalid) as refusal:
        actions.start(replace(about, ends_on=about.begins_on - timedelta(days=1)), group.id, by=cast.actor("tine"))
    assert refusal.value.errors == {"ends_on": "ends_before_begin"}


def test_adjusting_keeps_what_it_said_and_why(cast: Cast) -> None:
    plan, about = makers.plan(cast), makers.about("Iedereen kiest")
    actions.adjust(plan, about, " Zo noemen tieners het zelf. ", by=cast.actor("noor"))
    (row,) = told()
    assert (row.was, row.became) == ({"title": "Vrije tijd voor iedereen"}, {"title": "Iedereen kiest"})
    assert (row.title, row.why) == ("Vrije tijd voor iedereen", "Zo noemen tieners het zelf.")
    assert (row.person_id, row.organisation_id) == (cast.noor, cast.zilverreiger)


def test_what_stays_the_same_is_no_adjustment_and_a_change_needs_a_reason(cast: Cast) -> None:
    plan = makers.plan(cast)
    actions.adjust(plan, makers.about(), "", by=cast.actor("noor"))
    assert told() == []
    with pytest.raises(Invalid):
        actions.adjust(plan, makers.about("Anders"), " ", by=cast.actor("noor"))


def test_who_does_not_carry_it_adjusts_nothing(cast: Cast) -> None:
    plan = makers.plan(cast)
    with pytest.raises(NotAllowed):
        actions.adjust(plan, makers.about("Anders"), "Daarom", by=cast.actor("jef"))


def test_a_plan_is_rounded_off_and_goes_on(cast: Cast) -> None:
    plan, noor = makers.plan(cast), cast.actor("noor")
    actions.take_step(plan, "round_off", "De twee jaar zijn om.", by=noor)
    assert plan.status is PlanStatus.ROUNDED_OFF
    with pytest.raises(StepRefused):
        actions.take_step(plan, "round_off", "Nog eens.", by=noor)
    with pytest.raises(NotAllowed):
        doing.add(plan, Wanted("Nog één actie", Strategy.SUPPORT), by=noor)
    assert placing.plans_for(noor) == []
    actions.take_step(plan, "reopen", "We doen verder.", by=noor)
    assert [row.why for row in told()] == ["De twee jaar zijn om.", "We doen verder."]


def test_on_the_page(cast: Cast, browse: Browse) -> None:
    group = groups.group(cast)
    db.session.commit()
    tine = browse("tine")
    start = tine.get("/plannen/nieuw")
    refused = tine.submit(start, "/plannen/nieuw", title="", ends_on="2020-01-01", group=str(group.id))
    assert refused.status == 422
    assert refused.says("Geef het plan een naam.")
    done = tine.submit(start, "/plannen/nieuw", title="Kiezen voor iedereen", group=str(group.id))
    plan = tine.get(done.location)
    assert plan.says("Kiezen voor iedereen", "Werkgroep Welkom")
    assert browse("jef").get("/plannen").says("Kiezen voor iedereen")
    changed = tine.submit(plan, f"{done.location}/bijsturen", title="Kiezen kan", why="Korter.")
    assert changed.status == 303
    assert tine.get("/plannen").says("Kiezen kan")


def test_two_who_adjust_at_once_both_keep_their_words(cast: Cast) -> None:
    plan = makers.plan(cast)
    with pytest.raises(Conflict):
        actions.adjust(plan, makers.about("Anders"), "Daarom", by=cast.actor("noor"), version=plan.version + 1)
