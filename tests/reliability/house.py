"""Brug served for real, with people who write without pause: to be killed, stopped, and counted afterwards."""

import http.client
import os
import random
import re
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode

from alembic import command
from flask import Flask
from sqlalchemy import func, select, text

from tests.people import settle_in
from webapp import create_app
from webapp.accounts import installation, sessions
from webapp.accounts.models import Function, Person
from webapp.cli import alembic_config
from webapp.config import ROOT, Settings
from webapp.core import chain, clock, duties
from webapp.core.crypto import create_key_file
from webapp.core.db import db, reading
from webapp.core.history import History
from webapp.core.keys import create_secret_file
from webapp.referrals.models import Referral
from webapp.vocabulary.functions import FunctionKind

START = "/toeleidingen/nieuw"
WHO = {"age_band": "12-14", "friends": "0", "support_level": "2"}
GUIDES = 6
PATIENCE = 300  # seconds that a start may take on a machine that does other things too
BEFORE = 0.55  # seconds between two questions of one person: no more than a person may ask in a minute
LOCATION = re.compile(r"/toeleidingen/([0-9a-f-]{36})")


@dataclass
class House:
    """An installation in a folder of its own, and its processes while they run."""

    settings: Settings
    app: Flask
    tokens: list[str]
    web_processes: int = 2
    running: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    @property
    def port(self) -> int:
        return int(self.settings.base_url.rsplit(":", 1)[1])

    def start(self) -> None:
        """The web server and the worker, in one process group; returns when both are at work."""
        group = 0
        gunicorn = ("gunicorn", "--config", "deploy/gunicorn.conf.py", "webapp.wsgi:app")
        for arguments in (gunicorn, ("flask", "--app", "webapp", "deliver")):
            process = subprocess.Popen(
                [sys.executable, "-m", *arguments], cwd=ROOT, env=self._environment(), process_group=group
            )
            self.running.append(process)
            group = group or process.pid
        began, deadline = clock.now(), time.monotonic() + PATIENCE
        while not (self._answers() and self._beats(began)):
            assert all(process.poll() is None for process in self.running), "a process ended by itself"
            assert time.monotonic() < deadline, "the web server does not answer"
            time.sleep(0.05)

    def kill(self) -> None:
        """The whole process group at once, as a power cut or an out-of-memory does."""
        os.killpg(self.running[0].pid, signal.SIGKILL)
        for process in self.running:
            process.wait()
        self.running.clear()

    def stop(self, within: float = 35) -> list[int]:
        """Ask both to stop; their exit codes."""
        for process in self.running:
            process.terminate()
        codes = [process.wait(within) for process in self.running]
        self.running.clear()
        return codes

    def _answers(self) -> bool:
        try:
            return Visitor(self.port, "").ask("GET", "/healthz").status == 200
        except (OSError, http.client.HTTPException):
            return False

    def _beats(self, since: datetime) -> bool:
        """Whether the worker gave a sign of life."""
        with self.app.app_context(), reading():
            run = duties.all_runs().get(duties.Duty.WORKER)
            db.session.remove()
            return run is not None and run.ended_at is not None and run.ended_at >= since

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("BRUG_")}
        return kept | {
            "BRUG_DATA": str(self.settings.data),
            "BRUG_DATABASE_URL": self.settings.database_url,
            "BRUG_BASE_URL": self.settings.base_url,
            "BRUG_BIND": f"127.0.0.1:{self.port}",
            "BRUG_DEMO": "1",
            "BRUG_LOG_LEVEL": "CRITICAL",
            "BRUG_WEB_PROCESSES": str(self.web_processes),
        }


class Visitor:
    """A browser in which somebody is signed in, with a connection for each request."""

    def __init__(self, port: int, token: str) -> None:
        self.port = port
        self.cookies = {"session": token, "lang": "nl"} if token else {}

    def ask(
        self, method: str, path: str, data: dict[str, str] | None = None, more: dict[str, str] | None = None
    ) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            headers = {
                "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
                "Referer": f"http://127.0.0.1:{self.port}/",
                "Content-Type": "application/x-www-form-urlencoded",
                **(more or {}),
            }
            connection.request(method, path, urlencode(data) if data else None, headers)
            answer = connection.getresponse()
            answer.text = answer.read().decode()  # type: ignore[attr-defined]
            for line in answer.headers.get_all("Set-Cookie") or []:
                name, _, value = line.partition(";")[0].partition("=")
                self.cookies[name] = value
            return answer
        finally:
            connection.close()

    def csrf(self) -> str:
        return self.ask("GET", "/csrf").text  # type: ignore[attr-defined,no-any-return]


