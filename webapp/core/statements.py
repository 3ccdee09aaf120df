"""Statements that are built once, compiled once, and let go of.

Building a statement takes SQLAlchemy longer than the database needs to carry it out, and what it builds is many times
as large as the text that comes of it. What is asked or changed again and again is therefore kept as that text, with how
to write its values and how to read its rows (docs/decisions/0033).
"""

from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache, partial, update_wrapper
from typing import Any, ParamSpec
from typing import cast as cast_type

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Connection,
    Date,
    Dialect,
    Insert,
    Row,
    Select,
    Time,
    UpdateBase,
    Uuid,
    bindparam,
    cast,
    false,
    null,
    select,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.expression import ClauseList, Grouping
from sqlalchemy.sql.visitors import iterate, replacement_traverse
from sqlalchemy.types import TypeEngine

from webapp.core.column_types import UtcDateTime

AnySelect = Select[*tuple[Any, ...]]
"""A query of chosen columns."""
Query = AnySelect | CompoundSelect[*tuple[Any, ...]]
Statement = Query | UpdateBase
"""What is kept as text."""
Values = Mapping[str, Any]
Written = dict[str, Any] | list[Any]
"""Values as the driver takes them: by name, or by number."""
AnyRow = Row[*tuple[Any, ...]]
"""A row of chosen columns, read by name. What a prepared query gives is a namedtuple, which is read faster."""
Sizes = tuple[int, ...]
"""For how many members there is room in each list that a query takes."""
Given = ParamSpec("Given")
CURSOR = "cursor of prepared statements"
MOST_KEPT = 500
"""So many kinds of one query are kept; one that is not is built again."""
FEW = 3
"""Lists up to this length have a text of their own; longer ones are filled up to a power of two."""


class Prepared:
    """A query, or a change of rows, that is built when it is first asked, and for lists of other lengths."""

    __slots__ = ("_build", "_lists", "_ready")

    def __init__(self, build: Callable[[], Statement]) -> None:
        self._build = build
        self._lists: tuple[str, ...] | None = None
        self._ready: dict[tuple[str, str, Sizes], _Ready] = {}

    def build(self) -> Query:
        """The query itself, for another that it is a part of."""
        return cast_type(Query, self._build())

    def rows(self, connection: Connection, values: Values) -> Sequence[AnyRow]:
        """The rows that come back, for these values."""
        ready, values = self._fitting(connection.dialect, values)
        return ready.rows(connection, values)

    def each(self, connection: Connection, several: Sequence[Values]) -> None:
        """Carry it out for each of several sets of values, which are alike."""
        ready, _ = self._fitting(connection.dialect, several[0])
        ready.each(connection, several)

    def _fitting(self, dialect: Dialect, values: Values) -> tuple["_Ready", Values]:
        if self._lists is None:
            self._lists = _lists_in(self._build())
        sizes = tuple([_room_for(len(values[name])) for name in self._lists])
        ready = self._ready.get((dialect.name, dialect.paramstyle, sizes))
        if ready is None:
            room = dict(zip(self._lists, sizes, strict=True))
            ready = _Ready(_with_room(self._build(), room), dialect)
            self._ready[dialect.name, dialect.paramstyle, sizes] = ready
        return ready, _spread(self._lists, sizes, values) if sizes else values


def prepared(build: Callable[Given, Statement]) -> Callable[Given, Prepared]:
    """Let a function that builds a query give it prepared: one for each set of its arguments."""

    @lru_cache(MOST_KEPT)
    def kept(*about: Given.args, **named: Given.kwargs) -> Prepared:
        return Prepared(partial(build, *about, **named))

    return update_wrapper(cast_type(Callable[Given, Prepared], kept), build)


class _Ready:
    """A statement as one database takes it: its text, how to write its values, and how to read its rows."""

    def __init__(self, statement: Statement, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=_as_sent(dialect))
        self.text = str(compiled)
        self.order = compiled.positiontup
        names = compiled.bind_names
        self.own = {name: bind.effective_value for bind, name in names.items() if not bind.required}
        self.fresh: list[tuple[str, Callable[[], Any]]] = []
        if isinstance(statement, Insert):
            self._fill(statement.table.columns)
        writers = {name: _kind(bind, dialect).bind_processor(dialect) for bind, name in names.items()}
        self.writers = [(name, write) for name, write in writers.items() if write]
        self.kinds = [_kind(column, dialect) for column in statement.exported_columns]
        self.read: Callable[[Sequence[Any]], Sequence[AnyRow]] | None = None

    def _fill(self, columns: Iterable[Any]) -> None:
        """What a new row has where nothing is given: the default of its column, or nothing."""
        for column in columns:
            default = column.default
            if default is not None and default.is_callable:
                self.fresh.append((column.key, partial(default.arg, None)))
            else:
                self.own[column.key] = default.arg if default is not None else None

    def rows(self, connection: Connection, values: Values) -> Sequence[AnyRow]:
        """What the database answers."""
        with _done(connection, self.text, self._written(values)) as cursor:
            found = cursor.fetchall() if self.kinds else ()
            if self.read is None:
                self.read = _reader(self.kinds, cursor.description or (), connection.dialect)
        return self.read(found)

    def each(self, connection: Connection, several: Sequence[Values]) -> None:
        """Carry it out for each set of values."""
        with _done(connection, self.text, [self._written(values) for values in several], is_several=True):
            pass

    def _written(self, values: Values) -> Written:
        written = {**self.own, **values}
        for name, fresh in self.fresh:
            if name not in values:
                written[name] = fresh()
        for name, write in self.writers:
            written[name] = write(written[name])
        return [written[name] for name in self.order] if self.order is not None else written


