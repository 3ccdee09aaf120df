"""Moments to look back on a plan."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.people import Cast
from tests.plans import makers
from webapp.core import clock
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid
from webapp.meetings.models import Topic
from webapp.plans import actions, queries, reviewing
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


def test_who_does_not_carry_the_plan_plans_none(cast: Cast) -> None:
    plan = makers.plan(cast)
    with pytest.raises(NotAllowed):
        reviewing.plan_one(plan, clock.today(), by=cast.actor("jef"))
