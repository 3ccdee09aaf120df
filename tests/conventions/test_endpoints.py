"""Promises that hold for every endpoint, read off the URL map: a new one is held to them from its first day."""

import re
import uuid
from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from tests.support.browse import Browser
from tests.support.rows import all_stored, changed
from webapp.accounts.models import SignInSession
from webapp.core import duties
from webapp.core.audit import Audit
from webapp.core.db import db
from webapp.web.attempts import Attempts

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


FORGED = ({}, {"csrf_token": ""}, {"csrf_token": "nonsense"})


def test_no_unsafe_endpoint_works_without_the_token_of_this_visit(app: Flask, browse: Callable[[str], Browser]) -> None:
    hilde = browse("hilde")
    others = ({"csrf_token": browse("hilde").token()}, {"csrf_token": old_token(hilde)})
    before = all_stored()
    token, here = hilde.token(), f"{hilde.base_url}/"
    faults = []
    for endpoint, url in urls(app, *UNSAFE):
        tries = [(form, here) for form in (*FORGED, *others)]
        tries += [({"csrf_token": token}, source) for source in ("", "https://evil.example/", "http://brug.test/")]
        for form, source in tries if endpoint != "web.csp_report" else ():
            headers = {"Referer": source} if source else {}
            answer = hilde.client.post(url, data=form, headers=headers, base_url=hilde.base_url)
            if answer.status_code != 400:
                faults.append(f"{url} {form} from {source or 'nowhere'}: {answer.status_code}")
    assert faults == []
    assert changed(before, all_stored()) == []


def old_token(browser: Browser) -> str:
    """The token of this visit, which begins anew after it: as when somebody signs in."""
    token = browser.token()
    with browser.client.session_transaction(base_url=browser.base_url) as visit:
        visit.clear()
    return token


def test_nothing_else_is_heard_than_what_an_endpoint_is_for(app: Flask, browse: Callable[[str], Browser]) -> None:
    hilde = browse("hilde")
    client, base_url = hilde.client, hilde.base_url
    headers = {"Referer": f"{base_url}/", "X-CSRFToken": hilde.token()}
    faults = []
    for rule in app.url_map.iter_rules():
        url = next(url for endpoint, url in urls(app, *(rule.methods or ())) if endpoint == rule.endpoint)
        for method in {*UNSAFE, "TRACE", "CONNECT"} - (rule.methods or set()) - {"POST"}:
            answer = client.open(url, method=method, headers=headers, base_url=base_url)
            faults += [f"{method} {url}: {answer.status_code}"] * (answer.status_code != 405)
    assert faults == []


@pytest.mark.parametrize("header", ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"])
def test_a_request_is_no_other_than_it_says(browse: Callable[[str], Browser], header: str) -> None:
    hilde = browse("hilde")
    before = all_stored()
    headers = {header: "POST", "X-CSRFToken": hilde.token()}
    assert hilde.get("/afmelden?_method=POST", headers=headers).status == 405
    assert hilde.get("/account?_method=POST&name=X", headers=headers).status == 200
    assert changed(before, all_stored()) == []


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_other_sites_cannot_send_forms_or_fetch_pages(app: Flask, browse: Callable[[str], Browser], site: str) -> None:
    hilde = browse("hilde")
    for endpoint, url in urls(app, *UNSAFE):
        if endpoint != "web.csp_report":
            assert hilde.post(url, headers={"Sec-Fetch-Site": site}).status == 403, url
    for mode in ("cors", "no-cors", ""):
        for _, url in urls(app, "GET"):
            assert hilde.get(url, headers={"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode}).status == 403, url
    assert hilde.get("/", headers={"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate"}).status == 200


READERS = {"GET": ("hilde", "noor", "tine", "ada", "guest"), "HEAD": ("hilde", "guest"), "OPTIONS": ("hilde", "guest")}
"""Who tries each way of reading; to HEAD the same views answer as to GET."""


@pytest.mark.parametrize("method", READERS)
def test_reading_changes_nothing(app: Flask, browse: Callable[[str], Browser], method: str) -> None:
    """Of what does not exist; tests/policy reads what does."""
    visitors = [browse(who) for who in READERS[method]]
    before = all_stored(but=MAY_CHANGE_ON_READ)
    for visitor in visitors:
        _worker_lives()  # on a busy machine all of this takes longer than a worker may be silent
        for _, url in urls(app, "GET"):
            answer = visitor.client.open(url, method=method, base_url=visitor.base_url)
            assert answer.status_code < 500, url
    assert set(changed(before, all_stored(but=MAY_CHANGE_ON_READ))) <= {duties.DutyRun.__tablename__}


def _worker_lives() -> None:
    duties.ended(duties.Duty.WORKER)
    db.session.commit()


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
