"""How PostgreSQL looks through an index of words from the newest on: from span to span.

A GIN index finds all rows with some words and knows nothing of their order, so a word that stands in everything would
cost as much as there are rows. So the rows are cut into spans of about as many, in the order of their numbers, and each
row has a token that says in which it stands. Asked with that token the index answers for one span alone, and whoever
wants the newest stops as soon as there are enough. What is rare in the newest spans is asked of all rows at once.
"""

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    String,
    Table,
    bindparam,
    cast,
    func,
    literal_column,
    select,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import TSQUERY, insert

from webapp.core.db import AnySelect, db

SPAN = 16_384
"""So many rows a span has when the next begins. Rows that come between others later make theirs longer."""
LOWEST = -(1 << 62)
"""The first span begins below any number."""
NEAR = 2
"""So many of the newest spans are always looked at: the newest of all may just have begun."""
FEW = 50
"""What has fewer hits there is asked of all rows at once."""

Bound = ColumnElement[int] | None
"""A number that the database is given, or none."""

PREFIX = "p_"
"""Before the number at which a span begins, in the token of its rows."""


@dataclass(frozen=True, slots=True)
class Spans:
    """The spans of `rows`, a table with `number` and `tokens`; `begins` holds the number at which each begins."""

    rows: Table
    begins: Table

    def tokens(self, numbers: Sequence[int]) -> list[str]:
        """The token for each of these rows, which are there. Until this is committed nobody else begins a span."""
        newest = select(self.begins.c.begin).order_by(self.begins.c.begin.desc()).limit(1).with_for_update()
        if db.session.scalar(newest) is None:
            db.session.execute(insert(self.begins).values(begin=LOWEST).on_conflict_do_nothing())
        begins = db.session.scalars(select(self.begins.c.begin).order_by(self.begins.c.begin)).all()
        return [f"{PREFIX}{begins[bisect(begins, number) - 1]}" for number in numbers]

    def begin_next(self) -> None:
        """When the newest span is long enough, what comes after its last row begins another."""
        newest = select(func.max(self.begins.c.begin)).scalar_subquery()
        number = self.rows.c.number
        in_newest = select(number).where(number >= newest).order_by(number).offset(SPAN - 1).limit(1)
        if db.session.scalar(in_newest) is not None:
            db.session.execute(insert(self.begins).from_select(["begin"], select(func.max(number) + 1)))

    def hits(self, asked: str, most: int, since: Bound, below: Bound) -> AnySelect:
        """The numbers `n` of the rows that fit, the highest first: at most so many, from `since` on, under `below`."""
        begins, words = self._begins(since, below), cast(bindparam(asked, type_=String()), TSQUERY)
        near = self._each(begins.limit(NEAR), words, since, below).limit(most).cte(f"near_{asked}", nesting=True)
        found = select(func.count()).select_from(near).scalar_subquery()
        far = self._each(begins.offset(NEAR), words, since, below).where(found >= FEW, found < most).limit(most)
        rare = self._all(words, since, below).where(found < FEW).limit(most)
        parts = (select(near.c.n).where(found >= FEW), select(far.subquery().c.n), select(rare.subquery().c.n))
        every = union_all(*parts).subquery()
        return select(every.c.n).order_by(every.c.n.desc()).limit(most)

    def _begins(self, since: Bound, below: Bound) -> AnySelect:
        """The spans in which there may be hits, the newest first."""
        begin, earlier = self.begins.c.begin, self.begins.alias().c.begin
        begins = select(begin).order_by(begin.desc())
        if since is not None:
            begins = begins.where(begin >= select(func.max(earlier)).where(earlier <= since).scalar_subquery())
        return begins if below is None else begins.where(begin < below)

    def _each(self, begins: AnySelect, words: Any, since: Bound, below: Bound) -> AnySelect:
        """What fits, span by span. PostgreSQL asks what is lateral for one row after the other, in their order."""
        span = begins.subquery()
        here = cast(func.concat("'", PREFIX, span.c.begin, "'"), TSQUERY)
        fits = self._all(here.op("&&")(words), since, below).lateral()
        return select(fits.c.n).select_from(span.join(fits, true()))

    def _all(self, words: Any, since: Bound, below: Bound) -> AnySelect:
        """What fits, in one go. Ordered by something reckoned, or PostgreSQL might walk through all rows instead."""
        number = self.rows.c.number
        bounds = [*([] if since is None else [number >= since]), *([] if below is None else [number < below])]
        found = select(number.label("n")).where(self.rows.c.tokens.op("@@")(words), *bounds)
        return found.order_by((number + literal_column("0")).desc())
