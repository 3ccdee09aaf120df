"""The demo town served for real, for tests and pictures that need a browser with a screen."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from alembic import command
from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from seeds import load
from tests.support.snapshot import Snapshot
from webapp import create_app
from webapp.cli import alembic_config
from webapp.config import Settings
from webapp.core import outbox
from webapp.core.crypto import create_key_file
from webapp.core.db import db

HOST = "127.0.0.1"


class Quiet(WSGIRequestHandler):
    """Says nothing about each request."""

    def log(self, type: str, message: str, *args: object) -> None:
        """Nothing."""


@dataclass
class Town:
    """Elsterveer, served at `url`."""

    app: Flask
    url: str
    snapshot: Snapshot

    def begin_again(self) -> None:
        """Bring the town back to how it was loaded."""
        with self.app.app_context():
            self.snapshot.restore(db.engine)

    def deliver(self) -> None:
        """Do all work that waits: send mail, run what is due."""
        with self.app.app_context():
            while outbox.run_due("test"):
                pass
            db.session.remove()


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
        log_level="ERROR",
    )
    server = make_server(HOST, 0, lambda environ, start: [], threaded=True, request_handler=Quiet)
    url = f"http://{HOST}:{server.server_port}"
    app = create_app(replace(settings, base_url=url))
    with app.app_context():
        command.upgrade(alembic_config(app), "head")
        load.load_if_empty()
        snapshot = Snapshot.take(db.engine)
    server.app = app
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Town(app, url, snapshot)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        with app.app_context():
            db.engine.dispose()
