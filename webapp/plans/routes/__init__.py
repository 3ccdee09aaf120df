"""Action plans: the list, and one plan in its views."""

from flask import Flask

from webapp.groups import home
from webapp.plans import agreed, agreed_needs, lookbacks, needs, origins
from webapp.plans.routes import (
    agreements,
    barriers,
    board,
    bridge,
    chain,
    choosing,
    decided,
    doing,
    exporting,
    importing,
    knowing,
    others,
    placing,
    plan,
    remarks,
    reviews,
    seeing,
    timeline,
    using,
    voices,
)
from webapp.plans.routes.blueprint import bp
from webapp.vocabulary.words import _l
from webapp.web import beside, menu, suggestions
from webapp.web import needs as today

MODULES = (
    plan, bridge, board, timeline, reviews, doing, placing, choosing, seeing, barriers, knowing, voices, remarks, chain,
    exporting, importing, agreements, others, using, decided,
)  # fmt: skip


def init_app(app: Flask) -> None:
    """Bring the pages of this area."""
    app.register_blueprint(bp)
    menu.add(app, menu.Entry(_l("Plans"), _l("Plans"), "plans.index", "route", order=50))
    beside.add(app, chain.beside)
    home.stands_in(app, placing.plan_of)
    origins.tell()
    today.add(app, needs.all_needs, lookbacks.any_coming)
    today.add(app, agreed_needs.all_needs, agreed.any_due)
    for provider in (others.tools, others.actions):
        suggestions.add(app, provider)
