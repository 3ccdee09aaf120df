"""Processor time of two applications in turns, and what a page asks the database."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import Context
from statistics import median
from typing import Any

from flask import Flask
from sqlalchemy import Engine, event
from werkzeug.test import EnvironBuilder, run_wsgi_app

from bench.town import BASE_URL
from webapp.accounts.recognise import cookie_name
from webapp.core.db import reading
from webapp.core.statements import cursor_of

TURNS = 12
REQUESTS = 5
OURS = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")

Query = tuple[str, Any]


def environment(app: Flask, path: str, token: str, **headers: str) -> dict[str, Any]:
    """A request by a signed-in browser that was here before: it brings the cookies it was given then."""
    with app.app_context():
        cookie = f"{cookie_name()}={token}"
    environ = EnvironBuilder(path, base_url=BASE_URL, headers={"Cookie": cookie, **headers}).get_environ()
    _, _, answer = Context().run(run_wsgi_app, app, dict(environ), buffered=True)
    given = (line.partition(";")[0] for line in answer.getlist("Set-Cookie"))
    return environ | {"HTTP_COOKIE": "; ".join([cookie, *given])}


def open_page(app: Flask, environ: dict[str, Any]) -> tuple[int, int]:
    """Status and bytes of one answer; nothing is shared with the request before it."""
    body, status, _ = Context().run(run_wsgi_app, app, dict(environ), buffered=True)
    return int(status.split()[0]), sum(map(len, body))


def knows(app: Flask, environ: dict[str, Any]) -> dict[str, Any]:
    """The same request by a page that was here before: it says which version it knows."""
    _, _, answer = Context().run(run_wsgi_app, app, dict(environ), buffered=True)
    return environ | {"HTTP_IF_NONE_MATCH": answer["ETag"]}


def ratio(ours: tuple[Flask, dict[str, Any]], bare: tuple[Flask, dict[str, Any]]) -> tuple[float, float]:
    """Our processor time beside the baseline's, and ours in milliseconds: medians over turns A B A B."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(TURNS):
        for (app, environ), found in zip((ours, bare), times, strict=True):
            begin = time.process_time()
            for _ in range(REQUESTS):
                open_page(app, environ)
            found.append((time.process_time() - begin) / REQUESTS)
    return median(a / b for a, b in zip(*times, strict=True)), median(times[0]) * 1000


@contextmanager
def queries(engine: Engine) -> Iterator[list[Query]]:
    """What is asked inside, with its values."""
    asked: list[Query] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        if statement.lstrip().upper().startswith(OURS):
            asked.append((statement, values))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


MEANT = ("audit", "empty_seat", "offer_measure")
"""What is read from one end to the other on purpose: the last look written down, the few empty seats, and the rows
that matching weighs (docs/decisions/0020)."""


def full_scans(engine: Engine, asked: list[Query]) -> list[str]:
    """The steps of these queries that read a whole table, as the database itself explains them."""
    sqlite = engine.dialect.name == "sqlite"
    found = []
    with reading(), engine.connect() as connection:
        if not sqlite:  # it rightly reads a small table whole: what counts is whether it could do otherwise
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        for statement, values in asked:
            if not statement.lstrip().upper().startswith(("SELECT", "WITH")):
                continue
            explaining = ("EXPLAIN QUERY PLAN " if sqlite else "EXPLAIN ") + statement
            rows = (
                cursor_of(connection).execute(explaining, values)
                if isinstance(values, list)
                else connection.exec_driver_sql(explaining, values)
            )
            steps = [str(row[3] if sqlite else row[0]).strip() for row in rows]
            found += [step for step in steps if _is_scan(step, sqlite)]
        connection.rollback()
    return sorted(set(found))


def _is_scan(step: str, sqlite: bool) -> bool:
    if not sqlite:
        return "Seq Scan on" in step and not any(f"on {table} " in step for table in MEANT)
    made_here = ("(subquery", "CONSTANT", "(join", "anon_", "fitting", "does", "stands", *MEANT)
    return step.startswith("SCAN") and "INDEX" not in step and not any(word in step for word in made_here)
