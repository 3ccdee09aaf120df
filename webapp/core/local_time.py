"""What a clock in Brussels says at a moment that the database keeps as UTC, on both databases: it tells on which day of
the town something happened."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, DateTime, Engine, event, func
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from webapp.core import clock

MOST_KEPT = 4096
"""SQLite asks for the day, the hour, the minute and the second of a moment apart, and again at the next request."""


class in_brussels(FunctionElement[datetime]):
    """The moment as Brussels writes it, without a zone."""

    type = DateTime()
    inherit_cache = True


@compiles(in_brussels)
def _in_postgresql(element: in_brussels, compiler: Any, **more: Any) -> str:
    (moment,) = element.clauses
    asked: ColumnElement[Any] = func.timezone(str(clock.BRUSSELS), moment)
    return str(compiler.process(asked, **more))


@compiles(in_brussels, "sqlite")
def _in_sqlite(element: in_brussels, compiler: Any, **more: Any) -> str:
    return f"in_brussels({compiler.process(element.clauses, **more)})"


@event.listens_for(Engine, "connect")
def _teach_sqlite(connection: Any, _record: object) -> None:
    if "sqlite" in type(connection).__module__:
        connection.create_function("in_brussels", 1, _as_written, deterministic=True)


@lru_cache(maxsize=MOST_KEPT)
def _as_written(moment: str | None) -> str | None:
    if moment is None:
        return None
    return clock.local(datetime.fromisoformat(moment).replace(tzinfo=UTC)).replace(tzinfo=None).isoformat(" ")
