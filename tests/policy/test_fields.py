"""No form takes a field that nobody can type: each endpoint that changes something is sent one more, by whoever may."""

from collections.abc import Iterator

from flask import Flask
from sqlalchemy import select

from tests.accounts.device import Device
from tests.accounts.test_passkeys import added
from tests.people import Cast
from tests.policy.matrix import EVERYBODY
from tests.policy.situations import SITUATIONS, Situation
from tests.policy.test_requests import CHANGES, Asking, about, expected, may
from tests.support.browse import Browse
from webapp.accounts.models import Passkey, SignInSession
from webapp.core.db import db
from webapp.web.attempts import DatabaseStorage
from webapp.web.guard import Declaration, declaration_of

STRANGE = {"is_admin": "1"}
NO_FORM = {"web.csp_report"}
"""What a browser sends by itself, as JSON."""
REFUSED, EITHER = {400}, {400, 409}


def who_may(declaration: Declaration, situation: Situation) -> str | None:
    """Somebody whose change would be made."""
    return next((who for who in EVERYBODY if expected(who, declaration, situation) == "yes"), None)


def test_about_a_thing(app: Flask, cast: Cast, browse: Browse) -> None:
    """In a state in which the change cannot be made anyway, that may be what the answer says."""
    askers: dict[str, Asking] = {}
    answers: dict[str, set[int]] = {}
    for situation in SITUATIONS:
        parts = situation.make(cast)
        DatabaseStorage().reset()  # so many changes in a minute would meet the limit
        for endpoint, declaration in about(app, situation, CHANGES):
            if who := who_may(declaration, situation):
                askers[who] = askers.get(who) or Asking(app, browse(who))
                answer = askers[who].ask(endpoint, CHANGES, parts, STRANGE)
                answers.setdefault(endpoint, set()).add(answer.status_code)
    assert {endpoint: said for endpoint, said in answers.items() if not REFUSED <= said <= EITHER} == {}


def without_parts(app: Flask) -> Iterator[tuple[str, Declaration]]:
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        declaration = declaration_of(rule.endpoint)
        if declaration and not rule.arguments and CHANGES in (rule.methods or ()) and rule.endpoint not in NO_FORM:
            yield rule.endpoint, declaration


def test_about_no_thing(app: Flask, browse: Browse) -> None:
    taken = []
    for endpoint, declaration in without_parts(app):
        # a page without an id may still be about something, such as the signposts: the youth service keeps those
        allowed = (
            [who for who in EVERYBODY if may(who, declaration.permission, "-")] if not declaration.load else ["tine"]
        )
        who = allowed[0]
        answer = Asking(app, browse(who)).ask(endpoint, CHANGES, {}, STRANGE)
        if answer.status_code != 400:
            taken.append(f"{who} {endpoint}: {answer.status_code}")
    assert taken == []


def test_about_ones_own_sessions_and_passkeys(cast: Cast, browse: Browse) -> None:
    hilde = browse("hilde")
    added(hilde, Device())
    passkey, session = (db.session.scalars(select(one.id)).first() for one in (Passkey, SignInSession))
    for path in (
        f"/account/afmelden/{session}",
        f"/account/aanmelding/sleutel/{passkey}/naam",
        f"/account/aanmelding/sleutel/{passkey}/weg",
    ):
        assert hilde.post(path, STRANGE).status == 400, path
