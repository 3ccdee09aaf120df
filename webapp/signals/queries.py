"""Reading signals: one, and the list with its filters. Numbers here are exact and must be coarsened before anybody
sees them."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, exists, func, or_, select

from webapp.core import clock
from webapp.core.db import AnyRow, AnySelect, db, given, read
from webapp.core.numbers import Numbers
from webapp.core.statements import Prepared, prepared
from webapp.signals.lifecycle import SignalStatus
from webapp.signals.models import Signal, SignalDetail
from webapp.vocabulary.ages import AgeBand
from webapp.vocabulary.days import Weekday
from webapp.vocabulary.interests import Interest
from webapp.vocabulary.seven_bs import B

PAGE_SIZE = 25
LATELY = timedelta(weeks=4)
MOST_AREAS = 60

Key = tuple[date, uuid.UUID]


@dataclass(frozen=True, slots=True)
class Filter:
    """What somebody looks for among signals."""

    status: SignalStatus = SignalStatus.OPEN
    interest: Interest | None = None
    age_band: AgeBand | None = None
    area: str | None = None
    day: Weekday | None = None
    b: B | None = None


def day_code(day: Weekday) -> str:
    """A day as a detail of a signal."""
    return f"day:{day.value}"


def b_code(b: B) -> str:
    """A distance as a detail of a signal."""
    return f"b:{b.value}"


def week_of(day: date) -> date:
    """The Monday of a day: a signal says no more about when it was heard."""
    return day - timedelta(days=day.weekday())


def signal(signal_id: uuid.UUID) -> Signal | None:
    """One signal."""
    return db.session.get(Signal, signal_id)


def signals(wanted: Filter, after: Key | None = None) -> Sequence[AnyRow]:
    """Up to one page of signals and one more, those heard last first."""
    values: dict[str, Any] = {
        "status": wanted.status,
        "interest": wanted.interest,
        "age_band": wanted.age_band,
        "area": wanted.area,
        "day": day_code(wanted.day) if wanted.day else None,
        "b": b_code(wanted.b) if wanted.b else None,
    }
    has = frozenset(name for name, value in values.items() if value is not None)
    behind = {"behind_week": after[0], "behind_id": after[1]} if after else {}
    return read(_signals(has, behind=bool(after)), values | behind)


@prepared
def _signals(has: frozenset[str], *, behind: bool) -> AnySelect:
    columns = {"status": Signal.status, "interest": Signal.interest, "age_band": Signal.age_band, "area": Signal.area}
    query = select(
        Signal.id, Signal.status, Signal.interest, Signal.age_band, Signal.area, Signal.number,
        Signal.first_week, Signal.last_week, Signal.told, Signal.picked_up_on,
    )  # fmt: skip
    query = query.where(*(column == given(name, column) for name, column in columns.items() if name in has))
    for name in sorted({"day", "b"} & has):
        named = SignalDetail.code == given(name, SignalDetail.code)
        query = query.where(exists().where(SignalDetail.signal_id == Signal.id, named))
    if behind:
        week, last = given("behind_week", Signal.last_week), given("behind_id", Signal.id)
        query = query.where(or_(Signal.last_week < week, and_(Signal.last_week == week, Signal.id < last)))
    return query.order_by(Signal.last_week.desc(), Signal.id.desc()).limit(PAGE_SIZE + 1)


_DETAILS = Prepared(
    lambda: (
        select(SignalDetail.signal_id, SignalDetail.code)
        .where(SignalDetail.signal_id.in_(given("about", SignalDetail.signal_id, many=True)))
        .order_by(SignalDetail.code)
    )
)


def details(rows: Iterable[AnyRow]) -> Mapping[uuid.UUID, tuple[list[Weekday], list[B]]]:
    """The days and the distances that were named with the signals of a page. One query."""
    found: dict[uuid.UUID, tuple[list[Weekday], list[B]]] = defaultdict(lambda: ([], []))
    for signal_id, code in read(_DETAILS, {"about": [row.id for row in rows]}):
        kind, _, value = code.partition(":")
        days, distances = found[signal_id]
        if kind == "day":
            days.append(Weekday(value))
        else:
            distances.append(B(value))
    return found


_TOTAL = Prepared(lambda: select(func.coalesce(func.sum(Signal.number), 0)).where(Signal.status == SignalStatus.OPEN))
_AREAS = Prepared(
    lambda: select(Signal.area).where(Signal.area != "").distinct().order_by(Signal.area).limit(MOST_AREAS)
)
HEARD = "signals heard"
_LATELY = (
    select(func.max(Signal.last_week))
    .where(Signal.status == SignalStatus.OPEN, Signal.last_week >= given("signals_since", Signal.last_week))
    .scalar_subquery()
)


def total() -> int:
    """How often something was missed that nobody picked up yet."""
    ((number,),) = read(_TOTAL, {})
    return int(number)


def areas() -> list[str]:
    """The parts of town that any signal names."""
    return [row.area for row in read(_AREAS, {})]


def heard_lately() -> Numbers:
    """Under HEARD the last week in which something was missed that nobody picked up yet, when that is at most a month
    ago."""
    return Numbers({HEARD: _LATELY}, {"signals_since": week_of(clock.today() - LATELY)})
