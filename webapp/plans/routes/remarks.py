"""What people say about a plan or a part of it, without changing it.

A page of such a thing passes `remarks=remarks_on(part, id)` and has {% include 'plans/_remarks.html' %}.
"""

import uuid
from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _

from webapp.core.numbers import Numbers
from webapp.plans import queries, remarking, signs
from webapp.plans.codes import Part
from webapp.plans.forms.choosing import RemarkForm
from webapp.plans.labels import in_words
from webapp.plans.models import Barrier, Goal, Plan
from webapp.plans.queries import Planned
from webapp.plans.routes.blueprint import bp, page_of
from webapp.plans.story_models import Remark
from webapp.policy.permissions import Can
from webapp.vocabulary.organisation_kinds import ORGANISATION_TRAITS
from webapp.web import numbers
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.respond import changed
from webapp.web.saving import form_page, saving
from webapp.web.who import actor

SAY: dict[Part, tuple[str, str]] = {
    Part.PLAN: ("plans.say_of_plan", "plan_id"),
    Part.BARRIER: ("plans.say_of_barrier", "barrier_id"),
    Part.GOAL: ("plans.say_of_goal", "goal_id"),
    Part.ACTION: ("plans.say_of_action", "item_id"),
}
"""Where something is said about each part, and the name of its id in that address."""
PLACE = "opmerkingen"


def remarks_on(part: Part, thing_id: uuid.UUID, also: Numbers | None = None) -> dict[str, Any]:
    """What was said about a thing, and where one says something about it. What else the page asks for beside the
    numbers around it can be asked `also`, so that all of it stays one query."""
    me = actor().person_id
    said = numbers.around(signs.remarks_beside(thing_id) | (also or Numbers()))[signs.REMARKS]
    endpoint, name = SAY[part]
    parts: dict[str, Any] = {name: thing_id}
    rows = [
        {
            "row": row,
            "who": ", ".join(one for one in (row.person, row.organisation) if one) or _("Somebody"),
            "side": ORGANISATION_TRAITS[row.organisation_kind].side if row.organisation_kind else "",
            "is_mine": row.person_id is not None and row.person_id == me,
        }
        for row in signs.newest_first(said)
    ]
    return {"rows": rows, "form": RemarkForm(formdata=None), "url": url_for(endpoint, **parts)}


def _say(part: Part, thing_id: uuid.UUID, thing: Any, title: str) -> Response:
    form = RemarkForm()
    to = f"{page_of(part, thing_id)}#{PLACE}"
    if form.submitted():
        with saving(form, in_words):
            remarking.say(part, thing_id, thing, form.remark.data or "", by=actor())
            return changed(to, message=_("Thank you. Everybody can read it."))
    return form_page("plans/say.html", form, plan=thing.plan, title=title, to=to)


@bp.route("/plannen/<uuid:plan_id>/zeg", methods=["GET", "POST"])
@requires(Can.REMARK_ON_PLAN, sees=Can.SEE_PLAN, of=queries.plan)
def say_of_plan(plan: Plan) -> Response:
    """Say something about a plan."""
    return _say(Part.PLAN, plan.id, plan, plan.title)


@bp.route("/plannen/drempels/<uuid:barrier_id>/zeg", methods=["GET", "POST"])
@requires(Can.REMARK_ON_PLAN, sees=Can.SEE_PLAN, of=queries.barrier)
def say_of_barrier(barrier: Barrier) -> Response:
    """Say something about a barrier."""
    return _say(Part.BARRIER, barrier.id, barrier, barrier.words)


@bp.route("/plannen/doelen/<uuid:goal_id>/zeg", methods=["GET", "POST"])
@requires(Can.REMARK_ON_PLAN, sees=Can.SEE_PLAN, of=queries.goal)
def say_of_goal(goal: Goal) -> Response:
    """Say something about a goal."""
    return _say(Part.GOAL, goal.id, goal, goal.title)


@bp.route("/plannen/acties/<uuid:item_id>/zeg", methods=["GET", "POST"])
@requires(Can.REMARK_ON_PLAN, sees=Can.SEE_PLAN, of=queries.planned)
def say_of_action(planned: Planned) -> Response:
    """Say something about an action."""
    return _say(Part.ACTION, planned.item.id, planned, planned.item.title)


@bp.post("/plannen/opmerkingen/<uuid:remark_id>/intrekken")
@requires(Can.TAKE_BACK_REMARK, sees=Can.SEE_PLAN, of=queries.remark)
def take_back(remark: Remark) -> Response:
    """Take back what one said."""
    to = f"{page_of(remark.part, remark.thing_id)}#{PLACE}"
    Form().refuse_unknown()
    remarking.take_back(remark, by=actor())
    return changed(to, message=_("Taken back. Nothing of it stays."))
