"""Small numbers, asked together: however many a page shows, they are one query."""

from collections.abc import Hashable, Mapping

from sqlalchemy import ColumnElement, Select, func, select

from webapp.core.db import db

Columns = Mapping[Hashable, ColumnElement[int]]


def counted(rows: Select[*tuple[object, ...]], most: int) -> ColumnElement[int]:
    """How many rows there are, as a column, never looking at more than `most` and one."""
    return select(func.count()).select_from(rows.limit(most + 1).correlate(None).subquery()).scalar_subquery()


def ask(columns: Columns) -> dict[Hashable, int]:
    """The numbers by their names. One query, and none where there is nothing to ask."""
    return dict(zip(columns, db.session.execute(select(*columns.values())).one(), strict=True)) if columns else {}
