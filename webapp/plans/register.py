"""The barrier register: what is known, what stands in the way, and how that lies over the B's and both banks."""

import uuid
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, cast, exists, func, select, tuple_

from webapp.core.db import AnyRow, AnySelect, db, given, read
from webapp.core.statements import prepared
from webapp.groups.models import WorkingGroup
from webapp.plans.codes import EvidenceKind
from webapp.plans.models import Barrier, BarrierEvidence, Choice, Evidence, Goal, GoalBarrier, Plan
from webapp.shelf.models import Tool
from webapp.shelf.queries import IS_SHARED
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.sides import Side

PAGE_SIZE = 30
MOST = 500
"""More than this of one plan is in no list to choose from, and in no table."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which barriers somebody looks for."""

    side: Side | None = None
    b: B | None = None
    kind: EvidenceKind | None = None

    def codes(self) -> dict[str, str]:
        """The codes that are asked for, by the name of their filter."""
        given_codes = (("side", self.side), ("b", self.b), ("kind", self.kind))
        return {name: code.value for name, code in given_codes if code}


def known(plan: Plan, after: tuple[date, uuid.UUID] | None = None, most: int = PAGE_SIZE) -> Sequence[AnyRow]:
    """Up to `most` things that are known, and one more, the newest first."""
    behind = {"behind_on": after[0], "behind_id": after[1]} if after else {}
    return read(_known(behind=bool(after)), {"plan": plan.id, "most": most + 1} | behind)


@prepared
def _known(*, behind: bool) -> AnySelect:
    query = _evidence().where(Evidence.plan_id == given("plan", Evidence.plan_id))
    if behind:
        last = tuple_(given("behind_on", Evidence.heard_on), given("behind_id", Evidence.id))
        query = query.where(tuple_(Evidence.heard_on, Evidence.id) < last)
    return query.order_by(Evidence.heard_on.desc(), Evidence.id.desc()).limit(given("most", Evidence.version))


def _evidence() -> AnySelect:
    """Evidence, with the tool it points to while that stands on the shelf of the network."""
    shared = (
        select(Tool.id, Tool.title).join(WorkingGroup, WorkingGroup.id == Tool.group_id).where(IS_SHARED).subquery()
    )
    return select(
        Evidence.id, Evidence.kind, Evidence.heard, Evidence.about_how_many, Evidence.heard_on, Evidence.link,
        shared.c.id.label("tool_id"), shared.c.title.label("tool"),
    ).outerjoin(shared, shared.c.id == Evidence.tool_id)  # fmt: skip


def known_by(barrier: Barrier) -> Sequence[AnyRow]:
    """By what a barrier is known, the newest first."""
    return read(_known_by(), {"barrier": barrier.id})


@prepared
def _known_by() -> AnySelect:
    return (
        _evidence()
        .join(BarrierEvidence, BarrierEvidence.evidence_id == Evidence.id)
        .where(BarrierEvidence.barrier_id == given("barrier", BarrierEvidence.barrier_id))
        .order_by(Evidence.heard_on.desc(), Evidence.id.desc())
        .limit(PAGE_SIZE)
    )


def barriers(
    plan: Plan, wanted: Wanted, after: tuple[str, uuid.UUID] | None = None, most: int = PAGE_SIZE
) -> Sequence[AnyRow]:
    """Up to `most` barriers, and one more, in the order of their words."""
    codes = wanted.codes()
    values: dict[str, Any] = {"plan": plan.id, "most": most + 1} | codes
    if "b" in codes:
        values["b"] = f'%"{codes["b"]}"%'
    behind = {"behind_words": after[0], "behind_id": after[1]} if after else {}
    return read(_barriers(tuple(codes), behind=bool(after)), values | behind)


@prepared
def _barriers(filters: tuple[str, ...], *, behind: bool) -> AnySelect:
    seen_by = select(func.count()).where(BarrierEvidence.barrier_id == Barrier.id).correlate(Barrier).scalar_subquery()
    query = select(
        Barrier.id, Barrier.words, Barrier.side, Barrier.bs, Barrier.setting, Barrier.shared, seen_by.label("evidence")
    ).where(Barrier.plan_id == given("plan", Barrier.plan_id), *(_filter(name) for name in filters))
    if behind:
        last = tuple_(given("behind_words", Barrier.words), given("behind_id", Barrier.id))
        query = query.where(tuple_(Barrier.words, Barrier.id) > last)
    return query.order_by(Barrier.words, Barrier.id).limit(given("most", Barrier.version))


