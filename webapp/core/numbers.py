"""Small numbers, and now and then a day or an id, asked together: however many a page shows, they are one query."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import reduce
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, String, cast, func, literal_column, select

from webapp.core.db import AnySelect, read
from webapp.core.statements import prepared

Columns = Mapping[Hashable, ColumnElement[Any]]


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers to ask for by name, and the values that their columns were left open for."""

    columns: Columns = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)

    def __or__(self, other: "Numbers") -> "Numbers":
        return together([self, other])


def together(asked: Iterable[Numbers]) -> Numbers:
    """All that is asked, as one."""
    columns: dict[Hashable, ColumnElement[Any]] = {}
    values: dict[str, Any] = {}
    for one in asked:
        columns.update(one.columns)
        values.update(one.values)
    return Numbers(columns, values)


def counted(rows: Select[*tuple[object, ...]], most: int) -> ColumnElement[int]:
    """How many rows there are, as a column, never looking at more than `most` and one."""
    first = rows.limit(literal_column(str(most + 1))).offset(literal_column("0")).correlate(None)
    return select(func.count()).select_from(first.subquery()).scalar_subquery()


FIELD, ROW = "\x1f", "\x1e"
"""Between the parts of packed rows. No text holds these signs: forms leave out what nobody types."""


def packed(rows: AnySelect) -> ColumnElement[str]:
    """A few rows as one text, so that they come along with the numbers. Their order is lost; see `unpacked`."""
    few = rows.correlate(None).subquery()
    return select(in_one(few.c)).scalar_subquery()


def in_one(columns: Iterable[SQLColumnExpression[Any]]) -> ColumnElement[str]:
    """These columns of all rows as one text; see `unpacked`."""
    parts: list[ColumnElement[str]] = [func.coalesce(cast(column, String), _written("")) for column in columns]
    text = reduce(lambda before, part: before + _written(FIELD) + part, parts)
    return joined(text, ROW)


def joined(words: ColumnElement[str], sign: str) -> ColumnElement[str]:
    """The words of all rows as one text. With the sign given as a value, SQLAlchemy would write all of the statement
    around it anew at every execution, and that is longer than any other."""
    return func.aggregate_strings(words, _written(sign))  # type: ignore[arg-type]  # it takes what is written too


def _written(sign: str) -> ColumnElement[str]:
    """A sign as it stands in a statement: as values, tens of them would be handed over at every page."""
    return literal_column(f"'{sign}'", String)


def unpacked(found: str | None) -> list[list[str]]:
    """The rows that `packed` or `in_one` brought, as the texts of their columns; nothing is an empty text."""
    return [row.split(FIELD) for row in found.split(ROW)] if found else []


def tallied(found: str | None) -> dict[tuple[str, ...], int]:
    """How often each row is among those that `packed` brought."""
    rows = Counter(found.split(ROW) if found else ())
    return {tuple(row.split(FIELD)): number for row, number in rows.items()}


def moment_of(text: str) -> datetime | None:
    """A moment that was packed."""
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def ask(numbers: Numbers) -> dict[Hashable, Any]:
    """The numbers by their names. One query, and none where there is nothing to ask."""
    if not numbers.columns:
        return {}
    (row,) = read(_query(tuple(numbers.columns.values())), numbers.values)
    return dict(zip(numbers.columns, row, strict=True))


@prepared
def _query(columns: tuple[ColumnElement[Any], ...]) -> AnySelect:
    """Columns are made once each, so a page asks with the same statement each time."""
    return select(*columns)
