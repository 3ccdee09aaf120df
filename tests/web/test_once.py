"""A form that is sent twice does its work once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import select, text

from tests.web import kit
from tests.web.conftest import Visit
from webapp.core import clock
from webapp.core.db import db
from webapp.web.once import FormOnce, forget_sent_forms, new_key

SIDES = 20


def test_twenty_at_once_are_one(visit: Visit) -> None:
    hilde = visit("hilde")
    form = {"once": new_key(), "csrf_token": hilde.token()}
    cookies = "; ".join(f"{one.key}={one.value}" for one in hilde.client._cookies.values())
    app = hilde.client.application

    def send(_number: int) -> tuple[int, str]:
        answer = app.test_client(use_cookies=False).post(
            "/proef/bewaar",
            data=form,
            base_url=hilde.base_url,
            headers={"Cookie": cookies, "Referer": f"{hilde.base_url}/"},
        )
        return answer.status_code, answer.headers.get("Location", "")

    with ThreadPoolExecutor(SIDES) as pool:
        answers = list(pool.map(send, range(SIDES)))
    assert kit.rows() == 1
    assert set(answers) == {(303, "/proef/1")}


def test_another_form_another_path_and_another_visitor_are_not_the_same(visit: Visit) -> None:
    hilde, pieter, key = visit("hilde"), visit("pieter"), new_key()
    assert hilde.post("/proef/bewaar", {"once": key}).location == "/proef/1"
    assert hilde.post("/proef/bewaar", {"once": new_key()}).location == "/proef/2"
    assert pieter.post("/proef/bewaar", {"once": key}).location == "/proef/3"
    assert hilde.post("/proef/bewaar", {"once": key}).location == "/proef/1"
    assert kit.rows() == 3


def test_what_was_refused_may_be_sent_again(visit: Visit) -> None:
    hilde, key = visit("hilde"), new_key()
    assert hilde.post("/proef/bewaar", {"once": key, "answer": "422"}).status == 422
    assert hilde.post("/proef/bewaar", {"once": key}).location == "/proef/1"
    assert hilde.post("/proef/bewaar", {"once": key}).location == "/proef/1"
    assert kit.rows() == 1


def test_what_failed_may_be_sent_again(visit: Visit) -> None:
    hilde, key = visit("hilde"), new_key()
    assert hilde.post("/proef/laat/database", {"once": key}).status == 503
    assert hilde.post("/proef/laat/database", {"once": key}).status == 503
    assert db.session.scalars(select(FormOnce)).all() == []


REFUSING = {
    "sqlite": "CREATE TRIGGER full_disk BEFORE UPDATE ON form_once BEGIN SELECT RAISE(ABORT, 'full'); END",
    "postgresql": "CREATE FUNCTION full_disk() RETURNS trigger AS "
    "'BEGIN RAISE EXCEPTION USING ERRCODE = ''53100''; END' LANGUAGE plpgsql; "
    "CREATE TRIGGER full_disk BEFORE UPDATE ON form_once EXECUTE FUNCTION full_disk()",
}
TAKING_AGAIN = {"sqlite": "DROP TRIGGER full_disk", "postgresql": "DROP FUNCTION full_disk CASCADE"}


@contextmanager
def refusing_to_remember() -> Iterator[None]:
    db.session.execute(text(REFUSING[db.engine.dialect.name]))
    db.session.commit()
    try:
        yield
    finally:
        db.session.execute(text(TAKING_AGAIN[db.engine.dialect.name]))
        db.session.commit()


def test_what_fails_after_the_view_is_answered_with_a_page_and_may_be_sent_again(visit: Visit) -> None:
    with refusing_to_remember():
        page = visit("hilde").post("/proef/bewaar", {"once": new_key()})
    assert page.status in (500, 503)
    assert "<main" in page.text
    assert kit.rows() == 0
    assert db.session.scalars(select(FormOnce)).all() == []


def test_a_form_without_a_key_works_each_time(visit: Visit) -> None:
    hilde = visit("hilde")
    assert [hilde.post("/proef/bewaar").location for _ in range(2)] == ["/proef/1", "/proef/2"]


def test_the_key_itself_is_not_kept(visit: Visit) -> None:
    hilde, key = visit("hilde"), new_key()
    hilde.post("/proef/bewaar", {"once": key})
    kept = db.session.scalars(select(FormOnce)).one()
    assert key not in kept.key_hash
    assert len(kept.key_hash) == 64


def test_no_two_forms_have_the_same_key() -> None:
    assert len({new_key() for _ in range(1000)}) == 1000


def test_the_key_of_a_sent_form_goes_after_two_days(visit: Visit) -> None:
    visit("hilde").post("/proef/bewaar", {"once": new_key()})
    for hours, left in ((47, 1), (49, 0)):
        with clock.at(clock.now() + timedelta(hours=hours)):
            forget_sent_forms()
            db.session.commit()
        assert len(db.session.scalars(select(FormOnce)).all()) == left
        db.session.rollback()
