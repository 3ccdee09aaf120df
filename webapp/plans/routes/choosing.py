"""What a plan chooses, and the signs of change it looks for."""

import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from webapp.core import clock
from webapp.plans import choosing_goals, neighbours, queries, register, signs, story_words
from webapp.plans.codes import Link, Part
from webapp.plans.forms.choosing import AdjustChoiceForm, AdjustSignForm, ChoiceForm, SignForm
from webapp.plans.forms.plan import WhyForm
from webapp.plans.labels import in_words, three_words
from webapp.plans.models import Choice, Goal, Plan
from webapp.plans.register import Wanted
from webapp.plans.routes.blueprint import bp
from webapp.plans.routes.remarks import remarks_on
from webapp.policy.permissions import Can
from webapp.web.forms import as_id
from webapp.web.guard import requires
from webapp.web.ordering import OrderForm, ShiftForm
from webapp.web.respond import changed, page
from webapp.web.saving import Faults, form_page, saving
from webapp.web.who import actor

HALF_A_YEAR = timedelta(days=182)


@bp.get("/plannen/<uuid:plan_id>/doelen")
@requires(Can.SEE_PLAN, of=queries.plan)
def goals(plan: Plan) -> Response:
    """What the plan chose, which change it looks for, who was listened to, and what people say of it."""
    chosen = signs.choices(plan)
    return page(
        "plans/goals.html",
        plan=plan,
        on_top=[row for row in chosen if row.is_open and row.is_highlighted],
        others=[row for row in chosen if row.is_open and not row.is_highlighted],
        let_go=[row for row in chosen if not row.is_open],
        goals=signs.goals(plan),
        is_sorting=request.args.get("volgorde") == "1",
        voices=signs.voices(plan),
        remarks=remarks_on(Part.PLAN, plan.id),
    )


@bp.post("/plannen/<uuid:plan_id>/doelen/volgorde")
@requires(Can.STEER_PLAN, sees=Can.SEE_PLAN, of=queries.plan)
def arrange_goals(plan: Plan) -> Response:
    """Put the goals in the order in which they were dragged."""
    choosing_goals.arrange_goals(plan, OrderForm.sent().ids(), by=actor())
    return _sorted(plan)


@bp.post("/plannen/doelen/<uuid:goal_id>/plaats")
@requires(Can.STEER_PLAN, sees=Can.SEE_PLAN, of=queries.goal)
def shift_goal(goal: Goal) -> Response:
    """Move a goal one place up or down."""
    choosing_goals.shift_goal(goal, ShiftForm.sent().places, by=actor())
    return _sorted(goal.plan)


def _sorted(plan: Plan) -> Response:
    to = url_for("plans.goals", plan_id=plan.id, volgorde=1, _anchor="plans-goals")
    return changed(to, fragment="plans/_goals.html", plan=plan, goals=signs.goals(plan), is_sorting=True)


@bp.route("/plannen/<uuid:plan_id>/keuzes/nieuw", methods=["GET", "POST"])
@requires(Can.STEER_PLAN, sees=Can.SEE_PLAN, of=queries.plan)
def choose(plan: Plan) -> Response:
    """Choose for whom, and which distance."""
    form = ChoiceForm(data={"until": min(plan.ends_on, clock.today() + HALF_A_YEAR)})
    if form.submitted():
        with saving(form, _asked_back(form, plan)):
            made = choosing_goals.choose(plan, form.chosen(), by=actor())
            return changed(_to_choice(made), message=_("Chosen. Which change do you look for?"))
    return form_page("plans/choose.html", form, plan=plan, choice=None)


def _asked_back(form: ChoiceForm, plan: Plan) -> Faults:
    """The errors of a choice in words; a question back is none: whoever saves once more means it."""

    def in_sentences(errors: Mapping[str, str]) -> Mapping[str, str]:
        if "insists" in errors:
            form.ask_back()
            return {}
        if errors.get("is_highlighted") == "three_on_top":
            return {"is_highlighted": three_words([row.for_whom for row in register.on_top(plan)])}
        return in_words(errors)

    return in_sentences


@bp.get("/plannen/keuzes/<uuid:choice_id>")
@requires(Can.SEE_PLAN, of=queries.choice)
def choice(choice: Choice) -> Response:
    """One choice."""
    return page("plans/choice.html", **_shown_choice(choice), form=WhyForm(formdata=None))


def _shown_choice(choice: Choice) -> dict[str, Any]:
    return {
        "plan": choice.plan,
        "choice": choice,
        "goals": signs.goals_of(choice),
        "told": story_words.story_of(choice.id),
    }


@bp.route("/plannen/keuzes/<uuid:choice_id>/bijsturen", methods=["GET", "POST"])
@requires(Can.STEER_PLAN, sees=Can.SEE_PLAN, of=queries.choice)
def adjust_choice(choice: Choice) -> Response:
    """Choose otherwise, and say why."""
    names = ("version", "for_whom", "objective", "distances", "until", "is_highlighted")
    form = AdjustChoiceForm(data={name: getattr(choice, name) for name in names})
    if form.submitted():
        with saving(form, _asked_back(form, choice.plan), choice):
            choosing_goals.adjust_choice(choice, form.chosen(), form.because(), by=actor(), version=form.version.data)
            return changed(_to_choice(choice), message=_adjusted())
    return form_page("plans/choose.html", form, plan=choice.plan, choice=choice)


