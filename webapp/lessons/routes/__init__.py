"""The log: what the network learned."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from webapp.lessons.routes import booklets, card, fitting, keeping, log, outside, trying, writing
from webapp.lessons.routes.blueprint import bp
from webapp.web import menu, suggestions

MODULES = (booklets, card, fitting, keeping, log, outside, trying, writing)


def init_app(app: Flask) -> None:
    """Bring the pages of this area."""
    app.register_blueprint(bp)
    menu.add(app, menu.Entry(_l("Learning"), _l("Learning"), "lessons.index", "sprout", order=60))
    suggestions.add(app, fitting.provider)
