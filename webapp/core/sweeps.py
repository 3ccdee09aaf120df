"""The clocks: work that comes back by itself. Each area registers its sweeps; a job per slot runs them once.

A sweep is idempotent: run twice, or after a crash, it leaves the same result.
"""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from webapp.core import clock, outbox
from webapp.core.db import db
from webapp.core.links import Link
from webapp.core.outbox import Claimed, Job
from webapp.vocabulary.retention import Keep, kept_for

SLOT = timedelta(minutes=10)

Sweep = Callable[[], None]
SWEEPS: list[Sweep] = []


def sweep(function: Sweep) -> Sweep:
    """Register a function that the clocks call every ten minutes."""
    SWEEPS.append(function)
    return function


def enqueue_slot() -> None:
    """Ask for the sweeps of this slot; whichever worker is first decides."""
    slot = int(clock.now().timestamp() // SLOT.total_seconds())
    try:
        outbox.enqueue("sweeps", {}, dedupe_key=f"sweeps:{slot}")
        db.session.commit()
    except IntegrityError:
        db.session.rollback()


@outbox.task("sweeps")
def run_sweeps(_job: Claimed) -> None:
    """Run every sweep, in one transaction."""
    for one in SWEEPS:
        one()


@sweep
def forget_done_work() -> None:
    """Jobs that are done, those that were given up long ago, and links that ended long ago go."""
    now = clock.now()
    db.session.execute(delete(Job).where(Job.done_at < now - kept_for(Keep.JOB)))
    db.session.execute(delete(Job).where(Job.failed_at < now - kept_for(Keep.FAILED_JOB)))
    db.session.execute(delete(Link).where(Link.expires_at < now - kept_for(Keep.LINK)))
