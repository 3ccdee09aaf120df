"""A process of the web server that stops."""

import gc
import runpy
from types import SimpleNamespace
from typing import Any

from flask import Flask
from sqlalchemy import text

from webapp.config import ROOT
from webapp.core.db import db


def test_it_closes_its_connections_so_that_the_last_one_empties_the_write_ahead_log(app: Flask) -> None:
    db.session.execute(text("SELECT 1"))
    db.session.remove()
    used: Any = db.engine.pool
    assert used.checkedin()
    try:
        server = runpy.run_path(str(ROOT / "deploy/gunicorn.conf.py"))
    finally:
        gc.enable()
    server["worker_exit"](None, SimpleNamespace(wsgi=app))
    assert not used.checkedin()
    server["worker_exit"](None, SimpleNamespace(wsgi=None))  # one that never began
