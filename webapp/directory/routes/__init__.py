"""Offers and organisations: looking, and keeping them right."""

from flask import Flask

from webapp.directory import (
    labels,
    letters,  # noqa: F401 - registers the monthly mail
    needs,
    reminding,  # noqa: F401 - registers the clock that asks for it
)
from webapp.directory.routes import (
    editing,
    explaining,
    found,
    keeping,
    offers,
    one_offer,
    organisations,
    photos,
    resting,
)
from webapp.directory.routes.blueprint import bp
from webapp.vocabulary.words import _l
from webapp.web import finding, menu
from webapp.web import needs as today
from webapp.web.i18n import capital

MODULES = (offers, one_offer, editing, explaining, keeping, organisations, photos, resting)
SHOWN = (
    labels.offer_icon, labels.age_line, labels.when_line, labels.price_line, labels.room_tag, labels.freshness,
    capital, labels.tel,
)  # fmt: skip


def init_app(app: Flask) -> None:
    """Bring the pages of this area, and the lines by which other areas show an offer too."""
    app.register_blueprint(bp)
    today.add(app, needs.all_needs, needs.numbers)
    app.jinja_env.filters.update({say.__name__: say for say in SHOWN})
    menu.add(app, menu.Entry(_l("Offers"), _l("Offers"), "directory.offers", "map", order=30))
    for kind in (found.PEOPLE, found.OFFERS, found.ORGANISATIONS):
        finding.add(app, kind)
