"""The pages of a question on its way over the bridge, one module for each stretch of the way."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from webapp.referrals.routes import listing
from webapp.referrals.routes.blueprint import bp
from webapp.web import menu

MODULES = (listing,)


def init_app(app: Flask) -> None:
    """Bring the pages of this area."""
    app.register_blueprint(bp)
    menu.add(app, menu.Entry(_l("Referrals"), _l("Referrals"), "referrals.index", "footprints", order=20))
