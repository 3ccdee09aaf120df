"""What others do: suggestions beside the forms of a plan, and the same as a page of its own."""

import re
import uuid
from collections.abc import Sequence

from flask import Response, request, url_for
from flask_babel import gettext as _

from webapp.plans import queries, suggesting
from webapp.plans.codes import Link
from webapp.plans.models import Plan
from webapp.plans.routes.blueprint import bp, link_url
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.vocabulary.seven_bs import B
from webapp.vocabulary.strategies import Strategy
from webapp.web import suggestions
from webapp.web.guard import requires
from webapp.web.respond import page
from webapp.web.suggestions import About, Suggestion
from webapp.web.who import actor

KNOWN = frozenset((*B, *Strategy))
IS_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MOST_ASKED = 50


@bp.get("/plannen/<uuid:plan_id>/anderen")
@requires(Can.SEE_PLAN, of=queries.plan)
def others(plan: Plan) -> Response:
    """What may help with what somebody ticked in a form: B's, those of barriers, a strategy; never what they typed."""
    smaller = suggesting.bs_of(plan, _ids(request.args.getlist("barriers")))
    asked = (*request.args.getlist("bs"), *request.args.getlist("strategy"), *smaller)
    codes = tuple(dict.fromkeys(code for code in asked if code in KNOWN))
    found = suggestions.of(About(codes, str(plan.id)), actor())
    return page("plans/others.html", fragment="plans/_others.html", plan=plan, suggested=found, is_asked=bool(codes))


def _ids(codes: Sequence[str]) -> list[uuid.UUID]:
    """The ids among what is asked for."""
    return [uuid.UUID(code) for code in codes if IS_ID.fullmatch(code)][:MOST_ASKED]


def tools(about: About, who: Actor) -> Sequence[Suggestion]:
    """Tools that open groups share."""
    if not can(who, Can.LOOK_AROUND):
        return ()
    return [
        Suggestion(row.title, row.purpose, url_for("shelf.tool", tool_id=row.id), "hammer")
        for row in suggesting.tools(about.codes)
    ]


def actions(about: About, who: Actor) -> Sequence[Suggestion]:
    """What other plans do."""
    if not can(who, Can.SEE_PLAN):
        return ()
    found = suggesting.actions(about.codes, uuid.UUID(about.but))
    return [
        Suggestion(row.title, _("in the plan %(plan)s", plan=row.plan), link_url(Link.ACTION, row), "footprints")
        for row in found
    ]
