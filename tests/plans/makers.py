"""Plans to test with: a group that noor chairs carries them; tine started them."""

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.groups import makers
from tests.people import Cast
from webapp.core import clock
from webapp.core.db import db
from webapp.core.numbers import ask
from webapp.groups.models import ActionItem
from webapp.plans import actions, agreeing, choosing_goals, doing, growing, knowing, queries, remarking, signs
from webapp.plans.actions import AboutPlan
from webapp.plans.choosing_goals import Chosen, Sign
from webapp.plans.codes import EvidenceKind, Growth, Part, VoiceOf
from webapp.plans.doing import Wanted
from webapp.plans.growing import Moment, Statement
from webapp.plans.knowing import Hurdle, Known
from webapp.plans.models import Barrier, Goal, GoalBarrier, Plan
from webapp.plans.queries import Planned
from webapp.plans.story_models import Expectation, Outcome
from webapp.vocabulary.distances import Distance
from webapp.vocabulary.objectives import Objective
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.sides import Side
from webapp.vocabulary.strategies import Strategy


def about(title: str = "Vrije tijd voor iedereen") -> AboutPlan:
    """A plan of a year."""
    today = clock.today()
    return AboutPlan(title, "Elk kind kan kiezen.", today, today + timedelta(days=365))


def plan(cast: Cast, title: str = "Vrije tijd voor iedereen") -> Plan:
    """A plan that an open group carries."""
    return actions.start(about(title), makers.group(cast).id, by=cast.actor("tine"))


def known() -> Known:
    """Something that a survey showed."""
    return Known(EvidenceKind.SURVEY, "Tieners weten niet waar de jeugdlokalen zijn.", clock.today(), 40)


def hurdle(words: str = "Je ziet de lokalen niet van op straat") -> Hurdle:
    """Something that stands in the way, on the side of associations."""
    return Hurdle(words, Side.SUPPLY, (B.AWARENESS,))


def chosen() -> Chosen:
    """A choice for somebody in particular."""
    until = clock.today() + timedelta(days=200)
    return Chosen("Tieners uit de onthaalklas", Objective.INDIVIDUAL_GUIDANCE, until, (Distance.KNOWS_NOBODY,))


def sign() -> Sign:
    """A sign of change."""
    return Sign("Tieners vinden de deur", "Nieuwe gezinnen vragen de weg niet meer.")


def statement() -> Statement:
    """An outcome."""
    what = "kennen nu iemand van de ploeg bij naam"
    return Statement(Growth.SOMETHING, "Zeven tieners", what, "Ze vertelden het op het plein.", clock.today())


def moment() -> Moment:
    """A moment at which young people were listened to."""
    how = "Een namiddag op het basketplein"
    return Moment(VoiceOf.YOUNG_PEOPLE, clock.today(), how, "Dansen liever dan radio.", "We dansen nu.")


def goal(of: Plan, title: str = "Meer kinderen stappen binnen") -> Goal:
    """A sign of change."""
    row = Goal(plan_id=of.id, title=title, sign="Ze komen een tweede keer.")
    db.session.add(row)
    db.session.flush()
    return row


def barrier(of: Plan, words: str = "Ouders weten niet dat het bestaat", goal: Goal | None = None) -> Barrier:
    """A barrier; with a goal, one that it makes smaller."""
    row = Barrier(plan_id=of.id, side=Side.DEMAND, bs=(B.AWARENESS,), words=words)
    db.session.add(row)
    db.session.flush()
    if goal:
        db.session.add(GoalBarrier(goal_id=goal.id, barrier_id=row.id))
        db.session.flush()
    return row


def action(cast: Cast, of: Plan, title: str = "Proefnamiddag op het plein", goal: Goal | None = None) -> ActionItem:
    """An action that noor put in."""
    wanted = doing.Wanted(title, Strategy.OUTREACH, bs=(B.AWARENESS,), goal_id=goal.id if goal else None)
    return doing.add(of, wanted, by=cast.actor("noor"))


def outcome(cast: Cast, plan: Plan) -> Outcome:
    """An outcome that was seen of a goal of the plan."""
    made = choosing_goals.add_goal(plan, sign(), by=cast.actor("noor"))
    return growing.see(made, statement(), by=cast.actor("noor"))


def told(cast: Cast, row: Plan, times: int) -> dict[str, uuid.UUID]:
    """So many of everything that a plan knows, chose, looks for and heard; the ids of the last of each."""
    noor = cast.actor("noor")
    for _number in range(times):
        known_so = knowing.note(row, known(), by=noor)
        barrier_now = knowing.add_barrier(row, replace(hurdle(), evidence=(known_so.id,)), by=noor)
        choice = choosing_goals.choose(row, chosen(), by=noor)
        looked_for = replace(sign(), choice_id=choice.id, barriers=(barrier_now.id,))
        goal_now = choosing_goals.add_goal(row, looked_for, by=noor)
    for number in range(times):
        knowing.adjust_barrier(barrier_now, replace(hurdle(f"Anders {number}")), "Zo is het.", by=noor)
        choosing_goals.adjust_choice(choice, replace(chosen(), for_whom=f"Tieners {number}"), "Zo is het.", by=noor)
        choosing_goals.adjust_goal(goal_now, replace(looked_for, title=f"Een plek {number}"), "Zo is het.", by=noor)
        growing.see(goal_now, statement(), by=noor)
        growing.listen(row, moment(), by=noor)
        for part, thing in ((Part.PLAN, row), (Part.BARRIER, barrier_now), (Part.GOAL, goal_now)):
            remarking.say(part, thing.id, thing, "Goed zo.", by=cast.actor("jef"))
    return {"barrier_id": barrier_now.id, "choice_id": choice.id, "goal_id": goal_now.id}


def planned(cast: Cast, of: Plan, title: str = "Meerijdienst", by: str = "noor", **more: Any) -> Planned:
    """An action of a plan; from noor, who carries it, it is to start."""
    fresh = queries.plan(of.id) or pytest.fail("gone")
    row = doing.add(fresh, Wanted(title, Strategy.GUIDANCE, **more), by=cast.actor(by))
    return queries.planned(row.id) or pytest.fail("gone")


def agreement(cast: Cast, of: Plan, days: int = 0) -> Expectation:
    """What noor agreed with the music house, to look back on in so many days."""
    day = clock.today() + timedelta(days=days)
    terms = agreeing.Terms("We komen mee.", "Iemand wacht aan de deur.", "We bellen elkaar.", day)
    return agreeing.agree(of, cast.halvenoot, terms, by=cast.actor("noor"))


def remarks(thing_id: uuid.UUID) -> list[signs.Said]:
    """What people said about a thing, the newest first."""
    return signs.newest_first(ask(signs.remarks_beside(thing_id))[signs.REMARKS])
