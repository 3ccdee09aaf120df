"""Moments to look back on a plan."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.people import Cast
from tests.plans import makers
from tests.support.browse import Browse
from webapp.core import clock
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid
from webapp.meetings.models import Topic
from webapp.plans import actions, queries, reviewing
from webapp.plans.models import Plan
from webapp.plans.reviewing import Seen
from webapp.plans.story_models import Adjustment, Review
from webapp.policy.rules import NotAllowed


def planned(cast: Cast, days: int = 10) -> Review:
    day = clock.today() + timedelta(days=days)
    row = reviewing.plan_one(makers.plan(cast), day, "met twee tieners", by=cast.actor("noor"))
    found = queries.review(row.id)
    assert found
    return found


def test_it_is_planned_put_off_and_held(cast: Cast) -> None:
    review, noor, today = planned(cast), cast.actor("noor"), clock.today()
    reviewing.put_off(review, today + timedelta(days=20), "met de stuurgroep", by=noor)
    assert review.who == "met de stuurgroep"
    with pytest.raises(Invalid):
        reviewing.hold(review, Seen(today + timedelta(days=1), "Iets"), by=noor)
    reviewing.hold(review, Seen(today, "Dansen werkt.", "Meer dansen."), by=noor)
    assert review.held_on == today
    with pytest.raises(Conflict):
        reviewing.call_off(review, by=noor)
    with pytest.raises(Conflict):
        reviewing.put_off(review, today + timedelta(days=30), by=noor)


def test_a_day_that_has_passed_is_no_plan(cast: Cast) -> None:
    with pytest.raises(Invalid):
        planned(cast, days=-1)


def test_it_is_called_off(cast: Cast) -> None:
    reviewing.call_off(planned(cast), by=cast.actor("noor"))
    assert db.session.scalars(select(Review)).all() == []


def test_it_is_held_in_a_meeting_of_the_group_that_carries_the_plan(cast: Cast) -> None:
    review = planned(cast)
    reviewing.bring(review, "Terugblik op het plan", by=cast.actor("noor"))
    topic = db.session.get(Topic, review.topic_id)
    assert topic
    assert (topic.title, topic.group_id, topic.meeting_id) == ("Terugblik op het plan", review.plan.group_id, None)
    with pytest.raises(Conflict):
        reviewing.bring(review, "Nog eens", by=cast.actor("noor"))


def test_adjustments_come_from_one_look_back(cast: Cast) -> None:
    review, noor = planned(cast), cast.actor("noor")
    actions.adjust(review.plan, makers.about("Iedereen kiest"), "Zo noemen tieners het.", by=noor)
    (row,) = db.session.scalars(select(Adjustment)).all()
    assert reviewing.came_from(review, [row.id], by=noor) == 1
    assert reviewing.came_from(review, [row.id], by=noor) == 0
    db.session.refresh(row)
    assert row.review_id == review.id


def test_an_adjustment_says_by_itself_from_which_look_back_it_comes(cast: Cast, browse: Browse) -> None:
    review, other = planned(cast), planned(cast)
    goal = makers.goal(review.plan)
    here = f"/plannen/doelen/{goal.id}/bijsturen"
    db.session.commit()
    noor = browse("noor")
    assert not noor.get(here).says("Komt het uit een terugblik?")
    for one in (review, other):
        reviewing.hold(afresh(one), Seen(clock.today(), "Dansen trekt."), by=cast.actor("noor"))
    db.session.commit()
    form = noor.get(here)
    assert form.says("Komt het uit een terugblik?")
    refused = noor.submit(form, here, title="Dansen", why="Dat trekt.", review=str(other.id))
    assert (refused.status, "Dat trekt." in refused.text) == (422, True)
    assert noor.submit(form, here, title="Dansen", why="Dat trekt.", review="onzin").status == 422
    assert noor.submit(form, here, title="Dansen", why="Dat trekt.", review=str(review.id)).status == 303
    assert browse("jef").get(f"/plannen/terugblik/{review.id}").says("Dat trekt.")


def afresh(one: Review) -> Review:
    return queries.review(one.id) or pytest.fail("gone")


def test_who_does_not_carry_the_plan_plans_none(cast: Cast) -> None:
    plan = makers.plan(cast)
    with pytest.raises(NotAllowed):
        reviewing.plan_one(plan, clock.today(), by=cast.actor("jef"))


def test_on_the_pages_from_planning_to_what_came_from_it(cast: Cast, browse: Browse) -> None:
    plan = makers.plan(cast)
    at = f"/plannen/{plan.id}/terugblik"
    db.session.commit()
    noor, day = browse("noor"), clock.today() + timedelta(days=3)
    form = noor.get(at)
    assert noor.submit(form, at, planned_on="2020-01-01").says("Kies een latere")
    here = noor.submit(form, at, planned_on=day.isoformat(), who="met twee tieners").location
    assert noor.get("/").says("Terugblik op Vrije tijd voor iedereen", "Bereid voor")
    assert browse("tine").get("/").says("Terugblik op Vrije tijd voor iedereen")
    assert not browse("jef").get("/").says("Terugblik op Vrije tijd")
    with clock.at(clock.now() + timedelta(days=24)):
        for late in map(browse("noor").get, ("/", f"/plannen/{plan.id}/tijdlijn", here)):
            assert late.says("Gepland voor", "Vertel hoe het was")
            assert "Bereid voor" not in late.words
    noor.submit(noor.get(here), f"{here}/agenda")
    assert noor.get(here).says("Terugblik op Vrije tijd voor iedereen")
    assert noor.get(f"/werkgroepen/{plan.group_id}/vergaderingen").says("Terugblik op Vrije tijd voor iedereen")
    held = {"held-held_on": clock.today().isoformat(), "held-saw": "Dansen trekt.", "held-changes": "Meer dansen."}
    noor.submit(noor.get(here), f"{here}/houden", **held)
    actions.adjust(again(plan), makers.about("Iedereen kiest"), "Zo noemen tieners het.", by=cast.actor("noor"))
    adjustment = db.session.scalar(select(Adjustment.id))
    db.session.commit()
    noor.submit(noor.get(here), f"{here}/bijsturingen", adjustments=[str(adjustment)])
    shown = browse("jef").get(here)
    assert shown.says("Dansen trekt.", "Meer dansen.", "Zo noemen tieners het.")
    assert not browse("noor").get("/").says("Terugblik op")


def again(plan: Plan) -> Plan:
    found = queries.plan(plan.id)
    assert found
    return found


def test_two_who_write_it_down_at_once_both_keep_their_words(cast: Cast, browse: Browse) -> None:
    review = planned(cast)
    here = f"/plannen/terugblik/{review.id}"
    db.session.commit()
    noor, bram = browse("noor"), browse("bram")
    page = noor.get(here)
    held = {"held-held_on": clock.today().isoformat(), "held-saw": "Dansen trekt."}
    bram.submit(bram.get(here), f"{here}/houden", **held)
    answer = noor.submit(page, f"{here}/houden", **(held | {"held-saw": "Radio trekt niet."}))
    assert answer.status == 409
    assert "Radio trekt niet." in answer.text
    assert noor.submit(page, f"{here}/verzetten", planned_on=clock.today().isoformat()).status == 409
