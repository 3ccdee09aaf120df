"""What happened to a thing, step by step. Rows are only ever added; they hold codes, never texts or names."""

import enum
import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, insert
from sqlalchemy.orm import Mapped, mapped_column

from webapp.core import clock
from webapp.core.db import Base, new_id, write
from webapp.core.lifecycle import Lifecycle
from webapp.core.statements import Prepared
from webapp.policy.actor import Actor


class History(Base):
    """One step of one thing. Disappears together with the thing it tells about."""

    __tablename__ = "history"
    __table_args__ = (Index("ix_history_thing", "thing_id", "kind", "at"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(String(24))
    thing_id: Mapped[uuid.UUID]
    at: Mapped[datetime]
    step: Mapped[str] = mapped_column(String(40))
    before: Mapped[str | None] = mapped_column(String(40))
    after: Mapped[str | None] = mapped_column(String(40))
    actor_id: Mapped[uuid.UUID | None]
    organisation_id: Mapped[uuid.UUID | None]


def record(
    kind: str,
    thing_id: uuid.UUID,
    step: str,
    *,
    by: Actor,
    before: str | None = None,
    after: str | None = None,
) -> None:
    """Add one line to the story of a thing, in the caller's transaction."""
    line = {
        "kind": kind,
        "thing_id": thing_id,
        "at": clock.now(),
        "step": step,
        "before": str(before) if before is not None else None,
        "after": str(after) if after is not None else None,
        "actor_id": by.person_id,
        "organisation_id": by.organisation_id,
    }
    write(_ADD, line)


_ADD = Prepared(lambda: insert(History))


def take_step(kind: str, thing: Any, cycle: Lifecycle, step: str, *, by: Actor) -> enum.StrEnum:
    """Take one step of the life of a thing, and add it to its story; how it stood before. Raises StepRefused."""
    before: enum.StrEnum = thing.status
    thing.status = cycle.statuses(cycle.after(step, before))
    record(kind, thing.id, step, by=by, before=before, after=thing.status)
    return before
