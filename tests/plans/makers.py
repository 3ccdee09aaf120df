"""Plans to test with: a group that noor chairs carries them; tine started them."""

from datetime import timedelta

from tests.groups import makers
from tests.people import Cast
from webapp.core import clock
from webapp.core.db import db
from webapp.groups.models import ActionItem
from webapp.plans import actions, doing
from webapp.plans.actions import AboutPlan
from webapp.plans.choosing_goals import Chosen, Sign
from webapp.plans.codes import EvidenceKind, Growth, VoiceOf
from webapp.plans.growing import Moment, Statement
from webapp.plans.knowing import Hurdle, Known
from webapp.plans.models import Barrier, Goal, GoalBarrier, Plan
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
