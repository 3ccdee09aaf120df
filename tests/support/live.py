"""The demo town served for real, for tests and pictures that need a browser with a screen."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from alembic import command
from flask import Flask, Response, request
from werkzeug.serving import WSGIRequestHandler, make_server

from seeds import load
from tests.support.snapshot import Snapshot
from webapp import create_app
from webapp.cli import alembic_config
from webapp.config import Settings
from webapp.core import clock, outbox, sweeps
from webapp.core.crypto import create_key_file
from webapp.core.db import db

HOST = "127.0.0.1"
PATIENCE = 10


class Quiet(WSGIRequestHandler):
    """Says nothing about each request."""

    def log(self, type: str, message: str, *args: object) -> None:
        """Nothing."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One answer that left the server."""

    path: str
    status: int
    text: str


@dataclass
class Town:
    """Elsterveer, served at `url`. `sent` holds every answer with words in it since the town began (again)."""

    app: Flask
    url: str
    snapshot: Snapshot
    ahead: timedelta = timedelta()
    sent: list[Sent] = field(default_factory=list)
    answering: int = 0
    idle: threading.Condition = field(default_factory=threading.Condition)

    def begin_again(self) -> None:
        """Bring the town back to how it was loaded, and to the present.

        A browser that was closed may have asked something yet: a file is not replaced below who reads it.
        """
        with self.idle:
            assert self.idle.wait_for(lambda: not self.answering, PATIENCE), "a request was never answered"
            self.ahead = timedelta()
            self.sent.clear()
            with self.app.app_context():
                self.snapshot.restore(db.engine)

    def later(self, time: timedelta) -> None:
        """Let time go by for everybody in town, and do what its clocks do."""
        self.ahead += time
        with self.app.app_context(), self.clock():
            sweeps.enqueue_slot()
        self.deliver()

    def clock(self) -> Any:
        """Inside, it is as late as it is in town."""
        return clock.at(datetime.now(UTC) + self.ahead) if self.ahead else nullcontext()

    def deliver(self) -> None:
        """Do all work that waits: send mail, run what is due."""
        with self.app.app_context(), self.clock():
            while outbox.run_due("test"):
                pass
            db.session.remove()

    def serve(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        """Answer one request, at the time that it is in town."""
        with self._answering(), self.clock():
            return self.app(environ, start)

    @contextmanager
    def _answering(self) -> Iterator[None]:
        self._count(1)
        try:
            yield
        finally:
            self._count(-1)

    def _count(self, more: int) -> None:
        with self.idle:
            self.answering += more
            self.idle.notify_all()

    def note(self, response: Response) -> Response:
        """Remember what is sent, before it is compressed."""
        if not response.direct_passthrough:
            self.sent.append(Sent(request.path, response.status_code, response.get_data().decode(errors="replace")))
        return response

    @property
    def named_url(self) -> str:
        """The same town under a name: browsers have no passkeys for an address of digits."""
        return self.url.replace(HOST, "localhost")

    @property
    def violations(self) -> list[str]:
        """What browsers reported against our security policy."""
        return [one.path for one in self.sent if one.path == "/csp-report"]


@contextmanager
def served(data: Path, database_url: str = "") -> Iterator[Town]:
    """Load the town in an empty database and serve it on a free port of this machine."""
    create_key_file(data / "keys.json")
    settings = Settings(
        data=data,
        database_url=database_url or f"sqlite:///{data / 'town.sqlite'}",
        base_url=f"http://{HOST}:8000",
        secret=b"a secret for the demo town in tests, long enough",
        key_file=data / "keys.json",
        demo=True,
        trusted_hosts=("localhost",),
        log_level="ERROR",
    )
    server = make_server(HOST, 0, lambda environ, start: [], threaded=True, request_handler=Quiet)
    url = f"http://{HOST}:{server.server_port}"
    app = create_app(replace(settings, base_url=url))
    with app.app_context():
        command.upgrade(alembic_config(app), "head")
        load.load_if_empty()
        snapshot = Snapshot.take(db.engine)
    town = Town(app, url, snapshot)
    app.after_request(town.note)
    server.app = town.serve
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield town
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        with app.app_context():
            db.engine.dispose()
