"""What the doctor asks the database: does it answer, is it whole, is it as safe as we want it."""

import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError

from webapp.config import Settings
from webapp.core import clock, ledger, rotation
from webapp.core.audit import Audit
from webapp.core.db import SQLITE_PRAGMAS, db, reading
from webapp.core.errors import Unavailable
from webapp.operations import schema
from webapp.operations.findings import Finding, mend, mind

SOUND_SQLITE = (3, 51, 3)
PRAGMA_VALUES = {"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "secure_delete": "1", "mmap_size": "0"}
POSTGRES_SETTINGS = {
    "statement_timeout": "10s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "30s",
    "synchronous_commit": "on",
}
LEFTOVERS = (
    "SELECT string_agg(datname, ', ' ORDER BY datname) FROM pg_database WHERE "
    "starts_with(datname, current_database() || '_before_') OR starts_with(datname, current_database() || '_beside_')"
)
FAST_CLOCK = timedelta(minutes=5)
CLOCKS_APART = timedelta(minutes=1)

Show = Callable[[str], Any]


def looked_at(settings: Settings) -> Iterator[Finding]:
    """Everything about the database."""
    try:
        with reading():
            yield from _schema()
            kind = db.engine.dialect.name
            yield from _sqlite(_show) if kind == "sqlite" else _postgres(_show)
            yield from _contents()
    except SQLAlchemyError as error:
        yield mend(f"The database does not answer as it should ({type(error).__name__}). Is it running and reachable?")
    finally:
        db.session.rollback()


def _schema() -> Iterator[Finding]:
    present, wanted = schema.present(), schema.wanted()
    if present is None or (present != wanted and schema.is_known(present)):
        yield mend("The database has an older schema than this version of Brug. Run: flask --app webapp upgrade")
    elif present != wanted:
        yield mend("The database has a newer schema than this version of Brug. Install the newer version again.")


def _contents() -> Iterator[Finding]:
    if schema.present() != schema.wanted():
        return
    try:
        keys_fit = rotation.is_complete()
    except Unavailable:
        keys_fit = False
    if not keys_fit:
        yield mend(
            "The key file does not open everything in the database. Put back the one that belongs to it, or take along "
            "an older copy of it: flask --app webapp keys join FILE"
        )
    if not ledger.is_replayed():
        yield mend(
            "This database was restored, and what was erased since is in it again. "
            "Run: flask --app webapp replay-erasures"
        )
    newest = db.session.scalar(select(Audit.at).order_by(Audit.number.desc()).limit(1))
    if newest and newest > clock.now() + FAST_CLOCK:
        yield mend("The clock of this machine runs behind: the audit log knows a later moment. Set it right.")


def _sqlite(show: Show) -> Iterator[Finding]:
    if sqlite3.sqlite_version_info < SOUND_SQLITE:
        yield mind(
            f"SQLite {sqlite3.sqlite_version} has a rare flaw in its write-ahead log, mended in 3.51.3. "
            "The nightly rehearsal watches over it; take PostgreSQL to be rid of it."
        )
    for name, value in PRAGMA_VALUES.items():
        if str(show(f"PRAGMA {name}")) != value:
            yield mend(
                f"SQLite runs without {name}={SQLITE_PRAGMAS[name]}, and may lose or leak something. "
                "Is the data folder on a disk of this machine itself? Elsewhere, take PostgreSQL."
            )


def _postgres(show: Show) -> Iterator[Finding]:
    if show("SELECT rolsuper FROM pg_roles WHERE rolname = current_user"):
        yield mend(
            "Brug signs in to PostgreSQL as a superuser. Make a role for it: createuser --createdb brug, "
            "and let that own the database."
        )
    elif not show("SELECT rolcreatedb FROM pg_roles WHERE rolname = current_user"):
        yield mind(
            "Brug may not make a database, so no backup can be tried or restored. Allow it: ALTER ROLE brug CREATEDB"
        )
    yield from _line(show)
    for name, value in POSTGRES_SETTINGS.items():
        if (found := str(show(f"SHOW {name}"))) != value:
            yield mend(
                f"PostgreSQL runs with {name}={found} instead of {value}, which Brug asks for at each connection. "
                "Does something stand in between, such as PgBouncer? Let BRUG_DATABASE_URL name the server itself."
            )
    if show("SHOW fsync") != "on":
        yield mend("PostgreSQL runs with fsync=off: a power cut can lose what Brug confirmed. Turn it on.")
    moment = show("SELECT now()")
    if isinstance(moment, datetime) and abs(moment.astimezone(UTC) - clock.now()) > CLOCKS_APART:
        yield mend("The clock of the database and that of this machine are more than a minute apart. Set them right.")
    if names := show(LEFTOVERS):
        yield mind(
            f"Beside the database lie those of before a restore, or of a trial of a backup that broke off: {names}. "
            "They hold what was erased since. Delete them as soon as all is well and no trial runs: dropdb NAME"
        )
    yield from _tools(int(show("SHOW server_version_num")) // 10000)


def _line(show: Show) -> Iterator[Finding]:
    address = show("SELECT host(inet_server_addr())")
    if address is None or ip_address(address).is_loopback:
        return
    if show("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"):
        return
    if ip_address(address).is_private:
        yield mind(
            "The connection to the database is in clear. Between two machines, add ?sslmode=verify-full "
            "to BRUG_DATABASE_URL."
        )
    else:
        yield mend(
            "The connection to the database is in clear and leaves the building. Add ?sslmode=verify-full "
            "to BRUG_DATABASE_URL."
        )


def _tools(server: int) -> Iterator[Finding]:
    program = shutil.which("pg_dump")
    if program is None:
        yield mend("pg_dump is missing, so there are no backups. Install the client programs of PostgreSQL.")
        return
    told = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    version = next((part for part in told.split() if part[:1].isdigit()), "0").split(".")[0]
    if int(version) < server:
        yield mend(f"pg_dump is of version {version}, the database of {server}: no backup will succeed. Renew it.")


def _show(statement: str) -> Any:
    return db.session.execute(text(statement)).scalar()
