"""New data keys: everything that is sealed is opened and sealed anew, with keys that nobody has seen.

`rotation` gives the same data keys another wrapping while everybody works. This is for after a suspicion that the data
keys themselves were seen. A reader in between would find a value beside the wrong key, so Brug stands still meanwhile.
"""

import uuid
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, String, Table, literal, select, type_coerce, update

from webapp.core import crypto, rotation
from webapp.core.crypto import EACH_ROW, OPEN_BY, SEALED, THROUGH, Place
from webapp.core.db import Base, db, erase_log_too
from webapp.core.sealing import MARK, SealableText, envelope, is_sealed, place_of, sealed_part

ENDING = "_sealed"


class Sealed(NamedTuple):
    """A column with sealed values: which data key opens them, and how its place is called."""

    table: Table
    row_id: Column[uuid.UUID]
    owner_id: ColumnElement[uuid.UUID]
    value: Column[str]
    name: str

    def place(self, owner: uuid.UUID, row: uuid.UUID) -> Place:
        """Where one value lives."""
        if self.value.info.get(EACH_ROW):
            return place_of(self.table.name, self.name, owner, row)
        return Place(self.table.name, self.name, owner)

    def of(self, owner: uuid.UUID, *, is_open: bool = False) -> Sequence[tuple[uuid.UUID, str]]:
        """What the database has of one owner, as it is kept: the row and its value; or what is not sealed there yet."""
        raw = type_coerce(self.value, String)
        kept = select(self.row_id, raw).where(self.owner_id == owner, self.value.is_not(None))
        if is_open:
            kept = kept.where(raw != "", ~raw.startswith(MARK))
            if open_by := self.value.info.get(OPEN_BY):
                kept = kept.where(self.table.columns[open_by].is_(None))
        return [(row[0], row[1]) for row in db.session.execute(kept).all()]

    def keep(self, row: uuid.UUID, value: str) -> None:
        """Put a value there, as it is."""
        db.session.execute(
            update(self.table).where(self.row_id == row).values({self.value.name: literal(value, String)})
        )


def sealed_by(owner: Table) -> Iterator[Sealed]:
    """Every column whose values the data keys of one table open: its own, and those of tables that hang on it."""
    for table in Base.metadata.sorted_tables:
        if table is not owner and rotation.COLUMN in table.columns:
            continue
        for column in table.columns:
            name = column.info.get(SEALED, column.name.removesuffix(ENDING) if _is_sealed(column) else "")
            owner_id = _leads_to(table, owner, column.info.get(THROUGH)) if name else None
            if owner_id is not None:
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


def seal_all(owner: Table, owner_id: uuid.UUID, key: str) -> None:
    """Seal with the key of an owner what was written before there was one, in the caller's transaction."""
    for column in sealed_by(owner):
        for row_id, value in column.of(owner_id, is_open=True):
            place = column.place(owner_id, row_id)
            column.keep(row_id, envelope(place, crypto.ring().seal(key, place, value)))
    erase_log_too()


def _seal_anew(column: Sealed, owner: uuid.UUID, old: str, fresh: str) -> None:
    is_whole = not isinstance(column.value.type, SealableText)
    for row_id, value in column.of(owner):
        if is_whole or is_sealed(value):
            place = column.place(owner, row_id)
            opened = crypto.ring().open_bytes(old, place, value if is_whole else sealed_part(value))
            anew = crypto.ring().seal_bytes(fresh, place, opened)
            column.keep(row_id, anew if is_whole else envelope(place, anew))


def _is_sealed(column: Column[Any]) -> bool:
    return column.name.endswith(ENDING)


def _leads_to(table: Table, owner: Table, through: str | None = None) -> ColumnElement[Any] | None:
    if table is owner:
        (own_id,) = table.primary_key.columns  # whoever has a data key has one id
        return own_id
    direct = next((one.parent for one in table.foreign_keys if one.column.table is owner), None)
    if direct is not None or through is None:
        return direct
    (key,) = table.columns[through].foreign_keys
    further = _leads_to(key.column.table, owner)
    if further is None:
        return None
    return select(further).where(key.column == key.parent).correlate(table).scalar_subquery()
