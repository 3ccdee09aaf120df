"""The bridge of a plan: under each of its six strategies what the network does, who carries it, and what is missing.

Whatever a plan holds, it takes three statements. A confidential group is never named in it: the picture is printed and
passed on. An action that was dropped carries nothing.
"""

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    String,
    Uuid,
    case,
    cast,
    func,
    literal_column,
    null,
    select,
    type_coerce,
    union,
    union_all,
)

from webapp.accounts.models import Organisation
from webapp.core.db import AnyRow, AnySelect, given, read
from webapp.core.numbers import joined
from webapp.core.statements import prepared
from webapp.directory.models import Offer
from webapp.groups.codes import Visibility
from webapp.groups.lifecycle import WAITING_FOR_HANDS, ItemStatus
from webapp.groups.models import ActionItem, WorkingGroup
from webapp.plans.models import Missing, PlanPartner
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.strategies import STRATEGY_TRAITS, Strategy

MOST_ACTIONS = 4
MOST_BESIDE = 4
"""So many actions, and so many of each other kind, stand under an arch before it folds."""
MOST_TO_CHOOSE = 40
WRITTEN = {b: f'"{b}"' for b in B}
"""How a B stands in the list of an action."""
FIRM = 2
"""So many actions that are on their way or done make an arch firm."""
ORDER = (ItemStatus.MOVING, ItemStatus.STUCK, ItemStatus.TO_START, ItemStatus.DONE, ItemStatus.SEED)
LATEST = (ActionItem.moved_at.desc(), ActionItem.id.desc())
CARRYING = (*WAITING_FOR_HANDS, ItemStatus.DONE)
"""A seed may carry something later."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Of which B, or of which organisation, the bridge is shown; all of it by default."""

    b: B | None = None
    who: uuid.UUID | None = None

    @property
    def values(self) -> dict[str, Any]:
        """What the statements ask for."""
        sought = {"b": f'%"{self.b.value}"%'} if self.b else {}
        return sought | ({"who": self.who} if self.who else {})

    @property
    def shape(self) -> tuple[bool, bool]:
        """Which statements fit."""
        return bool(self.b), bool(self.who)


ALL = Asked()


@dataclass(slots=True)
class Arch:
    """One strategy, and what stands under it: the first of everything, and how many there are."""

    strategy: Strategy
    actions: list[AnyRow] = field(default_factory=list)
    standing: Counter[ItemStatus] = field(default_factory=Counter)
    touches: set[B] = field(default_factory=set)
    beside: dict[str, list[AnyRow]] = field(default_factory=dict)

    @property
    def number(self) -> int:
        """Its place on the bridge, from 1 to 6."""
        return STRATEGY_TRAITS[self.strategy].number

    @property
    def total(self) -> int:
        """How many actions there are."""
        return self.standing.total()

    @property
    def carrying(self) -> int:
        """How many of them carry the bridge."""
        return sum(self.standing[one] for one in CARRYING)

    @property
    def bs(self) -> list[B]:
        """Which B's they touch, in their own order."""
        return [one for one in B if one in self.touches]

    @property
    def is_firm(self) -> bool:
        """Whether enough is done here and nobody says that something is missing."""
        return self.carrying >= FIRM and not self.missing

    @property
    def lacks(self) -> bool:
        """Whether something is missing."""
        return not self.carrying or bool(self.missing)

    def of_kind(self, kind: str) -> list[AnyRow]:
        """What stands here of one kind."""
        return self.beside.get(kind, [])

    def how_many(self, kind: str) -> int:
        """How many there are of one kind."""
        return next((row.total for row in self.of_kind(kind)), 0)

    @property
    def partners(self) -> list[AnyRow]:
        """Organisations that help to carry it."""
        return self.of_kind(PARTNER)

    @property
    def groups(self) -> list[AnyRow]:
        """Working groups that do something here."""
        return self.of_kind(GROUP)

    @property
    def missing(self) -> list[AnyRow]:
        """What is missing."""
        return self.of_kind(MISSING)

    @property
    def offers(self) -> int:
        """How many offers those organisations have."""
        return self.how_many(OFFERS)


PARTNER, GROUP, MISSING, OFFERS, CHOICE = "partner", "group", "missing", "offers", "choice"


