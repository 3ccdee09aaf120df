"""The board of a plan, moving its cards, and the list of the same actions."""

import uuid
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from webapp.core import clock
from webapp.core.errors import Conflict
from webapp.groups import choosing
from webapp.groups.carrying import ways_on
from webapp.groups.lifecycle import ItemStatus
from webapp.groups.models import ActionItem
from webapp.plans import board as boards
from webapp.plans import doing, listing, queries, signs
from webapp.plans.codes import Lane
from webapp.plans.forms import seeking
from webapp.plans.forms.doing import ShiftForm
from webapp.plans.labels import lane_of, told_words
from webapp.plans.models import Plan
from webapp.plans.queries import Planned
from webapp.plans.routes.blueprint import bp
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.web.filters import asked_for
from webapp.web.guard import requires
from webapp.web.paging import behind, cut, mark, moment
from webapp.web.respond import changed, invalid, page
from webapp.web.who import actor

FRAGMENT = "plans/_board.html"
MOST_GOALS = 6


@bp.get("/plannen/<uuid:plan_id>/bord")
@requires(Can.SEE_PLAN, of=queries.plan)
def board(plan: Plan) -> Response:
    """The goals of a plan, and its actions in four columns."""
    return page("plans/board.html", **_shown(plan), goals=signs.goals(plan)[:MOST_GOALS])


def _shown(plan: Plan, moved: ActionItem | None = None, **more: Any) -> dict[str, Any]:
    """The board as it is now; with where the card stands that somebody moved, or found moved."""
    column = lane_of(moved.status) if moved else None
    return {
        **_cards(plan),
        "board": boards.board(plan, actor(), moved.id if moved else None),
        "BECOMES": boards.BECOMES,
        "STANDS_IN": boards.STANDS_IN,
        "more_url": _more_url(plan, moved.id if moved else None),
        "opened": column or Lane.BUSY,
        "moved_id": moved.id if moved else None,
        "told": told_words(moved) if moved else "",
        "is_stale": False,
    } | more


@bp.get("/plannen/<uuid:plan_id>/bord/meer")
@requires(Can.SEE_PLAN, of=queries.plan)
def more_cards(plan: Plan) -> Response:
    """The next cards of a column, to put below those that are shown; or as a page of their own."""
    status = asked_for(ItemStatus, "stand") or ItemStatus.MOVING
    after = behind(request.args.get("na"), moment if status in boards.LATEST_FIRST else date.fromisoformat)
    but = request.args.get("behalve", type=uuid.UUID)
    found = cut(boards.more(plan, status, actor(), after, but), boards.key, boards.MOST_CARDS)
    return page(
        "plans/board_more.html",
        fragment="plans/_more_cards.html",
        rows=found.rows,
        status=status,
        behind_id=after[1] if after else None,
        moved_id=found.rows[0].id if found.rows else None,
        more_url=_more_url(plan, but),
        has_more=found.next is not None,
        **_cards(plan),
    )


def _cards(plan: Plan) -> dict[str, Any]:
    """What cards need."""
    who = actor()
    return {
        "plan": plan,
        "ways_on": ways_on,
        "may_do": lambda row: boards.may_do(row, plan, who),
        "asks_lesson": lambda row: boards.asks_lesson(row) and can(who, Can.WRITE_LESSON),
    }


def _more_url(plan: Plan, but: uuid.UUID | None) -> Callable[[Any], str]:
    """Where the cards behind one are, without one that the board shows already."""

    def of(last: Any) -> str:
        here = mark([str(part) for part in boards.key(last)])
        return url_for("plans.more_cards", plan_id=plan.id, stand=last.status, na=here, behalve=but)

    return of


@bp.post("/plannen/acties/<uuid:item_id>/verplaats")
@requires(Can.DO_PLANNED, sees=Can.SEE_PLAN, of=queries.planned)
def shift(planned: Planned) -> Response:
    """Put a card of the board somewhere else. What changes the plan itself asks for a reason, on its own page."""
    form, item = ShiftForm(), planned.item
    if not form.submitted():
        return _refused(planned, 422)
    status: ItemStatus = form.status.data
    if item.version != form.version.data:
        return _refused(planned)
    if status in doing.STORY and status is not item.status:
        return changed(url_for("plans.action", item_id=item.id, naar=status, _anchor="stand"))
    try:
        doing.move(planned, status, by=actor(), version=form.version.data)
    except Conflict:
        return _refused(planned)
    back = url_for("plans.board", plan_id=planned.plan.id, _anchor=f"card-{item.id}")
    return changed(back, fragment=FRAGMENT, message=told_words(item), shows=partial(_shown, planned.plan, item))


def _refused(planned: Planned, status: int = 409) -> Response:
    """Somebody moved the card before: the board says where it stands now."""
    shown = _shown(planned.plan, planned.item, is_stale=True)
    goals = signs.goals(planned.plan)[:MOST_GOALS]
    return invalid("plans/board.html", fragment=FRAGMENT, status=status, goals=goals, **shown)


@bp.get("/plannen/<uuid:plan_id>/lijst")
@requires(Can.SEE_PLAN, of=queries.plan)
def listed(plan: Plan) -> Response:
    """The actions of a plan, narrowed down by what the URL asks."""
    asked = seeking.read(request.args)
    on_paper = request.args.get("papier") == "1"
    most = listing.MOST_ON_PAPER if on_paper else listing.PAGE_SIZE
    start = None if on_paper else behind(request.args.get("na"), date.fromisoformat)
    found = cut(listing.actions(plan, asked.sought, actor(), start, most), listing.key, most)
    here: dict[str, Any] = {"plan_id": plan.id, **asked.parameters}
    form = seeking.showing(asked.parameters, signs.goals(plan), _("All"))
    return page(
        "plans/paper.html" if on_paper else "plans/list.html",
        fragment="plans/_names.html",
        plan=plan,
        names=choosing.names_in_network(asked.parameters.get("owner", "")),
        rows=found.rows,
        form=form,
        asked=asked,
        chosen=seeking.chosen(form, asked.parameters),
        first_url=url_for("plans.listed", **here) if start else "",
        next_url=url_for("plans.listed", **here, na=found.next) if found.next else "",
        today=clock.today(),
        paper_url=url_for("plans.listed", **here, papier=1),
        is_cut=found.next is not None,
    )
