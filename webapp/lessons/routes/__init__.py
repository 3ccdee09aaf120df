"""The log: what the network learned."""

from flask import Flask

from webapp.lessons.routes import log, outside
from webapp.lessons.routes.blueprint import bp

MODULES = (log, outside)


def init_app(app: Flask) -> None:
    """Bring the pages of this area."""
    app.register_blueprint(bp)
