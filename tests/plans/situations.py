"""Plans and what is in them, as the matrix needs them."""

import uuid
from collections.abc import Callable
from typing import Any

from tests.people import Cast
from tests.plans import makers
from webapp.core import clock
from webapp.core.db import db
from webapp.groups.owning import Owner
from webapp.plans import choosing_goals, growing, knowing, partnering, remarking, reviewing
from webapp.plans.codes import Part
from webapp.plans.models import Plan
from webapp.policy.actor import Actor
from webapp.vocabulary.strategies import Strategy

Parts = dict[str, uuid.UUID]
Make = Callable[[Cast], Parts]


def plan(cast: Cast) -> Parts:
    """A plan that an open group carries."""
    parts = {"plan_id": makers.plan(cast).id}
    db.session.commit()
    return parts


def _part(cast: Cast) -> Parts:
    """A goal of such a plan."""
    parts = {"part_id": makers.goal(makers.plan(cast)).id}
    db.session.commit()
    return parts


def _part_on_scouts(cast: Cast) -> Parts:
    """An action of such a plan that stands on the scouts."""
    row = makers.action(cast, makers.plan(cast))
    row.owner_organisation_id = cast.zilverreiger
    parts = {"part_id": row.id}
    db.session.commit()
    return parts


def _missing(cast: Cast) -> Parts:
    """Something that is missing under a strategy of such a plan."""
    row = partnering.say_missing(makers.plan(cast), Strategy.POLICY, "Late bussen", by=cast.actor("noor"))
    parts = {"missing_id": row.id}
    db.session.commit()
    return parts


def _review(cast: Cast) -> Parts:
    """A planned moment to look back on such a plan."""
    row = reviewing.plan_one(makers.plan(cast), clock.today(), by=cast.actor("noor"))
    parts = {"review_id": row.id}
    db.session.commit()
    return parts


def _made(name: str, make: Callable[[Cast, Plan], Any]) -> dict[str, tuple[str, Make]]:
    """Something in such a plan, as the matrix knows the plan itself."""

    def parts(cast: Cast) -> Parts:
        found = {f"{name}_id": make(cast, makers.plan(cast)).id}
        db.session.commit()
        return found

    return {f"{name}_of_plan": ("open_plan", parts)}


def _noor(cast: Cast) -> Actor:
    return cast.actor("noor")


def remark(cast: Cast) -> Parts:
    """What Jef said of such a plan."""
    plan = makers.plan(cast)
    parts = {"remark_id": remarking.say(Part.PLAN, plan.id, plan, "Mooi.", by=cast.actor("jef")).id}
    db.session.commit()
    return parts


def _planned_item(cast: Cast) -> Parts:
    """The same action, by its own page."""
    parts = {"item_id": makers.planned(cast, makers.plan(cast), owner=Owner(cast.zilverreiger)).item.id}
    db.session.commit()
    return parts


OF: dict[str, dict[str, tuple[str, Make]]] = {
    "plan_id": {"open_plan": ("open_plan", plan)},
    "review_id": {"review_of_plan": ("open_plan", _review)},
    "missing_id": {"missing_in_plan": ("open_plan", _missing)},
    "item_id": {"planned_item": ("planned_action", _planned_item)},
    "expectation_id": _made("expectation", makers.agreement),
    "part_id": {"part_of_plan": ("open_plan", _part), "part_on_scouts": ("planned_action", _part_on_scouts)},
    "evidence_id": _made("evidence", lambda cast, plan: knowing.note(plan, makers.known(), by=_noor(cast))),
    "barrier_id": _made("barrier", lambda cast, plan: knowing.add_barrier(plan, makers.hurdle(), by=_noor(cast))),
    "choice_id": _made("choice", lambda cast, plan: choosing_goals.choose(plan, makers.chosen(), by=_noor(cast))),
    "goal_id": _made("goal", lambda cast, plan: choosing_goals.add_goal(plan, makers.sign(), by=_noor(cast))),
    "outcome_id": _made("outcome", makers.outcome),
    "voice_id": _made("voice", lambda cast, plan: growing.listen(plan, makers.moment(), by=_noor(cast))),
    "remark_id": {"remark_of_jef": ("remark_of_jef", remark)},
}
"""By the parts of a URL: the name of a situation, its lines in the matrix, and how it is made."""
