"""Every row of the database, to see whether anything changed."""

from collections.abc import Collection
from typing import Any

from webapp.core.db import Base, db

Rows = dict[str, list[tuple[Any, ...]]]


def all_rows(*, but: Collection[str] = ()) -> Rows:
    """The rows of every table but those named; leaves no transaction open."""
    db.session.rollback()
    found = {
        table.name: sorted((tuple(row) for row in db.session.execute(table.select())), key=repr)
        for table in Base.metadata.sorted_tables
        if table.name not in but
    }
    db.session.rollback()
    return found


def changed(before: Rows, after: Rows) -> list[str]:
    """The tables in which anything is different."""
    return sorted(name for name in before if before[name] != after[name])
