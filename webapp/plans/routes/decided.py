"""Lessons that a decision uses: linking them from the page of the decision, by who takes part in its group."""

import uuid
from typing import Any

from flask import Response, abort, request, url_for
from flask_babel import gettext as _

from webapp.core.errors import Invalid
from webapp.meetings import queries as meetings
from webapp.meetings.models import Decision
from webapp.plans import belonging, linking
from webapp.plans.codes import Link
from webapp.plans.forms.linking import LinkForm, LookForm, UnlinkForm
from webapp.plans.labels import in_words
from webapp.plans.routes.blueprint import bp
from webapp.plans.routes.chain import chosen, linkable
from webapp.policy.permissions import Can
from webapp.web.guard import requires
from webapp.web.respond import changed, invalid, page
from webapp.web.who import actor

PAGE = "plans/decision_lessons.html"
takes_part = requires(Can.TAKE_PART, sees=Can.READ_GROUP, of=meetings.decision)


@bp.route("/plannen/beslissingen/<uuid:decision_id>/lessen", methods=["GET", "POST"])
@takes_part
def decision_lessons(decision: Decision) -> Response:
    """Link a decision to a lesson that is used in it."""
    form = LinkForm()
    if not form.submitted():
        return (invalid if form.errors else page)(PAGE, **_shown(decision, form))
    try:
        linking.use_in(decision, chosen(form.thing.data), by=actor())
    except Invalid as refusal:
        form.take(in_words(refusal.errors))
        return invalid(PAGE, **_shown(decision, form))
    return changed(_to(decision), message=_("Linked. It shows on both sides."))


def _shown(decision: Decision, form: LinkForm | None = None, words: str = "") -> dict[str, Any]:
    beside = belonging.of([decision.id], actor()).get(decision.id, [])
    lessons = [row for row in beside if row.kind == Link.LESSON]
    return {"decision": decision, "lessons": lessons} | linkable((Link.LESSON,), form, words)


@bp.route("/plannen/beslissingen/<uuid:decision_id>/lessen/zoek", methods=["GET", "POST"])
@takes_part
def look_for_lesson(decision: Decision) -> Response:
    """Look for an older lesson; see `look_for_link`."""
    if request.method == "GET":
        return changed(_to(decision))
    form = LookForm()
    if not form.submitted():
        return invalid(PAGE, **_shown(decision) | {"look": form})
    return page(PAGE, **_shown(decision, words=form.words.data or ""))


@bp.post("/plannen/beslissingen/<uuid:decision_id>/lessen/los")
@takes_part
def unlink_lesson(decision: Decision) -> Response:
    """The decision does not use this lesson after all."""
    form = UnlinkForm()
    if not form.submitted():
        abort(400)
    try:
        linking.leave_out(decision, uuid.UUID(form.thing.data or ""), by=actor())
    except ValueError:
        abort(400)
    return changed(_to(decision), message=_("Not linked any more."))


def _to(decision: Decision) -> str:
    return url_for("plans.decision_lessons", decision_id=decision.id)
