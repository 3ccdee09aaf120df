"""The worker outlives a database that is away or full for a while, and says so."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from webapp import cli
from webapp.cli import Worker
from webapp.config import Settings
from webapp.core import outbox
from webapp.operations import nightly


def away(*_arguments: Any) -> int:
    raise OperationalError("UPDATE job", {}, Exception("database is full"))


@pytest.mark.parametrize(("where", "what"), [(outbox, "run_due"), (nightly, "beat")])
def test_what_cannot_be_written_now_is_tried_again(
    app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch, where: Any, what: str
) -> None:
    worker, rounds = Worker(settings), []
    real: Callable[..., Any] = getattr(where, what)

    def fail_twice(*arguments: Any) -> Any:
        rounds.append(what)
        if len(rounds) <= 2:
            return away()
        worker.stopping = True
        return real(*arguments)

    monkeypatch.setattr(where, what, fail_twice)
    monkeypatch.setattr(nightly, "start_due", lambda _settings: [])
    monkeypatch.setattr(cli, "PAUSE_SECONDS", 0)
    monkeypatch.setattr(cli, "PAUSE_AFTER_TROUBLE", 0)
    monkeypatch.setattr(cli.signal, "signal", lambda *_arguments: None)
    worker.run()
    assert len(rounds) == 3
