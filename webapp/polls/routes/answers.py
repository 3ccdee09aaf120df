"""The polls of a group, beginning one, and the page on which a member answers and sees who can when."""

from collections.abc import Mapping
from typing import Any

from flask import Response, make_response, redirect, request, url_for
from flask_babel import gettext as _

from webapp.core.errors import Conflict
from webapp.groups import home
from webapp.groups import queries as groups
from webapp.groups.models import WorkingGroup
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.polls import actions, answering, queries
from webapp.polls.forms import ROWS_SHOWN, SheetForm, StartForm
from webapp.polls.labels import in_words
from webapp.polls.models import DatePoll
from webapp.polls.routes.blueprint import bp
from webapp.web.guard import requires
from webapp.web.respond import changed, page, wants_fragment
from webapp.web.saving import form_page, saving
from webapp.web.who import actor


@bp.get("/werkgroepen/<uuid:group_id>/prikkers")
@requires(Can.TAKE_PART, sees=Can.SEE_GROUP, of=groups.group)
def index(group: WorkingGroup) -> Response:
    """The date polls of a group: those that are open, and the latest others."""
    return page("polls/index.html", group=group, polls=queries.of_group(group))


@bp.route("/werkgroepen/<uuid:group_id>/prikkers/nieuw", methods=["GET", "POST"])
@requires(Can.TAKE_PART, sees=Can.SEE_GROUP, of=groups.group)
def start(group: WorkingGroup) -> Response:
    """Ask the group when it can."""
    form = StartForm(title=_("When shall we meet?"), minutes=90)
    if form.submitted():
        with saving(form, _faults):
            poll = actions.start(group, form.about(), form.proposed(), by=actor())
            return changed(_to(poll), message=_("Asked. Everybody in the group hears of it."))
    return form_page("polls/start.html", form, group=group, rows_shown=ROWS_SHOWN)


def _faults(errors: Mapping[str, str]) -> dict[str, str]:
    """What was refused, beside the fields of the form: what is wrong with one day stands above all moments."""
    return {"moments" if field == "day" else field: text for field, text in in_words(errors).items()}


@bp.get("/prikkers/<uuid:poll_id>")
@requires(Can.READ_POLL, of=queries.poll)
def show(poll: DatePoll) -> Response:
    """Who can when, and one's own answer."""
    return page("polls/show.html", **_shown(poll, SheetForm(formdata=None)))


def _shown(poll: DatePoll, form: SheetForm, typed: dict[Any, Any] | None = None) -> dict[str, Any]:
    board, me = queries.board(poll), actor()
    own = next((row for row in board.replies if row.person_id == me.person_id), None)
    spoken = {row.person_id for row in board.replies}
    silent = [row for row in poll.group.members if row.person_id not in spoken]
    leads = can(me, Can.LEAD_POLL, poll)
    return {
        "poll": poll,
        "group": poll.group,
        "board": board,
        "form": form,
        "own": own,
        "mine": board.own(own.id if own else None) | (typed or {}),
        "others": [row for row in board.replies if own is None or row.id != own.id],
        "silent": silent,
        "silent_others": [row.name for row in silent if row.person_id != me.person_id],
        "sides": {row.person_id: home.side_of(row) for row in poll.group.members},
        "leads": leads,
        "may_nudge": leads and actions.may_nudge(poll),
        "chosen": _chosen(poll, board),
    }


def _chosen(poll: DatePoll, board: queries.Board) -> Any:
    return next((one for one in board.moments if one.id == poll.chosen_id), None)


@bp.post("/prikkers/<uuid:poll_id>/antwoord")
@requires(Can.READ_POLL, of=queries.poll)
def answer(poll: DatePoll) -> Response:
    """Say when one can."""
    form = SheetForm()
    if form.submitted():
        try:
            saved = answering.answer(poll, form.when.data, by=actor())
            return changed(_to(poll), message=saved_words(saved))
        except Conflict:
            form.is_stale = True
    return form_page("polls/show.html", form, **_shown(poll, form, form.when.data))


def saved_words(saved: answering.Saved) -> str:
    """What to say after an answer was written down."""
    if saved.lost:
        return _("Saved. A moment was withdrawn in the meantime; the rest counts.")
    return _("Saved. You can still change it.")


@bp.get("/prikkers/<uuid:poll_id>/nieuws")
@requires(Can.READ_POLL, of=queries.poll)
def news(poll: DatePoll) -> Response:
    """Whether anything changed since the version that a page shows: 304 when nothing did."""
    if request.args.get("sinds") == str(poll.pulse):
        return make_response("", 304)
    if not wants_fragment():
        return make_response(redirect(_to(poll), 303))
    return page("polls/_news.html", poll=poll)


def _to(poll: DatePoll) -> str:
    return url_for("polls.show", poll_id=poll.id)
