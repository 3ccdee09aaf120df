"""Kill Brug in the middle of its migrations: `python -m tests.reliability.migrating --points 20`.

A database of the first release, with a town in it, goes up one migration at a time. Each migration is killed (SIGKILL)
at so many of its statements, each time on a copy, and then begun again, as the next start does. What is there then has
to be what is there when nobody was killed: the same rows in the same tables. With `--postgres` all of it happens on a
PostgreSQL started for the occasion.
"""

import argparse
import contextlib
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from alembic import command
from alembic.script import ScriptDirectory
from flask import Flask
from psycopg import sql
from sqlalchemy import create_engine, event, inspect, make_url, text

from tests import factories
from tests.people import settle_in
from tests.support import postgres
from webapp import create_app
from webapp.cli import alembic_config
from webapp.config import Settings
from webapp.core.crypto import create_key_file
from webapp.core.db import db

FIRST = "0001"
SCHEMA = {
    "sqlite": "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name",
    "postgresql": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' UNION ALL "
    "SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE connamespace = 'public'::regnamespace ORDER BY 1",
}

Content = dict[str, list[str]]
"""The rows of each table, and under "" what surrounds them."""


@dataclass
class Bench:
    """One database that is worked on, and copies of others that it is made from."""

    app: Flask

    @property
    def url(self) -> str:
        return str(self.app.config["SQLALCHEMY_DATABASE_URI"])

    def upgrade(self, revision: str) -> None:
        with self.app.app_context():
            command.upgrade(alembic_config(self.app), revision)
            db.engine.dispose()

    def killed(self, revision: str, at: int = 0) -> int:
        """Migrate in a process of its own, which is killed before statement `at`; how many statements it made, when it
        lived."""
        reading, writing = os.pipe()
        if not (child := os.fork()):
            with self.app.app_context():
                said = 0

                def count(*_arguments: Any) -> None:
                    nonlocal said
                    said += 1
                    if said == at:
                        os.kill(os.getpid(), signal.SIGKILL)

                event.listen(db.engine, "before_cursor_execute", count)
                command.upgrade(alembic_config(self.app), revision)
                os.write(writing, str(said).encode())
                os._exit(0)
        os.close(writing)
        _, status = os.waitpid(child, 0)
        with open(reading, "rb") as told:
            number = int(told.read() or 0)
        if status != (signal.SIGKILL if at else 0):
            raise RuntimeError(f"migration {revision} ended with {status}")
        return number

    def content(self) -> Content:
        """Everything that is in it now."""
        engine = create_engine(self.url)
        with engine.connect() as connection:
            quoted = connection.dialect.identifier_preparer.quote
            tables = sorted(inspect(connection).get_table_names())
            found = {one: text(f"SELECT * FROM {quoted(one)}") for one in tables}  # noqa: S608 - own tables
            rows = {one: sorted(str(tuple(row)) for row in connection.execute(asked)) for one, asked in found.items()}
            rows[""] = [_in_order(said) for said in connection.scalars(text(SCHEMA[connection.dialect.name]))]
        engine.dispose()
        return rows

    def keep(self) -> None:
        """Remember what is there, to begin from again."""
        self._copy(self._own, self._kept)

    def begin_again(self) -> None:
        """Put back what was kept."""
        self._copy(self._kept, self._own)

    @property
    def _own(self) -> str:
        return make_url(self.url).database or ""

    @property
    def _kept(self) -> str:
        return f"{self._own}_kept"

    def _copy(self, source: str, target: str) -> None:
        if not self.url.startswith("sqlite"):
            _copy_database(source, target)
            return
        for ending in ("", "-wal", "-shm"):
            Path(target + ending).unlink(missing_ok=True)
            with contextlib.suppress(FileNotFoundError):
                shutil.copyfile(source + ending, target + ending)


def _in_order(statement: str) -> str:
    """A table that is made anew on SQLite names its constraints in any order."""
    return "\n".join(sorted(line.strip(" ,\t") for line in statement.splitlines()))


def _copy_database(source: str, target: str) -> None:
    with closing(psycopg.connect(postgres.address(), autocommit=True)) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(target)))
        copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        connection.execute(copy.format(sql.Identifier(target), sql.Identifier(source)))


@contextlib.contextmanager
def first_release(settings: Settings) -> Iterator[Bench]:
    """A town in the schema of the first release."""
    app = create_app(settings)
    with app.app_context():
        config = alembic_config(app)
        command.upgrade(config, "head")
        factories.trying(settle_in())
        command.downgrade(config, FIRST)
        db.session.remove()
        db.engine.dispose()
    yield Bench(app)


def revisions() -> list[str]:
    """All migrations after the first, in their order."""
    every = ScriptDirectory.from_config(alembic_config()).walk_revisions()
    return [one.revision for one in every if one.down_revision][::-1]


def kill_and_compare(bench: Bench, points: int, among: Sequence[str]) -> tuple[int, list[str]]:
    """Kill the migrations in `among` at so many points each: how often that was, and what was wrong afterwards."""
    kills, wrong = 0, []
    for revision in revisions():
        if revision not in among:
            bench.upgrade(revision)
            continue
        bench.keep()
        statements = bench.killed(revision)
        wanted = bench.content()
        for at in spread(statements, points):
            bench.begin_again()
            bench.killed(revision, at)
            bench.upgrade(revision)
            kills += 1
            found = bench.content()
            wrong += [f"{revision} at {at}: {table}" for table in wanted if found.get(table) != wanted[table]]
    return kills, wrong


def spread(statements: int, points: int) -> list[int]:
    """So many of the statements, the first and the last among them."""
    return sorted({1 + round(step * (statements - 1) / max(1, points - 1)) for step in range(points)})


def main() -> int:
    """All migrations, on SQLite or PostgreSQL."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=20, help="how often each migration is killed")
    parser.add_argument("--postgres", action="store_true", help="start a PostgreSQL for it")
    options = parser.parse_args()
    begun = time.monotonic()
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        address = f"sqlite:///{folder / 'brug.sqlite'}"
        if options.postgres:
            stack.enter_context(postgres.server())
            address = postgres.create_database()
        create_key_file(folder / "keys.json")
        settings = Settings(folder, address, "http://127.0.0.1:5000", bytes(range(64)), folder / "keys.json", demo=True)
        bench = stack.enter_context(first_release(settings))
        kills, wrong = kill_and_compare(bench, options.points, revisions())
    print(f"{kills} kills in {time.monotonic() - begun:.0f} s: {'; '.join(wrong) or 'nothing lost or half done'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
