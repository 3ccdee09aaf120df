"""Signing in and out, people and their seats."""

from flask import Flask

from webapp.accounts.routes import signing_in
from webapp.accounts.routes.blueprint import bp

MODULES = (signing_in,)


def init_app(app: Flask) -> None:
    """Bring the pages of this area."""
    app.register_blueprint(bp)
