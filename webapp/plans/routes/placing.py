"""Putting an action of a working group in a plan, and taking it out."""

import uuid

from flask import Response, url_for
from flask_babel import gettext as _

from webapp.core.errors import Conflict
from webapp.groups import items
from webapp.groups.home import Thing
from webapp.groups.models import ActionItem
from webapp.plans import placing, queries
from webapp.plans.forms.doing import PlaceForm, TakeOutForm
from webapp.plans.labels import in_words
from webapp.plans.lifecycle import PlanStatus
from webapp.plans.queries import Planned
from webapp.plans.routes import doing
from webapp.plans.routes.blueprint import bp
from webapp.policy.permissions import Can
from webapp.web.guard import requires
from webapp.web.respond import changed
from webapp.web.saving import form_page, saving
from webapp.web.who import actor


@bp.route("/plannen/acties/<uuid:item_id>/in-een-plan", methods=["GET", "POST"])
@requires(Can.PLACE_ACTION, sees=Can.SEE_GROUP, of=items.item)
def place(item: ActionItem) -> Response:
    """Put an action of a group in a plan that one looks after."""
    if item.plan_id:
        return changed(_to(item))
    form, plans = PlaceForm(), placing.plans_for(actor())
    form.plan.choices = [(str(row.id), row.title) for row in plans]
    if form.submitted():
        try:
            with saving(form, in_words):
                placing.place(item, form.chosen(), form.strategy.data, form.bs.data or (), by=actor())
                return changed(_to(item), message=_("The action stands in the plan."))
        except Conflict:  # somebody put it in a plan meanwhile
            return changed(_to(item))
    return form_page("plans/place.html", form, item=item, plans=plans)


@bp.post("/plannen/acties/<uuid:item_id>/uit-het-plan")
@requires(Can.STEER_PLAN, sees=Can.SEE_PLAN, of=queries.planned)
def take_out(planned: Planned) -> Response:
    """Take an action out of its plan, with a reason; its group keeps it."""
    form = TakeOutForm(prefix="uit-")
    if form.submitted():
        placing.take_out(planned, form.why.data or "", by=actor())
        to = url_for("groups.item", item_id=planned.item.id)
        return changed(to, message=_("Taken out of the plan. It stays an action of the group."))
    return form_page("plans/action.html", form, **doing.shown(planned, out_form=form))


def _to(item: ActionItem) -> str:
    return url_for("plans.action", item_id=item.id)


def plan_of(plan_id: uuid.UUID) -> Thing | None:
    """The plan in which an action of a group stands, as pages of the group name it."""
    found = queries.plan(plan_id)
    if found is None:
        return None
    address = url_for("plans.board", plan_id=plan_id)
    return Thing(found.group_id, found.title, address, is_over=found.status is PlanStatus.ROUNDED_OFF)