def _adjusted() -> str:
    return _("Adjusted. What it said before stays readable.")


@bp.post("/plannen/keuzes/<uuid:choice_id>/loslaten")
@requires(Can.STEER_PLAN, sees=Can.SEE_PLAN, of=queries.choice)
def let_choice_go(choice: Choice) -> Response:
    """Not chosen any more."""
    form = WhyForm()
    if form.submitted():
        with saving(form, in_words):
            choosing_goals.let_choice_go(choice, form.why.data or "", by=actor())
            return changed(_to_choice(choice), message=_("Let go. It stays readable."))
    return form_page("plans/choice.html", form, **_shown_choice(choice))


@bp.post("/plannen/keuzes/<uuid:choice_id>/opnemen")
@requires(Can.STEER_PLAN, sees=Can.SEE_PLAN, of=queries.choice)
def take_choice_up(choice: Choice) -> Response:
    """Chosen after all."""
    form = WhyForm()
    if form.submitted():
        with saving(form, in_words):
            choosing_goals.take_choice_up(choice, form.why.data or "", by=actor())
            return changed(_to_choice(choice), message=_("Chosen again."))
    return form_page("plans/choice.html", form, **_shown_choice(choice))


def _to_choice(choice: Choice) -> str:
    return url_for("plans.choice", choice_id=choice.id)


@bp.route("/plannen/<uuid:plan_id>/doelen/nieuw", methods=["GET", "POST"])
@requires(Can.STEER_PLAN, sees=Can.SEE_PLAN, of=queries.plan)
def look_for(plan: Plan) -> Response:
    """Say which change the plan looks for."""
    barrier, choice = _id_from("drempel"), _id_from("keuze")
    form = SignForm(data={"barriers": [barrier] if barrier else [], "choice": str(choice or "")})
    _offer(form, plan)
    if form.submitted():
        with saving(form, in_words):
            made = choosing_goals.add_goal(plan, form.looked_for(), by=actor())
            return changed(to_goal(made), message=_("The plan looks for this now. What do you do for it?"))
    return form_page("plans/sign.html", form, plan=plan, goal=None)


def _id_from(name: str) -> uuid.UUID | None:
    """What the goal is for, when one comes from there; nonsense is nothing."""
    return as_id(request.args.get(name))


def _offer(form: SignForm, plan: Plan) -> None:
    chosen = [row for row in signs.choices(plan) if row.is_open or str(row.id) == form.choice.data]
    form.offer(chosen, register.barriers(plan, Wanted(), most=register.MOST))


@bp.get("/plannen/doelen/<uuid:goal_id>")
@requires(Can.SEE_PLAN, of=queries.goal)
def goal(goal: Goal) -> Response:
    """One sign of change."""
    return page("plans/goal.html", **_shown_goal(goal), form=WhyForm(formdata=None))


def _shown_goal(goal: Goal) -> dict[str, Any]:
    return {
        "plan": goal.plan,
        "goal": goal,
        "outcomes": signs.outcomes(goal),
        "done": signs.done_for(goal),
        "told": story_words.story_of(goal.id),
        "chain": neighbours.around(Link.GOAL, goal.id),
        "remarks": remarks_on(Part.GOAL, goal.id),
    }


@bp.route("/plannen/doelen/<uuid:goal_id>/bijsturen", methods=["GET", "POST"])
@requires(Can.STEER_PLAN, sees=Can.SEE_PLAN, of=queries.goal)
def adjust_goal(goal: Goal) -> Response:
    """Look for another change, or notice it otherwise, and say why."""
    fields: dict[str, Any] = {name: getattr(goal, name) for name in ("version", "title", "sign", "number", "until")}
    fields |= {"choice": str(goal.choice_id or ""), "barriers": [row.id for row in goal.barriers]}
    form = AdjustSignForm(data=fields)
    _offer(form, goal.plan)
    if form.submitted():
        with saving(form, in_words, goal):
            choosing_goals.adjust_goal(goal, form.looked_for(), form.because(), by=actor(), version=form.version.data)
            return changed(to_goal(goal), message=_adjusted())
    return form_page("plans/sign.html", form, plan=goal.plan, goal=goal)


@bp.post("/plannen/doelen/<uuid:goal_id>/loslaten")
@requires(Can.STEER_PLAN, sees=Can.SEE_PLAN, of=queries.goal)
def let_goal_go(goal: Goal) -> Response:
    """The plan looks for it no more."""
    form, plan = WhyForm(), goal.plan
    if form.submitted():
        with saving(form, in_words):
            choosing_goals.let_goal_go(goal, form.why.data or "", by=actor())
            return changed(
                url_for("plans.goals", plan_id=plan.id), message=_("Let go. The story of the plan keeps why.")
            )
    return form_page("plans/goal.html", form, **_shown_goal(goal))


def to_goal(goal: Goal) -> str:
    """Where a goal is."""
    return url_for("plans.goal", goal_id=goal.id)
