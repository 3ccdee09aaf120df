"""The board of a plan: its actions in four columns, the first few of each."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select, union_all
from sqlalchemy.orm import aliased

from webapp.accounts.models import Organisation, Person
from webapp.core import clock
from webapp.core.db import AnyRow, AnySelect, given, read
from webapp.core.numbers import Columns, Numbers, ask, counted
from webapp.core.statements import prepared
from webapp.groups import queries as groups
from webapp.groups.codes import Visibility
from webapp.groups.lifecycle import ItemStatus
from webapp.groups.models import ActionItem, Membership, WorkingGroup
from webapp.plans.codes import Lane
from webapp.plans.lifecycle import PlanStatus
from webapp.plans.models import Plan
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.vocabulary.functions import FunctionKind
from webapp.vocabulary.strategies import Strategy

MOST_CARDS = 8
MOST_COUNTED = 99
ASKS_FOR = timedelta(days=60)
"""So long a finished card asks what was learned from it."""
NO_DAY = date(9999, 12, 31)

STANDS_IN: dict[Lane, tuple[ItemStatus, ...]] = {
    Lane.IDEA: (ItemStatus.SEED,),
    Lane.PLANNED: (ItemStatus.TO_START,),
    Lane.BUSY: (ItemStatus.STUCK, ItemStatus.MOVING),
    Lane.DONE: (ItemStatus.DONE,),
}
"""What stands in a column, in that order. What was dropped is folded away."""
BECOMES: dict[Lane, ItemStatus] = {column: statuses[-1] for column, statuses in STANDS_IN.items()}
"""Where an action stands once it is put in a column."""


def cards(*more: ColumnElement[Any]) -> AnySelect:
    """What a card or a line says of an action, and whether somebody (`me`) sits in the group that does it `today`. A
    group that became a secret is not named."""
    is_told = WorkingGroup.visibility != Visibility.CONFIDENTIAL
    return (
        select(
            ActionItem.id, ActionItem.title, ActionItem.status, ActionItem.due_on, ActionItem.side,
            ActionItem.strategy, ActionItem.bs, ActionItem.version, ActionItem.moved_at, ActionItem.group_id,
            ActionItem.owner_organisation_id, ActionItem.owner_function, Person.name.label("owner"),
            Organisation.name.label("organisation"), Organisation.kind.label("organisation_kind"),
            case((is_told, WorkingGroup.name), else_=None).label("group"),
            case((_sits_in_its_group(), True), else_=False).label("sits"), *more,
        )
        .join(WorkingGroup, WorkingGroup.id == ActionItem.group_id)
        .outerjoin(Person, Person.id == ActionItem.owner_id)
        .outerjoin(Organisation, Organisation.id == ActionItem.owner_organisation_id)
    )  # fmt: skip


def _sits_in_its_group() -> ColumnElement[bool]:
    seat = aliased(Membership)
    is_me = seat.person_id == given("me", Membership.person_id)
    return exists().where(seat.group_id == ActionItem.group_id, is_me, groups.sits_now(seat))


def may_do(row: AnyRow, plan: Plan, actor: Actor) -> bool:
    """Whether somebody may say where a card stands: exactly when `can` says DO_PLANNED of its action."""
    if plan.status is not PlanStatus.CURRENT:
        return False
    place = row.owner_organisation_id
    theirs = place is not None and actor.holds(*FunctionKind, at=place)
    return bool(row.sits or theirs or can(actor, Can.STEER_PLAN, plan))


def asks_lesson(row: AnyRow) -> bool:
    """Whether a card was finished so lately that one still knows what was learned."""
    return row.status is ItemStatus.DONE and row.moved_at > clock.now() - ASKS_FOR


@dataclass(frozen=True, slots=True)
class Board:
    """The cards that are shown, by where they stand; and how many there are of each, up to a hundred."""

    rows: dict[ItemStatus, list[AnyRow]]
    counts: dict[ItemStatus, int]

    def cards(self, column: Lane) -> list[AnyRow]:
        """The cards of one column."""
        return [row for status in STANDS_IN[column] for row in self.rows[status]]

    def count(self, column: Lane) -> int:
        """How many actions stand in a column, shown or not."""
        return sum(self.counts[status] for status in STANDS_IN[column])

    def hidden(self, *statuses: ItemStatus) -> list[AnyRow]:
        """The last card in line of each of these of which there are more than are shown."""
        return [self.rows[one][:MOST_CARDS][-1] for one in statuses if self.counts[one] > len(self.rows[one])]


def board(plan: Plan, actor: Actor, also: uuid.UUID | None = None) -> Board:
    """The first cards of each column, what is done newest first and the rest by their day; `also` one more, wherever
    it stands. Two queries."""
    values = {"plan": plan.id, "also": also or plan.id} | groups.values(actor)
    rows: dict[ItemStatus, list[AnyRow]] = {status: [] for status in ItemStatus}
    for row in sorted(read(_cards(), values), key=_place):
        rows[row.status].append(row)
    counts = ask(Numbers(_counts(), values))
    return Board(rows, {status: counts[status] for status in ItemStatus})


LATEST_FIRST = (ItemStatus.DONE, ItemStatus.DROPPED)
After = tuple[Any, uuid.UUID]


def _place(row: AnyRow) -> tuple[Any, ...]:
    first = -row.moved_at.timestamp() if row.status in LATEST_FIRST else (row.due_on or NO_DAY).toordinal()
    return first, row.id


@prepared
def _cards() -> AnySelect:
    found = union_all(*(select(_first(status).subquery().c.id) for status in ItemStatus))
    also = ActionItem.id == given("also", ActionItem.id)
    mine = ActionItem.plan_id == given("plan", ActionItem.plan_id)
    return cards().where(mine, ActionItem.id.in_(found) | also)


def _first(status: ItemStatus) -> AnySelect:
    here = _standing(status)
    if status not in LATEST_FIRST:
        return first_by_day([here], MOST_CARDS)
    order = (ActionItem.moved_at.desc(), ActionItem.id)
    latest = [here.where(ActionItem.strategy == one).order_by(*order).limit(MOST_CARDS) for one in Strategy]
    found = union_all(*(select(each.add_columns(ActionItem.moved_at).subquery()) for each in latest)).subquery()
    return select(found.c.id).order_by(found.c.moved_at.desc(), found.c.id).limit(MOST_CARDS)


def first_by_day(several: Sequence[AnySelect], most: Any) -> AnySelect:
    """The first of these actions by their day, those without a day last. Of each of several ways to look for them, such
    as one for each standing, no more than that are read: an index has them in this order."""
    dated = [one.where(ActionItem.due_on.is_not(None)).order_by(ActionItem.due_on, ActionItem.id) for one in several]
    undated = [one.where(ActionItem.due_on.is_(None)).order_by(ActionItem.id) for one in several]
    few = (one.add_columns(ActionItem.due_on).limit(most).subquery() for one in (*dated, *undated))
    found = union_all(*(select(one) for one in few)).subquery()
    return select(found.c.id).order_by(found.c.due_on.is_(None), found.c.due_on, found.c.id).limit(most)


def _standing(status: ItemStatus) -> AnySelect:
    return select(ActionItem.id).where(
        ActionItem.plan_id == given("plan", ActionItem.plan_id), ActionItem.status == status
    )


@cache
def _counts() -> Columns:
    return {status: counted(_standing(status), MOST_COUNTED) for status in ItemStatus}


def key(row: AnyRow) -> After:
    """Where a card stands among those of its status."""
    return row.moved_at if row.status in LATEST_FIRST else row.due_on or NO_DAY, row.id


def more(
    plan: Plan, status: ItemStatus, actor: Actor, after: After | None, but: uuid.UUID | None = None
) -> Sequence[AnyRow]:
    """The next cards of one status, and one more: those behind `after`, without the one that is shown already."""
    behind = {"behind": after[0], "behind_id": after[1]} if after else {}
    values = {"plan": plan.id, "status": status, "but": but or plan.id} | groups.values(actor)
    return read(_more(latest=status in LATEST_FIRST, behind=bool(after)), values | behind)


@prepared
def _more(*, latest: bool, behind: bool) -> AnySelect:
    day = func.coalesce(ActionItem.due_on, NO_DAY, type_=ActionItem.due_on.type)
    place: ColumnElement[Any] = ActionItem.moved_at.expression if latest else day
    query = cards().where(
        ActionItem.plan_id == given("plan", ActionItem.plan_id),
        ActionItem.status == given("status", ActionItem.status),
        ActionItem.id != given("but", ActionItem.id),
    )
    if behind:
        last = given("behind", ActionItem.moved_at if latest else ActionItem.due_on)
        beyond = place < last if latest else place > last
        query = query.where(or_(beyond, and_(place == last, ActionItem.id > given("behind_id", ActionItem.id))))
    return query.order_by(place.desc() if latest else place, ActionItem.id).limit(MOST_CARDS + 1)
