"""New data keys: everything that is sealed is opened and sealed anew, with keys that nobody has seen.

`rotation` gives the same data keys another wrapping while everybody works. This is for after a suspicion that the data
keys themselves were seen. A reader in between would find a value beside the wrong key, so Brug stands still meanwhile.
"""

import uuid
from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import Column, Table, select, update

from webapp.core import crypto, rotation
from webapp.core.crypto import EACH_ROW, SEALED, Place
from webapp.core.db import Base, db, erase_log_too

ENDING = "_sealed"


class Sealed(NamedTuple):
    """A column with sealed values: which data key opens them, and how its place is called."""

    table: Table
    row_id: Column[uuid.UUID]
    owner_id: Column[uuid.UUID]
    value: Column[str]
    name: str

    def place(self, owner: uuid.UUID, row: uuid.UUID) -> Place:
        """Where one value lives."""
        name = f"{self.name}:{row.hex}" if self.value.info.get(EACH_ROW) else self.name
        return Place(self.table.name, name, owner)


def sealed_by(owner: Table) -> Iterator[Sealed]:
    """Every column whose values the data keys of one table open: its own, and those of tables that hang on it."""
    for table in Base.metadata.sorted_tables:
        if table is not owner and rotation.COLUMN in table.columns:
            continue
        owner_id = _leads_to(table, owner)
        if owner_id is None:
            continue
        for column in table.columns:
            if name := column.info.get(SEALED, column.name.removesuffix(ENDING) if _is_sealed(column) else ""):
                (row_id,) = table.primary_key.columns
                yield Sealed(table, row_id, owner_id, column, name)


def renew_all() -> int:
    """Give every row that has a data key a fresh one, in the caller's transaction; how many there were."""
    done = 0
    for owner, owner_id, key in rotation.wrapped():
        columns = list(sealed_by(owner))
        for row in db.session.execute(select(owner_id, key).where(key.is_not(None)).order_by(owner_id)).all():
            fresh = crypto.ring().new_data_key(row[0])
            for column in columns:
                _seal_anew(column, row[0], row[1], fresh)
            db.session.execute(update(owner).where(owner_id == row[0]).values({rotation.COLUMN: fresh}))
            done += 1
    erase_log_too()
    return done


def _seal_anew(column: Sealed, owner: uuid.UUID, old: str, fresh: str) -> None:
    mine = select(column.row_id, column.value).where(column.owner_id == owner, column.value.is_not(None))
    for row_id, value in db.session.execute(mine).all():
        place = column.place(owner, row_id)
        anew = crypto.ring().seal_bytes(fresh, place, crypto.ring().open_bytes(old, place, value))
        db.session.execute(update(column.table).where(column.row_id == row_id).values({column.value.name: anew}))


def _is_sealed(column: Column[Any]) -> bool:
    return column.name.endswith(ENDING)


def _leads_to(table: Table, owner: Table) -> Column[Any] | None:
    if table is owner:
        (own_id,) = table.primary_key.columns  # whoever has a data key has one id
        return own_id
    return next((one.parent for one in table.foreign_keys if one.column.table is owner), None)
