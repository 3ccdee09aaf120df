"""The whole application with the endpoints of `kit`, and a browser on it."""

import json
import logging
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

import pytest
from flask import Flask

from tests.conftest import BASE_URL
from tests.people import Cast
from tests.support.browse import Browser
from tests.web import kit
from webapp import create_app
from webapp.accounts import sessions
from webapp.config import Settings
from webapp.core.db import db

Visit = Callable[[str], Browser]


@pytest.fixture(scope="session")
def _kit_app(settings: Settings) -> Flask:
    app = create_app(settings)
    kit.add_to(app)
    return app


@pytest.fixture
def kit_app(_kit_app: Flask, app: Flask) -> Iterator[Flask]:
    """The application under test, with a few endpoints more."""
    kit.things.clear()
    kit.told.clear()
    yield _kit_app
    with _kit_app.app_context():
        db.engine.dispose()


@pytest.fixture
def visit(kit_app: Flask, cast: Cast) -> Visit:
    """`visit("hilde")`: as `browse`, on the application with the endpoints of `kit`."""

    def open_as(who: str) -> Browser:
        browser = Browser(kit_app, BASE_URL)
        if who != "guest":
            browser.carry("__Host-session", sessions.start(cast.people[who], second_factor=True))
            db.session.commit()
        return browser

    return open_as


class Log:
    """What was written to the log since the test began."""

    def __init__(self, stream: StringIO) -> None:
        self._stream = stream

    @property
    def text(self) -> str:
        """All of it."""
        return self._stream.getvalue()

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Each line, read as JSON."""
        return [json.loads(line) for line in self.text.splitlines()]


@pytest.fixture
def log(kit_app: Flask) -> Iterator[Log]:
    """The log of the application, through its own handler and format."""
    handler = kit_app.logger.handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    stream = StringIO()
    kept = handler.setStream(stream)
    yield Log(stream)
    handler.setStream(kept)
