"""The traps of our stack that cost others real bugs, each closed by a test.

Trap 1 (lost updates) is closed in tests/core/test_db.py, trap 4 (trigger filters) in test_templates.py, trap 8 (a
killed worker) in tests/core/test_outbox.py, and that limits hold for all processes also in tests/web.
"""

import ast
import re
import socket
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from re._parser import parse as sre_parse
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.core.together import at_once
from webapp.config import ROOT
from webapp.core.db import Base, db
from webapp.web import limits
from webapp.web.attempts import Attempts, DatabaseStorage

LOCKS = ("requirements.txt", "requirements-dev.txt")
STATIC = ROOT / "webapp" / "static"
TEMPLATES = ROOT / "webapp" / "templates"


@cache
def sources() -> list[tuple[Path, ast.Module]]:
    paths = sorted((ROOT / "webapp").rglob("*.py"))
    return [(path.relative_to(ROOT), ast.parse(path.read_text())) for path in paths]


@cache
def calls() -> list[tuple[Path, ast.Call, str]]:
    """Every call in our own code, and what is called; worked out once for all who ask."""
    return [
        (path, node, ast.unparse(node.func))
        for path, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
    ]


def names_used() -> Iterator[tuple[Path, str]]:
    """Every imported module, attribute and name of our own code."""
    for path, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield from ((path, alias.name) for alias in node.names)
                yield path, getattr(node, "module", "") or ""
            elif isinstance(node, ast.Attribute):
                yield path, node.attr
            elif isinstance(node, ast.Name):
                yield path, node.id


def test_models_stand_on_our_own_base() -> None:
    """Trap 2: `db.Model` breaks the type checker, dataclass bases break Flask-SQLAlchemy."""
    bases = [
        (path, ast.unparse(base))
        for path, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for base in node.bases
    ]
    assert [found for found in bases if "db.Model" in found[1] or "AsDataclass" in found[1]] == []
    assert len([found for found in bases if found[1] == "Base"]) == len(list(Base.registry.mappers))
    assert db.metadata is Base.metadata


def test_a_page_loads_one_script() -> None:
    """Trap 3: htmx and its extensions in scripts of their own start in any order, so they are one bundle. What one page
    alone needs extends nothing, and that page alone loads it (decision 29)."""
    loaded = [
        (path.name, source)
        for path in TEMPLATES.rglob("*.html")
        for source in re.findall(r"<script[^>]*\ssrc=\"([^\"]*)", path.read_text())
    ]
    assert loaded
    alone = [f"{{{{ static_url('alone/{path.name}') }}}}" for path in sorted((STATIC / "alone").glob("*.js"))]
    assert sorted(source for _, source in loaded) == sorted([*alone, "{{ static_url('app.js') }}"])
    assert not [path.name for path in (STATIC / "alone").glob("*.js") if "htmx." in path.read_text()]
    assert not list((STATIC / "dist").glob("htmx*"))


def test_fragments_are_files_and_never_blocks() -> None:
    """Trap 5: a block rendered alone does not see the imports above it."""
    assert [found for found in names_used() if "render_block" in found[1] or "jinja2_fragments" in found[1]] == []
    assert "jinja2-fragments" not in (ROOT / "pyproject.toml").read_text()


def test_limits_are_counted_by_all_processes_together(app: Flask) -> None:
    """Trap 6: the counts live in the database, whoever counts."""
    assert isinstance(limits.windows.storage, DatabaseStorage)
    counted = at_once(app, 6, lambda _number: DatabaseStorage().incr("somebody", 60))
    assert sorted(counted) == [1, 2, 3, 4, 5, 6]
    kept = db.session.scalars(select(Attempts)).one()
    assert kept.amount == 6
    assert "somebody" not in kept.key_hash


def test_the_dutch_stemmer_is_the_old_one_wherever_words_are_stemmed() -> None:
    """Trap 7: the one that is now called "dutch" takes guidance for policy."""
    import snowballstemmer

    stem = snowballstemmer.stemmer("dutch_porter").stemWord
    assert stem("begeleiding") != stem("beleid")
    named = [
        (path, ast.literal_eval(call.args[0])) for path, call, name in calls() if name.endswith("stemmer") and call.args
    ]
    assert [found for found in named if found[1] not in ("dutch_porter", "english")] == []


def test_work_for_later_is_our_own_table() -> None:
    """Trap 8: these lose the job of a worker that is killed, or are not part of the data's transaction."""
    text = "\n".join((ROOT / name).read_text() for name in LOCKS)
    assert re.findall(r"^(huey|celery|rq|dramatiq|apscheduler|procrastinate)==", text, re.M | re.I) == []


