"""What was seen of a sign of change, as a statement."""

from flask import Response
from flask_babel import gettext as _

from webapp.core import clock
from webapp.plans import growing, queries
from webapp.plans.forms.choosing import SeenForm
from webapp.plans.models import Goal
from webapp.plans.routes.blueprint import bp
from webapp.plans.routes.choosing import to_goal
from webapp.plans.routes.saving import save, tap
from webapp.plans.story_models import Outcome
from webapp.policy.permissions import Can
from webapp.web.guard import requires
from webapp.web.who import actor


@bp.route("/plannen/doelen/<uuid:goal_id>/gezien", methods=["GET", "POST"])
@requires(Can.STEER_PLAN, sees=Can.SEE_PLAN, of=queries.goal)
def see(goal: Goal) -> Response:
    """Say what changed."""
    form = SeenForm(data={"seen_on": clock.today()})

    def change() -> str:
        growing.see(goal, form.statement(), by=actor())
        return to_goal(goal)

    shown = {"plan": goal.plan, "goal": goal, "outcome": None}
    return save("plans/see.html", form, shown, change, _("Good that you see it."))


@bp.route("/plannen/gezien/<uuid:outcome_id>", methods=["GET", "POST"])
@requires(Can.STEER_PLAN, sees=Can.SEE_PLAN, of=queries.outcome)
def see_anew(outcome: Outcome) -> Response:
    """Say better what changed."""
    names = ("version", "growth", "who", "what", "why_it_matters", "our_part", "how_we_know", "seen_on")
    form = SeenForm(data={name: getattr(outcome, name) for name in names})

    def change() -> str:
        growing.see_anew(outcome, form.statement(), by=actor(), version=form.version.data)
        return to_goal(outcome.goal)

    shown = {"plan": outcome.plan, "goal": outcome.goal, "outcome": outcome}
    return save("plans/see.html", form, shown, change, _("Saved."), thing=outcome)


@bp.post("/plannen/gezien/<uuid:outcome_id>/weg")
@requires(Can.STEER_PLAN, sees=Can.SEE_PLAN, of=queries.outcome)
def unsee(outcome: Outcome) -> Response:
    """Take away an outcome that is not right."""
    to = to_goal(outcome.goal)
    return tap(lambda: growing.unsee(outcome, by=actor()), to, _("It's gone."))
