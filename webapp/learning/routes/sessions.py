"""The list of learning sessions, and the page of each."""

from typing import Any

from flask import Response, request, url_for

from webapp.core.db import AnyRow
from webapp.learning import listing, queries
from webapp.learning.lifecycle import OPEN_NOW
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
@requires(Can.SEE_SESSION, of=queries.learning_with_asks)
def show(session: LearningSession) -> Response:
    """What it is about, when and where; its phases for whoever leads it; the question for whoever is asked to lead
    it."""
    phases = queries.phases(session) if can(actor(), Can.LEAD_SESSION, session) else ()
    door = way_in(session) if phases and session.is_running else {"address": ""}
    people: dict[str, Any] = {"leaders": queries.leads(session), "ask": _own_ask(session)}
    return page("learning/show.html", session=session, phases=phases, **people, **door)


def _own_ask(session: LearningSession) -> AnyRow | None:
    """As what this person is asked to lead it, and by whom, as long as it can be answered."""
    if session.status not in OPEN_NOW or not can(actor(), Can.ANSWER_LEAD, session):
        return None
    return next((row for row in queries.asks(session) if row.person_id == actor().person_id), None)
