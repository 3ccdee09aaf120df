"""Things as pages show them: read as rows, made without a session.

Asking SQLAlchemy for an entity takes several times what the database needs for its row, so all of this is read as
rows. Who only reads (`db.reading()`) gets a record: the columns of the entity, what was asked for along with it, and
the words and properties that stand in its class. What it was not asked for with is looked up at the entity, should a
page want it. Who may write gets the entity itself, made of the same row and known to the session.

    _ASK = Together(Ask, Ask.referral, Ask.offer, where=Ask.id == given("ask_id", Ask.id))
    found = _ASK.one({"ask_id": ask_id})
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property
from typing import Any, Generic, NamedTuple, TypeVar, cast

from sqlalchemy import ColumnElement, Label, inspect, select
from sqlalchemy.orm import InstrumentedAttribute, aliased, make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value

from webapp.core.db import AnyRow, AnySelect, Base, db, is_reading, read
from webapp.core.statements import Prepared, Values

Thing = TypeVar("Thing", bound=Base)


class Record:
    """A row of an entity. A query may note something on it, as on the entity; what was read stays as it is."""

    entity: type[Base]
    mapped = frozenset[str]()

    def __init__(self, columns: Mapping[str, Any]) -> None:
        self.__dict__.update(columns)

    def __setattr__(self, name: str, value: Any) -> None:
        if name in self.mapped:
            raise AttributeError(f"a record of {type(self).__name__} cannot be changed", name=name, obj=self)
        super().__setattr__(name, value)

    def __getattr__(self, name: str) -> Any:
        if name not in self.mapped:
            raise AttributeError(f"{type(self).__name__} has no {name}", name=name, obj=self)
        key = [getattr(self, one) for one in _key_names(self.entity)]
        return getattr(db.session.get_one(self.entity, key), name)


@cache
def _kind_of_record(entity: type[Base]) -> type[Record]:
    """The class of the records of an entity: what stands in its class, besides what is mapped."""
    mapped = frozenset(inspect(entity).attrs.keys())
    ours = reversed(entity.__mro__[: entity.__mro__.index(Base)])
    words = {name: value for one in ours for name, value in vars(one).items() if not name.startswith(("__", "_sa_"))}
    own = {name: words[name] for name in words.keys() - mapped}
    return type(entity.__name__, (Record,), own | {"entity": entity, "mapped": mapped})


@cache
def _names(entity: type[Base]) -> tuple[str, ...]:
    return tuple(inspect(entity).column_attrs.keys())


@cache
def _key_names(entity: type[Base]) -> tuple[str, ...]:
    mapper = inspect(entity)
    return tuple(str(mapper.get_property_by_column(column).key) for column in mapper.primary_key)


def _columns(entity: type[Base], place: Any) -> list[Label[Any]]:
    """The columns that a record is made of, under names that nothing else in a statement has."""
    return [getattr(place, name).label(f"{entity.__tablename__}__{name}") for name in _names(entity)]


def _record(entity: type[Base], columns: Sequence[Any]) -> Any:
    """A record of these columns. A row may go on after them."""
    return _kind_of_record(entity)(dict(zip(_names(entity), columns, strict=False)))


def _note(record: Any, name: str, value: Any) -> None:
    vars(record)[name] = value


def _entity(entity: type[Base], columns: Sequence[Any]) -> Any:
    """The entity of these columns, as if the session had loaded it; the one that it has already, as that may be
    changed. A row may go on after them."""
    mapper, values = inspect(entity), dict(zip(_names(entity), columns, strict=False))
    key = tuple([values[name] for name in _key_names(entity)])
    known = db.session.identity_map.get(mapper.identity_key_from_primary_key(key))
    if known is not None:
        return known
    made = mapper.class_manager.new_instance()
    vars(made).update(values)
    make_transient_to_detached(made)
    db.session.add(made)
    return made


def _note_loaded(thing: Any, name: str, value: Any) -> None:
    """Let an entity have what was asked for along with it, unless it has that already."""
    if name not in vars(thing):
        set_committed_value(thing, name, value)


class _Part(NamedTuple):
    """Where in a row something stands that was asked for along with a thing."""

    name: str
    entity: type[Base]
    begins: int
    key: int
    is_list: bool


class Together(Generic[Thing]):
    """A thing and what it refers to, in one statement; at most one of its parts is a list.

    `beside` may add to the statement, after the columns of the thing.
    """

    def __init__(
        self,
        entity: type[Thing],
        *parts: InstrumentedAttribute[Any],
        where: ColumnElement[bool],
        beside: Callable[[AnySelect], AnySelect] = lambda statement: statement,
    ) -> None:
        self._entity, self._with, self._where, self._beside = entity, parts, where, beside

    def one(self, values: Values) -> Thing | None:
        """The thing, or None where there is none."""
        rows = self.rows(values)
        return self.made_of(rows) if rows else None

    def rows(self, values: Values) -> Sequence[AnyRow]:
        """What the database says about it, with what was changed until now."""
        if not is_reading():
            db.session.flush()
        return read(self._as_records, values)

    def made_of(self, rows: Sequence[AnyRow]) -> Thing:
        """The thing that these rows are about."""
        make, note = (_record, _note) if is_reading() else (_entity, _note_loaded)
        thing = make(self._entity, rows[0])
        for part in self._parts:
            there = [row for row in (rows if part.is_list else rows[:1]) if row[part.key] is not None]
            found = [make(part.entity, row[part.begins :]) for row in there]
            note(thing, part.name, found if part.is_list else next(iter(found), None))
        return cast(Thing, thing)

    @cached_property
    def _as_records(self) -> Prepared:
        return Prepared(self._columns)

    def _columns(self) -> AnySelect:
        statement = select(*_columns(self._entity, self._entity)).where(self._where)
        for one in self._with:
            target, is_list = one.property.mapper.class_, one.property.uselist
            place = target if is_list else aliased(target)  # a list keeps the names in which its order is written
            statement = statement.add_columns(*_columns(target, place)).outerjoin(one.of_type(place))
            statement = statement.order_by(*one.property.order_by) if is_list else statement
        return self._beside(statement)

    @cached_property
    def _parts(self) -> list[_Part]:
        parts, begins = [], len(_names(self._entity))
        for one in self._with:
            target = one.property.mapper.class_
            names = _names(target)
            key = begins + names.index(_key_names(target)[0])
            parts.append(_Part(one.key, target, begins, key, one.property.uselist))
            begins += len(names)
        return parts
