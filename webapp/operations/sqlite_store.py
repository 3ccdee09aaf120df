"""Copying a database in one file, and bringing it back."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import make_url

from webapp.core import clock
from webapp.operations.store import Facts, Trouble, facts_of


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
            if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise Trouble("failed", f"The database cannot be written: {error}.") from error
            raise Trouble("in_use", "Brug is still running. Stop its services first.") from error
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
