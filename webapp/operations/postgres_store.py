"""Copying a database on a PostgreSQL server, and bringing it back."""

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url

from webapp.core import clock
from webapp.operations.store import Facts, Trouble, facts_of

MAINTENANCE = "postgres"


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
            raise Trouble("in_use", "Brug is still running. Stop its services first.")

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
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - its own
    if done.returncode:
        raise Trouble("failed", f"{program} did not succeed: {done.stderr.strip()[-400:]}")
