"""A mail address changes, or was mistyped at the set-up: mended at the console, as no page may take an account over."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.accounts.test_passkeys import by_mail
from webapp.accounts.models import Person
from webapp.core import clock, links
from webapp.core.audit import Audit
from webapp.core.db import db
from webapp.core.links import Purpose

OLD, NEW = "hilde@brug.example", "hilde@anders.example"


def change(app, *words):
    done = app.test_cli_runner().invoke(args=["change-address", *words])
    db.session.rollback()
    return done.exit_code, done.output


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("nobody@brug.example", NEW), "Nobody has the address"),
        ((OLD, "hilde@anders"), "no mail address"),
        ((OLD, "noor@brug.example"), "has the address noor@brug.example already"),
    ],
)
def test_what_cannot_be_is_said(app, cast, words, says):
    code, said = change(app, *words)
    assert code != 0
    assert says in said


def test_only_the_new_address_opens_the_account(app, browse, cast):
    hilde = by_mail(browse, cast, "hilde")
    person = db.session.scalar(select(Person.id).where(Person.email == OLD))
    until = clock.now() + timedelta(days=7)
    mailed = links.issue(Purpose.ANSWER, person, expires_at=until, person_id=person)
    feed = links.issue(Purpose.FEED, person, expires_at=until, person_id=person)
    db.session.commit()

    code, said = change(app, "Hilde@brug.example", "Hilde@Anders.example")

    assert (code, "signed out everywhere" in said) == (0, True)
    assert hilde.get("/account").status == 303
    assert db.session.get(Person, person).email == NEW
    assert not links.find(Purpose.ANSWER, mailed).works
    assert links.find(Purpose.FEED, feed).works
    assert "address.change" in db.session.scalars(select(Audit.action)).all()
