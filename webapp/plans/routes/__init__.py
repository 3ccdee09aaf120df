"""Action plans: the list, and one plan in its views."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from webapp.plans.routes import (
    barriers,
    bridge,
    chain,
    choosing,
    exporting,
    importing,
    knowing,
    plan,
    remarks,
    voices,
)
from webapp.plans.routes.blueprint import bp
from webapp.web import beside, menu

MODULES = (plan, bridge, choosing, barriers, knowing, voices, remarks, chain, exporting, importing)


def init_app(app: Flask) -> None:
    """Bring the pages of this area."""
    app.register_blueprint(bp)
    menu.add(app, menu.Entry(_l("Plans"), _l("Plans"), "plans.index", "route", order=50))
    beside.add(app, chain.beside)