@dataclass(frozen=True, slots=True)
class Bridge:
    """The six arches, and the organisations of which one can be chosen: those that do most."""

    arches: Sequence[Arch]
    to_choose: Sequence[AnyRow]

    @property
    def carrying(self) -> int:
        """How many actions carry it."""
        return sum(arch.carrying for arch in self.arches)


def of_plan(plan_id: uuid.UUID, asked: Asked = ALL, most: int = MOST_ACTIONS, beside: int = MOST_BESIDE) -> Bridge:
    """The bridge of a plan."""
    values = {"plan": plan_id, "beside": beside} | asked.values
    arches = {strategy: Arch(strategy) for strategy in Strategy}
    for row in read(_counted(*asked.shape), values):
        arch = arches[row.strategy]
        arch.standing[row.status] = row.number
        arch.touches.update(b for b, written in WRITTEN.items() if b not in arch.touches and written in row.bs)
    for row in read(_first_actions(*asked.shape), values | _first_of_all(arches.values(), most)):
        arches[row.strategy].actions.append(row)
    around = read(_around(*asked.shape), values)
    for row in around:
        if row.kind != CHOICE:
            arches[Strategy(row.strategy)].beside.setdefault(row.kind, []).append(row)
    return Bridge([*arches.values()], [row for row in around if row.kind == CHOICE])


def _asked_for(*, by_b: bool, by_who: bool) -> list[ColumnElement[bool]]:
    """Which actions are meant."""
    wanted = [ActionItem.plan_id == given("plan", ActionItem.plan_id), ActionItem.status != ItemStatus.DROPPED]
    if by_b:
        wanted.append(cast(ActionItem.bs, String).like(given("b", ActionItem.title)))
    if by_who:
        wanted.append(ActionItem.owner_organisation_id == given("who", Organisation.id))
    return wanted


def _first_of_all(arches: Iterable[Arch], most: int) -> dict[str, int]:
    """How many actions of each standing under each strategy are among the first: what moves before what is done, and a
    seed at last. So of 2,000 only those are read."""
    wanted = {}
    for arch in arches:
        room = most
        for status in ORDER:
            wanted[f"{arch.strategy}_{status}"] = few = min(room, arch.standing[status])
            room -= few
    return wanted


@prepared
def _first_actions(by_b: bool, by_who: bool) -> AnySelect:
    """The latest actions of each standing under each strategy, so many as are asked of them."""
    wanted = _asked_for(by_b=by_b, by_who=by_who)
    latest = [
        select(ActionItem.id)
        .where(*wanted, ActionItem.strategy == strategy, ActionItem.status == status)
        .order_by(*LATEST)
        .limit(given(f"{strategy}_{status}", ActionItem.version))
        .offset(literal_column("0"))
        for strategy in Strategy
        for status in ORDER
    ]
    first = union_all(*(select(each.subquery()) for each in latest)).subquery()
    return actions().join(first, first.c.id == ActionItem.id).order_by(rank(), *LATEST)


def rank() -> ColumnElement[int]:
    """The order in which actions stand: what moves, what is stuck, what is to start, what is done, what may grow."""
    return case({one: place for place, one in enumerate(ORDER[:-1])}, value=ActionItem.status, else_=len(ORDER) - 1)


def actions() -> AnySelect:
    """Actions with who carries them: an organisation, or else the group that does it, when it is no secret."""
    group = case((WorkingGroup.visibility != Visibility.CONFIDENTIAL, WorkingGroup.name))
    return (
        select(
            ActionItem.id, ActionItem.title, ActionItem.status, ActionItem.strategy, ActionItem.due_on,
            Organisation.name.label("organisation"), group.label("group"),
        )
        .join(WorkingGroup, WorkingGroup.id == ActionItem.group_id)
        .outerjoin(Organisation, Organisation.id == ActionItem.owner_organisation_id)
    )  # fmt: skip


@prepared
def _counted(by_b: bool, by_who: bool) -> AnySelect:
    """How many actions there are of each kind, and the B's of all of them in one text."""
    kind = ActionItem.strategy, ActionItem.status
    counted = select(*kind, joined(cast(ActionItem.bs, String), ",").label("bs"), func.count().label("number"))
    return counted.where(*_asked_for(by_b=by_b, by_who=by_who)).group_by(*kind)


