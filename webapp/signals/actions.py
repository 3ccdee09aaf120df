"""Saying that something is missing, and picking it up."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.exc import IntegrityError

from webapp.core import clock, history
from webapp.core.db import db
from webapp.core.errors import Conflict, Invalid
from webapp.core.sweeps import sweep
from webapp.core.versions import expect
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require
from webapp.signals.lifecycle import SIGNAL, SignalStatus
from webapp.signals.models import Signal, SignalDetail
from webapp.signals.queries import b_code, day_code, week_of
from webapp.vocabulary.ages import AgeBand
from webapp.vocabulary.days import Weekday
from webapp.vocabulary.interests import Interest
from webapp.vocabulary.retention import Keep, kept_for
from webapp.vocabulary.seven_bs import B


@dataclass(frozen=True, slots=True)
class Missing:
    """What was looked for in vain. Codes only; there is no place for a word about anybody."""

    interests: Sequence[Interest]
    age_band: AgeBand | None = None
    area: str = ""
    days: Sequence[Weekday] = ()
    distances: Sequence[B] = ()


def note(missing: Missing, *, by: Actor) -> None:
    """Count what is missing, each interest apart. Nothing says who noted it, for whom, or on which day."""
    require(by, Can.SIGNAL_MISSING)
    if not missing.interests:
        raise Invalid({"interests": "interests_missing"})
    for interest in dict.fromkeys(missing.interests):
        _hear(interest, missing)
    db.session.flush()


def _hear(interest: Interest, missing: Missing) -> None:
    alike = "|".join((interest.value, missing.age_band.value if missing.age_band else "", missing.area))
    week = week_of(clock.today())
    signal = _open_one(alike) or _begin(alike, interest, missing)
    if signal is not None:
        SIGNAL.after("hear", signal.status)
        signal.number += 1
        signal.last_week = week
    else:
        signal = _open_one(alike)
    if signal is None:
        raise Conflict()
    named = {*map(day_code, missing.days), *map(b_code, missing.distances)}
    known = set(db.session.scalars(select(SignalDetail.code).where(SignalDetail.signal_id == signal.id)))
    db.session.add_all(SignalDetail(signal_id=signal.id, code=code) for code in sorted(named - known))
    db.session.flush()


def _open_one(alike: str) -> Signal | None:
    query = select(Signal).where(Signal.alike == alike, Signal.status == SignalStatus.OPEN).with_for_update()
    return db.session.scalar(query.execution_options(populate_existing=True))


def _begin(alike: str, interest: Interest, missing: Missing) -> Signal | None:
    """Begin a signal, heard once. The signal itself when somebody else began it at this very moment, else None."""
    week = week_of(clock.today())
    row = Signal(
        alike=alike, interest=interest, age_band=missing.age_band, area=missing.area, first_week=week, last_week=week
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        return _open_one(alike)
    return None


def pick_up(signal: Signal, told: str, *, by: Actor, version: int | None = None) -> None:
    """Say what is done about it; or, once picked up, say it anew."""
    require(by, Can.FOLLOW_SIGNALS, signal)
    expect(signal, version)
    if not told:
        raise Invalid({"told": "told_missing"})
    name = "pick_up" if SIGNAL.allows("pick_up", signal.status) else "retell"
    history.take_step("signal", signal, SIGNAL, name, by=by)
    signal.told = told
    signal.picked_up_on = signal.picked_up_on or clock.today()
    db.session.flush()


@sweep
def forget_old_signals() -> None:
    """What nobody missed for a year goes, and what was picked up two years ago, with its story."""
    today = clock.today()
    old = or_(
        and_(Signal.status == SignalStatus.OPEN, Signal.last_week < today - kept_for(Keep.SIGNAL)),
        Signal.picked_up_on < today - kept_for(Keep.PICKED_UP_SIGNAL),
    )
    ids = list(db.session.scalars(select(Signal.id).where(old)))
    db.session.execute(delete(history.History).where(history.History.thing_id.in_(ids)))
    db.session.execute(delete(Signal).where(Signal.id.in_(ids)))
