"""What a plan chooses, and the signs of change that it looks for; both are adjusted with a reason."""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select, update

from webapp.core import history, order
from webapp.core.db import db
from webapp.core.errors import Invalid
from webapp.core.versions import expect
from webapp.plans import story
from webapp.plans.codes import Part
from webapp.plans.models import Barrier, Choice, Goal, Plan
from webapp.plans.register import on_top
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require
from webapp.vocabulary.distances import Distance
from webapp.vocabulary.everybody import means_everybody
from webapp.vocabulary.objectives import OBJECTIVE_TRAITS, Objective

MOST_ON_TOP = 3


@dataclass(frozen=True, slots=True)
class Chosen:
    """For whom, which distances, which objective (on its side), until when. `insists` says: everybody is really meant,
    or no distance in particular."""

    for_whom: str
    objective: Objective
    until: date
    distances: tuple[Distance, ...] = ()
    is_highlighted: bool = False
    insists: bool = False

    @property
    def is_for_everything(self) -> bool:
        """Whether nothing in particular is chosen."""
        return means_everybody(self.for_whom) or not self.distances

    @property
    def fields(self) -> dict[str, object]:
        """The fields of the choice, by their names."""
        return {
            "for_whom": self.for_whom,
            "side": OBJECTIVE_TRAITS[self.objective].side,
            "objective": self.objective,
            "distances": self.distances,
            "until": self.until,
            "is_highlighted": self.is_highlighted,
        }


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign of change: how it will be noticed must be said, a number may. `barriers` are ids."""

    title: str
    sign: str
    number: str = ""
    until: date | None = None
    choice_id: uuid.UUID | None = None
    barriers: tuple[uuid.UUID, ...] = ()


def choose(plan: Plan, chosen: Chosen, *, by: Actor) -> Choice:
    """Choose. "Everything for everybody" gets a question back first: raises Invalid unless one insists."""
    require(by, Can.STEER_PLAN, plan)
    _ask_back(chosen)
    if chosen.is_highlighted:
        _check_top(plan, None)
    row = Choice(plan_id=plan.id, **chosen.fields)
    db.session.add(row)
    db.session.flush()
    history.record("choice", row.id, "add", by=by)
    return row


def adjust_choice(choice: Choice, chosen: Chosen, why: story.Reason, *, by: Actor, version: int | None = None) -> None:
    """Choose otherwise; what was chosen before stays readable, with the reason."""
    require(by, Can.STEER_PLAN, choice)
    expect(choice, version)
    if (chosen.for_whom, chosen.distances) != (choice.for_whom, choice.distances):
        _ask_back(chosen)
    if chosen.is_highlighted and not choice.is_highlighted and choice.is_open:
        _check_top(choice.plan, choice)
    story.adjust(_about_choice(choice), choice, chosen.fields, why, by=by)


def let_choice_go(choice: Choice, why: str, *, by: Actor) -> None:
    """Not chosen any more: it was reached, or something else comes first. It stays readable."""
    require(by, Can.STEER_PLAN, choice)
    story.adjust(_about_choice(choice), choice, {"is_open": False, "is_highlighted": False}, why, by=by)


def take_choice_up(choice: Choice, why: str, *, by: Actor) -> None:
    """Chosen after all, below those on top."""
    require(by, Can.STEER_PLAN, choice)
    story.adjust(_about_choice(choice), choice, {"is_open": True, "is_highlighted": False}, why, by=by)


def _about_choice(choice: Choice) -> story.About:
    return story.About(choice.plan, Part.CHOICE, choice.id, choice.for_whom)


def _ask_back(chosen: Chosen) -> None:
    if chosen.is_for_everything and not chosen.insists:
        raise Invalid({"insists": "for_everybody"})


def _check_top(plan: Plan, choice: Choice | None) -> None:
    others = [row for row in on_top(plan) if choice is None or row.id != choice.id]
    if len(others) >= MOST_ON_TOP:
        raise Invalid({"is_highlighted": "three_on_top"})


def add_goal(plan: Plan, sign: Sign, *, by: Actor) -> Goal:
    """Say which change the plan looks for."""
    require(by, Can.STEER_PLAN, plan)
    last = db.session.scalar(select(func.max(Goal.position)).where(Goal.plan_id == plan.id)) or 0
    row = Goal(plan_id=plan.id, position=last + 1, **_fields(plan, sign))
    db.session.add(row)
    db.session.flush()
    history.record("goal", row.id, "add", by=by)
    return row


def adjust_goal(goal: Goal, sign: Sign, why: story.Reason, *, by: Actor, version: int | None = None) -> None:
    """Look for another change, or notice it otherwise; what it said before stays readable, with the reason."""
    require(by, Can.STEER_PLAN, goal)
    expect(goal, version)
    story.adjust(story.About(goal.plan, Part.GOAL, goal.id, goal.title), goal, _fields(goal.plan, sign), why, by=by)


def let_goal_go(goal: Goal, why: str, *, by: Actor) -> None:
    """The plan looks for it no more. Its actions stay; the story keeps what it said, and why it went."""
    require(by, Can.STEER_PLAN, goal)
    was = {"title": goal.title, "sign": goal.sign}
    story.tell(story.About(goal.plan, Part.GOAL, goal.id, goal.title), was, {}, why, by=by)
    db.session.delete(goal)
    db.session.flush()


def shift_goal(goal: Goal, places: int, *, by: Actor) -> None:
    """Move a goal up (-1) or down (1) among those of its plan."""
    arrange_goals(goal.plan, order.shifted(_in_order(goal.plan), goal.id, places), by=by)


def arrange_goals(plan: Plan, wanted: order.Ids, *, by: Actor) -> None:
    """Put the goals of a plan in this order: the first stand on its board. It changes nothing of what they say."""
    require(by, Can.STEER_PLAN, plan)
    for position, goal_id in enumerate(order.arranged(_in_order(plan), wanted)):
        db.session.execute(update(Goal).where(Goal.id == goal_id).values(position=position))
    history.record("plan", plan.id, "arrange_goals", by=by)


def _in_order(plan: Plan) -> list[uuid.UUID]:
    return list(db.session.scalars(select(Goal.id).where(Goal.plan_id == plan.id).order_by(Goal.position, Goal.id)))


def _fields(plan: Plan, sign: Sign) -> dict[str, object]:
    if not sign.sign.strip():
        raise Invalid({"sign": "sign_needed"})
    if sign.choice_id:
        story.parts(Choice, plan, (sign.choice_id,), "choice")
    return {
        "title": sign.title,
        "sign": sign.sign,
        "number": sign.number,
        "until": sign.until,
        "choice_id": sign.choice_id,
        "barriers": story.parts(Barrier, plan, sign.barriers, "barriers"),
    }
