"""The parts of plans that somebody works on, to say that a lesson is used there."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import literal_column, or_, select, true

from webapp.core.db import AnyRow, AnySelect, given, read
from webapp.core.statements import prepared
from webapp.groups import queries as groups
from webapp.groups.models import ActionItem, WorkingGroup, confided_here
from webapp.plans.codes import Link
from webapp.plans.lifecycle import PlanStatus
from webapp.plans.models import Barrier, Goal, Plan
from webapp.policy.actor import Actor
from webapp.vocabulary.functions import FunctionKind

MOST = 40
"""So many of one kind are offered."""


def parts(actor: Actor) -> Sequence[AnyRow]:
    """The barriers, goals and actions of running plans that somebody may change, by plan; in one query."""
    values = groups.values(actor) | {"places": sorted(actor.organisations)}
    return read(_parts(everywhere=actor.holds(FunctionKind.COORDINATOR)), values)


@prepared
def _parts(*, everywhere: bool) -> AnySelect:
    here = true() if everywhere else groups.mine()
    of_me = or_(
        ActionItem.owner_id == given("me", ActionItem.owner_id),
        ActionItem.owner_organisation_id.in_(given("places", ActionItem.owner_organisation_id, many=True)),
    )
    rows = (
        _part(Link.BARRIER, Barrier, Barrier.words).where(here),
        _part(Link.GOAL, Goal, Goal.title).where(here),
        _part(Link.ACTION, ActionItem, ActionItem.title).where(or_(here, of_me)),
    )
    first, *others = (select(row.limit(MOST).subquery()) for row in rows)
    found = first.union_all(*others).subquery()
    return select(found).order_by(found.c.plan, found.c.kind, found.c.title, found.c.id)


def _part(kind: Link, model: Any, title: Any) -> AnySelect:
    return (
        select(
            literal_column(f"'{kind.value}'").label("kind"), model.id.label("id"), confided_here(title).label("title"),
            Plan.title.label("plan"),
        )
        .join(Plan, Plan.id == model.plan_id)
        .join(WorkingGroup, WorkingGroup.id == Plan.group_id)
        .where(Plan.status == PlanStatus.CURRENT)
        .order_by(model.id)
    )  # fmt: skip
