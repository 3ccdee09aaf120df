"""What has to be done again and again to keep Brug well, and how it went the last time.

One row a duty. Whoever starts one claims it first, so that of several workers one does it.
"""

import enum
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import String, and_, case, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from webapp.core import clock
from webapp.core.db import Base, coded, db
from webapp.core.sweeps import sweep

UNFINISHED = "unfinished"


class Duty(enum.StrEnum):
    """What is done again and again."""

    WORKER = "worker"
    CLOCKS = "clocks"
    BACKUP = "backup"
    REHEARSAL = "rehearsal"
    CHAIN = "chain"


class DutyRun(Base):
    """How one duty went. `finding` is a code of what was wrong, empty when all was well. The row stays."""

    __tablename__ = "duty_run"

    duty: Mapped[Duty] = coded(Duty, "duty", primary_key=True)
    begun_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    succeeded_at: Mapped[datetime | None]
    finding: Mapped[str] = mapped_column(String(80), default="")


def claim(duty: Duty, *, last_before: datetime) -> bool:
    """Begin a duty if nobody began it since; commits. False when it is not due, or when somebody else was first.

    A run before it that never ended was killed, and could not say so itself: that is noted here.
    """
    due = or_(DutyRun.begun_at.is_(None), DutyRun.begun_at < last_before)
    never_ended = and_(
        DutyRun.begun_at.is_not(None), or_(DutyRun.ended_at.is_(None), DutyRun.ended_at < DutyRun.begun_at)
    )
    begun = {"begun_at": clock.now(), "finding": case((never_ended, UNFINISHED), else_=DutyRun.finding)}
    won = db.session.scalars(
        update(DutyRun).where(DutyRun.duty == duty, due).values(begun).returning(DutyRun.duty)
    ).first()
    if won is None and db.session.get(DutyRun, duty) is None:
        db.session.add(DutyRun(duty=duty, begun_at=clock.now()))
        won = duty
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        return False
    return won is not None


def ended(duty: Duty, finding: str = "") -> None:
    """Note how a duty went, in the caller's transaction: well, or with what was found."""
    run = db.session.get(DutyRun, duty)
    if run is None:
        run = DutyRun(duty=duty)
        db.session.add(run)
    run.ended_at = clock.now()
    run.finding = finding[:80]
    if not finding:
        run.succeeded_at = run.ended_at


def all_runs() -> Mapping[Duty, DutyRun]:
    """How each duty that was ever done went."""
    return {run.duty: run for run in db.session.scalars(select(DutyRun))}


@sweep
def note_the_clocks() -> None:
    """The clocks go: this is kept together with what they did, or not at all."""
    ended(Duty.CLOCKS)
