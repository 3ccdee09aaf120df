"""The action plan of Elsterveer stands as the files tell it, with its story."""

from collections import Counter

from sqlalchemy import func, select

from seeds.reading import read
from seeds.town import Town
from webapp.core.db import db
from webapp.groups.lifecycle import ItemStatus
from webapp.groups.models import ActionItem
from webapp.plans.codes import Part
from webapp.plans.models import Barrier, BarrierEvidence, Goal, Missing, PlanPartner
from webapp.plans.story_models import Adjustment, Outcome, Review

(ENTRY,) = read("plans")


def test_every_action_stands_where_its_story_ended(town: Town) -> None:
    items = db.session.scalars(select(ActionItem).where(ActionItem.plan_id.is_not(None))).all()
    expected = {}
    for entry in ENTRY["action"]:
        title = next((one["title"] for one in reversed(entry.get("adjust", ())) if "title" in one), entry["title"])
        expected[title] = entry["moves"][-1][1] if "moves" in entry else "to_start"
    expected["Een latere bus vragen, en een meerijlijst op papier"] = "seed"  # the youth council proposed it
    for title in ("Een foto van elke deur bij het aanbod", "Elke woensdag om vier uur met een bal op het plein"):
        expected[title] = "seed"  # they came of learning sessions
    assert {item.title: item.status for item in items} == expected
    assert all(item.learned for item in items if item.status is ItemStatus.DROPPED)


def test_the_plan_was_adjusted_with_reasons_and_looked_back_on(town: Town) -> None:
    told = db.session.scalars(select(Adjustment)).all()
    assert all(row.why for row in told)
    assert Counter(row.part for row in told)[Part.ACTION] >= 4
    reviews = db.session.scalars(select(Review).order_by(Review.planned_on)).all()
    assert [bool(row.held_on) for row in reviews] == [True, True, False]
    assert {row.review_id for row in told if row.review_id} == {row.id for row in reviews if row.held_on}


def test_partners_stand_under_several_strategies_and_something_is_missing(town: Town) -> None:
    times = Counter(db.session.scalars(select(PlanPartner.organisation_id)))
    assert times[town.organisations["baken"].id] == 3
    assert db.session.scalar(select(func.count()).select_from(Missing)) == len(ENTRY["missing"])


def test_barriers_are_known_by_something_and_goals_make_some_of_them_smaller(town: Town) -> None:
    assert db.session.scalar(select(func.count()).select_from(Barrier)) == len(ENTRY["barrier"]) == 12
    known = select(BarrierEvidence.barrier_id).distinct()
    assert db.session.scalar(select(func.count()).select_from(known.subquery())) == len(ENTRY["barrier"])
    goals = db.session.scalars(select(Goal)).all()
    assert all(goal.sign and not goal.number for goal in goals), "the one number was let go, with a reason"
    assert db.session.scalar(select(func.count()).select_from(Outcome)) == len(ENTRY["outcome"])
