"""The matrix by real request: every endpoint that is about a thing, asked by everybody, in every situation.

Whoever may not see the thing reads 404 (or is asked to sign in), whoever sees it but may not do this reads 403, and
nobody else is turned away. A new endpoint is covered by itself, as long as its thing can be made in `situations`.
"""

from collections.abc import Iterator, Mapping
from contextvars import Context
from functools import partial

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.people import Cast
from tests.policy.matrix import EVERYBODY, rows
from tests.policy.situations import FINDS_ONLY, SITUATIONS, Parts, Situation
from tests.support.browse import Browse, Browser
from tests.support.rows import all_stored, changed
from webapp.accounts.models import SignInSession
from webapp.core.audit import Audit
from webapp.policy.permissions import Can
from webapp.web.attempts import Attempts
from webapp.web.guard import Declaration, declaration_of

ALLOWED = {(row.permission, row.thing): row.allowed for row in rows()}
READS, CHANGES = "GET", "POST"
NOTHING: Mapping[str, str] = {}
HTMX: Mapping[str, str] = {
    "HX-Request": "true",
    "HX-Request-Type": "partial",
    "HX-Boosted": "true",
    "HX-Source": "button#save",
    "HX-Target": "main#main",
    "HX-Current-URL": "https://brug.test/",
    "HX-History-Restore-Request": "true",
}
READ_ONCE = frozenset(EVERYBODY) - {"hilde", "noor", "bram", "tine", "moved", "guest"}
"""Who stands where somebody else stands too: they need not be asked once more as htmx asks."""

# A wrong link counts: somebody may be guessing.
MAY_CHANGE_ON_READ = {SignInSession.__tablename__, Audit.__tablename__, Attempts.__tablename__}

# These have a part in their URL that names no thing of the matrix; their own tests hold them to their promises.
NO_THING = {"kind", "token", "session_id", "passkey_id"}


