"""Light agreements with partners: the list of a plan, which prints as it is, and adjusting one with a reason."""

from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _

from webapp.accounts import queries as accounts
from webapp.plans import agreed, agreeing, queries, story_words
from webapp.plans.forms.agreeing import AdjustTermsForm, AgreeForm, EndForm
from webapp.plans.labels import in_words
from webapp.plans.models import Plan
from webapp.plans.routes.blueprint import bp
from webapp.plans.story_models import Expectation
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.web.guard import requires
from webapp.web.respond import changed, page
from webapp.web.saving import form_page, saving
from webapp.web.who import actor


@bp.get("/plannen/<uuid:plan_id>/afspraken")
@requires(Can.SEE_PLAN, of=queries.plan)
def agreements(plan: Plan) -> Response:
    """What was agreed with each partner of a plan."""
    return page("plans/agreements.html", **_listed(plan))


def _listed(plan: Plan, form: AgreeForm | None = None) -> dict[str, Any]:
    steers = can(actor(), Can.STEER_PLAN, plan)
    return {
        "plan": plan,
        "rows": agreed.of_plan(plan),
        "form": form or AgreeForm(formdata=None),
        "organisations": accounts.organisation_names() if steers else (),
    }


@bp.post("/plannen/<uuid:plan_id>/afspraken")
@requires(Can.STEER_PLAN, sees=Can.SEE_PLAN, of=queries.plan)
def agree(plan: Plan) -> Response:
    """Write down what was agreed with a partner."""
    form = AgreeForm()
    if form.submitted():
        with saving(form, in_words):
            agreeing.agree(plan, form.chosen(), form.terms(), by=actor())
            return changed(_to(plan), message=_("Written down. On the day to look back it comes on Today."))
    return form_page("plans/agreements.html", form, **_listed(plan, form))


@bp.route("/plannen/afspraken/<uuid:expectation_id>", methods=["GET", "POST"])
@requires(Can.STEER_PLAN, sees=Can.SEE_PLAN, of=queries.expectation)
def agreement(one: Expectation) -> Response:
    """Look back on an agreement, and adjust it with a reason."""
    form = AdjustTermsForm(obj=one, review=str(one.review_id or ""))
    if form.submitted():
        with saving(form, in_words, one):
            agreeing.adjust(one, form.terms(), form.why.data or "", by=actor(), version=form.version.data)
            return changed(_to(one.plan), message=_("Adjusted. What it said before stays readable."))
    return form_page("plans/agreement.html", form, **_shown(one, form=form))


def _shown(one: Expectation, **forms: Any) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "one": one,
        "plan": one.plan,
        "partner": agreed.partner(one),
        "ending": EndForm(formdata=None),
        "told": story_words.story_of(one.id),
    }
    return shown | forms


@bp.post("/plannen/afspraken/<uuid:expectation_id>/einde")
@requires(Can.STEER_PLAN, sees=Can.SEE_PLAN, of=queries.expectation)
def end_agreement(one: Expectation) -> Response:
    """An agreement is over."""
    form = EndForm()
    if form.submitted():
        agreeing.end(one, form.why_ended.data or "", by=actor())
        return changed(_to(one.plan), message=_("Ended. The story of the plan keeps what it was."))
    adjusting = AdjustTermsForm(formdata=None, obj=one, review=str(one.review_id or ""))
    return form_page("plans/agreement.html", form, **_shown(one, form=adjusting, ending=form))


def _to(plan: Plan) -> str:
    return url_for("plans.agreements", plan_id=plan.id)
