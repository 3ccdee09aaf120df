"""What is known about a plan: reading it, writing it down, saying it better."""

from datetime import date
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from webapp.core import clock
from webapp.plans import knowing, queries, register
from webapp.plans.forms.knowing import KnownForm
from webapp.plans.labels import in_words
from webapp.plans.models import Evidence, Plan
from webapp.plans.routes.blueprint import bp
from webapp.policy.permissions import Can
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.paging import behind, cut
from webapp.web.respond import changed, page
from webapp.web.saving import form_page, saving
from webapp.web.who import actor


@bp.get("/plannen/<uuid:plan_id>/weten")
@requires(Can.SEE_PLAN, of=queries.plan)
def known(plan: Plan) -> Response:
    """Everything that is known, the newest first."""
    listed = cut(
        register.known(plan, behind(request.args.get("na"), date.fromisoformat)),
        lambda row: (row.heard_on, row.id),
        register.PAGE_SIZE,
    )
    next_url = url_for("plans.known", plan_id=plan.id, na=listed.next) if listed.next else ""
    shows = register.shown_by([row.id for row in listed.rows])
    return page("plans/known.html", plan=plan, known=listed.rows, shows=shows, next_url=next_url)


@bp.route("/plannen/<uuid:plan_id>/weten/nieuw", methods=["GET", "POST"])
@requires(Can.STEER_PLAN, sees=Can.SEE_PLAN, of=queries.plan)
def note(plan: Plan) -> Response:
    """Write down something that is known."""
    form = KnownForm(data={"heard_on": clock.today()})
    form.offer(register.tools())
    if form.submitted():
        with saving(form, in_words):
            knowing.note(plan, form.known(), by=actor())
            return changed(_to(plan), message=_("Written down."))
    return form_page("plans/know.html", form, plan=plan, evidence=None)


@bp.route("/plannen/weten/<uuid:evidence_id>", methods=["GET", "POST"])
@requires(Can.STEER_PLAN, sees=Can.SEE_PLAN, of=queries.evidence)
def note_anew(evidence: Evidence) -> Response:
    """Say better what was heard."""
    fields: dict[str, Any] = {"version": evidence.version, "tool": str(evidence.tool_id or "")}
    for name in ("kind", "heard", "about_how_many", "heard_on", "link"):
        fields[name] = getattr(evidence, name)
    form = KnownForm(data=fields)
    form.offer(register.tools())
    if form.submitted():
        with saving(form, in_words, evidence):
            knowing.note_anew(evidence, form.known(), by=actor(), version=form.version.data)
            return changed(_to(evidence.plan), message=_("Saved."))
    return form_page("plans/know.html", form, plan=evidence.plan, evidence=evidence)


@bp.post("/plannen/weten/<uuid:evidence_id>/weg")
@requires(Can.STEER_PLAN, sees=Can.SEE_PLAN, of=queries.evidence)
def forget(evidence: Evidence) -> Response:
    """Take something that is known away."""
    to = _to(evidence.plan)
    Form().refuse_unknown()
    knowing.forget(evidence, by=actor())
    return changed(to, message=_("It's gone. The barriers stay."))


def _to(plan: Plan) -> str:
    return url_for("plans.known", plan_id=plan.id)
