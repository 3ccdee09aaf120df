"""Texts that are kept sealed for whoever has a data key, and as they are for everybody else.

    title: Mapped[str] = sealable("topic", "title", 160, through="group_id")

`through` is the column that leads to the owner: to its row, or to a row that leads there. As soon as the owner has a
data key, what is written is sealed on its way to the database, for its own table, column and row; whoever reads it,
by an entity or by a column, gets the words. A text that was moved to another row does not open.

Kept is a sign that nobody types, whose text it is, its table and column, and the sealed text. A query brings the id of
the row along: a subquery needs it too, as `id`, and a union says so of its texts with `mixed`. The database itself can
neither search nor sort what is sealed. Bulk statements of the database (`update`, `insert`) seal nothing.
"""

import uuid
from collections.abc import Iterator
from functools import cache, partial
from typing import Any, cast

from sqlalchemy import (
    Column,
    ColumnElement,
    Dialect,
    Label,
    String,
    Table,
    TypeCoerce,
    case,
    event,
    func,
    literal_column,
    select,
    type_coerce,
)
from sqlalchemy import cast as as_type
from sqlalchemy.orm import MappedColumn, Session, mapped_column
from sqlalchemy.orm.attributes import flag_modified
from sqlalchemy.types import TypeDecorator, TypeEngine

from webapp.core import crypto
from webapp.core.crypto import EACH_ROW, OPEN_BY, SEALED, THROUGH, Place
from webapp.core.db import Base, db, new_id
from webapp.core.errors import Unavailable

MARK = "\x02"
"""Before what is sealed, and between it and the id of its row. No text holds this sign: forms leave it out."""
KEY = "data_key"
_KEYS = "data_keys"


class Confided(str):
    """A text with where it is kept and the key that seals it there."""

    place: Place
    key: str

    def kept(self) -> str:
        """As the database has it."""
        return envelope(self.place, crypto.ring().seal(self.key, self.place, self))


def envelope(place: Place, sealed: str) -> str:
    """A sealed text, with whose it is and in which column it belongs."""
    return f"{MARK}{place.row.hex}.{place.table}.{place.column.partition(':')[0]}.{sealed}"


def is_sealed(kept: str) -> bool:
    """Whether what the database has is a sealed text."""
    return kept.startswith(MARK)


def sealed_part(kept: str) -> str:
    """The sealed text in what the database has."""
    return kept.split(".", 3)[3]


def place_of(table: str, column: str, owner: uuid.UUID, row: uuid.UUID) -> Place:
    """Where the text of one row lives, under the key of its owner."""
    return Place(table, f"{column}:{row.hex}", owner)


class SealableText(TypeDecorator[str]):
    """A text that may be sealed. On PostgreSQL it has no length: what is sealed is longer than what was typed."""

    impl = String
    cache_ok = True

    def __init__(self, table: str, column: str, length: int, owner: str) -> None:
        super().__init__(length)
        self.table, self.column, self.length, self.owner = table, column, length, owner

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(String(None if dialect.name == "postgresql" else self.length))

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if isinstance(value, Confided):
            return value.kept()
        return value.lstrip(MARK) if value else value

    def column_expression(self, column: ColumnElement[str]) -> ColumnElement[str]:
        named: Any = column
        while isinstance(named, Label | TypeCoerce):
            named = named.element if isinstance(named, Label) else named.clause
        raw, sign = type_coerce(named, String), literal_column(f"'{MARK}'", String)
        with_row = raw + sign + as_type(named.table.c.id, String)
        return type_coerce(case((func.substr(raw, 1, 1) == sign, with_row), else_=raw), self)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """How a text is read. SQLAlchemy asks at each value what the text below makes of it, which is nothing."""
        return partial(self.process_result_value, dialect=dialect)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        if not value or not is_sealed(value):
            return value
        kept, _mark, row = value.rpartition(MARK)
        owner_id, table, column, sealed = kept.removeprefix(MARK).split(".", 3)
        if self.table and (table, column) != (self.table, self.column):
            raise Unavailable("a sealed text stands in a column that is not its own")
        place, key = place_of(table, column, uuid.UUID(owner_id), uuid.UUID(row)), _key_of(self.owner, owner_id)
        return _confided(crypto.ring().open(key, place, sealed), place, key)


