"""Closing a session in one screen, going on when that was too early, and the page that tells what came of it."""

from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _

from webapp.learning import closing, joining, outcome, queries
from webapp.learning.forms.closing import CloseForm
from webapp.learning.labels import in_words
from webapp.learning.models import LearningSession
from webapp.learning.routes.blueprint import bp, to_desk, to_result
from webapp.learning.routes.preparing import leads
from webapp.lessons import feeds, lists
from webapp.lessons.codes import Flagged
from webapp.lessons.lifecycle import OUT
from webapp.lessons.routes.flags import say
from webapp.plans import queries as plans
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.respond import changed, page
from webapp.web.saving import form_page, saving
from webapp.web.who import actor


@bp.route("/leren/sessies/<uuid:learning_id>/afronden", methods=["GET", "POST"])
@leads
def close(session: LearningSession) -> Response:
    """Close: three lines, lessons, actions, thanks. Afterwards: say it anew, and add to it."""
    candidates = queries.candidates(session)
    form = CloseForm.of(session, candidates)
    form.offer(outcome.groups_of(actor()), plans.plans(), candidates)
    was_over = not session.is_running
    shown: dict[str, Any] = {"session": session, "made": outcome.drafts(session), **_folded(session)}
    if form.submitted():
        has_result = session.status in closing.OVER  # otherwise there is nothing to say of it
        with saving(form, in_words, session if has_result else None):
            closing.finish(session, form.came(), by=actor(), version=form.version.data)
            message = _("Saved.") if was_over else _("Closed. Everybody can read what came of it.")
            return changed(to_result(session), message=message)
    return form_page("learning/close.html", form, **shown)


@bp.post("/leren/sessies/<uuid:learning_id>/verder")
@leads
def go_on(session: LearningSession) -> Response:
    """It was closed too early: go on with it."""
    Form().refuse_unknown()
    joining.go_on(session, by=actor())
    return changed(to_desk(session), message=_("The session goes on. Whoever took part can share again."))


@bp.get("/leren/sessies/<uuid:learning_id>/resultaat")
@requires(Can.READ_SESSION, of=queries.learning)
def result(session: LearningSession) -> Response:
    """What came of a session, as it stands today: also for whoever took part by the link."""
    return page("learning/result.html", session=session, came=came_of(session), **_folded(session))


@bp.route("/leren/sessies/<uuid:learning_id>/resultaat/melden", methods=["GET", "POST"])
@requires(Can.FLAG_RESULT, sees=Can.READ_SESSION, of=queries.learning)
def flag_result(session: LearningSession) -> Response:
    """What came of a session doesn't belong here: for whoever reads it, by the link too."""
    return say(Flagged.RESULT, session.id, url_for("learning.flag_result", learning_id=session.id), to_result(session))


def _folded(session: LearningSession) -> dict[str, Any]:
    """Why what came of a session was folded, and where that was decided: for whoever leads it, as those are their
    words."""
    leads_it = session.is_result_folded and can(actor(), Can.LEAD_SESSION, session)
    return {"folded": lists.last_folded(session.id) if leads_it else None}


def came_of(session: LearningSession) -> dict[str, Any]:
    """What everybody in the circle may know of what came of it; the lessons that wait, for whoever leads it alone."""
    is_known, leads_it = bool(actor().person_id), can(actor(), Can.LEAD_SESSION, session)
    return {
        "lessons": outcome.lessons(session),
        "under_way": outcome.under_way(session),
        "actions": outcome.actions(session),
        "drafts": [row for row in outcome.drafts(session) if row.status not in OUT] if leads_it else (),
        "is_known": is_known,
        "is_open": not is_known and feeds.open_log() is not None,
    }
