"""The pages of the plan of Elsterveer, for pictures, axe and narrow screens."""

import uuid

from sqlalchemy import select

from webapp.core.db import db
from webapp.groups.models import ActionItem
from webapp.meetings.models import Decision
from webapp.plans.models import Barrier, Choice, Goal, Plan
from webapp.plans.story_models import Review

FEW = ("plannen", "plan", "plan-brug", "plan-bord", "plan-actie")


def of_plans() -> dict[str, str]:
    """Name of the page → path: those that look otherwise for whoever only reads along."""
    pages = of_whole_plan()
    return {name: pages[name] for name in FEW}


def of_whole_plan() -> dict[str, str]:
    """Every page of a plan that everybody reads."""
    plan = db.session.scalar(select(Plan.id).where(Plan.title == "Vrije tijd voor iedereen"))
    action = db.session.scalar(select(ActionItem.id).where(ActionItem.plan_id == plan).order_by(ActionItem.title))
    chain = {"plan-ketting": f"/plannen/ketting/{action}"} if action else {}
    found = db.session.scalars(select(Review.id).where(Review.plan_id == plan).order_by(Review.planned_on))
    reviews = {f"plan-terugblik-{number}": f"/plannen/terugblik/{one}" for number, one in enumerate(found)}
    here = f"/plannen/{plan}"
    ways = {
        "brug": "brug",
        "brug-lijst": "brug?als=lijst",
        "boog": "boog?nr=1",
        "tijdlijn": "tijdlijn",
        "meenemen": "meenemen",
    }
    ways |= {one: one for one in ("doelen", "drempels", "weten", "afspraken")}
    ways["anderen"] = "anderen?bs=awareness&strategy=outreach"
    here_too = {f"plan-{name}": f"{here}/{way}" for name, way in ways.items()}
    board = {"plan-bord": f"{here}/bord", "plan-lijst": f"{here}/lijst"}
    actions = {"plan-actie": f"/plannen/acties/{action}", "plan-actie-nieuw": f"{here}/acties/nieuw"}
    return {"plannen": "/plannen", "plan": here, **here_too, **reviews, **chain, **board, **actions, **_of_parts(plan)}


def _of_parts(plan: uuid.UUID | None) -> dict[str, str]:
    parts = ((Barrier, "drempel", "drempels"), (Choice, "keuze", "keuzes"), (Goal, "doel", "doelen"))
    pages = {}
    for model, name, place in parts:
        found = db.session.scalar(select(model.id).where(model.plan_id == plan).order_by(model.id))
        pages |= {name: f"/plannen/{place}/{found}"} if found else {}
    return pages


def of_steering_plans() -> dict[str, str]:
    """The pages on which a plan is looked after."""
    plan = db.session.scalar(select(Plan.id).where(Plan.title == "Vrije tijd voor iedereen"))
    group = select(Plan.group_id).where(Plan.id == plan).scalar_subquery()
    decision = db.session.scalar(select(Decision.id).where(Decision.group_id == group).order_by(Decision.id))
    goal = db.session.scalar(select(Goal.id).where(Goal.plan_id == plan).order_by(Goal.id))
    barrier = db.session.scalar(select(Barrier.id).where(Barrier.plan_id == plan).order_by(Barrier.id))
    action = db.session.scalar(select(ActionItem.id).where(ActionItem.plan_id == plan).order_by(ActionItem.title))
    return {
        "beslissing-lessen": f"/plannen/beslissingen/{decision}/lessen",
        "plan-actie-bijsturen": f"/plannen/acties/{action}/bijsturen",
        "drempel-nieuw": f"/plannen/{plan}/drempels/nieuw",
        "drempel-bijsturen": f"/plannen/drempels/{barrier}/bijsturen",
        "keuze-nieuw": f"/plannen/{plan}/keuzes/nieuw",
        "doel-nieuw": f"/plannen/{plan}/doelen/nieuw",
        "doel-gezien": f"/plannen/doelen/{goal}/gezien",
        "stem-nieuw": f"/plannen/{plan}/stemmen/nieuw",
        "weten-nieuw": f"/plannen/{plan}/weten/nieuw",
    }
