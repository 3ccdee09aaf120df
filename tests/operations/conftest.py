"""An installation of its own, with a data folder and a database that a test may break."""

import smtplib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from sqlalchemy import make_url

from tests.people import Cast, settle_in
from tests.support import postgres
from tests.support.copies import copied, thrown_away
from webapp import create_app
from webapp.config import Settings
from webapp.core import crypto, ledger
from webapp.core.crypto import create_key_file
from webapp.core.db import checkpoint, db
from webapp.operations import doctor


@pytest.fixture
def silent_mail_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mail server elsewhere that does not answer; nothing leaves this machine to find that out."""
    real = doctor.smtplib.SMTP

    def connect(host: str, port: int, timeout: float) -> smtplib.SMTP:
        if host not in doctor.LOOPBACK:
            raise TimeoutError
        return real(host, port, timeout=timeout)

    monkeypatch.setattr(doctor.smtplib, "SMTP", connect)


@dataclass
class Town:
    """An application on a database of its own, with the cast in it."""

    app: Flask
    settings: Settings
    cast: Cast

    def again(self) -> None:
        """Forget what is held of the database: it may be another one now."""
        db.session.remove()
        db.engine.dispose()

    def run(self, *arguments: str) -> tuple[int, str]:
        """A command, as at a console: its exit code and what it said."""
        self.again()
        done = self.app.test_cli_runner().invoke(args=list(arguments))
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.exit_code, done.output


@pytest.fixture(scope="session")
def furnished(settings: Settings, blank: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Cast]]:
    """A database that is migrated and inhabited, to be copied; nobody uses it."""
    data = tmp_path_factory.mktemp("furnished")
    url = copied(blank, data / "brug.sqlite")
    before = ledger._file
    app = create_app(replace(settings, data=data, database_url=url))
    with app.app_context():
        cast = settle_in()
        db.session.remove()
        checkpoint()
        db.engine.dispose()
    ledger._file = before
    yield url, cast
    thrown_away(url)


@pytest.fixture
def town(settings: Settings, furnished: tuple[str, Cast], tmp_path: Path) -> Iterator[Town]:
    """Opened, migrated, and inhabited."""
    data, keys = tmp_path / "town", tmp_path / "keys"
    data.mkdir(mode=0o700)
    keys.mkdir(mode=0o700)
    create_key_file(keys / "keys.json")
    template, cast = furnished
    url = copied(template, data / "brug.sqlite")
    ring, file = crypto.ring() if crypto._ring else None, ledger._file
    app = create_app(replace(settings, data=data, database_url=url, key_file=keys / "keys.json", proxies=1))
    with app.app_context():
        yield Town(app, app.config["SETTINGS"], cast)
        db.session.remove()
        db.engine.dispose()
    ledger._file = file
    if ring:
        crypto.use(ring)
    if url.startswith("postgres"):
        _drop_all_like(url)


def _drop_all_like(url: str) -> None:
    """The database, and those of before a restore."""
    name = make_url(url).database or ""
    with psycopg.connect(postgres.address(), autocommit=True) as connection:
        found = connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [name]).fetchall()
    for (one,) in found:
        with suppress(psycopg.Error):
            postgres.drop_database(postgres.address(one))
