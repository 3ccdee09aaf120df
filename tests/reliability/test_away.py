"""The database is away, so nobody can be recognised: people still read a page, and what they typed is in it."""

import pytest
from sqlalchemy.exc import OperationalError


@pytest.fixture
def away(app, monkeypatch):
    def nobody():
        raise OperationalError("SELECT", {}, Exception("connection refused"))

    return lambda: monkeypatch.setitem(app.extensions, "who", nobody)


@pytest.fixture
def back(app, monkeypatch):
    present = app.extensions["who"]
    return lambda: monkeypatch.setitem(app.extensions, "who", present)


def test_who_was_signed_in_reads_a_page_and_no_bare_code(browse, away):
    noor = browse("noor")
    noor.get("/")
    away()
    page = noor.get("/organisaties")
    assert page.status == 503
    assert page.response.content_type.startswith("text/html")
    assert page.says("Probeer opnieuw")


def test_what_they_typed_is_sent_again(browse, away, back):
    noor = browse("noor")
    page = noor.get("/account")
    away()
    answer = noor.submit(page, "/account", name="Noor Vermeulen-Maes")
    assert answer.status == 503
    assert 'value="Noor Vermeulen-Maes"' in answer.text
    back()
    assert noor.submit(answer, "/account").status == 303
    assert noor.get("/account").says("Noor Vermeulen-Maes")
