"""What may help whoever writes in a plan: tools that open groups share, and what other plans do, with the same tags."""

import uuid
from collections.abc import Sequence

from sqlalchemy import case, func, select

from webapp.core.db import AnyRow, AnySelect, db, given, read
from webapp.core.statements import prepared
from webapp.groups.lifecycle import ItemStatus
from webapp.groups.models import ActionItem, WorkingGroup
from webapp.plans.models import Barrier, Plan
from webapp.shelf.models import Tool, ToolTag
from webapp.shelf.queries import IS_SHARED
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.strategies import Strategy

MOST = 3
MOST_LOOKED_AT = 200
SHOWS_SOMETHING = (ItemStatus.DONE, ItemStatus.MOVING)
"""An action from which others see something already."""


def bs_of(plan: Plan, barrier_ids: Sequence[uuid.UUID]) -> list[B]:
    """The B's of some barriers of a plan."""
    if not barrier_ids:
        return []
    query = select(Barrier.bs).where(Barrier.plan_id == plan.id, Barrier.id.in_(barrier_ids))
    return list(dict.fromkeys(b for bs in db.session.scalars(query) for b in bs))


def tools(codes: Sequence[str]) -> Sequence[AnyRow]:
    """Tools on the shelf of the network, those with the most of these tags first."""
    return read(_tools(), {"codes": sorted(codes)})


@prepared
def _tools() -> AnySelect:
    same = func.count()
    return (
        select(Tool.id, Tool.title, Tool.purpose)
        .join(WorkingGroup, WorkingGroup.id == Tool.group_id)
        .join(ToolTag, ToolTag.tool_id == Tool.id)
        .where(IS_SHARED, ToolTag.code.in_(given("codes", ToolTag.code, many=True)))
        .group_by(Tool.id, Tool.title, Tool.purpose)
        .order_by(same.desc(), Tool.title, Tool.id)
        .limit(MOST)
    )


def actions(codes: Sequence[str], but: uuid.UUID) -> list[AnyRow]:
    """Actions of other plans with the same B's or strategies: those that share the most, then what is done."""
    wanted = set(codes)
    strategies = [one.value for one in Strategy if one.value in wanted]
    values = {"but": but} | ({"strategies": strategies} if strategies else {})
    found = read(_actions(by_strategy=bool(strategies)), values)
    alike = [(len(wanted & {*row.bs, row.strategy}), row) for row in found]
    ranked = sorted((one for one in alike if one[0]), key=lambda one: (-one[0], one[1].place, one[1].title, one[1].id))
    return [row for _number, row in ranked[:MOST]]


@prepared
def _actions(*, by_strategy: bool) -> AnySelect:
    place = case((ActionItem.status == ItemStatus.DONE, 0), else_=1).label("place")
    query = (
        select(ActionItem.id, ActionItem.title, ActionItem.bs, ActionItem.strategy, Plan.title.label("plan"), place)
        .join(Plan, Plan.id == ActionItem.plan_id)
        .where(ActionItem.plan_id != given("but", ActionItem.plan_id), ActionItem.status.in_(SHOWS_SOMETHING))
    )
    if by_strategy:
        query = query.where(ActionItem.strategy.in_(given("strategies", ActionItem.strategy, many=True)))
    return query.order_by(ActionItem.moved_at.desc(), ActionItem.id).limit(MOST_LOOKED_AT)
