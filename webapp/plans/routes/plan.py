"""The list of plans, starting one, what one is about."""

import uuid
from datetime import timedelta
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from webapp.core import clock
from webapp.core.errors import Invalid
from webapp.plans import actions, copying, queries, story_words, templates
from webapp.plans.forms.plan import AdjustPlanForm, WhyForm
from webapp.plans.forms.starting import StartForm
from webapp.plans.labels import in_words
from webapp.plans.lifecycle import PLAN
from webapp.plans.models import Plan
from webapp.plans.routes.blueprint import bp
from webapp.policy.permissions import Can
from webapp.web.guard import requires
from webapp.web.paging import behind, cut
from webapp.web.respond import changed, page
from webapp.web.saving import form_page, saving
from webapp.web.who import actor

TWO_YEARS = timedelta(days=730)
STEP = "step-"
"""Two forms of a page ask why; the names of the fields of one begin with this."""


@bp.get("/plannen")
@requires(Can.SEE_PLAN)
def index() -> Response:
    """The plans of the network: those that go on, then those that are rounded off."""
    listed = cut(queries.plans(behind(request.args.get("na"), str)), lambda row: (row.title, row.id), queries.PAGE_SIZE)
    next_url = url_for("plans.index", na=listed.next) if listed.next else ""
    past = queries.plans(is_current=False) if not request.args.get("na") else ()
    return page("plans/index.html", plans=listed.rows, past=past, next_url=next_url)


@bp.route("/plannen/nieuw", methods=["GET", "POST"])
@requires(Can.START_PLAN)
def start() -> Response:
    """Start a plan."""
    today = clock.today()
    form = StartForm(begins_on=today, ends_on=today + TWO_YEARS, barrier=request.args.get("drempel", ""))
    _offer(form)
    if form.submitted():
        with saving(form, in_words):
            plan = _started(form)
            return changed(_to(plan), message=_("Your plan is there. Begin with what you know already."))
    return form_page("plans/start.html", form)


def _offer(form: StartForm) -> None:
    """The groups that can carry it, and what it can start from."""
    carriers = queries.can_carry(actor().person_id, clock.today())
    none = ("", _("None"))
    form.group.choices = [(str(row.id), row.name) for row in carriers]
    form.like.choices = [none, *((str(row.id), row.title) for row in templates.plans())]
    form.barrier.choices = [none, *((str(row.id), f"{row.words} ({row.plan})") for row in templates.barriers())]


def _started(form: StartForm) -> Plan:
    plan = actions.start(form.about_plan(), _chosen(form.group.data), by=actor())
    if like := form.source("like", "plan_gone"):
        copying.from_plan(plan, like, by=actor())
    if barrier := form.source("barrier", "no_such_barrier"):
        copying.from_barrier(plan, barrier, by=actor())
    copying.from_objectives(plan, form.suggested(), by=actor())
    return plan


def _chosen(code: str | None) -> uuid.UUID:
    try:
        return uuid.UUID(code or "")
    except ValueError:
        raise Invalid({"group": "no_such_group"}) from None


@bp.get("/plannen/<uuid:plan_id>")
@requires(Can.SEE_PLAN, of=queries.plan)
def show(plan: Plan) -> Response:
    """What a plan is about, who carries it, and until when."""
    return page("plans/show.html", **_shown(plan))


def _shown(plan: Plan, **forms: Any) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "plan": plan,
        "steps": PLAN.open_from(plan.status),
        "form": AdjustPlanForm(formdata=None, obj=plan),
        "told": story_words.story_of(plan.id),
        "step_form": WhyForm(formdata=None, prefix=STEP),
    }
    return shown | forms


@bp.post("/plannen/<uuid:plan_id>/bijsturen")
@requires(Can.STEER_PLAN, sees=Can.SEE_PLAN, of=queries.plan)
def adjust(plan: Plan) -> Response:
    """Say anew what a plan is about."""
    form = AdjustPlanForm()
    if form.submitted():
        with saving(form, in_words, plan):
            actions.adjust(plan, form.about_plan(), form.because(), by=actor(), version=form.version.data)
            return changed(_to(plan), message=_("Adjusted. What it said before stays readable."))
    return form_page("plans/show.html", form, **_shown(plan, form=form))


@bp.post("/plannen/<uuid:plan_id>/afronden")
@requires(Can.ROUND_OFF_PLAN, sees=Can.SEE_PLAN, of=queries.plan)
def round_off(plan: Plan) -> Response:
    """Round a plan off."""
    return _step(plan, "round_off", _("Rounded off. Everything stays readable."))


@bp.post("/plannen/<uuid:plan_id>/heropenen")
@requires(Can.ROUND_OFF_PLAN, sees=Can.SEE_PLAN, of=queries.plan)
def reopen(plan: Plan) -> Response:
    """Go on with a plan after all."""
    return _step(plan, "reopen", _("The plan goes on."))


def _step(plan: Plan, step: str, message: str) -> Response:
    form = WhyForm(prefix=STEP)
    if form.submitted():
        actions.take_step(plan, step, form.why.data or "", by=actor())
        return changed(_to(plan), message=message)
    return form_page("plans/show.html", form, **_shown(plan, step_form=form))


def _to(plan: Plan) -> str:
    return url_for("plans.show", plan_id=plan.id)
