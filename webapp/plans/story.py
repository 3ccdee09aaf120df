"""The story of a plan: nothing in it is overwritten without a reason, and what it said before stays readable."""

import enum
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from webapp.core import clock
from webapp.core.db import db
from webapp.core.errors import Invalid
from webapp.plans.codes import Part
from webapp.plans.models import Plan, PlanPart
from webapp.plans.story_models import Adjustment, Review
from webapp.policy.actor import Actor

OfPlan = TypeVar("OfPlan", bound=PlanPart)


@dataclass(frozen=True, slots=True)
class About:
    """What an adjustment is about: which part of which plan, and how that was called."""

    plan: Plan
    part: Part
    thing_id: uuid.UUID
    title: str


@dataclass(frozen=True, slots=True)
class Because:
    """Why something changed, in one line; and the look back from which that came, if it came from one."""

    why: str
    review_id: uuid.UUID | None = None


Reason = str | Because


def adjust(about: About, thing: Any, fields: Mapping[str, Any], why: Reason, *, by: Actor) -> Adjustment | None:
    """Give `thing` new values, and write down what it said before and why. Nothing new is no adjustment: then None.

    The caller has asked for the right. Raises Invalid without a reason.
    """
    changed = {name: value for name, value in fields.items() if getattr(thing, name) != value}
    if not changed:
        return None
    was = {name: plain(getattr(thing, name)) for name in changed}
    for name, value in changed.items():
        setattr(thing, name, value)
    if any(isinstance(value, list) for value in changed.values()):  # what it points to: that alone gives no new version
        flag_modified(thing, next(name for name, value in fields.items() if not isinstance(value, list)))
    return tell(about, was, {name: plain(value) for name, value in changed.items()}, why, by=by)


def tell(
    about: About,
    was: Mapping[str, Any],
    became: Mapping[str, Any],
    why: Reason,
    *,
    by: Actor,
) -> Adjustment:
    """Add an adjustment to the story; the fields before and after, as codes and texts. Raises Invalid without a reason,
    and for a look back on another plan."""
    reason = why if isinstance(why, Because) else Because(why)
    if not reason.why.strip():
        raise Invalid({"why": "why_needed"})
    if reason.review_id:
        parts(Review, about.plan, (reason.review_id,), "review")
    row = Adjustment(
        plan_id=about.plan.id,
        part=about.part,
        thing_id=about.thing_id,
        title=about.title,
        was=dict(was),
        became=dict(became),
        why=reason.why.strip(),
        at=clock.now(),
        person_id=by.person_id,
        organisation_id=by.organisation_id,
        review_id=reason.review_id,
    )
    db.session.add(row)
    db.session.flush()
    return row


def parts(model: type[OfPlan], plan: Plan, ids: Collection[uuid.UUID], field: str) -> list[OfPlan]:
    """Parts of the plan that another part names, in the order of their ids. Raises Invalid for one of elsewhere."""
    if not ids:
        return []
    table: Any = model
    found = db.session.scalars(select(model).where(table.id.in_(ids), table.plan_id == plan.id).order_by(table.id))
    rows = list(found)
    if len(rows) != len(set(ids)):
        raise Invalid({field: "not_in_plan"})
    return rows


def plain(value: Any) -> Any:
    """A value as JSON keeps it: codes, days and ids as text, several in the order they are in."""
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, PlanPart):
        part: Any = value
        return str(part.id)
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value