def _as_sent(dialect: Dialect) -> Dialect:
    """How to write a statement for a driver. Where it stands for values by name, psycopg takes a long one apart at each
    execution; where it numbers them, it sends it as it is."""
    kind: Callable[..., Dialect] = type(dialect)
    return kind(paramstyle="numeric_dollar") if dialect.driver == "psycopg" else dialect


def _kind(typed: Any, dialect: Dialect) -> TypeEngine[Any]:
    kind: TypeEngine[Any] = typed.type.dialect_impl(dialect)
    return kind


def _reader(
    kinds: Sequence[TypeEngine[Any]], columns: Sequence[Any], dialect: Dialect
) -> Callable[[Sequence[Any]], Sequence[AnyRow]]:
    """What makes rows of what the driver gives, once it told the names and kinds of its columns."""
    names = [name for name, *_ in columns]
    row = namedtuple("Row", names, rename=True)  # type: ignore[misc]  # names that only the database knows
    made: Callable[[Any], Any] = partial(tuple.__new__, row)
    makers = [_maker(kind, column, dialect) for kind, column in zip(kinds, columns, strict=True)]
    to_read = [(at, one) for at, one in enumerate(makers) if one]

    def read(found: Sequence[Any]) -> Sequence[AnyRow]:
        if not to_read or not found:
            return list(map(made, found))
        parts: list[Any] = [*zip(*found, strict=True)]
        for at, one in to_read:
            parts[at] = map(one, parts[at])
        return list(map(made, zip(*parts, strict=True)))

    return read


MADE_OF_TEXT = {Uuid: 2000, UtcDateTime: 1000, Date: 1000, Time: 200}
"""What takes some while to make of what the database gives, and how many of each a process remembers: ids and days come
again in each row of a group, and on each page."""


def _maker(kind: TypeEngine[Any], column: Any, dialect: Dialect) -> Callable[[Any], Any] | None:
    """What makes a value of what the driver gives, for a column as it tells it; None where that is the value."""
    make = kind.result_processor(dialect, column[1])
    for remembered in MADE_OF_TEXT:
        if make and isinstance(kind, remembered):
            return _remembering.setdefault((remembered, dialect.name), lru_cache(MADE_OF_TEXT[remembered])(make))
    return make


_remembering: dict[tuple[type, str], Callable[[Any], Any]] = {}


@contextmanager
def _done(
    connection: Connection, text: str, values: Written | Sequence[Written], *, is_several: bool = False
) -> Iterator[Any]:
    """The cursor that carried a statement out. Its faults are told as SQLAlchemy's."""
    driver, dialect, cursor = connection.connection, connection.dialect, cursor_of(connection)
    connection.dispatch.before_cursor_execute(connection, cursor, text, values, None, is_several)
    try:
        (cursor.executemany if is_several else cursor.execute)(text, values)
        yield cursor
    except dialect.loaded_dbapi.Error as fault:
        is_gone = dialect.is_disconnect(fault, driver, cursor)
        if is_gone:
            connection.invalidate(fault)
        raise DBAPIError.instance(
            text, cast_type(Any, values), fault, dialect.loaded_dbapi.Error,
            hide_parameters=connection.engine.hide_parameters, connection_invalidated=is_gone, dialect=dialect,
        ) from fault  # fmt: skip
    finally:
        if CURSOR not in driver.info:
            cursor.close()


def cursor_of(connection: Connection) -> Any:
    """A cursor. To make one takes psycopg as long as to run a statement, so a connection keeps it. SQLite makes one at
    once, and one that is kept holds the lock of a connection that was given up."""
    driver = connection.connection
    if connection.dialect.driver != "psycopg":
        return driver.cursor()
    if CURSOR not in driver.info:
        driver.info[CURSOR] = connection.dialect.loaded_dbapi.RawCursor(driver.driver_connection)
    return driver.info[CURSOR]


def _lists_in(query: Statement) -> tuple[str, ...]:
    """The names of the lists that a query takes; it may bring others itself."""
    return tuple(sorted({part.key for part in _lists(query) if part.required}))


def _lists(query: Statement) -> Iterable[BindParameter[Any]]:
    return (part for part in iterate(query) if isinstance(part, BindParameter) and part.expanding)


def _room_for(many: int) -> int:
    """As many as a list of a few has, otherwise the next power of two."""
    return many if many <= FEW else 1 << (many - 1).bit_length()


def _spread(lists: Sequence[str], sizes: Sizes, values: Values) -> Values:
    """Each member of the lists as a value of its own. The last comes again until the room is full: whether something
    is among them stays the same."""
    members = dict(values)
    for name, size in zip(lists, sizes, strict=True):
        last = len(values[name]) - 1
        members |= {f"{name}_{number}": values[name][min(number, last)] for number in range(size)}
    return members


def _with_room(query: Statement, sizes: Mapping[str, int]) -> Statement:
    """The same query for lists that are so long. SQLAlchemy writes a list of any length into the text of a query at
    every execution, which takes it longer than the database needs."""

    def fixed(part: Any, **_options: Any) -> Any:
        if not isinstance(part, BindParameter) or not part.expanding:
            return None
        names = [f"{part.key}_{number}" for number in range(sizes.get(part.key, 0))]
        members = [bindparam(name, type_=part.type) for name in names] if part.required else list(_own(part))
        nothing = select(cast(null(), part.type)).where(false()).scalar_subquery()
        return Grouping(ClauseList(*members)) if members else nothing

    if not [*_lists(query)]:
        return query
    # its types do not know that what it takes apart may be any statement
    return cast_type(Query, replacement_traverse(query, {}, fixed))  # type: ignore[call-overload]


def _own(part: BindParameter[Any]) -> Iterable[BindParameter[Any]]:
    """The members of a list that a query brings itself."""
    return (bindparam(None, one, type_=part.type, unique=True) for one in part.value or ())