def _filter(name: str) -> ColumnElement[bool]:
    if name == "side":
        return Barrier.side == given("side", Barrier.side)
    if name == "b":  # the codes stand in a short list, each between quotes
        return cast(Barrier.bs, Text).like(given("b", Barrier.words))
    known_so = and_(
        BarrierEvidence.evidence_id == Evidence.id,
        BarrierEvidence.barrier_id == Barrier.id,
        Evidence.kind == given("kind", Evidence.kind),
    )
    return exists().where(known_so)


def spread(plan: Plan, wanted: Wanted) -> Counter[tuple[B, Side]]:
    """How many barriers touch each B on each side; one that touches two B's counts under both. Of the filters only the
    kind of evidence counts here: the table itself is how one chooses a side and a B."""
    kind = {"kind": wanted.kind} if wanted.kind else {}
    rows = read(_spread(of_kind=bool(kind)), {"plan": plan.id} | kind)
    return Counter((b, row.side) for row in rows for b in row.bs)


@prepared
def _spread(*, of_kind: bool) -> AnySelect:
    query = select(Barrier.side, Barrier.bs).where(Barrier.plan_id == given("plan", Barrier.plan_id))
    return (query.where(_filter("kind")) if of_kind else query).limit(MOST)


def kinds_of(barrier_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[EvidenceKind]]:
    """From where each of these barriers is known."""
    query = (
        select(BarrierEvidence.barrier_id, Evidence.kind)
        .join(Evidence, Evidence.id == BarrierEvidence.evidence_id)
        .where(BarrierEvidence.barrier_id.in_(sorted(barrier_ids)))
        .distinct()
        .order_by(Evidence.kind)
    )
    found: dict[uuid.UUID, list[EvidenceKind]] = {}
    for row in db.session.execute(query):
        found.setdefault(row.barrier_id, []).append(row.kind)
    return found


def shown_by(evidence_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[AnyRow]]:
    """The barriers that each of these things shows."""
    found: dict[uuid.UUID, list[AnyRow]] = {}
    for row in read(_shown_by(), {"evidence": sorted(evidence_ids)}) if evidence_ids else ():
        found.setdefault(row.evidence_id, []).append(row)
    return found


@prepared
def _shown_by() -> AnySelect:
    return (
        select(BarrierEvidence.evidence_id, Barrier.id, Barrier.words)
        .join(Barrier, Barrier.id == BarrierEvidence.barrier_id)
        .where(BarrierEvidence.evidence_id.in_(given("evidence", BarrierEvidence.evidence_id, many=True)))
        .order_by(Barrier.words, Barrier.id)
        .limit(MOST)
    )


def goals_against(barrier: Barrier) -> Sequence[AnyRow]:
    """The goals that make a barrier smaller."""
    return read(_goals_against(), {"barrier": barrier.id})


@prepared
def _goals_against() -> AnySelect:
    return (
        select(Goal.id, Goal.title, Goal.sign)
        .join(GoalBarrier, GoalBarrier.goal_id == Goal.id)
        .where(GoalBarrier.barrier_id == given("barrier", GoalBarrier.barrier_id))
        .order_by(Goal.position, Goal.id)
        .limit(PAGE_SIZE)
    )


def on_top(plan: Plan) -> Sequence[AnyRow]:
    """The open choices that stand on top."""
    query = (
        select(Choice.id, Choice.for_whom)
        .where(Choice.plan_id == plan.id, Choice.is_open, Choice.is_highlighted)
        .order_by(Choice.until, Choice.id)
    )
    return db.session.execute(query).all()


def tools() -> Sequence[AnyRow]:
    """What stands on the shelf of the network, to point to."""
    return read(_tools(), {})


@prepared
def _tools() -> AnySelect:
    query = select(Tool.id, Tool.title).join(WorkingGroup, WorkingGroup.id == Tool.group_id).where(IS_SHARED)
    return query.order_by(Tool.title, Tool.id).limit(MOST)


def is_on_network_shelf(tool_id: uuid.UUID) -> bool:
    """Whether everybody in the network can open a tool."""
    query = select(Tool.id).join(WorkingGroup, WorkingGroup.id == Tool.group_id).where(IS_SHARED, Tool.id == tool_id)
    return db.session.scalar(query) is not None
