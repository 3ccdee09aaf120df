"""The bridge of a plan: its six arches as a drawing, a list and a file; one arch, and what steering changes there."""

import uuid
from typing import Any

from flask import Response, abort, request, url_for
from flask_babel import gettext as _

from webapp.accounts import queries as accounts
from webapp.groups.lifecycle import ItemStatus
from webapp.plans import arch as arches
from webapp.plans import bridge, drawing, partnering, queries
from webapp.plans.bridge import Asked
from webapp.plans.forms.bridge import BridgeFilterForm, MissingForm, PartnerForm, StepBackForm
from webapp.plans.labels import in_words
from webapp.plans.models import Missing, Plan
from webapp.plans.routes.blueprint import bp
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.strategies import STRATEGY_TRAITS, Strategy
from webapp.web.forms import Form, as_id
from webapp.web.guard import requires
from webapp.web.headers import as_download
from webapp.web.paging import after, cut
from webapp.web.respond import changed, page
from webapp.web.saving import form_page, saving
from webapp.web.who import actor

LIST = "lijst"
OF_NUMBER = {traits.number: strategy for strategy, traits in STRATEGY_TRAITS.items()}


@bp.get("/plannen/<uuid:plan_id>/brug")
@requires(Can.SEE_PLAN, of=queries.plan)
def span(plan: Plan) -> Response:
    """The bridge of a plan, drawn or as a list."""
    asked = _asked()
    found = bridge.of_plan(plan.id, asked)
    as_list = request.args.get("als") == LIST
    return page(
        "plans/bridge.html",
        plan=plan,
        bridge=found,
        finding=drawing.finding(found),
        filters=BridgeFilterForm.showing(found.to_choose, asked, LIST if as_list else ""),
        as_list=as_list,
        is_asked=asked != Asked(),
    )


def _asked() -> Asked:
    b = next((one for one in B if one == request.args.get("b")), None)
    return Asked(b, as_id(request.args.get("wie")))


@bp.get("/plannen/<uuid:plan_id>/brug/bestand")
@requires(Can.SEE_PLAN, of=queries.plan)
def bridge_file(plan: Plan) -> Response:
    """The bridge as a file: one landscape page to print, or a drawing to pass on."""
    kind = request.args.get("als", "pdf")
    if kind not in drawing.FILES:
        abort(404)
    content_type, made, size = drawing.FILES[kind]
    found = bridge.of_plan(plan.id, _asked(), drawing.MOST_ON_PAPER)
    name, ending = _("bridge"), "pdf" if kind == "a3" else kind
    answer = Response(made(drawing.picture(plan, found, size)), content_type=content_type)
    return as_download(answer, f"{name}.{ending}")


@bp.get("/plannen/<uuid:plan_id>/boog")
@requires(Can.SEE_PLAN, of=queries.plan)
def arch(plan: Plan) -> Response:
    """One arch: everything that is done there, who helps to carry it, and what is missing."""
    return page("plans/arch.html", **_arch(plan, _strategy()))


def _strategy() -> Strategy:
    return OF_NUMBER.get(request.args.get("nr", type=int) or 1, Strategy.OUTREACH)


def _arch(plan: Plan, strategy: Strategy, **forms: Any) -> dict[str, Any]:
    rows = arches.actions(plan.id, strategy, _after())
    listed = cut(rows, lambda row: (row.rank, row.title, row.id), arches.PAGE_SIZE)
    steers = can(actor(), Can.STEER_PLAN, plan)
    return {
        "plan": plan,
        "strategy": strategy,
        "traits": STRATEGY_TRAITS[strategy],
        "actions": listed.rows,
        "next_url": to_arch(plan, strategy, na=listed.next) if listed.next else "",
        "beside": arches.beside(plan.id, strategy),
        "organisations": accounts.organisation_names() if steers else (),
        "partner_form": PartnerForm(formdata=None),
        "missing_form": MissingForm(formdata=None),
    } | forms


def _after() -> tuple[int, str, uuid.UUID] | None:
    key = after(request.args.get("na"), 3)
    try:
        return (int(key[0]) % len(ItemStatus), key[1], uuid.UUID(key[2])) if key else None
    except ValueError:
        return None


def to_arch(plan: Plan, strategy: Strategy, **more: Any) -> str:
    """Where one arch of a plan is."""
    return url_for("plans.arch", plan_id=plan.id, nr=STRATEGY_TRAITS[strategy].number, **more)


@bp.post("/plannen/<uuid:plan_id>/boog/dragen")
@requires(Can.STEER_PLAN, sees=Can.SEE_PLAN, of=queries.plan)
def stand_under(plan: Plan) -> Response:
    """An organisation helps to carry an arch."""
    strategy, form = _strategy(), PartnerForm()
    if form.submitted():
        with saving(form, in_words):
            partnering.stand_under(plan, strategy, form.chosen(), by=actor())
            return changed(to_arch(plan, strategy), message=_("They stand under this arch now."))
    return form_page("plans/arch.html", form, **_arch(plan, strategy, partner_form=form))


@bp.post("/plannen/<uuid:plan_id>/boog/loslaten")
@requires(Can.STEER_PLAN, sees=Can.SEE_PLAN, of=queries.plan)
def step_back(plan: Plan) -> Response:
    """An organisation carries an arch no more."""
    strategy, form = _strategy(), StepBackForm()
    if form.submitted():
        partnering.step_back(plan, strategy, form.chosen(), by=actor())
    return changed(to_arch(plan, strategy), message=_("They stand here no more. Their actions stay."))


@bp.post("/plannen/<uuid:plan_id>/boog/ontbreekt")
@requires(Can.STEER_PLAN, sees=Can.SEE_PLAN, of=queries.plan)
def say_missing(plan: Plan) -> Response:
    """Say what is missing under an arch."""
    strategy, form = _strategy(), MissingForm()
    if form.submitted():
        partnering.say_missing(plan, strategy, form.words.data or "", by=actor())
        return changed(to_arch(plan, strategy), message=_("It stands on the bridge now, and asks for an idea."))
    return form_page("plans/arch.html", form, **_arch(plan, strategy, missing_form=form))


@bp.post("/plannen/ontbreekt/<uuid:missing_id>/weg")
@requires(Can.STEER_PLAN, sees=Can.SEE_PLAN, of=queries.missing)
def no_longer_missing(missing: Missing) -> Response:
    """It is missing no more."""
    Form().refuse_unknown()
    plan, strategy = missing.plan, missing.strategy
    partnering.no_longer_missing(missing, by=actor())
    return changed(to_arch(plan, strategy), message=_("Taken off the bridge."))
