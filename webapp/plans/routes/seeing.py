"""What was seen of a sign of change, as a statement."""

from flask import Response
from flask_babel import gettext as _

from webapp.core import clock
from webapp.plans import growing, queries
from webapp.plans.forms.choosing import SeenForm
from webapp.plans.labels import in_words
from webapp.plans.models import Goal
from webapp.plans.routes.blueprint import bp
from webapp.plans.routes.choosing import to_goal
from webapp.plans.story_models import Outcome
from webapp.policy.permissions import Can
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.respond import changed
from webapp.web.saving import form_page, saving
from webapp.web.who import actor


@bp.route("/plannen/doelen/<uuid:goal_id>/gezien", methods=["GET", "POST"])
@requires(Can.STEER_PLAN, sees=Can.SEE_PLAN, of=queries.goal)
def see(goal: Goal) -> Response:
    """Say what changed."""
    form = SeenForm(data={"seen_on": clock.today()})
    if form.submitted():
        with saving(form, in_words):
            growing.see(goal, form.statement(), by=actor())
            return changed(to_goal(goal), message=_("Good that you see it."))
    return form_page("plans/see.html", form, plan=goal.plan, goal=goal, outcome=None)


@bp.route("/plannen/gezien/<uuid:outcome_id>", methods=["GET", "POST"])
@requires(Can.STEER_PLAN, sees=Can.SEE_PLAN, of=queries.outcome)
def see_anew(outcome: Outcome) -> Response:
    """Say better what changed."""
    names = ("version", "growth", "who", "what", "why_it_matters", "our_part", "how_we_know", "seen_on")
    form = SeenForm(data={name: getattr(outcome, name) for name in names})
    if form.submitted():
        with saving(form, in_words, outcome):
            growing.see_anew(outcome, form.statement(), by=actor(), version=form.version.data)
            return changed(to_goal(outcome.goal), message=_("Saved."))
    return form_page("plans/see.html", form, plan=outcome.plan, goal=outcome.goal, outcome=outcome)


@bp.post("/plannen/gezien/<uuid:outcome_id>/weg")
@requires(Can.STEER_PLAN, sees=Can.SEE_PLAN, of=queries.outcome)
def unsee(outcome: Outcome) -> Response:
    """Take away an outcome that is not right."""
    to = to_goal(outcome.goal)
    Form().refuse_unknown()
    growing.unsee(outcome, by=actor())
    return changed(to, message=_("It's gone."))
