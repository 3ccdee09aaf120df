"""Nothing typed is lost: a form that came after the session or the last proof was over is sent with one press."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select

from tests.accounts.conftest import ask_for_mail, code_in
from webapp.accounts.models import Invitation, SignInSession
from webapp.core import clock
from webapp.core.db import db

TYPED = {"kind": "crew", "name": "Mila Jacobs", "email": "mila@brug.example"}


def invitations():
    found = db.session.scalar(select(func.count()).select_from(Invitation))
    db.session.rollback()
    return found


def hidden(page):
    """What the form that is kept would send, as a browser without JavaScript does."""
    form = re.findall(r'<form method="post" action="([^"]+)">(.*?)</form>', page.text, re.DOTALL)
    [(_path, inner)] = [one for one in form if "mila@brug.example" in one[1]]
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', inner))


@pytest.fixture
def path(cast):
    return f"/organisaties/{cast.zilverreiger}/mensen/uitnodigen"


@pytest.fixture
def kept(browse, path):
    """Noor typed an invitation while her last proof grew old: her browser, and the page that keeps it."""
    noor = browse("noor")
    form = noor.get(path)
    with clock.at(clock.now() + timedelta(minutes=20)):
        page = noor.submit(form, path, **TYPED)
    assert page.status == 401
    assert page.says("Klaar, stuur het door")
    assert invitations() == 0
    return noor, page


def prove(browser):
    """As after a fresh proof in another tab: the forms of this visit have a new token."""
    with browser.client.session_transaction(base_url=browser.base_url) as visit:
        del visit["csrf_token"]
    browser.get("/account")


def test_what_was_typed_is_sent_with_one_press_after_a_proof(kept, cast, path):
    noor, page = kept
    prove(noor)
    assert noor.post(path, hidden(page)).status == 303
    assert invitations() == 1
    assert noor.get(f"/organisaties/{cast.zilverreiger}/mensen").says("Mila Jacobs", "mila@brug.example")


def test_the_tab_of_the_proof_ends_where_it_says_what_waits_in_the_other(kept):
    noor, page = kept
    [prove_link] = [one for one in page.links() if one.startswith("/bewijs")]
    assert prove_link == "/bewijs?next=/bewijs/terug"
    assert noor.get("/bewijs/terug").says("Nu terug naar het andere tabblad", "Dit tabblad mag dicht")


def test_without_a_proof_the_page_comes_back_with_everything_on_it(kept, path):
    noor, page = kept
    with clock.at(clock.now() + timedelta(minutes=21)):
        again = noor.post(path, hidden(page))
    assert again.status == 401
    assert "mila@brug.example" in again.text
    assert invitations() == 0


def test_a_ticket_lets_nothing_else_through(kept, cast, browse, path):
    noor, page = kept
    prove(noor)
    fields = hidden(page)
    assert noor.post(path, {**fields, "email": "spion@brug.example"}).status == 400
    elsewhere = f"/organisaties/{cast.halvenoot}/mensen/uitnodigen"
    assert noor.post(elsewhere, fields).status == 400
    assert browse("tine").post(path, fields).status == 400
    with clock.at(clock.now() + timedelta(minutes=1)):
        assert noor.post(path, fields).status == 303
    assert noor.post(path, {**fields, "once": "x"}).status == 400
    assert invitations() == 1


def sign_in(browser, deliver):
    """Sign in with the code of a mail."""
    ask_for_mail(browser, "noor@brug.example")
    [mail] = deliver()
    browser.submit(browser.get("/aanmelden/code"), "/aanmelden/code", code=code_in(mail))


def test_after_signing_in_again_one_press_is_enough_too(browse, deliver):
    noor = browse("guest")
    sign_in(noor, deliver)
    form = noor.get("/account")
    db.session.execute(delete(SignInSession))
    db.session.commit()
    page = noor.submit(form, "/account", name="Noor mila@brug.example")
    assert page.status == 401
    sign_in(noor, deliver)
    assert noor.post("/account", hidden(page)).status == 303
    assert noor.get("/account").says("Noor mila@brug.example")


def test_one_tap_that_loses_nothing_goes_straight_to_the_proof(browse, cast, path):
    noor = browse("noor")
    noor.submit(noor.get(path), path, **TYPED)
    page = noor.get(f"/organisaties/{cast.zilverreiger}/mensen")
    [back] = [one for one in page.links() if one.endswith("/intrekken")]
    with clock.at(clock.now() + timedelta(minutes=20)):
        answer = noor.post(back)
    assert answer.status == 303
    assert answer.location.startswith("/bewijs")


@pytest.mark.parametrize(("path", "field"), [("/taal", "lang"), ("/thema", "theme")])
def test_a_field_that_nobody_can_type_is_refused(browse, path, field):
    guest = browse("guest")
    assert guest.post(path, {field: "", "next": "/", "is_admin": "1"}).status == 400


def test_asking_for_a_code_takes_the_page_to_return_to_and_nothing_else(browse):
    noor = browse("noor")
    assert noor.post("/bewijs/code", {"next": "/account", "is_admin": "1"}).status == 400
    assert noor.post("/bewijs/code", {"next": "/account"}).location == "/bewijs?next=/account"
