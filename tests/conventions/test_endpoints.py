"""Promises that hold for every endpoint, read off the URL map: a new one is held to them from its first day."""

import re
import uuid
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.support.browse import Browser
from webapp.accounts.models import SignInSession
from webapp.core import duties
from webapp.core.audit import Audit
from webapp.core.db import Base, db
from webapp.web.headers import CSP_PAGE, HEADERS
from webapp.web.limits import Attempts

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
NOBODY = uuid.UUID(int=0)
# A wrong link counts: somebody may be guessing.
MAY_CHANGE_ON_READ = {SignInSession.__tablename__, Audit.__tablename__, Attempts.__tablename__}


def urls(app: Flask, *methods: str) -> Iterator[tuple[str, str]]:
    """(endpoint, URL) for every rule with one of the methods; ids in it belong to nothing."""
    adapter = app.url_map.bind("brug.test")
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if rule.methods and rule.methods & set(methods):
            parts = {name: _filler(rule.rule, name) for name in rule.arguments}
            yield rule.endpoint, adapter.build(rule.endpoint, parts, method=next(iter(rule.methods & set(methods))))


def _filler(rule: str, name: str) -> object:
    if f"<uuid:{name}>" in rule:
        return NOBODY
    return 1 if f"<int:{name}>" in rule else "x"


def test_every_endpoint_declares_its_permission(app: Flask) -> None:
    silent = [name for name, view in app.view_functions.items() if not hasattr(view, "declaration")]
    assert silent == []


def test_an_endpoint_that_declares_nothing_does_not_run(app: Flask, browse: Callable[[str], Browser]) -> None:
    app.view_functions["web.alive"], kept = lambda: "hello", app.view_functions["web.alive"]
    try:
        assert browse("guest").get("/healthz").status == 500
    finally:
        app.view_functions["web.alive"] = kept


def test_ids_in_urls_are_random(app: Flask) -> None:
    numbered = [rule.rule for rule in app.url_map.iter_rules() if "<int:" in rule.rule and "_id" in rule.rule]
    assert numbered == []


def test_no_unsafe_endpoint_works_without_the_token_of_this_visit(app: Flask, browse: Callable[[str], Browser]) -> None:
    hilde, other = browse("hilde"), browse("hilde")
    foreign = other.token()
    for endpoint, url in urls(app, *UNSAFE):
        if endpoint == "web.csp_report":
            continue
        for token in ("", "nonsense", foreign):
            assert hilde.post(url, {"csrf_token": token}).status == 400, (url, token)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_other_sites_cannot_send_forms_or_fetch_pages(app: Flask, browse: Callable[[str], Browser], site: str) -> None:
    hilde = browse("hilde")
    for endpoint, url in urls(app, *UNSAFE):
        if endpoint != "web.csp_report":
            assert hilde.post(url, headers={"Sec-Fetch-Site": site}).status == 403, url
    assert hilde.get("/", headers={"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "cors"}).status == 403
    assert hilde.get("/", headers={"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate"}).status == 200


def test_every_answer_carries_the_headers(app: Flask, browse: Callable[[str], Browser]) -> None:
    for who in ("hilde", "guest"):
        visitor = browse(who)
        answers = [visitor.get(url).response for _, url in urls(app, "GET")]
        answers += [visitor.post(url, {"csrf_token": "x"}).response for _, url in urls(app, *UNSAFE)]
        answers.append(visitor.get("/bestaat-niet").response)
        answers.append(visitor.client.options("/", base_url=visitor.base_url))
        answers.append(visitor.client.put("/aanmelden", base_url=visitor.base_url))
        for answer in answers:
            where = f"{answer.request.method} {answer.request.path}"
            assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS, where
            policy = answer.headers["Content-Security-Policy"]
            assert policy == CSP_PAGE or "attachment" in answer.headers.get("Content-Disposition", ""), where
            assert answer.headers["Cache-Control"] == "no-store", where
            assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains", where
            assert {"Cookie", "HX-Request", "HX-Request-Type"} <= set(re.split(r",\s*", answer.headers["Vary"])), where
            assert "Server" not in answer.headers, where


def test_reading_changes_nothing(app: Flask, browse: Callable[[str], Browser]) -> None:
    visitors = [browse(who) for who in ("hilde", "noor", "tine", "ada", "guest")]
    _worker_lives()
    before = _counts()
    for visitor in visitors:
        _worker_lives()  # on a busy machine all of this takes longer than a worker may be silent
        for _, url in urls(app, "GET"):
            assert visitor.get(url).status < 500, url
    changed = {name for name, count in _counts().items() if count != before[name]}
    assert changed <= MAY_CHANGE_ON_READ


def _worker_lives() -> None:
    duties.ended(duties.Duty.WORKER)
    db.session.commit()


def _counts() -> dict[str, int]:
    db.session.rollback()
    return {
        table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
        for table in Base.metadata.sorted_tables
    }


def test_what_does_not_exist_reads_the_same_everywhere(app: Flask, browse: Callable[[str], Browser]) -> None:
    hilde = browse("hilde")
    pages = [hilde.get(url) for _, url in urls(app, "GET") if str(NOBODY) in url]
    bodies = {re.sub(r"[0-9a-f-]{36}|[A-Z]+ \d{4}|/[a-z/-]+", "", page.words) for page in pages if page.status == 404}
    assert {page.status for page in pages} <= {404}
    assert len(bodies) <= 1


@pytest.mark.parametrize("host", ["evil.example", "brug.test.evil.example", "127.0.0.1:99"])
def test_a_forged_host_is_refused(app: Flask, host: str) -> None:
    assert app.test_client().get("/aanmelden", base_url=f"https://{host}").status_code == 400


def test_a_forwarded_host_is_ignored(app: Flask, browse: Callable[[str], Browser]) -> None:
    page = browse("guest").get("/aanmelden", headers={"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil"})
    assert page.status == 200
    assert "evil" not in page.text
