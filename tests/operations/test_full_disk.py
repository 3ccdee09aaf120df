"""A full disk and a database that may only be read: reading goes on, nothing is half written, and it says so."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from flask import Flask
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import InternalError, OperationalError

from tests import factories
from tests.people import Cast
from tests.referrals.asking import WHO
from tests.referrals.steps import id_of
from tests.support.browse import Browse
from webapp.accounts.models import Person
from webapp.core import audit, clock, keeping
from webapp.core.audit import Audit
from webapp.core.db import checkpoint, db
from webapp.core.errors import Unavailable
from webapp.policy.actor import CLOCK
from webapp.referrals.models import Referral

WORDS = {"nl": "Er kan nu niets bewaard worden", "en": "Nothing can be kept just now"}


@contextmanager
def on_every_connection(*statements: str) -> Iterator[None]:
    """Say something to each new connection of the application, and begin with new ones."""

    def say(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        for statement in statements:
            cursor.execute(statement)
        cursor.close()
        connection.commit()

    engine = db.engine
    db.session.remove()
    event.listen(engine, "connect", say)
    engine.dispose()
    try:
        yield
    finally:
        db.session.remove()
        event.remove(engine, "connect", say)
        engine.dispose()


@contextmanager
def read_only() -> Iterator[None]:
    sqlite = db.engine.dialect.name == "sqlite"
    with on_every_connection("PRAGMA query_only = ON" if sqlite else "SET default_transaction_read_only = on"):
        yield


@contextmanager
def full() -> Iterator[None]:
    """No page more than there are now. PostgreSQL has no such switch."""
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL cannot be told to be full")
    db.session.rollback()
    checkpoint()
    with db.engine.connect() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar()
    with on_every_connection(f"PRAGMA max_page_count = {pages}"):
        yield


def count(model: Any) -> int:
    number = db.session.scalar(select(func.count()).select_from(model)) or 0
    db.session.rollback()
    return number


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_change_is_answered_with_a_clear_page_and_leaves_nothing(
    app: Flask, cast: Cast, browse: Browse, language: str
) -> None:
    hilde, path = browse("hilde"), "/toeleidingen/nieuw"
    hilde.carry("lang", language)
    before = (count(Referral), count(Audit), count(Person))
    form = hilde.get(path)
    with read_only():
        page = hilde.submit(form, path, **WHO)
        assert page.status == 503
        assert page.says(WORDS[language])
        assert page.response.headers["Retry-After"]
    assert (count(Referral), count(Audit), count(Person)) == before
    assert hilde.submit(hilde.get(path), path, **WHO).status == 303, "it works again without a restart"


def test_a_change_after_a_pause_is_answered_with_the_same_page(cast: Cast, browse: Browse) -> None:
    """After some minutes the change also notes that somebody is there; that may not hide what is wrong."""
    hilde, path = browse("hilde"), "/toeleidingen/nieuw"
    form = hilde.get(path)
    with read_only(), clock.at(clock.now() + timedelta(minutes=6)):
        page = hilde.submit(form, path, **WHO)
        assert page.status == 503
        assert page.says(WORDS["nl"])


def test_nothing_is_said_to_be_kept_when_it_fails_at_the_very_end(
    cast: Cast, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mostly a full disk shows only when the change is committed; by then the page had its message."""
    path = f"/toeleidingen/{id_of(factories.trying(cast))}"
    hilde = browse("hilde")
    shown = hilde.get(path)

    def fail() -> None:
        raise OperationalError("COMMIT", {}, psycopg.errors.DiskFull())

    monkeypatch.setattr(db.session, "commit", fail)
    page = hilde.submit(shown, f"{path}/afronden")
    monkeypatch.undo()
    assert (page.status, page.says(WORDS["nl"])) == (503, True)
    assert not page.says("Afgerond. Bedankt")
    assert not hilde.get(path).says("Afgerond. Bedankt")


def test_reading_goes_on(app: Flask, cast: Cast, browse: Browse) -> None:
    hilde = browse("hilde")
    with read_only(), clock.at(clock.now() + timedelta(minutes=30)):
        for path in ("/", "/aanbod", "/organisaties", "/toeleidingen"):
            assert hilde.get(path).status == 200, path


def test_what_must_be_written_down_is_not_shown(app: Flask, cast: Cast, browse: Browse) -> None:
    path = f"/toeleidingen/{factories.agreed(cast).id}"
    hilde = browse("hilde")
    [title] = [node.text for node in hilde.get(path).nodes() if node.tag.endswith("title") and node.text][:1]
    told = title.partition(" · ")[0]
    with read_only():
        page = hilde.get(path)
        assert page.status == 503
        assert page.says(WORDS["nl"])
        [main] = [node for node in page.nodes() if node.tag.endswith("}main")]
        assert told not in "".join(main.itertext())  # around it an organisation may be called as the young person is
    assert hilde.get(path).status == 200


def write_until_full() -> None:
    for number in range(2000):
        db.session.add(Person(name="Vol " * 9, email=f"vol{number}@brug.example"))
        audit.write("sign_in", by=CLOCK)
        db.session.flush()


def test_a_full_disk_is_the_same(app: Flask, cast: Cast) -> None:
    with full():
        with pytest.raises((OperationalError, Unavailable)) as caught:
            write_until_full()
        assert keeping.is_impossible(caught.value)
        db.session.rollback()
        assert db.session.scalar(select(func.count()).select_from(Person).where(Person.name.startswith("Vol"))) == 0


def wrapped(error: Exception) -> Unavailable:
    outer = Unavailable("the audit log cannot be written")
    outer.__cause__ = error
    return outer


@pytest.mark.parametrize(
    ("error", "impossible"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), True),
        (OSError(errno.EROFS, "Read-only file system"), True),
        (OSError(errno.ENOENT, "No such file"), False),
        (OperationalError("INSERT", {}, psycopg.errors.DiskFull()), True),
        (InternalError("INSERT", {}, psycopg.errors.ReadOnlySqlTransaction()), True),
        (OperationalError("SELECT", {}, psycopg.errors.AdminShutdown()), False),
        (wrapped(OSError(errno.ENOSPC, "No space left on device")), True),
        (ValueError("x"), False),
    ],
)
def test_what_counts_as_nothing_can_be_kept(error: Exception, impossible: bool) -> None:
    assert keeping.is_impossible(error) is impossible
