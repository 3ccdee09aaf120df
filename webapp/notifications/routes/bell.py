"""The page under the bell."""

from flask import Response, url_for
from flask_babel import gettext as _

from webapp.notifications import actions, labels, queries, registry
from webapp.notifications.routes.blueprint import bp
from webapp.policy.permissions import Can
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.respond import changed, page
from webapp.web.who import actor


@bp.get("/meldingen")
@requires(Can.USE_OWN_ACCOUNT)
def bell() -> Response:
    """What happened, newest first."""
    notices = queries.newest(actor())
    lines = [(notice, labels.line(notice), labels.picture(notice), registry.path_of(notice)) for notice in notices]
    return page("notifications/bell.html", lines=lines, unread=any(notice.read_at is None for notice in notices))


@bp.post("/meldingen/gelezen")
@requires(Can.USE_OWN_ACCOUNT)
def read_all() -> Response:
    """Everything has been read."""
    Form().refuse_unknown()
    actions.read_all(by=actor())
    return changed(url_for("notifications.bell"), message=_("All read."))