@prepared
def _around(by_b: bool, by_who: bool) -> AnySelect:
    """Who and what else stands under each strategy, the first of each kind with how many there are."""
    does = _doing(by_b=by_b, by_who=by_who)
    under = partners(does, by_who=by_who)
    names = select(under.c.strategy, Organisation.id, Organisation.name).join(
        Organisation, Organisation.id == under.c.organisation_id
    )
    groups = (
        select(does.c.strategy, WorkingGroup.id, WorkingGroup.name)
        .join(WorkingGroup, WorkingGroup.id == does.c.group_id)
        .where(WorkingGroup.visibility != Visibility.CONFIDENTIAL)
        .distinct()
    )
    missing = select(type_coerce(Missing.strategy, String), Missing.id, Missing.words).where(
        Missing.plan_id == given("plan", Missing.plan_id)
    )
    # counted for one at a time: beside the partners SQLite joins all of them by reading every offer of the town
    theirs = select(func.count()).where(Offer.organisation_id == under.c.organisation_id, Offer.is_published)
    offers = select(
        _word(OFFERS), under.c.strategy, cast(null(), Uuid()), cast(null(), String),
        cast(func.sum(theirs.scalar_subquery()), Integer).label("total"), literal_column("1", Integer),
    ).group_by(under.c.strategy)  # fmt: skip
    folded = (_folded(PARTNER, names), _folded(GROUP, groups), _folded(MISSING, missing), offers, _to_choose())
    rows = union_all(*folded).subquery()
    return select(rows).order_by(rows.c.kind, rows.c.strategy, rows.c.place)


@cache
def _doing(*, by_b: bool, by_who: bool) -> CTE:
    """Who does how much under which strategy: the actions are read once for all that is asked of them."""
    strategy = type_coerce(ActionItem.strategy, String).label("strategy")
    doer = (strategy, ActionItem.owner_organisation_id, ActionItem.group_id)
    rows = select(*doer, func.count().label("number")).where(*_asked_for(by_b=by_b, by_who=by_who)).group_by(*doer)
    return rows.cte("does" if by_b or by_who else "does_all")


def partners(does: CTE, *, by_who: bool) -> CTE:
    """Which organisations stand under which strategy: those that were named, and those that carry an action."""
    named = select(type_coerce(PlanPartner.strategy, String).label("strategy"), PlanPartner.organisation_id).where(
        PlanPartner.plan_id == given("plan", PlanPartner.plan_id)
    )
    if by_who:
        named = named.where(PlanPartner.organisation_id == given("who", Organisation.id))
    carry = select(does.c.strategy, does.c.owner_organisation_id).where(does.c.owner_organisation_id.is_not(None))
    return union(named, carry).cte("stands")


def _folded(kind: str, rows: AnySelect) -> AnySelect:
    """The first of these rows under each strategy: a strategy, an id and words."""
    strategy, key, words = rows.subquery().c
    total = func.count().over(partition_by=strategy)
    place = func.row_number().over(partition_by=strategy, order_by=(words, key))
    placed = select(
        strategy.label("strategy"), key.label("id"), words.label("words"), total.label("total"), place.label("place")
    ).subquery()
    return select(_word(kind), *placed.c).where(placed.c.place <= given("beside", ActionItem.version))


def _to_choose() -> AnySelect:
    """The organisations that carry most actions of the plan, whatever is asked for."""
    does = _doing(by_b=False, by_who=False)
    most = (
        select(does.c.owner_organisation_id.label("id"), cast(func.sum(does.c.number), Integer).label("number"))
        .where(does.c.owner_organisation_id.is_not(None))
        .group_by(does.c.owner_organisation_id)
        .order_by(func.sum(does.c.number).desc(), does.c.owner_organisation_id)
        .limit(literal_column(str(MOST_TO_CHOOSE)))
        .subquery()
    )
    return select(
        _word(CHOICE), literal_column("''", String), Organisation.id, Organisation.name, most.c.number,
        func.row_number().over(order_by=Organisation.name),
    ).join(most, most.c.id == Organisation.id)  # fmt: skip


def _word(kind: str) -> ColumnElement[str]:
    return literal_column(f"'{kind}'", String).label("kind")