def test_drawings_carry_no_style_of_their_own() -> None:
    """Trap 9: a strict policy blocks style and script inside an SVG."""
    drawn = {path: path.read_text() for path in [*STATIC.glob("*.svg"), *STATIC.glob("icons/**/*.svg")]}
    drawn |= {path: path.read_text() for path in TEMPLATES.rglob("*.html") if "<svg" in path.read_text()}
    assert len(drawn) > 3
    bad = re.compile(r"<svg.*?(\sstyle=|<style|<script|\son[a-z]+=).*?</svg>", re.S)
    assert [str(path.relative_to(ROOT)) for path, text in drawn.items() if bad.search(text)] == []
    text = "\n".join((ROOT / name).read_text() for name in LOCKS)
    assert re.findall(r"^(matplotlib|pygal|plotly|altair)==", text, re.M | re.I) == []


def test_locks_say_what_and_never_from_where() -> None:
    """Trap 10: locks of some tools record the addresses of the index and of every file."""
    for name in LOCKS:
        text = (ROOT / name).read_text()
        assert "://" not in text, name
        assert "--index-url" not in text, name
        pinned = re.findall(r"^([\w.\[\]-]+)==", text, re.M)
        assert len(pinned) > 20
        assert text.count("--hash=sha256:") >= len(pinned), name
    ignored = (ROOT / ".gitignore").read_text()
    assert {"uv.lock", "pylock.toml"} <= set(ignored.split())


def test_nothing_asks_for_a_time_without_a_zone() -> None:
    """Trap 11: Flask-Login and others still call `utcnow`; we use neither, and ask the time in one place."""
    assert [found for found in names_used() if found[1] in ("utcnow", "utcfromtimestamp", "flask_login")] == []
    text = "\n".join((ROOT / name).read_text() for name in LOCKS)
    assert "flask-login" not in text.lower()
    asks = [str(path) for path, _, name in calls() if name in ("datetime.now", "date.today", "datetime.today")]
    assert set(asks) == {"webapp/core/clock.py"}


def test_no_test_goes_outside_this_machine() -> None:
    """Where an address is asked for elsewhere, the test fails at once (tests/conftest.py)."""
    with socket.socket() as asking, pytest.raises(AssertionError, match=r"192\.0\.2\.1"):
        asking.connect(("192.0.2.1", 9))


def test_statements_templates_and_programs_are_never_made_of_data() -> None:
    """SQL is made by SQLAlchemy or is a constant; templates are files; programs are started without a shell.

    The commands of `operations` name tables and settings of our own, and no visitor reaches them.
    """
    made = [
        f"{path}: {ast.unparse(call)[:60]}"
        for path, call, called in calls()
        if "operations" not in path.parts and (name := called.rpartition(".")[2]) in BUILDERS
        if not (call.args and _is_constant(call.args[0]) and name in MAY_BE_CONSTANT)
    ]
    assert made == []
    shells = [ast.unparse(node) for _, tree in sources() for node in ast.walk(tree) if _asks_for_a_shell(node)]
    assert shells == []


BUILDERS = {"text", "exec_driver_sql", "render_template_string", "from_string", "system", "popen", "eval", "exec"}
MAY_BE_CONSTANT = {"text", "exec_driver_sql"}


def _is_constant(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant)


def _asks_for_a_shell(node: ast.AST) -> bool:
    return isinstance(node, ast.keyword) and node.arg == "shell"


def test_no_pattern_can_take_for_ever() -> None:
    """A repetition inside a repetition is what makes a pattern slow on hostile text."""
    patterns = [
        (str(path), call.args[0].value)
        for path, call, name in calls()
        if name in ("re.compile", "re.sub", "re.search", "re.match", "re.fullmatch", "Regexp")
        and call.args
        and isinstance(call.args[0], ast.Constant)
    ]
    assert len(patterns) > 5
    assert [found for found in patterns if _repeats_a_repetition(sre_parse(found[1]))] == []


def _repeats_a_repetition(tree: Any, inside: bool = False) -> bool:
    for kind, value in tree:
        open_ended = str(kind) in ("MAX_REPEAT", "MIN_REPEAT") and value[1] > 64
        if open_ended and inside:
            return True
        parts = value if isinstance(value, list | tuple) else [value]
        for part in _parts(parts):
            if _repeats_a_repetition(part, inside or open_ended):
                return True
    return False


def _parts(values: Any) -> Iterator[Any]:
    for value in values:
        if type(value).__name__ == "SubPattern":
            yield value
        elif isinstance(value, list | tuple):
            yield from _parts(value)
