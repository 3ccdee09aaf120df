"""One arch of the bridge: all actions of a strategy, page by page, and who and what stands there."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    Integer,
    String,
    cast,
    exists,
    func,
    literal_column,
    select,
    tuple_,
    union_all,
)

from webapp.accounts.models import Organisation
from webapp.core.db import AnyRow, AnySelect, db, given, read
from webapp.core.statements import prepared
from webapp.directory.models import Offer
from webapp.groups.codes import Visibility
from webapp.groups.lifecycle import ItemStatus
from webapp.groups.models import ActionItem, WorkingGroup
from webapp.plans import bridge
from webapp.plans.models import Missing, PlanPartner
from webapp.vocabulary.strategies import Strategy

PAGE_SIZE = 30
MOST_BESIDE = 60

After = tuple[int, str, uuid.UUID]


def actions(plan_id: uuid.UUID, strategy: Strategy, after: After | None = None) -> Sequence[AnyRow]:
    """Up to one page of the actions of a strategy, and one more; in the order of `rank`, then by title."""
    values: dict[str, Any] = {"plan": plan_id, "strategy": strategy}
    if after:
        values |= {"behind_rank": after[0], "behind_title": after[1], "behind_id": after[2]}
    return read(_actions(behind=bool(after)), values)


@prepared
def _actions(*, behind: bool) -> AnySelect:
    rank = bridge.rank()
    query = bridge.actions().add_columns(rank.label("rank")).where(*_here())
    if behind:
        last = tuple_(
            given("behind_rank", ActionItem.version), given("behind_title", ActionItem.title),
            given("behind_id", ActionItem.id),
        )  # fmt: skip
        query = query.where(tuple_(rank, ActionItem.title, ActionItem.id) > last)
    return query.order_by(rank, ActionItem.title, ActionItem.id).limit(PAGE_SIZE + 1)


def _here() -> tuple[Any, ...]:
    return (
        ActionItem.plan_id == given("plan", ActionItem.plan_id),
        ActionItem.strategy == given("strategy", ActionItem.strategy),
        ActionItem.status != ItemStatus.DROPPED,
    )


def beside(plan_id: uuid.UUID, strategy: Strategy) -> dict[str, list[AnyRow]]:
    """Who helps to carry an arch, with how many offers they have and whether they were named; the groups that do
    something there; what is missing."""
    found: dict[str, list[AnyRow]] = {bridge.PARTNER: [], bridge.GROUP: [], bridge.MISSING: []}
    for row in read(_beside(), {"plan": plan_id, "strategy": strategy}):
        found[row.kind].append(row)
    return found


@prepared
def _beside() -> AnySelect:
    named = exists().where(
        PlanPartner.plan_id == given("plan", PlanPartner.plan_id),
        PlanPartner.strategy == given("strategy", PlanPartner.strategy),
        PlanPartner.organisation_id == Organisation.id,
    )
    carries = exists().where(*_here(), ActionItem.owner_organisation_id == Organisation.id)
    does = exists().where(*_here(), ActionItem.group_id == WorkingGroup.id)
    lacks = (
        Missing.plan_id == given("plan", Missing.plan_id), Missing.strategy == given("strategy", Missing.strategy)
    )  # fmt: skip
    offers = select(func.count()).where(Offer.organisation_id == Organisation.id, Offer.is_published).scalar_subquery()
    partners = _rows(bridge.PARTNER, Organisation.id, Organisation.name, offers, cast(named, Integer))
    groups = _rows(bridge.GROUP, WorkingGroup.id, WorkingGroup.name).where(does)
    missing = _rows(bridge.MISSING, Missing.id, Missing.words).where(*lacks)
    people = _first(partners.where(named | carries))
    groups = _first(groups.where(WorkingGroup.visibility != Visibility.CONFIDENTIAL))
    missing = _first(missing)
    rows = union_all(people, groups, missing).subquery()
    return select(rows).order_by(rows.c.words, rows.c.id)


def _first(rows: AnySelect) -> AnySelect:
    few = rows.order_by("words").limit(literal_column(str(MOST_BESIDE))).subquery()
    return select(few)


NONE = literal_column("0", Integer)


def _rows(kind: str, key: Any, words: Any, offers: Any = NONE, named: Any = NONE) -> AnySelect:
    is_kind = literal_column(f"'{kind}'", String).label("kind")
    return select(is_kind, key.label("id"), words.label("words"), offers.label("offers"), named.label("is_named"))


def organisation_named(typed: str) -> uuid.UUID | None:
    """The organisation of this name, or the only one that begins so; None when that is not clear."""
    wanted = " ".join(typed.lower().split())
    name = func.lower(Organisation.name)
    query = select(Organisation.id, name.label("name")).where(name.startswith(wanted, autoescape=True)).limit(50)
    found = db.session.execute(query).all()
    exact = [row.id for row in found if row.name == wanted]
    return exact[0] if exact else found[0].id if len(found) == 1 else None
