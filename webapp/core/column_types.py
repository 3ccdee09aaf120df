"""Kinds of columns that SQLAlchemy does not have by itself."""

import enum
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import JSON, ColumnElement, DateTime, Dialect, Enum, literal_column
from sqlalchemy.sql import operators
from sqlalchemy.types import TypeDecorator

MOST_LISTS = 200
"""So many lists of one column are remembered."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept as UTC on every database. A naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Code(Enum):
    """A code of one enum. Whoever asks for members of it has them written into the statement.

    As values they would be filled in anew at every execution (`in_`), no partial index could count on them, and SQLite
    would prepare the whole statement again each time, as it does when a value decides which partial index fits.
    """

    class Comparator(Enum.Comparator):
        """What a column of codes can be asked."""

        def operate(self, op: Any, *other: Any, **options: Any) -> ColumnElement[Any]:
            """Any question; members become text of the statement."""
            asked = other[0] if other else None
            if op in (operators.in_op, operators.not_in_op) and isinstance(asked, tuple | list | set | frozenset):
                other = ([self._written(one) for one in sorted(asked)],)
            elif op in (operators.eq, operators.ne) and isinstance(asked, enum.StrEnum):
                other = (self._written(asked),)
            return super().operate(op, *other, **options)

        def _written(self, code: enum.StrEnum) -> ColumnElement[Any]:
            return literal_column(f"'{code.value}'", self.type)

    comparator_factory = Comparator

    def result_processor(self, dialect: Dialect, coltype: Any) -> Any:
        """How a code is read: found among the members. SQLAlchemy asks twice for each whether it is one."""
        members: dict[str | None, Any] = {one.value: one for one in self.enum_class or ()}
        return (members | {None: None}).__getitem__


class CodeList(TypeDecorator[tuple[Any, ...]]):
    """A short list of codes of one enum, kept as a JSON list and read as a tuple of members."""

    impl = JSON
    cache_ok = True

    def __init__(self, codes: type[enum.StrEnum]) -> None:
        super().__init__()
        self.codes = codes
        self.members = {one.value: one for one in codes}

    def process_bind_param(self, value: Any, dialect: Dialect) -> list[str]:
        return [self.codes(item).value for item in value or ()]

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[Any, ...]:
        return tuple([self.members[item] for item in value or ()])

    def result_processor(self, dialect: Dialect, coltype: Any) -> Any:
        """How a list is read. SQLite gives it as text, and the same few lists come again and again."""
        read = super().result_processor(dialect, coltype)
        return lru_cache(MOST_LISTS)(read) if dialect.name == "sqlite" and read else read
