"""One action of a plan: adding or proposing it, where it stands, adjusting it, its steps, and what comes first."""

import uuid
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from webapp.groups import choosing, items
from webapp.groups.carrying import ways_on
from webapp.groups.lifecycle import ItemStatus
from webapp.plans import doing, neighbours, queries, signs, stepping, story_words
from webapp.plans.codes import Link, Part
from webapp.plans.forms.doing import (
    ActionForm,
    AdjustActionForm,
    FirstForm,
    OneStepForm,
    StandForm,
    StepForm,
    TakeOutForm,
)
from webapp.plans.labels import circle_words, in_words, told_words
from webapp.plans.models import Plan
from webapp.plans.queries import Planned
from webapp.plans.routes.blueprint import bp
from webapp.plans.routes.remarks import remarks_on
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.vocabulary.strategies import Strategy
from webapp.web import numbers
from webapp.web.filters import line
from webapp.web.forms import as_id
from webapp.web.guard import requires
from webapp.web.respond import changed, page
from webapp.web.saving import form_page, saving
from webapp.web.who import actor

NAMES = "plans/_names.html"
LONGEST = 160
STEP = "stap-"
"""Two forms of a page ask for words; the names of the fields of one begin with this."""


@bp.route("/plannen/<uuid:plan_id>/acties/nieuw", methods=["GET", "POST"])
@requires(Can.PROPOSE_ACTION, sees=Can.SEE_PLAN, of=queries.plan)
def add_action(plan: Plan) -> Response:
    """Put an action in a plan, or propose one. While somebody types who carries it, names are offered."""
    form = ActionForm(strategy=_strategy(), goal=request.args.get("doel", ""))
    form.offer(signs.goals(plan))
    names = choosing.names_in_network(_typed(form))
    if form.submitted():
        with saving(form, in_words):
            item = doing.add(plan, form.wanted(), by=actor())
            steers = can(actor(), Can.STEER_PLAN, plan)
            said = _("The action is in the plan.") if steers else _("Thank you for the idea.")
            return changed(url_for("plans.action", item_id=item.id), message=said)
    return form_page("plans/add_action.html", form, fragment=NAMES, plan=plan, names=names)


def _strategy() -> Strategy | None:
    asked = request.args.get("strategie")
    return Strategy(asked) if asked in tuple(Strategy) else None


def _typed(form: ActionForm) -> str:
    return form.owner.data or line(request.args.get("owner", ""), LONGEST)


@bp.get("/plannen/acties/<uuid:item_id>")
@requires(Can.SEE_PLAN, of=queries.planned)
def action(planned: Planned) -> Response:
    """One action: where it stands, its small steps, what was said, and what it said before."""
    return page("plans/action.html", fragment=NAMES, **shown(planned))


def shown(planned: Planned, **more: Any) -> dict[str, Any]:
    """What the page of an action shows."""
    item, typed = planned.item, line(request.args.get("first", ""), LONGEST)
    remarks = remarks_on(Part.ACTION, item.id, also=stepping.beside(item.id))
    around, chain = stepping.comes_first(item.id), neighbours.around(Link.ACTION, item.id)
    return {
        "plan": planned.plan,
        "planned": planned,
        "item": item,
        "goal": next(iter(chain.before.get(Link.GOAL, ())), None),
        "steps": stepping.in_order(numbers.around()[stepping.STEPS]),
        "first": [row for row in around if row.first_id == row.id],
        "waits": [row for row in around if row.first_id == item.id],
        "notes": items.notes(item),
        "chain": chain,
        "remarks": remarks,
        "told": story_words.story_of(item.id),
        "names": _names(planned, typed),
        "ways": {item.status, *ways_on(item.status)},
        **_forms(planned),
    } | more


def _names(planned: Planned, typed: str) -> list[str]:
    """Other actions of the plan, while somebody types which one comes first."""
    return [row.title for row in stepping.named(planned.plan, typed) if row.id != planned.item.id]


def _forms(planned: Planned) -> dict[str, Any]:
    """The forms for whoever may do something here."""
    forms: dict[str, Any] = {}
    if can(actor(), Can.DO_PLANNED, planned):
        wanted = request.args.get("naar", "")
        status = ItemStatus(wanted) if wanted in tuple(ItemStatus) else planned.item.status
        forms["stand_form"] = StandForm(formdata=None, status=status, version=planned.item.version)
        forms["step_form"] = StepForm(formdata=None, prefix=STEP)
        forms["first_form"] = FirstForm(formdata=None, first=line(request.args.get("first", ""), LONGEST))
    if can(actor(), Can.STEER_PLAN, planned.plan):
        forms["out_form"] = TakeOutForm(formdata=None, prefix="uit-")
    return forms


