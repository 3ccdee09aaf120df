"""Who helps to carry a strategy of a plan, and what is missing under it."""

import uuid

from webapp.accounts.models import Organisation
from webapp.core import history
from webapp.core.db import db
from webapp.core.errors import Invalid
from webapp.plans.models import Missing, Plan, PlanPartner
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require
from webapp.vocabulary.strategies import Strategy


def stand_under(plan: Plan, strategy: Strategy, organisation_id: uuid.UUID, *, by: Actor) -> None:
    """An organisation helps to carry a strategy; it may stand under several. Once is enough."""
    require(by, Can.STEER_PLAN, plan)
    if db.session.get(Organisation, organisation_id) is None:
        raise Invalid({"organisation": "no_such_organisation"})
    if db.session.get(PlanPartner, (plan.id, strategy, organisation_id)):
        return
    db.session.add(PlanPartner(plan_id=plan.id, strategy=strategy, organisation_id=organisation_id))
    db.session.flush()
    history.record("plan", plan.id, "add_partner", by=by, after=strategy)


def step_back(plan: Plan, strategy: Strategy, organisation_id: uuid.UUID, *, by: Actor) -> None:
    """An organisation carries a strategy no more. What it does for the plan stays where it is."""
    require(by, Can.STEER_PLAN, plan)
    row = db.session.get(PlanPartner, (plan.id, strategy, organisation_id))
    if row is None:
        return
    db.session.delete(row)
    db.session.flush()
    history.record("plan", plan.id, "remove_partner", by=by, before=strategy)


def say_missing(plan: Plan, strategy: Strategy, words: str, *, by: Actor) -> Missing:
    """Say what is missing under a strategy; whoever has an idea for it proposes an action."""
    require(by, Can.STEER_PLAN, plan)
    row = Missing(plan_id=plan.id, strategy=strategy, words=words)
    db.session.add(row)
    db.session.flush()
    history.record("missing", row.id, "add", by=by)
    return row


def no_longer_missing(missing: Missing, *, by: Actor) -> None:
    """It is there now, or nobody misses it any more."""
    require(by, Can.STEER_PLAN, missing)
    history.record("missing", missing.id, "remove", by=by)
    db.session.delete(missing)
    db.session.flush()
