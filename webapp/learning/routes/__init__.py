"""Learning sessions: which there are."""

from flask import Flask

from webapp.learning.routes import desk, desk_pages, preparing, sessions
from webapp.learning.routes.blueprint import bp
from webapp.web import menu

MODULES = (desk, desk_pages, preparing, sessions)


def init_app(app: Flask) -> None:
    """Bring the pages of this area."""
    app.register_blueprint(bp)
    menu.belongs(app, "learning", "lessons")
