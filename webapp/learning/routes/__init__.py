"""Learning sessions: the list, preparing one, the desk, the wall, and the page for whoever takes part."""

from flask import Flask

from webapp.learning.routes import sessions
from webapp.learning.routes.blueprint import bp
from webapp.web import menu

MODULES = (sessions,)


def init_app(app: Flask) -> None:
    """Bring the pages of this area."""
    app.register_blueprint(bp)
    menu.belongs(app, "learning", "lessons")
