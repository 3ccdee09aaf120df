"""A picture of the whole database, to which it returns before each test."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, func, select, text

from webapp.core.db import Base, checkpoint


@dataclass
class Snapshot:
    """On SQLite a copy of the file; on PostgreSQL a schema with the rows of each table, put back in one statement."""

    name: str
    file: Path | None = None

    @classmethod
    def take(cls, engine: Engine, name: str = "as_it_was") -> "Snapshot":
        """Remember the database as it is now; pictures of one database have names."""
        if engine.dialect.name == "sqlite":
            checkpoint()
            engine.dispose()
            source = Path(str(engine.url.database))
            copy = source.with_suffix(f".{name}")
            shutil.copyfile(source, copy)
            return cls(name, copy)
        with engine.begin() as connection:
            _remember(connection, name)
        return cls(name)

    def restore(self, engine: Engine) -> None:
        """Bring the database back; nothing may be using it."""
        if self.file:
            engine.dispose()
            target = Path(str(engine.url.database))
            for leftover in (target.with_name(target.name + "-wal"), target.with_name(target.name + "-shm")):
                leftover.unlink(missing_ok=True)
            shutil.copyfile(self.file, target)
            return
        with engine.begin() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))  # past triggers and foreign keys
            connection.execute(text(f"CALL {self.name}.put_back()"))


KEEP = """
CREATE TABLE {schema}."{name}" AS TABLE "{name}";
INSERT INTO {schema}.filled VALUES ('{name}')
"""
EMPTY = """
DELETE FROM "{name}";
"""
REFILL = """
IF (SELECT count(*) FILTER (WHERE xmin = (SELECT by_whom FROM {schema}.filled WHERE name = '{name}')) <> {amount}
        OR count(*) <> {amount} FROM "{name}") THEN
    DELETE FROM "{name}";
    INSERT INTO "{name}" TABLE {schema}."{name}";
    UPDATE {schema}.filled SET by_whom = pg_current_xact_id()::xid WHERE name = '{name}';
END IF;
"""


def _remember(connection: Connection, schema: str) -> None:
    """Make a schema with what is there now, and the procedure that brings it back.

    A table in which every row is of the last time it was filled, and as many, is left alone.
    """
    connection.execute(text(f"CREATE SCHEMA {schema}"))
    connection.execute(text(f"CREATE TABLE {schema}.filled (name text PRIMARY KEY, by_whom xid)"))
    steps = []
    for table in Base.metadata.sorted_tables:
        amount = connection.scalar(select(func.count()).select_from(table))
        if amount:
            connection.execute(text(KEEP.format(schema=schema, name=table.name)))
        steps.append((REFILL if amount else EMPTY).format(schema=schema, name=table.name, amount=amount))
    body = f"BEGIN {' '.join(steps)} END"
    connection.execute(text(f"CREATE PROCEDURE {schema}.put_back() LANGUAGE plpgsql AS $${body}$$"))
