"""The pages of a question on its way over the bridge, one module for each stretch of the way."""

from flask import Flask

from webapp.policy.actor import Actor
from webapp.referrals import (
    around,
    between_needs,
    forgetting,  # noqa: F401 - registers clocks
    letters,  # noqa: F401 - registers the mail about a question and where notices lead
    lists,
    needs,
)
from webapp.referrals.lists import Needing
from webapp.referrals.routes import (
    agreements,
    answers,
    asking,
    bringing,
    choosing,
    found,
    handing,
    handouts,
    helping,
    journey,
    listing,
    matching,
    phoning,
    scans,
    talking,
    welcome,
    wording,
)
from webapp.referrals.routes.blueprint import bp
from webapp.vocabulary.words import _l
from webapp.web import finding, menu, numbers
from webapp.web import needs as today

MODULES = (
    wording,
    listing,
    asking,
    matching,
    phoning,
    answers,
    choosing,
    journey,
    agreements,
    scans,
    welcome,
    handouts,
    helping,
    talking,
    handing,
    bringing,
)


def init_app(app: Flask) -> None:
    """Bring the pages of this area."""
    app.register_blueprint(bp)
    today.add(app, needs.all_needs)
    today.add(app, between_needs.all_needs, around.asked_of)
    numbers.add(app, lists.needs)
    finding.add(app, found.YOUNG_PEOPLE)
    menu.add(
        app,
        menu.Entry(
            _l("Referrals"),
            _l("Referring"),
            "referrals.index",
            "footprints",
            order=20,
            phone=2,
            badge=_badge,
            shown=lambda who: listing.is_involved(who) and not listing.only_answers(who),
        ),
    )
    menu.add(
        app,
        menu.Entry(
            _l("Questions"),
            _l("Questions"),
            "referrals.index",
            "inbox",
            order=20,
            phone=2,
            badge=_badge,
            shown=listing.only_answers,
        ),
    )


def _badge(_who: Actor) -> int:
    return sum(numbers.around()[one] for one in Needing)