def mixed(column: Any, owner: str) -> ColumnElement[str]:
    """A column in a union in which several kinds of texts stand together, each beside the `id` of its row."""
    return type_coerce(column, SealableText("", "", 0, owner))


def sealable(
    table: str, column: str, length: int, *, through: str, owner: str, open_by: str | None = None, **more: Any
) -> MappedColumn[Any]:
    """A column of texts that are sealed as soon as their owner, a row of the table of that name, has a data key; but
    for rows that have something in the column `open_by`."""
    info = {SEALED: column, EACH_ROW: True, THROUGH: through, OPEN_BY: open_by}
    return mapped_column(SealableText(table, column, length, owner), info=info, **more)


def _confided(text: str, place: Place, key: str) -> Confided:
    found = Confided(text)
    found.place, found.key = place, key
    return found


def _key_of(owner: str, owner_hex: str) -> str:
    """The wrapped key of an owner, read once for each transaction."""
    owner_id, keys = uuid.UUID(owner_hex), db.session.info.setdefault(_KEYS, {})
    if owner_id not in keys:
        table = Base.metadata.tables[owner]
        mine = select(table.c[KEY]).where(table.c.id == owner_id)
        keys[owner_id] = db.session.connection().execute(mine).scalar()
    if keys[owner_id] is None:
        raise Unavailable("the key of a sealed text is not there")
    return cast(str, keys[owner_id])


@event.listens_for(Session, "after_commit")
@event.listens_for(Session, "after_rollback")
def _forget_keys(session: Session) -> None:
    session.info.pop(_KEYS, None)


@event.listens_for(Session, "before_flush")
def _confide(session: Session, _context: object, _instances: object) -> None:
    """Say of each text that is written where it is kept and with which key, when its owner has one."""
    for row in (*session.new, *session.dirty):
        for column in _sealable(row.__table__):
            if _is_open(row, column):
                _leave_open(row, column.name)
            elif text := row.__dict__.get(column.name):
                _seal_if_owned(session, row, column, text)


def _seal_if_owned(session: Session, row: Any, column: Column[Any], text: str) -> None:
    owner = _owner_of(session, row, column.info[THROUGH])
    if owner.data_key:
        row.id = row.id or new_id()
        place = place_of(column.table.name, column.name, owner.id, row.id)
        setattr(row, column.name, _confided(text, place, owner.data_key))


def _is_open(row: Any, column: Column[Any]) -> bool:
    """Whether everybody reads this one text, whoever owns it."""
    return column.info[OPEN_BY] is not None and getattr(row, column.info[OPEN_BY]) is not None


def _leave_open(row: Any, name: str) -> None:
    text = getattr(row, name)
    if isinstance(text, Confided):
        setattr(row, name, "".join(text))
        flag_modified(row, name)


@cache
def _sealable(table: Table) -> tuple[Column[Any], ...]:
    return tuple(column for column in table.columns if isinstance(column.type, SealableText))


def _owner_of(session: Session, row: Any, through: str) -> Any:
    (key,) = row.__table__.columns[through].foreign_keys
    owner = session.get(_model_of(key.column.table), getattr(row, through))
    if owner is None or hasattr(owner, KEY):
        return owner
    return _owner_of(session, owner, next(_ways(key.column.table)))


def _ways(table: Table) -> Iterator[str]:
    return (column.info[THROUGH] for column in table.columns if THROUGH in column.info)


@cache
def _model_of(table: Table) -> type[Any]:
    return next(mapper.class_ for mapper in Base.registry.mappers if mapper.local_table is table)