@dataclass
class Writer:
    """A guide who starts one question after the other. A question that was not confirmed is sent again, as the same."""

    visitor: Visitor
    confirmed: dict[str, set[uuid.UUID]] = field(default_factory=dict)
    strange: list[str] = field(default_factory=list)
    sent: int = 0
    gave_up: bool = False

    def write(self, over: threading.Event, *, again: bool) -> None:
        token = ""
        while not over.is_set():
            key = secrets.token_urlsafe(12)
            self.sent += 1
            while not over.is_set() or (again and not self.gave_up):
                try:
                    token = token or self.visitor.csrf()
                    if self._send(key, token):
                        break
                except (OSError, http.client.HTTPException):
                    if not again:
                        return
                time.sleep(0.05)
            over.wait(BEFORE * random.uniform(0.8, 1.2))  # noqa: S311 - spreads writers

    def _send(self, key: str, token: str) -> bool:
        answer = self.visitor.ask("POST", START, {**WHO, "csrf_token": token, "once": key})
        found = LOCATION.search(answer.headers.get("Location", ""))
        if answer.status == 303 and found:
            self.confirmed.setdefault(key, set()).add(uuid.UUID(found[1]))
            return True
        if answer.status not in (429, 502, 503):
            self.strange.append(f"{answer.status} {answer.headers.get('Location', '')}")
            return True
        return False


@contextmanager
def opened(data: Path, database_url: str = "", web_processes: int = 2) -> Iterator[House]:
    """A house with guides in it. Nothing keeps running afterwards."""
    data.chmod(0o700)
    create_key_file(data / "keys.json")
    create_secret_file(data / "secret")
    settings = Settings(
        data=data,
        database_url=database_url or f"sqlite:///{data / 'brug.sqlite'}",
        base_url=f"http://127.0.0.1:{_free_port()}",
        secret=(data / "secret").read_bytes(),
        key_file=data / "keys.json",
        demo=True,
        log_level="ERROR",
    )
    app = create_app(settings)
    with app.app_context():
        command.upgrade(alembic_config(app), "head")
        installation.claim_for_demo()
        cast = settle_in()
        tokens = [_guide(number, cast.organisations["lantaarn"]) for number in range(GUIDES)]
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    house = House(settings, app, tokens, web_processes)
    try:
        yield house
    finally:
        if house.running:
            house.kill()
        with app.app_context():
            db.engine.dispose()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _guide(number: int, organisation_id: uuid.UUID) -> str:
    person = Person(name=f"Gids {number}", email=f"gids{number}@brug.example")
    db.session.add(person)
    db.session.flush()
    db.session.add(
        Function(person_id=person.id, organisation_id=organisation_id, kind=FunctionKind.GUIDE, begins_on=clock.today())
    )
    return sessions.start(person.id)


@dataclass(frozen=True)
class Count:
    """What the database holds in the end."""

    referrals: set[uuid.UUID]
    begun_twice: int
    log: str
    integrity: str


def counted(house: House) -> Count:
    """Read it with nobody running."""
    with house.app.app_context():
        begun = select(History.thing_id, func.count()).group_by(History.thing_id, History.step).having(func.count() > 1)
        integrity = "ok"
        if db.engine.dialect.name == "sqlite":
            integrity = str(db.session.execute(text("PRAGMA integrity_check")).scalar())
        found = Count(
            set(db.session.scalars(select(Referral.id))),
            len(db.session.execute(begun).all()),
            chain.verify().fault,
            integrity,
        )
        db.session.remove()
        db.engine.dispose()
        return found


@contextmanager
def writing(house: House, *, again: bool) -> Iterator[list[Writer]]:
    """Everybody writes while this lasts."""
    over = threading.Event()
    writers = [Writer(Visitor(house.port, token)) for token in house.tokens]
    threads = [threading.Thread(target=one.write, args=(over,), kwargs={"again": again}) for one in writers]
    for thread in threads:
        thread.start()
    try:
        yield writers
    except BaseException:
        for one in writers:
            one.gave_up = True  # nobody will answer any more
        raise
    finally:
        over.set()
        for thread in threads:
            thread.join()
