"""Whether Brug can do its work at this moment. Quick, for it is asked every few seconds."""

import os
import shutil
import sqlite3
from contextlib import closing
from functools import cache

from sqlalchemy import text

from webapp.config import Settings
from webapp.core import crypto, duties, ledger
from webapp.core.db import db, ping
from webapp.core.duties import Duty
from webapp.operations import health, schema
from webapp.operations.health import State

LEAST_ROOM = 50 * 1024**2
LOCK_SECONDS = 2


class NotReady(RuntimeError):
    """Something that must work does not; the message is for the log."""


def check(settings: Settings) -> None:
    """Raise when Brug cannot do its work."""
    ping()
    if schema.present() != _wanted():
        raise NotReady("schema")
    if not settings.key_file.is_file():
        raise NotReady("key file")
    crypto.ring().refresh()
    if not ledger.is_replayed():
        raise NotReady("erasures are not replayed")
    if shutil.disk_usage(settings.data).free < LEAST_ROOM:
        raise NotReady("disk")
    _can_write()


def check_worker() -> None:
    """Raise when no worker gives a sign of life, or when one does and its clocks stand still."""
    runs = duties.all_runs()
    if health.state_of(Duty.WORKER, runs.get(Duty.WORKER)) is not State.GOOD:
        raise NotReady("worker")
    if health.state_of(Duty.CLOCKS, runs.get(Duty.CLOCKS)) is State.LATE:
        raise NotReady("clocks")


def _can_write() -> None:
    """Whether the database takes changes: it may be read-only, or somebody may hold it for too long."""
    if db.engine.dialect.name == "sqlite":
        file = str(db.engine.url.database)
        if not os.access(file, os.W_OK):
            raise NotReady("the database cannot be written")
        with closing(sqlite3.connect(file, timeout=LOCK_SECONDS, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
    elif db.session.execute(text("SHOW transaction_read_only")).scalar() == "on":
        raise NotReady("the database cannot be written")


@cache
def _wanted() -> str | None:
    return schema.wanted()
