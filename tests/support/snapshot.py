"""A picture of the whole database, to which it returns before each test."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, text

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


def _remember(connection: Connection, schema: str) -> None:
    """Make a schema with what is there now, and the procedure that brings it back."""
    connection.execute(text(f"CREATE SCHEMA {schema}"))
    tables = Base.metadata.sorted_tables
    full = [f'"{table.name}"' for table in tables if connection.execute(table.select().limit(1)).first()]
    for name in full:
        connection.execute(text(f"CREATE TABLE {schema}.{name} AS TABLE {name}"))
    steps = [
        *(str(table.delete()) for table in tables),
        *(f"INSERT INTO {name} TABLE {schema}.{name}" for name in full),
    ]
    body = f"BEGIN {'; '.join(steps)}; END"
    connection.execute(text(f"CREATE PROCEDURE {schema}.put_back() LANGUAGE plpgsql AS $${body}$$"))
