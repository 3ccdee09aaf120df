"""The list of learning sessions, and the page of each."""

from flask import Response, request, url_for

from webapp.learning import listing, queries
from webapp.learning.models import LearningSession
from webapp.learning.routes.blueprint import bp
from webapp.learning.routes.way_in import way_in
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.web.guard import requires
from webapp.web.paging import behind, cut, moment
from webapp.web.respond import page
from webapp.web.who import actor


@bp.get("/leren/sessies")
@requires(Can.SEE_SESSION)
def index() -> Response:
    """The learning sessions of the network."""
    rows = listing.past(behind(request.args.get("na"), moment))
    past = cut(rows, lambda row: (row.happens_at.isoformat(), row.id), listing.PAGE_SIZE)
    next_url = url_for("learning.index", na=past.next) if past.next else ""
    return page("learning/index.html", sessions=listing.coming(), past=past.rows, next_url=next_url)


@bp.get("/leren/sessies/<uuid:learning_id>")
@requires(Can.SEE_SESSION, of=queries.learning)
def show(session: LearningSession) -> Response:
    """What it is about, when and where; its phases for who leads it."""
    phases = queries.phases(session) if can(actor(), Can.LEAD_SESSION, session) else ()
    door = way_in(session) if phases and session.is_running else {"address": ""}
    return page("learning/show.html", session=session, phases=phases, leaders=queries.leads(session), **door)
