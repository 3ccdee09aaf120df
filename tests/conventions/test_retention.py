"""Nothing is kept without a period: whoever adds a table says how long its rows stay, and what erases them."""

from flask import Flask

from webapp import cli
from webapp.core.db import Base
from webapp.vocabulary.retention import KEEP_TRAITS


def test_every_table_has_a_row_in_the_table_of_periods() -> None:
    named = {table for rule in KEEP_TRAITS.values() for table in rule.tables}
    assert named == set(Base.metadata.tables), "say in webapp/vocabulary/retention.py how long it is kept"


def test_what_hangs_on_a_question_goes_with_it() -> None:
    """Erasing a question is one delete; nothing may stand in its way or stay behind with its id."""
    kept = {
        f"{table.name}.{key.parent.name}"
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name in ("referral", "ask") and key.ondelete != "CASCADE"
    }
    assert kept == set()


def test_the_documentation_shows_the_same_table(app: Flask) -> None:
    assert cli.PERIODS.read_text() == cli.periods(), "run: flask --app webapp docs"
