"""Work for later: rows written in the transaction that wants it done, carried out by any number of workers.

A job holds ids, never texts or secrets; what a mail says is made at the moment of sending. A job runs at least
once: its database effects commit together with the mark that it is done.
"""

import random
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Index, String, func, insert, or_, select, text, update
from sqlalchemy.orm import Mapped, mapped_column

from webapp.core import clock
from webapp.core.db import Base, db, new_id, rows_with, write_each
from webapp.core.numbers import Numbers
from webapp.core.statements import Prepared

LEASE = timedelta(minutes=2)
GIVE_UP_AFTER = timedelta(hours=24)
BATCH = 10

Task = Callable[["Claimed"], None]
TASKS: dict[str, Task] = {}


class Job(Base):
    """One piece of work. Goes two days after it is done, or 30 after it was given up."""

    __tablename__ = "job"
    __table_args__ = (
        Index(
            "ix_job_waiting",
            "run_at",
            **rows_with(text("done_at IS NULL AND failed_at IS NULL")),
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    task: Mapped[str] = mapped_column(String(40))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    dedupe_key: Mapped[str | None] = mapped_column(String(80), unique=True)
    created_at: Mapped[datetime]
    run_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    locked_by: Mapped[str | None] = mapped_column(String(36))
    done_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    last_error: Mapped[str | None] = mapped_column(String(200))


@dataclass(frozen=True, slots=True)
class Claimed:
    """A job that this worker holds for as long as the lease lasts."""

    id: uuid.UUID
    task: str
    payload: dict[str, Any]
    created_at: datetime
    attempts: int


def task(name: str) -> Callable[[Task], Task]:
    """Register the function that carries out jobs called `name`."""

    def register(function: Task) -> Task:
        TASKS[name] = function
        return function

    return register


def enqueue(
    name: str, payload: dict[str, Any], *, run_at: datetime | None = None, dedupe_key: str | None = None
) -> None:
    """Ask for work, in the caller's transaction. A `dedupe_key` that exists already makes this a no-op."""
    if dedupe_key and db.session.scalar(select(Job.id).where(Job.dedupe_key == dedupe_key)):
        return
    _add(name, [payload], run_at=run_at, dedupe_key=dedupe_key)


def enqueue_each(name: str, payloads: Sequence[dict[str, Any]]) -> None:
    """Ask for one kind of work several times, in the caller's transaction."""
    if payloads:
        _add(name, payloads)


def _add(
    name: str, payloads: Sequence[dict[str, Any]], *, run_at: datetime | None = None, dedupe_key: str | None = None
) -> None:
    now = clock.now()
    job = {"task": name, "dedupe_key": dedupe_key, "created_at": now, "run_at": run_at or now}
    write_each(_ADD, [{**job, "payload": one} for one in payloads])


_ADD = Prepared(lambda: insert(Job))


def claim(worker: str) -> list[Claimed]:
    """Take a few jobs that are due, under a lease. Commits, so that other workers pass them by."""
    now = clock.now()
    due = (
        select(Job.id)
        .where(
            Job.done_at.is_(None),
            Job.failed_at.is_(None),
            Job.run_at <= now,
            or_(Job.locked_until.is_(None), Job.locked_until < now),
        )
        .order_by(Job.run_at, Job.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    rows = db.session.execute(
        update(Job)
        .where(Job.id.in_(due.scalar_subquery()))
        .values(locked_until=now + LEASE, locked_by=worker, attempts=Job.attempts + 1)
        .returning(Job.id, Job.task, Job.payload, Job.created_at, Job.attempts, Job.run_at),
        execution_options={"synchronize_session": False},
    ).all()
    db.session.commit()
    rows = sorted(rows, key=lambda row: (row.run_at, row.created_at))
    return [Claimed(row.id, row.task, row.payload, row.created_at, row.attempts) for row in rows]


def run(job: Claimed, worker: str) -> bool:
    """Carry out one job and commit it together with the mark that it is done. False when it failed or was lost."""
    try:
        TASKS[job.task](job)
        done = db.session.scalars(
            update(Job)
            .where(Job.id == job.id, Job.locked_by == worker)
            .values(done_at=clock.now(), last_error=None)
            .returning(Job.id)
        )
        if done.first() is None:
            db.session.rollback()
            return False
        db.session.commit()
        return True
    except Exception as error:  # a worker outlives any one job
        db.session.rollback()
        _postpone(job, error)
        return False


def run_due(worker: str) -> int:
    """Claim and carry out what is due; how many jobs were tried."""
    jobs = claim(worker)
    for job in jobs:
        run(job, worker)
    return len(jobs)


def set_aside() -> tuple[int, datetime | None]:
    """How many jobs were given up, and when the first of them was: somebody has to look."""
    row = db.session.execute(select(func.count(), func.min(Job.failed_at)).where(Job.failed_at.is_not(None))).one()
    return row[0], row[1]


GIVEN_UP, GIVEN_UP_AT = "jobs given up", "jobs given up since"
_GIVEN_UP = select(Job).where(Job.failed_at.is_not(None))
SET_ASIDE = Numbers(
    {
        GIVEN_UP: _GIVEN_UP.with_only_columns(func.count()).scalar_subquery(),
        GIVEN_UP_AT: _GIVEN_UP.with_only_columns(func.min(Job.failed_at)).scalar_subquery(),
    }
)
"""The same, to be asked together with other numbers."""


def waiting() -> tuple[int, datetime | None]:
    """How many jobs are due and not done, and since when the first of them waits."""
    due = (Job.done_at.is_(None), Job.failed_at.is_(None), Job.run_at <= clock.now())
    row = db.session.execute(select(func.count(), func.min(Job.run_at)).where(*due)).one()
    return row[0], row[1]


def _postpone(job: Claimed, error: Exception) -> None:
    """Try again later, ever less often; after a day the job is set aside for a person to look at."""
    now = clock.now()
    wait = timedelta(seconds=min(3600, 2**job.attempts) * random.uniform(0.8, 1.2))  # noqa: S311 - spreads retries
    given_up = now if now - job.created_at > GIVE_UP_AFTER else None
    db.session.execute(
        update(Job)
        .where(Job.id == job.id)
        .values(
            run_at=now + wait, locked_until=None, locked_by=None, failed_at=given_up, last_error=type(error).__name__
        )
    )
    db.session.commit()
