"""Logs as JSON lines: what happened and how long it took, without bodies, query strings, names or tokens."""

import json
import logging
import re
import sys
import time
import uuid
from typing import Any

from flask import Flask, Response, g, request

from webapp.core import audit, clock
from webapp.core.links import Purpose

TOKEN_PATH = re.compile(rf"/({'|'.join(Purpose)})_[A-Za-z0-9_-]{{20,60}}")


def masked(path: str) -> str:
    """A path that is safe to keep: the token of a link reads as dots."""
    return TOKEN_PATH.sub("/…", path)


class JsonLines(logging.Formatter):
    """One JSON object a line; line breaks inside a message cannot forge a second entry."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        entry: dict[str, Any] = {
            "at": clock.now().isoformat(),
            "level": record.levelname,
            "event": masked(record.getMessage()),
        }
        entry |= getattr(record, "facts", {})
        if record.exc_info and record.exc_info[0]:
            entry["error"] = record.exc_info[0].__name__
            entry["where"] = _frames(record.exc_info[2])
        return json.dumps(entry, ensure_ascii=True, default=str)


def _frames(trace: Any) -> list[str]:
    """File and line of each frame of our own, never a value."""
    frames = []
    while trace:
        code = trace.tb_frame.f_code
        if "webapp" in code.co_filename:
            frames.append(f"{code.co_filename.rsplit('webapp/', 1)[-1]}:{trace.tb_lineno}")
        trace = trace.tb_next
    return frames


def init_app(app: Flask) -> None:
    """Write one line for every request, to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    app.logger.handlers = [handler]
    app.logger.propagate = False
    app.logger.setLevel(app.config["SETTINGS"].log_level)

    @app.before_request
    def begin() -> None:
        g.started = time.monotonic()
        audit.request_id.set(uuid.uuid4().hex)

    @app.after_request
    def tell(response: Response) -> Response:
        actor = g.get("actor")
        facts = {
            "method": request.method,
            "path": masked(request.path),
            "status": response.status_code,
            "ms": round((time.monotonic() - g.get("started", time.monotonic())) * 1000),
            "person": actor.person_id if actor else None,
            "request": audit.request_id.get(),
            "code": g.get("speakable"),
        }
        app.logger.info("request", extra={"facts": facts})
        return response
