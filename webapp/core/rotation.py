"""A new key while everybody goes on working: data keys are wrapped anew, a few at a time.

Only what wraps the data keys changes, so sealed texts need not be touched, and a reader never waits. Stopped half
way it goes on later: what still carries the old key is what is left to do.
"""

import uuid
from collections.abc import Iterator

from sqlalchemy import Column, ColumnElement, Table, and_, func, inspect, not_, or_, select, update

from webapp.core import crypto
from webapp.core.crypto import VERSION
from webapp.core.db import Base, db
from webapp.core.sweeps import sweep

COLUMN = "data_key"
BATCH = 200


def wrapped() -> Iterator[tuple[Table, Column[uuid.UUID], Column[str]]]:
    """Every place where a wrapped data key is kept: the table, its id and the column."""
    for table in Base.metadata.sorted_tables:
        if COLUMN in table.columns:
            (row_id,) = table.primary_key.columns
            yield table, row_id, table.columns[COLUMN]


def left(kek_id: str) -> int:
    """How many data keys are wrapped by this key."""
    return sum(
        db.session.scalar(select(func.count()).select_from(table).where(_by(key, kek_id))) or 0
        for table, _, key in wrapped()
    )


def in_use() -> list[str]:
    """The keys of the ring that wrap at least one data key."""
    ring = crypto.ring()
    ring.refresh()
    there = set(inspect(db.session.connection()).get_table_names())  # an older schema lacks some
    return [one for one in ring.ids if any(_first(where) for where in _wheres(one, there))]


def is_complete() -> bool:
    """Whether the ring knows the key of every data key, and opens one of each."""
    ring = crypto.ring()
    ring.refresh()
    for _table, row_id, key in wrapped():
        strange = and_(key.is_not(None), not_(or_(*(_by(key, one) for one in ring.ids))))
        if db.session.execute(select(row_id).where(strange).limit(1)).first():
            return False
        for one in ring.ids:
            found = db.session.execute(select(row_id, key).where(_by(key, one)).limit(1)).first()
            if found:
                ring.rewrap(found[1], found[0])
    return True


def rewrap_batch(limit: int = BATCH) -> int:
    """Wrap up to `limit` data keys anew with the current key, in the caller's transaction; how many there were."""
    ring, done = crypto.ring(), 0
    ring.refresh()
    for table, row_id, key in wrapped():
        old = and_(key.is_not(None), not_(_by(key, ring.current)))
        for found in db.session.execute(select(row_id, key).where(old).order_by(row_id).limit(limit - done)).all():
            fresh = ring.rewrap(found[1], found[0])
            unchanged = and_(row_id == found[0], key == found[1])
            db.session.execute(update(table).where(unchanged).values({COLUMN: fresh}))
            done += 1
    return done


@sweep
def finish_rotation() -> None:
    """Go on where `keys rotate` was stopped, and take along what was written meanwhile."""
    ring = crypto.ring()
    ring.refresh()
    if len(ring.ids) > 1:
        rewrap_batch()


def _by(key: Column[str], kek_id: str) -> ColumnElement[bool]:
    return key.startswith(f"{VERSION}.{kek_id}.", autoescape=True)


def _wheres(kek_id: str, there: set[str]) -> Iterator[tuple[Column[uuid.UUID], ColumnElement[bool]]]:
    return ((row_id, _by(key, kek_id)) for table, row_id, key in wrapped() if table.name in there)


def _first(where: tuple[Column[uuid.UUID], ColumnElement[bool]]) -> bool:
    return db.session.execute(select(where[0]).where(where[1]).limit(1)).first() is not None
