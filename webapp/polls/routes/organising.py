"""Looking after a poll: its words, its moments, the link for guests, closing, opening again, reminding, choosing."""

from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.core.errors import Invalid
from webapp.policy.permissions import Can
from webapp.polls import actions, queries, sharing
from webapp.polls.forms import AboutForm, ChooseForm, MomentForm, ReopenForm
from webapp.polls.labels import in_words, moment_words
from webapp.polls.models import DatePoll
from webapp.polls.routes.blueprint import bp
from webapp.web import qr as qr_codes
from webapp.web.forms import Form, as_id
from webapp.web.guard import requires
from webapp.web.respond import changed, invalid, page
from webapp.web.saving import form_page, saving
from webapp.web.who import actor

leads = requires(Can.LEAD_POLL, sees=Can.READ_POLL, of=queries.poll)


@bp.get("/prikkers/<uuid:poll_id>/beheer")
@leads
def organise(poll: DatePoll) -> Response:
    """Everything that who began a poll can do with it."""
    return page("polls/organise.html", **_shown(poll))


def _shown(poll: DatePoll, **forms: Any) -> dict[str, Any]:
    token = sharing.token_of(poll)
    url = url_for("polls.follow", token=token, _external=True) if token else ""
    shown: dict[str, Any] = {
        "poll": poll,
        "group": poll.group,
        "board": queries.board(poll),
        "about": AboutForm(formdata=None, obj=poll),
        "add": MomentForm(formdata=None),
        "again": ReopenForm(formdata=None),
        "url": url,
        "qr": qr_codes.code(url) if url else "",
        "why_not": "",
    }
    return shown | forms


def _refused(poll: DatePoll, errors: dict[str, str]) -> Response:
    return invalid("polls/organise.html", **_shown(poll, why_not=next(iter(errors.values()))))


@bp.post("/prikkers/<uuid:poll_id>/bewerken")
@leads
def edit(poll: DatePoll) -> Response:
    """Say anew what it is about."""
    form = AboutForm()
    if form.submitted():
        with saving(form, in_words, poll):
            actions.edit(poll, form.about(), by=actor(), version=form.version.data)
            return changed(_to(poll), message=_("Saved."))
    return form_page("polls/organise.html", form, **_shown(poll, about=form))


@bp.post("/prikkers/<uuid:poll_id>/momenten")
@leads
def add_moment(poll: DatePoll) -> Response:
    """Propose one more moment."""
    form = MomentForm()
    if form.submitted():
        with saving(form, in_words):
            actions.add_moment(poll, form.moment(), by=actor())
            return changed(_to(poll), message=_("Added. Who answered already is asked about this one alone."))
    return form_page("polls/organise.html", form, **_shown(poll, add=form))


@bp.post("/prikkers/<uuid:poll_id>/momenten/weg")
@leads
def withdraw(poll: DatePoll) -> Response:
    """Withdraw a moment; another tap puts it back."""
    moment = _moment(poll)
    if moment is None:
        return _refused(poll, {"moment": _("This moment was withdrawn already.")})
    try:
        actions.withdraw(poll, moment, by=actor())
    except Invalid as refusal:
        return _refused(poll, in_words(refusal.errors))
    undo = url_for("polls.put_back", poll_id=poll.id, moment=moment.id)
    return changed(_to(poll), message=_("Withdrawn."), undo=undo)


@bp.post("/prikkers/<uuid:poll_id>/momenten/terug")
@leads
def put_back(poll: DatePoll) -> Response:
    """Propose a withdrawn moment again."""
    Form().refuse_unknown()
    chosen = as_id(request.args.get("moment"))
    if chosen:
        actions.put_back(poll, chosen, by=actor())
    return changed(_to(poll), message=_("Proposed again."))


@bp.post("/prikkers/<uuid:poll_id>/sluiten")
@leads
def close(poll: DatePoll) -> Response:
    """No more answers."""
    Form().refuse_unknown()
    actions.close(poll, by=actor())
    return changed(_to(poll), message=_("Closed. Choose a moment, or open it again."))


@bp.post("/prikkers/<uuid:poll_id>/heropenen")
@leads
def reopen(poll: DatePoll) -> Response:
    """Let people answer until a later day."""
    form = ReopenForm()
    if form.submitted():
        with saving(form, lambda errors: {"until": in_words(errors)["closes_on"]}):
            actions.reopen(poll, form.last_day(), by=actor())
            return changed(_to(poll), message=_("Open again."))
    return form_page("polls/organise.html", form, **_shown(poll, again=form))


@bp.post("/prikkers/<uuid:poll_id>/duwtje")
@leads
def nudge(poll: DatePoll) -> Response:
    """Remind who has not answered."""
    Form().refuse_unknown()
    number = actions.nudge(poll, by=actor())
    said = ngettext("%(num)s person hears it once more.", "%(num)s people hear it once more.", number)
    return changed(url_for("polls.show", poll_id=poll.id), message=said)


@bp.post("/prikkers/<uuid:poll_id>/kies")
@leads
def choose(poll: DatePoll) -> Response:
    """This is the moment."""
    moment = _moment(poll)
    if moment is None:
        return _refused(poll, {"moment": _("This moment was withdrawn. Choose another one.")})
    try:
        actions.choose(poll, moment, by=actor())
    except Invalid as refusal:
        return _refused(poll, in_words({"moment": next(iter(refusal.errors.values()))}))
    said = _("Chosen: %(moment)s.", moment=moment_words(moment.starts_at))
    return changed(url_for("polls.show", poll_id=poll.id), message=said)


@bp.post("/prikkers/<uuid:poll_id>/link")
@leads
def make_link(poll: DatePoll) -> Response:
    """A new link for guests; the one from before stops working."""
    Form().refuse_unknown()
    sharing.make(poll, by=actor())
    return changed(f"{_to(poll)}#polls-link", message=_("The link is ready."))


@bp.post("/prikkers/<uuid:poll_id>/link/stoppen")
@leads
def end_link(poll: DatePoll) -> Response:
    """The link stops working at once."""
    Form().refuse_unknown()
    sharing.end(poll, by=actor())
    return changed(_to(poll), message=_("The link no longer works."))


def _moment(poll: DatePoll) -> Any:
    form = ChooseForm()
    chosen = form.chosen() if form.submitted() else None
    return queries.moment(poll, chosen) if chosen else None


def _to(poll: DatePoll) -> str:
    return url_for("polls.organise", poll_id=poll.id)
