"""One transaction a request: reads cannot write, a change commits once, and only when it succeeded.

A form that is only to be read in the other language is a read too.
"""

from contextlib import ExitStack

from flask import Flask, Response, g, request

from webapp.core.db import db, reading
from webapp.web import once, respond
from webapp.web.i18n import turned_to

SAFE = ("GET", "HEAD", "OPTIONS")


def only_reads() -> bool:
    """Whether this request asks for something and changes nothing."""
    return request.method in SAFE or bool(turned_to())


def init_app(app: Flask) -> None:
    """Wrap every request of the application."""

    @app.before_request
    def open_reading() -> None:
        g.transaction = ExitStack()
        if only_reads():
            g.transaction.enter_context(reading())

    @app.after_request
    def finish(response: Response) -> Response:
        if only_reads() or response.status_code >= 400:
            db.session.rollback()
            return response
        try:
            once.remember(response)
            db.session.commit()
        except Exception as error:  # too late for the view, so what a visitor reads is decided here
            db.session.rollback()
            respond.take_back()
            return app.make_response(app.handle_user_exception(error))
        return response

    @app.teardown_request
    def close(_error: BaseException | None) -> None:
        stack: ExitStack | None = g.pop("transaction", None)
        if stack:
            stack.close()
