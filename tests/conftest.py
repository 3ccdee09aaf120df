"""What every test stands on: one application, a database that is as new for each test, the cast, and `browse`."""

import gc
import os
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from argon2 import PasswordHasher
from flask import Flask

from tests.extent import IN_BROWSER, SAME_ON_EACH_DATABASE, WIDE, stands_in
from tests.people import Cast, settle_in
from tests.support import browser as chromium
from tests.support import postgres
from tests.support.browse import Browser, remember_good_pages
from tests.support.copies import copied, thrown_away
from tests.support.snapshot import Snapshot
from webapp import create_app
from webapp.accounts import recovery, sessions
from webapp.cli import alembic_config
from webapp.config import LOOPBACK, Settings
from webapp.core.crypto import create_key_file
from webapp.core.db import checkpoint, db
from webapp.notifications import mail
from webapp.web import translations

BASE_URL = "https://brug.test"
MEMORY, ROOM = Path("/dev/shm"), 512 * 1024 * 1024


def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL when this run asks for it, and compile what translators wrote."""
    postgres.start_for(config)
    translations.compile_all()
    if config.pluginmanager.hasplugin("cacheprovider"):
        remember_good_pages(config.cache.mkdir("good-pages"))
    recovery.hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)  # the slow one has its own test


def pytest_collection() -> None:
    """Reading so many files makes next to no garbage, and looking for it takes a third of the time."""
    gc.disable()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """A file of the other kind need not be read to know that none of its tests is wanted."""
    kind = str(config.option.markexpr).partition(" and ")[0]
    if kind not in ("browser", "not browser") or collection_path.is_dir():
        return None
    return stands_in(IN_BROWSER, collection_path) != (kind == "browser") or None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Which tests run when stands in `extent`; those in `journeys` are user stories."""
    for item in items:
        if stands_in(IN_BROWSER, item.path):
            item.add_marker("browser")
        if "journeys" in item.path.parts:
            item.add_marker("journey")
        if stands_in(WIDE, item.path):
            item.add_marker("wide")
    if postgres.is_asked_for():
        once = {item for item in items if stands_in(SAME_ON_EACH_DATABASE, item.path)}
        config.hook.pytest_deselected(items=list(once))
        items[:] = [item for item in items if item not in once]


def pytest_collection_finish() -> None:
    """What was loaded until here stays until the end: the collector of garbage need not look through it each time."""
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    """Chromium as this machine has it."""
    return {**browser_type_launch_args, **chromium.launch_arguments()}


@pytest.fixture(scope="session", autouse=True)
def stays_at_home() -> Iterator[None]:
    """Brug asks nothing outside this machine: in no test does our process open a connection elsewhere."""
    connect = socket.socket.connect

    def at_home(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
            raise AssertionError(f"something wanted to go to {address[0]}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(socket.socket, "connect", at_home)
        yield


@pytest.fixture(scope="session")
def in_memory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder in memory, where each commit need not wait for a disk; in a small machine one on disk."""
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        with tempfile.TemporaryDirectory(prefix="brug-", dir=MEMORY) as folder:
            yield Path(folder)
    else:
        yield tmp_path_factory.mktemp("data")


@pytest.fixture(scope="session")
def settings(in_memory: Path) -> Settings:
    """The settings of the application under test: https, no demo."""
    data = in_memory
    create_key_file(data / "keys.json")
    return Settings(
        data=data,
        database_url=_database_url(data),
        base_url=BASE_URL,
        secret=b"a secret for the tests, long enough to pass",
        key_file=data / "keys.json",
        smtp_url="smtp://127.0.0.1:9",
        town="Rietvoorde",
        network="Jeugdnetwerk Rietvoorde",
    )


def _database_url(data: Path) -> str:
    if postgres.is_asked_for():
        return postgres.create_database()
    return f"sqlite:///{data / 'brug.sqlite'}"


@pytest.fixture(scope="session")
def _migrated(settings: Settings) -> Iterator[tuple[Flask, str]]:
    """The application on a database with every table, and the address of a copy of that."""
    app = create_app(settings)
    app.config["TESTING"] = False  # errors answer as they do for visitors
    with app.app_context():
        command.upgrade(alembic_config(app), "head")
        db.session.remove()
        checkpoint()
        db.engine.dispose()
    blank = copied(settings.database_url, settings.data / "blank.sqlite")
    yield app, blank
    with app.app_context():
        db.engine.dispose()
    thrown_away(blank)
    thrown_away(settings.database_url)


@pytest.fixture(scope="session")
def _app(_migrated: tuple[Flask, str]) -> Flask:
    return _migrated[0]


@pytest.fixture(scope="session")
def blank(_migrated: tuple[Flask, str]) -> str:
    """The address of a database with every table and nobody in it, to be copied; nobody uses it."""
    return _migrated[1]


@pytest.fixture(scope="session")
def _stage(_app: Flask) -> tuple[Cast, Snapshot]:
    """The cast settles in once; every test begins from this picture of the database."""
    with _app.app_context():
        cast = settle_in()
        return cast, Snapshot.take(db.engine)


@pytest.fixture
def app(_app: Flask, _stage: tuple[Cast, Snapshot]) -> Iterator[Flask]:
    """The application on a database that holds the cast and nothing else, in an application context."""
    with _app.app_context():
        _stage[1].restore(db.engine)
        (_app.config["SETTINGS"].backups / "erased.jsonl").unlink(
            missing_ok=True
        )  # it tells of what another test erased
        yield _app
        db.session.remove()


@pytest.fixture
def cast(app: Flask, _stage: tuple[Cast, Snapshot]) -> Cast:
    """Everybody's ids."""
    return _stage[0]


@pytest.fixture
def mailed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[EmailMessage]:
    """Every mail that leaves."""
    found: list[EmailMessage] = []
    monkeypatch.setattr(mail, "_hand_over", lambda message, _url: found.append(message))
    return found


@pytest.fixture
def browse(app: Flask, cast: Cast) -> Callable[[str], Browser]:
    """`browse("hilde")` is a browser in which Hilde is signed in; `browse("guest")` one in which nobody is."""

    def open_as(who: str) -> Browser:
        db.session.rollback()  # what a test that read before still holds
        browser = Browser(app, BASE_URL)
        if who != "guest":
            with app.app_context():
                token = sessions.start(cast.people[who], second_factor=True)
                db.session.commit()
            browser.carry("__Host-session", token)
        return browser

    return open_as
