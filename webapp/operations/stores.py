"""The two kinds of database, as far as copying and bringing back goes. Everything else is the same for both.

A store dumps a consistent copy while others read and write, loads a copy into an empty database beside the real one,
and puts that in the place of the real one, which is kept under another name.
"""

import os
import secrets
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url

from webapp.core import clock

Facts = dict[str, Any]
MAINTENANCE = "postgres"


class Trouble(RuntimeError):
    """Something that a person has to see to. `code` is kept and shown; the sentence says what to do."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


class Store(Protocol):
    """What each kind of database can do."""

    def dump(self, target: Path) -> Facts:
        """Write a copy of this moment to `target`, and say what is in it."""

    @contextmanager
    def beside(self, folder: Path, dump: Path) -> Iterator[str]:
        """The address of a database that holds the copy, gone again afterwards unless it was put in place."""

    def refuse_while_used(self) -> None:
        """Raise Trouble while Brug runs on this database."""

    def put_in_place(self, address: str) -> str:
        """Let the copy be the real database from now on; where the one before is kept."""


def store_of(address: str) -> Store:
    """The store for a database address."""
    return SqliteStore(address) if address.startswith("sqlite") else PostgresStore(address)


Ask = Callable[[str], list[tuple[Any, ...]]]


def facts_of(ask: Ask, tables: list[str]) -> Facts:
    """What a copy holds: the schema, the number of rows of each table, and the newest entry of the audit log."""
    head = ask("SELECT number, mac FROM audit ORDER BY number DESC LIMIT 1")
    return {
        "revision": ask("SELECT version_num FROM alembic_version")[0][0],
        "rows": {table: ask(f'SELECT count(*) FROM "{table}"')[0][0] for table in tables},  # noqa: S608 - own tables
        "head": f"{head[0][0]}:{head[0][1]}" if head else "",
    }


class SqliteStore:
    """One file. Its copy is made by SQLite itself, never by copying the file."""

    TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"

    def __init__(self, address: str) -> None:
        self.file = Path(make_url(address).database or "")

    def dump(self, target: Path) -> Facts:
        if not self.file.is_file():
            raise Trouble("failed", f"There is no database at {self.file}.")
        read_only = f"file:{self.file}?mode=ro"
        with closing(sqlite3.connect(read_only, uri=True)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            found = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
            if found != "ok":
                raise Trouble("damaged", f"The database itself is damaged: {found}. Restore the last good backup.")
            tables = [name for (name,) in copy.execute(self.TABLES)]
            return facts_of(lambda statement: copy.execute(statement).fetchall(), tables)

    @contextmanager
    def beside(self, folder: Path, dump: Path) -> Iterator[str]:
        place = folder / "database.sqlite"
        dump.replace(place)
        place.chmod(0o600)
        yield f"sqlite:///{place}"

    def refuse_while_used(self) -> None:
        """SQLite leaves its write-ahead log only when nobody else has the file open."""
        if not self.file.exists():
            return
        try:
            with closing(sqlite3.connect(self.file, timeout=1)) as connection:
                connection.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError as error:
            raise Trouble("in_use", "Brug is still running. Stop its services first, then restore.") from error
        except sqlite3.DatabaseError:  # it is damaged, which is why somebody restores
            return

    def put_in_place(self, address: str) -> str:
        fresh = Path(make_url(address).database or "")
        with closing(sqlite3.connect(fresh)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.execute("PRAGMA journal_mode = DELETE")
        near = self.file.with_name(f"{self.file.name}.restored")
        shutil.move(fresh, near)
        near.chmod(0o600)
        kept = self.file.with_name(f"{self.file.name}.before-{clock.now():%Y%m%dT%H%M%S}")
        for leftover in ("-wal", "-shm", "-journal"):
            self.file.with_name(self.file.name + leftover).unlink(missing_ok=True)
        if self.file.exists():
            self.file.replace(kept)
        near.replace(self.file)
        return str(kept)


class PostgresStore:
    """A database on a server; copies are made and read by its own programs."""

    TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"

    def __init__(self, address: str) -> None:
        self.url = make_url(address).set(drivername="postgresql")

    def dump(self, target: Path) -> Facts:
        with psycopg.connect(_text(self.url), options="-c idle_in_transaction_session_timeout=0") as connection:
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            (snapshot,) = connection.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
            _run("pg_dump", self.url, "--format=custom", "--no-owner", f"--snapshot={snapshot}", f"--file={target}")
            tables = [name for (name,) in connection.execute(self.TABLES)]
            return facts_of(lambda statement: connection.execute(statement.encode()).fetchall(), tables)

    @contextmanager
    def beside(self, folder: Path, dump: Path) -> Iterator[str]:
        name = f"{self.url.database}_beside_{secrets.token_hex(4)}"
        url = self.url.set(database=name)
        try:
            self._maintain("CREATE DATABASE {} TEMPLATE template0", name)
        except psycopg.errors.InsufficientPrivilege as error:
            role = self.url.username or "brug"
            sentence = f"A restore needs a second database. Allow it once, as postgres: ALTER ROLE {role} CREATEDB"
            raise Trouble("no_createdb", sentence) from error
        try:
            _run("pg_restore", url, "--no-owner", "--exit-on-error", str(dump))
            yield url.render_as_string(hide_password=False)
        finally:
            self._maintain("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def refuse_while_used(self) -> None:
        others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid != pg_backend_pid()"
        try:
            with psycopg.connect(_text(self.url)) as connection:
                (number,) = connection.execute(others).fetchone() or (0,)
        except psycopg.OperationalError:  # it is gone, which is why somebody restores
            return
        if number:
            raise Trouble("in_use", "Brug is still running. Stop its services first, then restore.")

    def put_in_place(self, address: str) -> str:
        own, fresh = self.url.database or "", make_url(address).database or ""
        kept = f"{own}_before_{clock.now():%Y%m%dT%H%M%S}"
        with psycopg.connect(_text(self.url.set(database=MAINTENANCE)), autocommit=True) as connection:
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [own]).fetchone():
                connection.execute(_renaming(own, kept))
            connection.execute(_renaming(fresh, own))
        return kept

    def _maintain(self, statement: str, name: str) -> None:
        with psycopg.connect(_text(self.url.set(database=MAINTENANCE)), autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(sql.Identifier(name)))


def _renaming(before: str, after: str) -> sql.Composed:
    return sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(before), sql.Identifier(after))


def _text(url: URL) -> str:
    return url.render_as_string(hide_password=False)


def _run(program: str, url: URL, *arguments: str) -> None:
    """Run a program of PostgreSQL. The password goes through the environment: a command line can be read by others."""
    found = shutil.which(program)
    if found is None:
        raise Trouble(
            "no_tools", f"{program} is missing. Install the client programs of PostgreSQL (postgresql-client)."
        )
    environment = {**os.environ, **({"PGPASSWORD": str(url.password)} if url.password else {})}
    address = _text(url.set(password=None))
    command = [found, f"--dbname={address}", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise Trouble("failed", f"{program} did not succeed: {done.stderr.strip()[-400:]}")
