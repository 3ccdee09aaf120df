"""Erasing what is over, and the brake on it: when the clock jumped, or when more is due than there should be, erasing
stops and asks a person. What is erased does not come back; what waits a day longer does no harm.

Areas register what they forget with `forgets`, and how many questions are due with `counts`.
"""

import enum
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from webapp.core import audit, clock
from webapp.core.db import Base, coded, db
from webapp.core.numbers import Numbers
from webapp.core.sweeps import sweep
from webapp.policy.actor import CLOCK, Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require

CLOCK_JUMP = timedelta(days=7)
MOST_AT_ONCE = 50
MOST_OF_ALL = 0.2
FEW = 5
"""Up to this many, no share of all is too much: in a small town five questions soon are a fifth of them."""
RELEASED_FOR = timedelta(days=1)
ONLY_ROW = 1

Forget = Callable[[], None]
FORGETS: list[Forget] = []


class Due(NamedTuple):
    """How many questions the next run erases something of, out of how many."""

    number: int
    of: int


Count = Callable[[], Due]
COUNTS: list[Count] = []


class Held(enum.StrEnum):
    """Why erasing stopped."""

    CLOCK = "clock"
    MANY = "many"


class RetentionState(Base):
    """When erasing ran last, and whether it waits for a person. One row; it stays."""

    __tablename__ = "retention_state"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=ONLY_ROW)
    ran_at: Mapped[datetime | None]
    held_since: Mapped[datetime | None]
    held_why: Mapped[Held | None] = coded(Held, "held_why")
    due: Mapped[int] = mapped_column(default=0)
    released_at: Mapped[datetime | None]
    released_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))


def forgets(function: Forget) -> Forget:
    """Register a function that erases what is over; the clocks call it unless the brake holds."""
    FORGETS.append(function)
    return function


def counts(function: Count) -> Count:
    """Register how many questions are due."""
    COUNTS.append(function)
    return function


@sweep
def erase_what_is_over() -> None:
    """Let every area forget; or hold, and say so once in the audit log."""
    now, due = state(), _due()
    now.due = due.number
    why = _why_held(now, due)
    if why and now.held_since is None:
        audit.write("retention.hold", by=CLOCK, reason=why.value)
    now.held_since = (now.held_since or clock.now()) if why else None
    now.held_why = why
    if why is None:
        now.ran_at = clock.now()
        for one in FORGETS:
            one()


def state() -> RetentionState:
    """How erasing stands, to be changed in this transaction."""
    found = db.session.get(RetentionState, ONLY_ROW, with_for_update=True)
    if found is None:
        found = RetentionState(id=ONLY_ROW)
        db.session.add(found)
    return found


def standing() -> RetentionState | None:
    """How erasing stands, to be read; None before it ran."""
    return db.session.get(RetentionState, ONLY_ROW)


HELD = "erasing held since"
HELD_SINCE = Numbers({HELD: select(RetentionState.held_since).where(RetentionState.id == ONLY_ROW).scalar_subquery()})
"""Since when erasing stands still; None as long as it goes on."""


def release(*, by: Actor) -> None:
    """Let erasing go on, for a day: somebody looked, and the clock and the number are right."""
    require(by, Can.RELEASE_BRAKE)
    now = state()
    now.released_at, now.released_by_id = clock.now(), by.person_id
    now.held_since = now.held_why = None
    audit.write("retention.release", by=by)


def _due() -> Due:
    found = [count() for count in COUNTS]
    return Due(sum(one.number for one in found), sum(one.of for one in found))


def _why_held(now: RetentionState, due: Due) -> Held | None:
    if now.released_at and abs(clock.now() - now.released_at) < RELEASED_FOR:
        return None
    if now.ran_at and abs(clock.now() - now.ran_at) > CLOCK_JUMP:
        return Held.CLOCK
    too_many = due.number > MOST_AT_ONCE or (due.number > FEW and due.number > MOST_OF_ALL * due.of)
    return Held.MANY if too_many else None
