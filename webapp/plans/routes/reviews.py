"""Moments to look back on a plan: planning one, preparing and holding it, and what came from it."""

from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _

from webapp.core import clock
from webapp.plans import lookbacks, queries, reviewing
from webapp.plans.forms.reviewing import CameFromForm, HeldForm, ReviewForm
from webapp.plans.labels import in_words
from webapp.plans.models import Plan
from webapp.plans.routes.blueprint import bp
from webapp.plans.story_models import Review
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.respond import changed, page
from webapp.web.saving import form_page, saving
from webapp.web.who import actor

HOLD = "held-"
"""Two forms of a page have a version; the names of the fields of one begin with this."""


@bp.route("/plannen/<uuid:plan_id>/terugblik", methods=["GET", "POST"])
@requires(Can.STEER_PLAN, sees=Can.SEE_PLAN, of=queries.plan)
def plan_review(plan: Plan) -> Response:
    """Plan a moment to look back."""
    form = ReviewForm()
    if form.submitted():
        with saving(form, in_words):
            review = reviewing.plan_one(plan, form.day, form.who.data or "", by=actor())
            return changed(
                _to(review), message=_("Planned. It comes on Today of whoever carries the plan when its day is near.")
            )
    return form_page("plans/plan_review.html", form, plan=plan)


@bp.get("/plannen/terugblik/<uuid:review_id>")
@requires(Can.SEE_PLAN, of=queries.review)
def review(review: Review) -> Response:
    """One moment to look back: what to look at, or what was seen and what came from it."""
    return page("plans/review.html", **_shown(review))


def _shown(review: Review, **forms: Any) -> dict[str, Any]:
    steers = can(actor(), Can.STEER_PLAN, review)
    shown: dict[str, Any] = {
        "review": review,
        "plan": review.plan,
        "topic": lookbacks.topic(review),
        "came": lookbacks.came_from(review) if review.held_on else (),
        "to_look_at": () if review.held_on else lookbacks.to_look_at(review.plan),
        "agreements": lookbacks.agreements(review),
        "form": ReviewForm(formdata=None, obj=review),
        "held_form": HeldForm(formdata=None, obj=review, prefix=HOLD),
        "came_form": CameFromForm(formdata=None),
        "can_bring": steers and can(actor(), Can.TAKE_PART, review) and not review.held_on and not review.topic_id,
        "is_due": review.planned_on <= clock.today(),
    } | forms
    if not review.held_on and shown["held_form"].held_on.data is None:
        shown["held_form"].held_on.data = clock.today()
    shown["came_form"].offer(lookbacks.loose(review) if steers and review.held_on else ())
    return shown


@bp.post("/plannen/terugblik/<uuid:review_id>/houden")
@requires(Can.STEER_PLAN, sees=Can.SEE_PLAN, of=queries.review)
def hold_review(review: Review) -> Response:
    """Write down what was seen and what changes."""
    form = HeldForm(prefix=HOLD)
    if form.submitted():
        with saving(form, in_words, review):
            reviewing.hold(review, form.seen(), by=actor(), version=form.version.data)
            return changed(_to(review), message=_("Written down. Adjust now what you want to change."))
    return form_page("plans/review.html", form, **_shown(review, held_form=form))


@bp.post("/plannen/terugblik/<uuid:review_id>/verzetten")
@requires(Can.STEER_PLAN, sees=Can.SEE_PLAN, of=queries.review)
def put_off_review(review: Review) -> Response:
    """Look back on another day, or with others."""
    form = ReviewForm()
    if form.submitted():
        with saving(form, in_words, review):
            reviewing.put_off(review, form.day, form.who.data or "", by=actor(), version=form.version.data)
            return changed(_to(review), message=_("Saved."))
    return form_page("plans/review.html", form, **_shown(review, form=form))


@bp.post("/plannen/terugblik/<uuid:review_id>/afblazen")
@requires(Can.STEER_PLAN, sees=Can.SEE_PLAN, of=queries.review)
def call_off_review(review: Review) -> Response:
    """Not this one."""
    Form().refuse_unknown()
    plan = review.plan
    reviewing.call_off(review, by=actor())
    return changed(url_for("plans.timeline_of", plan_id=plan.id), message=_("This look back is called off."))


@bp.post("/plannen/terugblik/<uuid:review_id>/agenda")
@requires(Can.TAKE_PART, sees=Can.SEE_PLAN, of=queries.review)
def bring_review(review: Review) -> Response:
    """Hold it in a meeting of the group that carries the plan."""
    Form().refuse_unknown()
    title = _("Looking back on %(plan)s", plan=review.plan.title)
    reviewing.bring(review, title, by=actor())
    return changed(
        _to(review), message=_("It waits in the inbox of the group. Put it on the agenda of a meeting there.")
    )


@bp.post("/plannen/terugblik/<uuid:review_id>/bijsturingen")
@requires(Can.STEER_PLAN, sees=Can.SEE_PLAN, of=queries.review)
def came_from_review(review: Review) -> Response:
    """Say which adjustments came from it."""
    form = CameFromForm()
    form.offer(lookbacks.loose(review))
    if form.submitted():
        reviewing.came_from(review, form.adjustments.data or (), by=actor())
        return changed(_to(review), message=_("Saved."))
    return form_page("plans/review.html", form, **_shown(review, came_form=form))


def _to(review: Review) -> str:
    return url_for("plans.review", review_id=review.id)
