"""The database: one declarative base, one session a request, and connections that cannot lose an update.

SQLite starts every writing transaction with BEGIN IMMEDIATE: without it a read-then-write loses updates.
A request that only reads runs with `reading()`: it gets a snapshot, and anything that tries to write raises.
"""

import enum
import os
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import datetime
from pathlib import Path
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    BindParameter,
    Connection,
    Engine,
    MetaData,
    String,
    TextClause,
    Uuid,
    bindparam,
    event,
    make_url,
    text,
)
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, MappedColumn, ORMExecuteState, Session, mapped_column

from webapp.core.column_types import Code, CodeList, UtcDateTime
from webapp.core.statements import AnyRow as AnyRow  # read gives them
from webapp.core.statements import AnySelect as AnySelect
from webapp.core.statements import Prepared, Values


class Base(DeclarativeBase):
    """Every table. Constraints have names, so that a migration can change them on SQLite too."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime(), uuid.UUID: Uuid()}


BYTEWISE = String(250).with_variant(String(250, collation="C"), "postgresql")
"""A text of folded letters, compared by its bytes on every database: ranges of it mean the same everywhere."""

db = SQLAlchemy(metadata=Base.metadata)


def coded(codes: type[enum.StrEnum], name: str, **column: Any) -> MappedColumn[Any]:
    """A column that holds one code of an enum, as text with a CHECK named after the column."""
    kind = Code(
        codes,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )
    return mapped_column(name, kind, **column)


def code_list(codes: type[enum.StrEnum], **column: Any) -> MappedColumn[Any]:
    """A column that holds a few codes of an enum; empty by default."""
    return mapped_column(CodeList(codes), default=(), **column)


def rows_with(condition: TextClause) -> dict[str, Any]:
    """For an index of these rows alone, on either database: `Index(..., **rows_with(text("read_at IS NULL")))`."""
    return {f"{dialect}_where": condition for dialect in ("sqlite", "postgresql")}


def given(name: str, like: Any, *, many: bool = False) -> BindParameter[Any]:
    """A value of the kind of a column (with `many`: a list of them) that comes when the statement runs.

    A statement made of these is built once. Building one takes SQLAlchemy longer than the database needs to run it.
    """
    return bindparam(name, type_=like.type, expanding=many)


def read(query: Prepared, values: Values) -> Sequence[AnyRow]:
    """The rows of a query of columns, at a quarter of the price of asking the session: no entities are looked for in
    them.

    What the session has not flushed yet is not seen.
    """
    return query.rows(current_connection(), values)


def write(change: Prepared, values: Values, *, beside: Connection | None = None) -> Sequence[AnyRow]:
    """Change rows, and give what the statement returns. A new row has the defaults of what is not given.

    The session knows nothing of it: what it has not flushed yet is not there, and its entities stay as they are.
    """
    _refuse_to_write(change)
    return change.rows(beside or current_connection(), values)


def write_each(change: Prepared, several: Sequence[Values]) -> None:
    """Change rows with each of several sets of values, which name the same columns."""
    _refuse_to_write(change)
    if several:
        change.each(current_connection(), several)


def current_connection() -> Connection:
    """That of the transaction of this session. To look for it takes SQLAlchemy as long as a small query, so it is
    remembered until the transaction ends, which closes it."""
    session = db.session()
    kept: Connection | None = session.info.get(CONNECTION)
    if kept is None or kept.closed:
        kept = session.info[CONNECTION] = session.connection()
    return kept


CONNECTION = "connection of this transaction"


def _refuse_to_write(change: Prepared) -> None:
    if _read_only.get():
        raise ReadThatWrites(str(change.build()))


def new_id() -> uuid.UUID:
    """A random id, safe to show in a URL."""
    return uuid.uuid4()


_read_only: ContextVar[bool] = ContextVar("read_only", default=False)


@contextmanager
def reading() -> Iterator[None]:
    """Inside, the database may only be read; an attempt to write raises."""
    token = _read_only.set(True)
    try:
        yield
    finally:
        _read_only.reset(token)


def is_reading() -> bool:
    """Whether the database may only be read at this moment."""
    return _read_only.get()


@contextmanager
def own_transaction() -> Iterator[Connection]:
    """A short transaction beside the request's own: for what must be kept whatever becomes of the request
    (a wrong code counted, a look recorded before a page is shown)."""
    token = _read_only.set(False)
    try:
        with db.engine.begin() as beside:
            yield beside
    finally:
        _read_only.reset(token)


def ping() -> None:
    """Raise when the database does not answer."""
    db.session.execute(text("SELECT 1"))


def checkpoint() -> None:
    """On SQLite, bring the write-ahead log into the file and empty it: erased text stays in that log until then.

    While somebody reads an older moment from the log this does nothing; the worker tries again twice a minute.
    """
    if db.engine.dialect.name != "sqlite":
        return
    connection = db.engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={PATIENCE_FOR_READERS}")  # writers wait as long
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute(f"PRAGMA busy_timeout={SQLITE_PRAGMAS['busy_timeout']}")
    finally:
        connection.close()


def erase_log_too() -> None:
    """Something is being erased in this transaction: once it is committed, empty the log that still holds it."""
    db.session.info["erased"] = True


@event.listens_for(Session, "after_commit")
def _empty_log(session: Session) -> None:
    if session.info.pop("erased", False):
        checkpoint()


@event.listens_for(Session, "after_rollback")
def _keep_log(session: Session) -> None:
    session.info.pop("erased", None)


SQLITE_PRAGMAS = {
    "journal_mode": "WAL",
    "synchronous": "FULL",
    "foreign_keys": "ON",
    "busy_timeout": "5000",
    "secure_delete": "ON",
    "trusted_schema": "OFF",
    "cell_size_check": "ON",
    "temp_store": "MEMORY",
    "mmap_size": "0",
    "cache_size": "-1000",
    "wal_autocheckpoint": "1000",
    "journal_size_limit": "67108864",
}

BUSY_RETRIES = 2
PATIENCE_FOR_READERS = 1000

POSTGRES_OPTIONS = (
    "-c statement_timeout=10000 -c lock_timeout=5000 "
    "-c idle_in_transaction_session_timeout=30000 -c synchronous_commit=on"
)


POSTGRES_PATIENCE = {"connect_timeout": 3, "tcp_user_timeout": 5000}
"""Seconds to get a connection, and milliseconds until one whose other end is silent is given up."""


def keep_private(url: str) -> None:
    """On SQLite, make a missing database file its owner's alone; the logs beside it get the same rights."""
    file = make_url(url).database or ""
    if url.startswith("sqlite") and Path(file).parent.is_dir() and not Path(file).exists():
        with suppress(OSError):  # whoever opens it is told
            os.close(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600))


