"""The first page after signing in."""

from flask import Blueprint, Flask, Response
from flask_babel import lazy_gettext as _l

from webapp.policy.permissions import Can
from webapp.web import menu
from webapp.web.guard import requires
from webapp.web.respond import page

bp = Blueprint("today", __name__)


def init_app(app: Flask) -> None:
    """Bring the pages of this area."""
    app.register_blueprint(bp)
    menu.add(app, menu.Entry(_l("Today"), _l("Today"), "today.today", "sun", order=10))


@bp.get("/")
@requires(Can.USE_OWN_ACCOUNT)
def today() -> Response:
    """What needs me now, in order, and nothing else."""
    return page("today/today.html")


@bp.get("/meer")
@requires(Can.USE_OWN_ACCOUNT)
def more() -> Response:
    """Everything that did not fit in the menu of a phone, and the settings of this browser."""
    return page("today/more.html")