def declared(app: Flask) -> Iterator[tuple[str, frozenset[str], str, Declaration]]:
    """(endpoint, parts of the URL, method, declaration) of everything that takes parts."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        declaration = declaration_of(rule.endpoint)
        assert declaration is not None, rule.endpoint
        if rule.arguments and not rule.arguments & NO_THING:
            for method in sorted((rule.methods or set()) & {READS, CHANGES}):
                yield rule.endpoint, frozenset(rule.arguments), method, declaration


def finds(declaration: Declaration, situation: Situation) -> bool:
    """Whether the loader of an endpoint finds a thing in this situation."""
    name = getattr(declaration.load, "__name__", "")
    return situation.name in FINDS_ONLY.get(name, {situation.name})


def about(app: Flask, situation: Situation, method: str) -> list[tuple[str, Declaration]]:
    """The endpoints to ask in a situation; a situation made for one loader is for that one alone."""
    special = {name for name, names in FINDS_ONLY.items() if situation.name in names}
    return [
        (endpoint, declaration)
        for endpoint, parts, verb, declaration in declared(app)
        if (parts, verb) == (situation.parts, method)
        and (not special or getattr(declaration.load, "__name__", "") in special)
    ]


def may(who: str, permission: Can, line: str) -> bool:
    """What the matrix says, on this line or on the one that is about no thing."""
    for place in (line, "-"):
        if (permission, place) in ALLOWED:
            return who in ALLOWED[permission, place]
    raise LookupError(f"tests/policy/matrix.txt has no line for: {permission.value} {line}")


def expected(who: str, declaration: Declaration, situation: Situation) -> str:
    """What the answer must be."""
    if not finds(declaration, situation) or not may(who, declaration.sees, situation.line):
        if who == "guest" and not declaration.is_open:
            return "sign in"
        return "404"
    return "yes" if may(who, declaration.permission, situation.line) else "403"


def answer(response: TestResponse) -> str:
    """What an answer was, in the same words; 410 is what a page says that only a link opens."""
    status, location = response.status_code, response.headers.get("Location", "")
    if status in (401, 410) or (status == 303 and location.startswith(("/aanmelden", "/bewijs"))):
        return "sign in"
    return str(status) if status in (403, 404) or status >= 429 else "yes"


class Asking:
    """One person who asks for a lot; pages are not parsed here, other tests do that."""

    def __init__(self, app: Flask, browser: Browser) -> None:
        self.urls = app.url_map.bind("brug.test")
        self.browser = browser
        self.token = browser.token()

    def ask(
        self,
        endpoint: str,
        method: str,
        parts: Parts,
        fields: Mapping[str, str] = NOTHING,
        headers: Mapping[str, str] = NOTHING,
    ) -> TestResponse:
        """Open it, or send a form to it, empty but for `fields`."""
        url = self.urls.build(endpoint, parts, method=method)
        form = {"csrf_token": self.token, **fields} if method == CHANGES else None
        headers = {"Referer": f"{self.browser.base_url}/", **headers}
        send = partial(self.browser.client.open, url, method=method, data=form, headers=headers)
        return Context().run(send, base_url=self.browser.base_url)


def test_every_thing_in_a_url_can_be_made(app: Flask) -> None:
    known = {situation.parts for situation in SITUATIONS}
    strange = {
        f"{endpoint} ({', '.join(sorted(parts))})" for endpoint, parts, _, _ in declared(app) if parts not in known
    }
    assert strange == set(), "say in tests/policy/situations.py how the things of these endpoints are made"


def test_what_takes_the_id_of_a_thing_loads_it(app: Flask) -> None:
    assert [endpoint for endpoint, _, _, declaration in declared(app) if declaration.load is None] == []


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda situation: situation.name)
def test_reading(app: Flask, cast: Cast, browse: Browse, situation: Situation) -> None:
    """Everybody reads what they may, headers of htmx open nothing more, and nothing changes by it."""
    asked = about(app, situation, READS)
    parts = situation.make(cast)
    people = {who: Asking(app, browse(who)) for who in EVERYBODY}
    before = all_stored(but=MAY_CHANGE_ON_READ)
    faults = []
    for who, asking in people.items():
        for endpoint, declaration in asked:
            wanted = expected(who, declaration, situation)
            ways = {"": NOTHING} if who in READ_ONCE else {"": NOTHING, " by htmx": HTMX}
            for how, headers in ways.items():
                got = answer(asking.ask(endpoint, READS, parts, headers=headers))
                if got != wanted:
                    faults.append(f"{who} {endpoint}{how}: {got}, not {wanted}")
    assert faults == []
    assert changed(before, all_stored(but=MAY_CHANGE_ON_READ)) == []


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda situation: situation.name)
def test_changing(app: Flask, cast: Cast, browse: Browse, situation: Situation) -> None:
    """Each change that is allowed happens to a thing of its own; refused ones change nothing for the next."""
    asked = about(app, situation, CHANGES)
    parts = situation.make(cast)
    faults = []
    for who in EVERYBODY:
        asking = Asking(app, browse(who))
        for endpoint, declaration in asked:
            wanted = expected(who, declaration, situation)
            response = asking.ask(endpoint, CHANGES, parts)
            if (got := answer(response)) != wanted:
                faults.append(f"{who} {endpoint}: {got}, not {wanted}")
            if response.status_code < 400 and got == "yes":
                parts = situation.make(cast)
    assert faults == []


def test_what_is_about_no_thing_is_refused_to_whoever_may_not(app: Flask, browse: Browse) -> None:
    """Pages without an id: somebody without the permission is turned away, the others are not."""
    faults = []
    for who in EVERYBODY:
        asking = Asking(app, browse(who))
        for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
            declaration = declaration_of(rule.endpoint)
            if rule.arguments or READS not in (rule.methods or ()) or declaration is None or declaration.load:
                continue
            if declaration.is_open:
                continue
            allowed = may(
                who, declaration.permission, "-" if (declaration.permission, "-") in ALLOWED else "zilverreiger"
            )
            wanted = "yes" if allowed else "sign in" if who == "guest" else "404"
            got = answer(asking.ask(rule.endpoint, READS, {}))
            if got != wanted:
                faults.append(f"{who} {rule.endpoint}: {got}, not {wanted}")
    assert faults == []
