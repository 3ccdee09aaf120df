"""The two kinds of database, as far as copying and bringing back goes. Everything else is the same for both.

A store dumps a consistent copy while others read and write, loads a copy into an empty database beside the real one,
and puts that in the place of the real one, which is kept under another name.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

Facts = dict[str, Any]


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


Ask = Callable[[str], list[tuple[Any, ...]]]


def facts_of(ask: Ask, tables: list[str]) -> Facts:
    """What a copy holds: the schema, the number of rows of each table, and the newest entry of the audit log."""
    head = ask("SELECT number, mac FROM audit ORDER BY number DESC LIMIT 1")
    return {
        "revision": ask("SELECT version_num FROM alembic_version")[0][0],
        "rows": {table: ask(f'SELECT count(*) FROM "{table}"')[0][0] for table in tables},  # noqa: S608 - own tables
        "head": f"{head[0][0]}:{head[0][1]}" if head else "",
    }