@bp.post("/plannen/acties/<uuid:item_id>/stand")
@requires(Can.DO_PLANNED, sees=Can.SEE_PLAN, of=queries.planned)
def stand(planned: Planned) -> Response:
    """Say where an action stands."""
    form = StandForm()
    if form.submitted():
        with saving(form, in_words, planned.item):
            doing.move(planned, form.status.data, form.words.data or "", by=actor(), version=form.version.data)
            return changed(_to(planned), message=told_words(planned.item))
    return form_page("plans/action.html", form, **shown(planned, stand_form=form))


@bp.route("/plannen/acties/<uuid:item_id>/bijsturen", methods=["GET", "POST"])
@requires(Can.DO_PLANNED, sees=Can.SEE_PLAN, of=queries.planned)
def adjust_action(planned: Planned) -> Response:
    """Say anew what an action is, with a reason."""
    item = planned.item
    form = AdjustActionForm(data=AdjustActionForm.stands(item))
    form.offer(signs.goals(planned.plan))
    here: dict[str, Any] = {"plan": planned.plan, "planned": planned, "item": item}
    here["names"] = choosing.names_in_network(form.owner.data or "")
    if form.submitted():
        with saving(form, in_words, item):
            doing.adjust(planned, form.wanted(item), form.because(), by=actor(), version=form.version.data)
            return changed(_to(planned), message=_("Adjusted. What it said before stays readable."))
    return form_page("plans/adjust_action.html", form, **here)


@bp.post("/plannen/acties/<uuid:item_id>/stappen")
@requires(Can.DO_PLANNED, sees=Can.SEE_PLAN, of=queries.planned)
def add_step(planned: Planned) -> Response:
    """Add a small step."""
    form = StepForm(prefix=STEP)
    if form.submitted():
        with saving(form, in_words):
            stepping.add_step(planned, form.words.data or "", by=actor())
            return changed(_to(planned, "small-steps"))
    return form_page("plans/action.html", form, **shown(planned, step_form=form))


@bp.post("/plannen/acties/<uuid:item_id>/stappen/vink")
@requires(Can.DO_PLANNED, sees=Can.SEE_PLAN, of=queries.planned)
def tick_step(planned: Planned) -> Response:
    """A small step is done, or not after all."""
    form = OneStepForm()
    if form.submitted():
        stepping.tick(planned, _chosen(form.step.data), is_done=form.done.data == "1", by=actor())
    return changed(_to(planned, "small-steps"))


@bp.post("/plannen/acties/<uuid:item_id>/stappen/weg")
@requires(Can.DO_PLANNED, sees=Can.SEE_PLAN, of=queries.planned)
def remove_step(planned: Planned) -> Response:
    """Take a small step away."""
    form = OneStepForm()
    if form.submitted():
        stepping.remove_step(planned, _chosen(form.step.data), by=actor())
    return changed(_to(planned, "small-steps"))


@bp.post("/plannen/acties/<uuid:item_id>/eerst")
@requires(Can.DO_PLANNED, sees=Can.SEE_PLAN, of=queries.planned)
def put_first(planned: Planned) -> Response:
    """Another action must come first."""
    form = FirstForm()
    if form.submitted():
        with saving(form, in_words):
            try:
                stepping.put_first(planned, stepping.find(planned.plan, form.first.data or ""), by=actor())
                return changed(_to(planned, "comes-first"))
            except stepping.Circle as circle:
                form.take({"first": circle_words(circle.titles)})
    names = _names(planned, form.first.data or "")
    return form_page("plans/action.html", form, **shown(planned, first_form=form, names=names))


@bp.post("/plannen/acties/<uuid:item_id>/eerst/weg")
@requires(Can.DO_PLANNED, sees=Can.SEE_PLAN, of=queries.planned)
def no_longer_first(planned: Planned) -> Response:
    """The other action need not come first after all."""
    form = OneStepForm()
    if form.submitted():
        stepping.no_longer_first(planned, _chosen(form.step.data), by=actor())
    return changed(_to(planned, "comes-first"))


def _chosen(code: str | None) -> uuid.UUID:
    """What a button names; something that is nowhere when it makes no sense."""
    return as_id(code) or uuid.UUID(int=0)


def _to(planned: Planned, anchor: str | None = None) -> str:
    return url_for("plans.action", item_id=planned.item.id, _anchor=anchor)
