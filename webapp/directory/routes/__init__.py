"""Offers and organisations: looking, and keeping them right."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from webapp.directory.routes import offers
from webapp.directory.routes.blueprint import bp
from webapp.web import menu

MODULES = (offers,)


def init_app(app: Flask) -> None:
    """Bring the pages of this area."""
    app.register_blueprint(bp)
    menu.add(app, menu.Entry(_l("Offers"), _l("Offers"), "directory.offers", "map", order=30))
