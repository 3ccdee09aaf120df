"""The first page after signing in."""

from flask import Blueprint, Flask, Response, request

from webapp.core import clock
from webapp.policy.permissions import Can
from webapp.today import overview
from webapp.vocabulary.words import _l
from webapp.web import menu, needs, numbers
from webapp.web.dates import long_day
from webapp.web.guard import requires
from webapp.web.respond import page
from webapp.web.samples import samples
from webapp.web.who import actor

bp = Blueprint("today", __name__)

PLACES = (
    ("notifications.bell", "bell", _l("Messages")),
    ("meetings.mine", "calendar-days", _l("My calendar")),
    ("directory.organisations", "building-2", _l("Organisations")),
    ("visits.index", "users", _l("Group visits")),
    ("fund.index", "hand-heart", _l("Solidarity fund")),
    ("signals.index", "telescope", _l("What is missing")),
    ("accounts.roles", "users", _l("Who may do what")),
    ("privacy.periods", "hourglass", _l("What stays how long")),
    ("operations.overview", "hard-drive", _l("Health of Brug")),
    ("accounts.account", "settings", _l("My account")),
    ("notifications.own_choice", "mail", _l("My mails")),
    ("accounts.my_sessions", "smartphone", _l("My sessions")),
)


def init_app(app: Flask) -> None:
    """Bring the pages of this area."""
    app.register_blueprint(bp)
    menu.add(app, menu.Entry(_l("Today"), _l("Today"), "today.today", "sun", order=10))


@bp.get("/")
@requires(Can.USE_OWN_ACCOUNT)
def today() -> Response:
    """What needs me now, in order, and nothing else."""
    who = actor()
    numbers.around(needs.numbers(who) | overview.numbers(who))
    found = needs.of(who)
    most = len(found) if "alles" in request.args else overview.MOST_SHOWN
    return page(
        "today/today.html",
        greeting=overview.greeting(who),
        summary=overview.summary(who, found),
        now=found[0] if found else None,
        rest=found[1:most],
        more=len(found[most:]),
        bridge=overview.bridge(who),
        lesson=overview.lesson(who),
        followed=overview.followed(),
        empty=overview.empty(who),
        today_day=long_day(clock.today()),
    )


@bp.get("/meer")
@requires(Can.USE_OWN_ACCOUNT)
def more() -> Response:
    """Everything that did not fit in the menu of a phone, and the settings of this browser."""
    return page("today/more.html", more_places=PLACES)


@bp.get("/bouwstenen")
@requires(Can.LOOK_AROUND)
def components() -> Response:
    """Every component in every state: what screens are made of."""
    return page("styleguide/components.html", form=samples())