def engine_options(url: str) -> dict[str, Any]:
    """How to open connections to the database at `url`."""
    if url.startswith("sqlite"):
        return {"paramstyle": "named"}  # a value that a statement uses ten times is given, and converted, once
    return {"connect_args": {"options": POSTGRES_OPTIONS, **POSTGRES_PATIENCE}, "pool_pre_ping": True}


@event.listens_for(Engine, "connect")
def _set_up_sqlite(connection: Any, _record: object) -> None:
    if "sqlite" not in type(connection).__module__:
        return
    connection.isolation_level = None
    for name, value in SQLITE_PRAGMAS.items():
        connection.execute(f"PRAGMA {name}={value}")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    if _read_only.get():
        connection.exec_driver_sql("BEGIN")
        return
    for _attempt in range(BUSY_RETRIES):
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        except OperationalError:  # others kept the lock for all of busy_timeout
            continue
        return
    connection.exec_driver_sql("BEGIN IMMEDIATE")


class ReadThatWrites(RuntimeError):
    """A request that promised to read tried to change something: a mistake in our code."""


@event.listens_for(Session, "before_flush")
def _refuse_flush(session: Session, _context: object, _instances: object) -> None:
    if _read_only.get() and (session.new or session.dirty or session.deleted):
        raise ReadThatWrites(f"{[*session.new, *session.dirty, *session.deleted]!r}")


@event.listens_for(Session, "do_orm_execute")
def _refuse_statement(state: ORMExecuteState) -> None:
    if _read_only.get() and (state.is_insert or state.is_update or state.is_delete):
        raise ReadThatWrites(str(state.statement))
