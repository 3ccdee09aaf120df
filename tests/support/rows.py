"""Every row of the database, to see whether anything changed."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Table

from webapp.core.db import Base, db


def all_rows(*, but: Collection[str] = ()) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of every table but those named, as Brug reads them; leaves no transaction open."""
    db.session.rollback()
    found = {
        table.name: sorted((tuple(row) for row in db.session.execute(table.select())), key=repr)
        for table in _tables(but)
    }
    db.session.rollback()
    return found


def all_stored(*, but: Collection[str] = ()) -> dict[str, list[str]]:
    """The same as they are stored, which takes a sixth of the time: enough to see whether anything changed."""
    db.session.rollback()
    connection = db.session.connection()
    whole = "one::text" if connection.dialect.name == "postgresql" else "*"
    cursor = connection.connection.cursor()
    found = {}
    for table in _tables(but):
        cursor.execute(f'SELECT {whole} FROM "{table.name}" AS one')  # noqa: S608 - names of our own tables
        found[table.name] = sorted(map(repr, cursor.fetchall()))
    cursor.close()
    db.session.rollback()
    return found


def _tables(but: Collection[str]) -> list[Table]:
    return [table for table in Base.metadata.sorted_tables if table.name not in but]


def changed(before: Mapping[str, Sequence[Any]], after: Mapping[str, Sequence[Any]]) -> list[str]:
    """The tables in which anything is different."""
    return sorted(name for name in before if before[name] != after[name])
