"""The timeline of a plan: its actions in a year of months, and the story of what happened and why."""

import uuid
from datetime import date
from typing import Any

from flask import Response, request, url_for

from webapp.core.numbers import unpacked
from webapp.plans import charting, chronicle, in_time, queries, timeline
from webapp.plans.codes import Part
from webapp.plans.forms.reviewing import ReviewForm, StoryFilterForm
from webapp.plans.models import Plan
from webapp.plans.routes.blueprint import bp
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.web import numbers
from webapp.web.guard import requires
from webapp.web.paging import after, cut, moment
from webapp.web.respond import page
from webapp.web.who import actor

FEW, MOST_AT_ONCE = 4, 5
"""On a phone a few things that happened stand above today, and what came before folds. So short a story needs no
filter."""


@bp.get("/plannen/<uuid:plan_id>/tijdlijn")
@requires(Can.SEE_PLAN, of=queries.plan)
def timeline_of(plan: Plan) -> Response:
    """The actions of a plan in time, and what happened in it: the last of it, in the order of its days."""
    waiting = numbers.around(timeline.next_reviews(plan.id))[timeline.NEXT_REVIEWS]
    part = next((one for one in timeline.PARTS if one == request.args.get("deel")), "")
    year = charting.year_of(plan, request.args.get("van"))
    bars, to_come = in_time.of_plan(plan.id)
    shown = [row.id for _goal, rows in bars for row in rows]
    is_first = not request.args.get("na")
    told = cut(timeline.story(plan.id, part, _after()), lambda one: (one.day, one.at, one.id), timeline.PAGE_SIZE)
    return page(
        "plans/timeline.html",
        plan=plan,
        year=year,
        years=[_here(plan, van=month) if month else "" for month in charting.beside(plan, year)],
        goals=charting.goals(plan, year, bars, timeline.adjusted(plan.id, shown)),
        story=chronicle.in_words(told.rows[::-1]),
        to_come=chronicle.to_come(to_come) if is_first and part in ("", Part.ACTION) else (),
        before_url=_here(plan, deel=part or None, na=told.next) + "#verhaal" if told.next else "",
        now_url="" if is_first else _here(plan, deel=part or None) + "#verhaal",
        filters=StoryFilterForm.showing(part),
        has_filter=bool(part or not is_first or len(told.rows) > MOST_AT_ONCE),
        few=FEW if is_first and len(told.rows) > MOST_AT_ONCE else 0,
        is_first=is_first,
        reviews=sorted((date.fromisoformat(day), who, uuid.UUID(key)) for key, day, who in unpacked(waiting)),
        review_form=ReviewForm(formdata=None) if can(actor(), Can.STEER_PLAN, plan) else None,
    )


def _here(plan: Plan, **asked: Any) -> str:
    return url_for("plans.timeline_of", plan_id=plan.id, **asked)


def _after() -> timeline.After | None:
    key = after(request.args.get("na"), 3)
    try:
        return (date.fromisoformat(key[0]), moment(key[1]), uuid.UUID(key[2])) if key else None
    except ValueError:
        return None
