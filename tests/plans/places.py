"""The pages of the plan of Elsterveer, for pictures, axe and narrow screens."""

from sqlalchemy import select

from webapp.core.db import db
from webapp.groups.models import ActionItem
from webapp.plans.models import Plan


def of_plans() -> dict[str, str]:
    """Name of the page → path."""
    plan = db.session.scalar(select(Plan.id).where(Plan.title == "Vrije tijd voor iedereen"))
    action = db.session.scalar(select(ActionItem.id).where(ActionItem.plan_id == plan).order_by(ActionItem.title))
    chain = {"plan-ketting": f"/plannen/ketting/{action}"} if action else {}
    here = f"/plannen/{plan}"
    ways = {"brug": "brug", "brug-lijst": "brug?als=lijst", "boog": "boog?nr=1", "meenemen": "meenemen"}
    here_too = {f"plan-{name}": f"{here}/{way}" for name, way in ways.items()}
    return {"plannen": "/plannen", "plan": here, **here_too, **chain}
