"""The page under the bell, which mail somebody wants, and in the demo the mailbox."""

from flask import Flask

from webapp.config import Settings
from webapp.notifications import bell as number
from webapp.notifications import (
    digest,  # noqa: F401 - registers what the clock does
    letters,  # noqa: F401 - registers what mails say
)
from webapp.notifications.routes import bell, mailbox, mails
from webapp.notifications.routes.blueprint import bp
from webapp.web import numbers

MODULES = (bell, mails)


def init_app(app: Flask) -> None:
    """Bring the pages of this area; the mailbox exists in the demo alone."""
    app.register_blueprint(bp)
    numbers.add(app, number.numbers)
    settings: Settings = app.config["SETTINGS"]
    if settings.demo:
        app.register_blueprint(mailbox.bp)
