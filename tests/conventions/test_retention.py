"""Nothing is kept without a period: whoever adds a table says how long its rows stay, and what erases them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from flask import Flask

import webapp
from webapp import cli
from webapp.core.db import Base
from webapp.vocabulary.retention import KEEP_TRAITS

WEBAPP = Path(webapp.__file__).parent
REGISTERS = re.compile(r"^@(forgets|counts|sweep|letter|outbox\.task|ledger\.replays)\b", re.MULTILINE)


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


def test_each_period_is_obeyed_by_something() -> None:
    said = "".join(file.read_text() for file in WEBAPP.rglob("*.py") if file.parent.name != "vocabulary")
    assert [one.name for one, rule in KEEP_TRAITS.items() if rule.time and f"Keep.{one.name}" not in said] == []


def test_whatever_the_clocks_do_is_loaded_with_the_application() -> None:
    """A file that registers something does nothing until another one imports it."""
    files = {".".join(file.relative_to(WEBAPP.parent).with_suffix("").parts): file for file in WEBAPP.rglob("*.py")}
    imported = {name for file in files.values() for name in _imports(ast.parse(file.read_text()))}
    registers = {name for name, file in files.items() if REGISTERS.search(file.read_text())}
    assert registers - imported == set()


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{one.name}" for one in node.names)
