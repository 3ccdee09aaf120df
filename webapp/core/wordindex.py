"""An index of words beside a table of numbered rows: an FTS5 table on SQLite, a tsvector in the row on PostgreSQL.

The number of a row says where it stands in a list: the highest first. Both databases give hits in that order without
looking at all of them, so a word that stands in everything costs no more than a rare one: FTS5 by itself, PostgreSQL
from span to span.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from sqlalchemy import (
    ColumnElement,
    String,
    Table,
    TableClause,
    bindparam,
    column,
    delete,
    event,
    func,
    insert,
    literal_column,
    select,
    table,
    update,
)
from sqlalchemy.orm import Session

from webapp.core import fulltext, outbox
from webapp.core.db import AnySelect, db, erase_log_too, read
from webapp.core.fulltext import Document, Group
from webapp.core.outbox import Claimed
from webapp.core.spans import Bound, Spans
from webapp.core.statements import prepared

PLANNED = {"enable_seqscan": "off", "random_page_cost": "1.1", "jit": "off"}
"""What PostgreSQL is told before it plans a search: the index is in memory, or nearly."""

MERGE = "merge_words"
PAGES = 2_000
"""So many are merged at once."""
MERGED = 2
"""So many changes FTS5 makes at least when there was something to merge (https://sqlite.org/fts5.html, 6.8)."""
AS_IT_IS = {"synchronize_session": False}


@dataclass(frozen=True, slots=True)
class WordIndex:
    """The index `words` beside a table with the columns `number` and `tokens`, cut into `spans` on PostgreSQL."""

    rows: Table
    words: str
    spans: Spans

    def put(self, *found: tuple[int, Document]) -> None:
        """Let rows, which are there, be found by this."""
        if self._is_fts5():
            words = [{"rowid": number, **document.columns()} for number, document in found]
            db.session.execute(insert(self._fts5()), words)
            return
        row = update(self.rows).where(self.rows.c.number == bindparam("row")).values(tokens=bindparam("words"))
        tokens = self.spans.tokens([number for number, _ in found])
        vectors = [
            {"row": number, "words": replace(document, facets=(*document.facets, token)).vector()}
            for (number, document), token in zip(found, tokens, strict=True)
        ]
        db.session.connection().execute(row, vectors)
        self.spans.begin_next()

    def take_out(self, number: int) -> None:
        """Forget a row and its words; soon after in the file too, which `merge` sees to."""
        db.session.execute(delete(self.rows).where(self.rows.c.number == number))
        self._forget(self._fts5().c.rowid == number)

    def forget_what_went(self) -> None:
        """Rows were deleted with what they hang on; their words go too."""
        self._forget(self._fts5().c.rowid.not_in(select(self.rows.c.number)))

    def _forget(self, which: ColumnElement[bool]) -> None:
        if self._is_fts5():
            db.session.execute(delete(self._fts5()).where(which), execution_options=AS_IT_IS)
            db.session.info.setdefault("forgotten_words", set()).add(self.words)
        erase_log_too()

    def hits(self, most: int, asked: str = "asked", *, since: Bound = None, below: Bound = None) -> AnySelect:
        """The numbers (`n`) of the rows that fit the value `asked`, see `asking`; the highest first and at most so
        many, from the number `since` on, under the number `below`."""
        if not self._is_fts5():
            return self.spans.hits(asked, most, since, below)
        number = self._fts5().c.rowid
        found = select(number.label("n")).where(
            literal_column(self.words).op("MATCH")(bindparam(asked, type_=String())),
            *([] if since is None else [number >= since]),
            *([] if below is None else [number < below]),
        )
        return found.order_by(number.desc()).limit(most)

    def asking(self, groups: Sequence[Group], *, on_top: bool = False) -> str:
        """The value to ask with."""
        return (fulltext.for_fts5 if self._is_fts5() else fulltext.for_tsquery)(groups, on_top=on_top)

    def plan_by_index(self) -> None:
        """Tell PostgreSQL how a search is planned, within this transaction: by its index, whatever that seems to cost.
        What it would compile costs more than all of the search."""
        if not self._is_fts5():
            read(_planned(), {})

    def _fts5(self) -> TableClause:
        return _fts5(self.words)

    def _is_fts5(self) -> bool:
        return db.engine.dialect.name == "sqlite"


@prepared
def _planned() -> AnySelect:
    return select(*(func.set_config(name, value, True).label(name) for name, value in PLANNED.items()))


@cache
def _fts5(words: str) -> TableClause:
    return table(words, column("rowid"), column("head"), column("body"), column("facets"))


@event.listens_for(Session, "before_commit")
def _merge_later(session: Session) -> None:
    """What was deleted from an FTS5 table stays in its file until everything is merged into one."""
    for words in session.info.pop("forgotten_words", ()):
        outbox.enqueue(MERGE, {"words": words})


@event.listens_for(Session, "after_rollback")
def _keep(session: Session) -> None:
    session.info.pop("forgotten_words", None)


@outbox.task(MERGE)
def merge(job: Claimed) -> None:
    """Merge a bit of an FTS5 table, and ask for the next bit until all is one: nobody waits long to write."""
    words = job.payload["words"]
    before = _changes()
    db.session.execute(insert(table(words, column(words), column("rank"))).values({words: "merge", "rank": -PAGES}))
    if _changes() - before >= MERGED:
        outbox.enqueue(MERGE, job.payload)
    erase_log_too()


def _changes() -> int:
    return int(db.session.execute(select(func.total_changes())).scalar_one())
