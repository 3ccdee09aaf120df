"""The first page after signing in."""

from typing import Any

from flask import Blueprint, Flask, Response, request, url_for

from webapp.core import clock
from webapp.meetings import labels
from webapp.meetings.needs import key_of
from webapp.policy.permissions import Can
from webapp.today import overview
from webapp.today.forms import SearchForm
from webapp.vocabulary.words import _l
from webapp.web import finding, menu, needs, numbers
from webapp.web.dates import day_tile, long_day
from webapp.web.guard import allows, requires
from webapp.web.respond import invalid, page
from webapp.web.samples import samples
from webapp.web.who import actor

bp = Blueprint("today", __name__)

NETWORK = (
    ("directory.organisations", "building-2", _l("Organisations")),
    ("shelf.index", "archive", _l("Tools")),
    ("visits.index", "users", _l("Group visits")),
    ("fund.index", "hand-heart", _l("Solidarity fund")),
    ("signals.index", "telescope", _l("What is missing")),
)
OWN = (
    ("notifications.bell", "bell", _l("Messages")),
    ("meetings.mine", "calendar-days", _l("My calendar")),
    ("notifications.own_choice", "mail", _l("My mails")),
    ("accounts.own_sign_in", "key-round", _l("My sign-in")),
    ("accounts.account", "settings", _l("My account")),
)
ABOUT = (
    ("accounts.roles", "contact", _l("Who may do what")),
    ("privacy.periods", "hourglass", _l("What stays how long")),
    ("operations.overview", "hard-drive", _l("Health of Brug")),
)


def init_app(app: Flask) -> None:
    """Bring the pages of this area."""
    app.register_blueprint(bp)
    menu.add(app, menu.Entry(_l("Today"), _l("Today"), "today.today", "sun", order=10, phone=1))
    menu.under_more(app, [endpoint for endpoint, *_ in (*NETWORK, *OWN, *ABOUT)])


@bp.context_processor
def words() -> dict[str, Any]:
    """What the card of the next meeting says, by the names that templates use."""
    return {
        "COMING_LABELS": labels.COMING_LABELS,
        "COMING_ICONS": labels.COMING_ICONS,
        "when_where": labels.when_where,
        "day_tile": day_tile,
    }


@bp.get("/")
@requires(Can.USE_OWN_ACCOUNT)
def today() -> Response:
    """What needs me now, in order, and nothing else."""
    who = actor()
    numbers.around(needs.numbers(who) | overview.numbers(who))
    found = needs.of(who)
    meeting = overview.beside(found)
    listed = [need for need in found if not meeting or need.key != key_of(meeting.id)]  # its card asks the same
    most = len(listed) if "alles" in request.args else overview.MOST_SHOWN
    return page(
        "today/today.html",
        greeting=overview.greeting(who),
        summary=overview.summary(who, found),
        now=listed[0] if listed else None,
        rest=listed[1:most],
        more=len(listed[most:]),
        meeting=meeting,
        bridge=overview.bridge(who),
        lesson=overview.lesson(who),
        followed=overview.followed(),
        empty=overview.empty(who),
        today_day=long_day(clock.today()),
    )


@bp.get("/zoeken")
@requires(Can.USE_OWN_ACCOUNT)
def search() -> Response:
    """Where somebody looks for a word in everything they may see."""
    return page("today/search.html", form=SearchForm(), words="", found=None)


@bp.post("/zoeken")
@requires(Can.USE_OWN_ACCOUNT)
def look() -> Response:
    """What there is for a word. Posted, so that what was looked for stands in no address or log."""
    form = SearchForm()
    words = form.words.data or ""
    if not form.submitted():
        return invalid("today/search.html", form=form, words=words, found=None)
    found = finding.of(actor(), words) if words else None
    return page("today/search.html", fragment="today/_found.html", form=form, words=words, found=found)


@bp.get("/meer")
@requires(Can.USE_OWN_ACCOUNT)
def more() -> Response:
    """Everything that did not fit in the menu, and the settings of this browser."""
    in_menu = [(item.href, item.icon, item.label) for item in menu.items()]
    groups = (
        (_l("In the network"), [*in_menu, *_open(NETWORK)]),
        (_l("For you"), _open(OWN)),
        (_l("About Brug"), _open(ABOUT)),
    )
    return page("today/more.html", more_places=[group for group in groups if group[1]])


def _open(places: tuple[tuple[str, str, str], ...]) -> list[tuple[str, str, str]]:
    """The places that somebody may go to, by their address."""
    return [(url_for(endpoint), picture, label) for endpoint, picture, label in places if allows(endpoint)]


@bp.get("/bouwstenen")
@requires(Can.LOOK_AROUND)
def components() -> Response:
    """Every component in every state: what screens are made of."""
    return page("styleguide/components.html", form=samples())
