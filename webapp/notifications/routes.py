"""The page under the bell."""

from flask import Blueprint, Flask, Response

from webapp.notifications import queries
from webapp.policy.permissions import Can
from webapp.web.guard import requires
from webapp.web.respond import page
from webapp.web.who import actor

bp = Blueprint("notifications", __name__)


def init_app(app: Flask) -> None:
    """Bring the pages of this area."""
    app.register_blueprint(bp)


@bp.get("/meldingen")
@requires(Can.USE_OWN_ACCOUNT)
def bell() -> Response:
    """What happened, newest first."""
    return page("notifications/bell.html", notices=queries.newest(actor()))
