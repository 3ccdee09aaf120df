"""Learning sessions: which there are."""

from flask import Flask

from webapp.learning.routes import preparing, sessions
from webapp.learning.routes.blueprint import bp
from webapp.web import menu

MODULES = (preparing, sessions)


def init_app(app: Flask) -> None:
    """Bring the pages of this area."""
    app.register_blueprint(bp)
    menu.belongs(app, "learning", "lessons")
