"""A picture of the whole database, to which it returns before each test."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, text

from webapp.core.db import Base, checkpoint


@dataclass
class Snapshot:
    """On SQLite a copy of the file; on PostgreSQL the rows themselves."""

    file: Path | None
    rows: dict[str, list[dict[str, Any]]]

    @classmethod
    def take(cls, engine: Engine) -> "Snapshot":
        """Remember the database as it is now."""
        if engine.dialect.name == "sqlite":
            checkpoint()
            engine.dispose()
            source = Path(str(engine.url.database))
            copy = source.with_suffix(".snapshot")
            shutil.copyfile(source, copy)
            return cls(copy, {})
        with engine.connect() as connection:
            tables = Base.metadata.sorted_tables
            return cls(None, {t.name: [dict(row._mapping) for row in connection.execute(t.select())] for t in tables})

    def restore(self, engine: Engine) -> None:
        """Bring the database back; nothing may be using it."""
        if self.file:
            engine.dispose()
            target = Path(str(engine.url.database))
            for leftover in (target.with_name(target.name + "-wal"), target.with_name(target.name + "-shm")):
                leftover.unlink(missing_ok=True)
            shutil.copyfile(self.file, target)
            return
        tables = Base.metadata.sorted_tables
        with engine.begin() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))  # past the audit triggers
            for table in reversed(tables):
                connection.execute(table.delete())
            for table in tables:
                if self.rows[table.name]:
                    connection.execute(table.insert(), self.rows[table.name])
