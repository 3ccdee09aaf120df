"""Small steps within an action, and which action must come first."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, String, case, delete, func, literal_column, select

from webapp.core.db import AnyRow, db, given, read
from webapp.core.errors import Invalid
from webapp.core.numbers import Numbers, packed, unpacked
from webapp.core.statements import prepared
from webapp.groups.models import ActionItem
from webapp.plans.doing_models import ComesFirst, SmallStep
from webapp.plans.models import Plan
from webapp.plans.queries import Planned
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require

MOST_STEPS = 30
MOST_FIRST = 12


_STEPS = (
    select(SmallStep)
    .where(SmallStep.item_id == given("item", SmallStep.item_id))
    .order_by(SmallStep.position, SmallStep.id)
)


def steps(item_id: uuid.UUID) -> Sequence[SmallStep]:
    """The small steps of an action, in their order."""
    return db.session.scalars(_STEPS, {"item": item_id}).all()


STEPS = "small steps"


@dataclass(frozen=True, slots=True)
class Step:
    """A small step as a page shows it."""

    position: int
    id: str
    words: str
    is_done: bool


def beside(item_id: uuid.UUID) -> Numbers:
    """The small steps of an action, to be asked together with the numbers around its page; see `in_order`."""
    return Numbers({STEPS: _packed_steps()}, {"stepped_item": item_id})


@cache
def _packed_steps() -> ColumnElement[str]:
    done = case((SmallStep.is_done, literal_column("'1'", String)))
    shown = select(SmallStep.position, SmallStep.id, SmallStep.words, done.label("done"))
    return packed(shown.where(SmallStep.item_id == given("stepped_item", SmallStep.item_id)))


def in_order(found: str | None) -> list[Step]:
    """Those steps, in their order."""
    return sorted(
        (Step(int(position), str(uuid.UUID(key)), words, bool(done)) for position, key, words, done in unpacked(found)),
        key=lambda one: (one.position, one.id),
    )


def add_step(planned: Planned, words: str, *, by: Actor) -> SmallStep:
    """Add a small step at the end."""
    require(by, Can.DO_PLANNED, planned)
    there = steps(planned.item.id)
    if len(there) >= MOST_STEPS:
        raise Invalid({"words": "too_many_steps"})
    row = SmallStep(item_id=planned.item.id, words=words, position=there[-1].position + 1 if there else 0)
    db.session.add(row)
    db.session.flush()
    return row


def tick(planned: Planned, step_id: uuid.UUID, *, is_done: bool, by: Actor) -> None:
    """Say that a small step is done, or not after all. One that is gone stays gone."""
    require(by, Can.DO_PLANNED, planned)
    for row in steps(planned.item.id):
        row.is_done = is_done if row.id == step_id else row.is_done
    db.session.flush()


def remove_step(planned: Planned, step_id: uuid.UUID, *, by: Actor) -> None:
    """Take a small step away."""
    require(by, Can.DO_PLANNED, planned)
    db.session.execute(delete(SmallStep).where(SmallStep.id == step_id, SmallStep.item_id == planned.item.id))


def comes_first(item_id: uuid.UUID) -> Sequence[AnyRow]:
    """What must come before an action, and what waits for it: `is_first` tells which of the two."""
    return read(_comes_first(), {"item": item_id})


@prepared
def _comes_first() -> CompoundSelect[*tuple[Any, ...]]:
    item = given("item", ComesFirst.item_id)
    columns = select(ActionItem.id, ActionItem.title, ActionItem.status, ComesFirst.first_id)
    first = columns.join(ComesFirst, ComesFirst.first_id == ActionItem.id).where(ComesFirst.item_id == item)
    waits = columns.join(ComesFirst, ComesFirst.item_id == ActionItem.id).where(ComesFirst.first_id == item)
    return first.union_all(waits).order_by("title", "id")


def put_first(planned: Planned, first_id: uuid.UUID, *, by: Actor) -> None:
    """Say that another action of the plan must come first. Raises Invalid when both would wait for each other: the
    second part of the error names the way around."""
    require(by, Can.DO_PLANNED, planned)
    first = db.session.get(ActionItem, first_id)
    if first is None or first.plan_id != planned.plan.id:
        raise Invalid({"first": "no_such_action"})
    edges = _edges(planned.plan)
    if first.id in edges[planned.item.id]:
        return
    if len(edges[planned.item.id]) >= MOST_FIRST:
        raise Invalid({"first": "too_many_first"})
    if around := _way(edges, first.id, planned.item.id):
        raise Circle(_titles(around))
    db.session.add(ComesFirst(item_id=planned.item.id, first_id=first.id))
    db.session.flush()


class Circle(Invalid):
    """Actions would wait for each other, all around: each for the next, and the last for the first."""

    def __init__(self, titles: list[str]) -> None:
        super().__init__({"first": "circle"})
        self.titles = titles


def _edges(plan: Plan) -> dict[uuid.UUID, list[uuid.UUID]]:
    """For which actions each action of a plan waits."""
    query = (
        select(ComesFirst.item_id, ComesFirst.first_id)
        .join(ActionItem, ActionItem.id == ComesFirst.item_id)
        .where(ActionItem.plan_id == plan.id)
        .order_by(ComesFirst.item_id, ComesFirst.first_id)
    )
    found: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for item_id, first_id in db.session.execute(query):
        found[item_id].append(first_id)
    return found


def _way(edges: dict[uuid.UUID, list[uuid.UUID]], start: uuid.UUID, end: uuid.UUID) -> list[uuid.UUID]:
    """The shortest way from one action to another along what each waits for; empty when there is none."""
    ways, seen = [[start]], {start}
    for way in ways:  # grows while it is walked
        if way[-1] == end:
            return way
        news = [one for one in edges.get(way[-1], ()) if one not in seen]
        seen.update(news)
        ways.extend([*way, one] for one in news)
    return []


def _titles(ids: list[uuid.UUID]) -> list[str]:
    rows = db.session.execute(select(ActionItem.id, ActionItem.title).where(ActionItem.id.in_(ids)))
    names: dict[uuid.UUID, str] = {row.id: row.title for row in rows}
    return [names[one] for one in ids]


def no_longer_first(planned: Planned, first_id: uuid.UUID, *, by: Actor) -> None:
    """The other action need not come first after all."""
    require(by, Can.DO_PLANNED, planned)
    gone = delete(ComesFirst).where(ComesFirst.item_id == planned.item.id, ComesFirst.first_id == first_id)
    db.session.execute(gone)


def find(plan: Plan, typed: str) -> uuid.UUID:
    """The action of a plan that somebody means: the whole title, or the only one that has these letters in a word's
    beginning. Raises Invalid when that is not clear."""
    found = named(plan, typed)
    whole = [row.id for row in found if row.title.lower() == typed.strip().lower()]
    ids: list[uuid.UUID] = whole or [row.id for row in found]
    if len(ids) != 1:
        raise Invalid({"first": "not_clear_which"})
    return ids[0]


FEWEST = 2
MOST_FOUND = 8


def named(plan: Plan, typed: str) -> Sequence[AnyRow]:
    """The first actions of a plan in whose title words begin with what was typed."""
    words = typed.lower().split()
    if len("".join(words)) < FEWEST:
        return ()
    start, title = "% ".join(words) + "%", func.lower(ActionItem.title)
    query = (
        select(ActionItem.id, ActionItem.title)
        .where(ActionItem.plan_id == plan.id, title.like(start) | title.like(f"% {start}"))
        .order_by(title != typed.strip().lower(), ActionItem.title, ActionItem.id)
    )
    return db.session.execute(query.limit(MOST_FOUND)).all()
