"""The list of the actions of a plan: which ones, in pages."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import String, cast, func, select, tuple_

from webapp.core.db import AnyRow, AnySelect, given, read
from webapp.core.statements import prepared
from webapp.groups import queries as groups
from webapp.groups.lifecycle import ItemStatus
from webapp.groups.models import ActionItem
from webapp.groups.owning import Owner
from webapp.plans.board import NO_DAY, cards, first_by_day
from webapp.plans.models import Plan
from webapp.policy.actor import Actor
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.sides import Side
from webapp.vocabulary.strategies import Strategy

PAGE_SIZE = 40
MOST_ON_PAPER = 500
After = tuple[date, uuid.UUID]


@dataclass(frozen=True, slots=True)
class Sought:
    """By what the list is narrowed down; what is None is not asked."""

    b: B | None = None
    strategy: Strategy | None = None
    side: Side | None = None
    status: ItemStatus | None = None
    goal_id: uuid.UUID | None = None
    owner: Owner | None = None

    @property
    def values(self) -> dict[str, Any]:
        """What is asked, by name."""
        owner = self.owner or Owner()
        asked = {
            "b": f'%"{self.b.value}"%' if self.b else None,
            "strategy": self.strategy,
            "side": self.side,
            "status": self.status,
            "goal": self.goal_id,
            "place": owner.organisation_id,
            "seat": owner.function,
            "group": owner.group_id,
        }
        return {name: value for name, value in asked.items() if value is not None}


def actions(
    plan: Plan, sought: Sought, actor: Actor, after: After | None = None, most: int = PAGE_SIZE
) -> Sequence[AnyRow]:
    """Up to one page of the actions of a plan, and one more: by their day, those without a day last."""
    asked = sought.values
    behind = {"behind_day": after[0], "behind_id": after[1]} if after else {}
    values = asked | behind | {"plan": plan.id, "most": most + 1} | groups.values(actor)
    return read(_actions(frozenset(asked), behind=bool(after)), values)


def key(row: AnyRow) -> tuple[date, uuid.UUID]:
    """Where a row stands in the list."""
    return row.due_on or NO_DAY, row.id


@prepared
def _actions(asked: frozenset[str], *, behind: bool) -> AnySelect:
    conditions = {
        "b": cast(ActionItem.bs, String).like(given("b", ActionItem.title)),
        "strategy": ActionItem.strategy == given("strategy", ActionItem.strategy),
        "side": ActionItem.side == given("side", ActionItem.side),
        "status": ActionItem.status == given("status", ActionItem.status),
        "goal": ActionItem.goal_id == given("goal", ActionItem.goal_id),
        "place": ActionItem.owner_organisation_id == given("place", ActionItem.owner_organisation_id),
        "seat": ActionItem.owner_function == given("seat", ActionItem.owner_function),
        "group": ActionItem.group_id == given("group", ActionItem.group_id),
    }
    day = func.coalesce(ActionItem.due_on, NO_DAY, type_=ActionItem.due_on.type)
    query = select(ActionItem.id).where(ActionItem.plan_id == given("plan", ActionItem.plan_id))
    query = query.where(*(conditions[name] for name in sorted(asked)))
    if behind:
        last = tuple_(given("behind_day", ActionItem.due_on), given("behind_id", ActionItem.id))
        query = query.where(tuple_(day, ActionItem.id) > last)
    # which ones comes first: who does it is looked up for those of this page alone
    standing = [query.where(ActionItem.status == one) for one in ItemStatus]
    shown = first_by_day(standing, given("most", ActionItem.version)).subquery()
    return cards().where(ActionItem.id.in_(select(shown.c.id))).order_by(day, ActionItem.id)
