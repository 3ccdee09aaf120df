"""The pages of the plan of Elsterveer, for pictures, axe and narrow screens."""

from sqlalchemy import select

from webapp.core.db import db
from webapp.plans.models import Plan


def of_plans() -> dict[str, str]:
    """Name of the page → path."""
    plan = db.session.scalar(select(Plan.id).where(Plan.title == "Vrije tijd voor iedereen"))
    return {"plannen": "/plannen", "plan": f"/plannen/{plan}"}
