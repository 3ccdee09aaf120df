"""Guests, by link: only a name and when they can. They see how many can when, and nobody's name."""

from typing import Any

from flask import Response, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.core import links
from webapp.core.errors import Conflict
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.polls import answering, queries
from webapp.polls.forms import GuestForm
from webapp.polls.labels import in_words
from webapp.polls.models import DatePoll
from webapp.polls.routes.answers import saved_words
from webapp.polls.routes.blueprint import bp
from webapp.web.guard import requires
from webapp.web.links import follow as keep
from webapp.web.links import followed
from webapp.web.respond import changed, invalid, page
from webapp.web.saving import form_page, saving
from webapp.web.who import actor

OWN = "poll_token"


@bp.get("/prik/<token>")
@requires(Can.SIGN_IN)
def follow(token: str) -> ResponseReturnValue:
    """The link of a poll: the token leaves the address bar at once."""
    return _come_by(links.find(links.Purpose.POLL, token))


@bp.get("/prik/eigen/<token>")
@requires(Can.SIGN_IN)
def follow_own(token: str) -> ResponseReturnValue:
    """The link to one's own answer."""
    return _come_by(links.find(links.Purpose.POLL_REPLY, token))


def _come_by(link: links.Link | None) -> ResponseReturnValue:
    if link is None:
        return _over(404)
    keep(link)
    return redirect(url_for("polls.as_guest", poll_id=link.subject_id), 303)


def link_over() -> Response | None:
    """The link stopped, or the poll is long over. Whoever had no link may sign in."""
    poll_id = (request.view_args or {})["poll_id"]
    had = followed(links.Purpose.POLL, poll_id) or followed(links.Purpose.POLL_REPLY, poll_id)
    return _over() if had else None


def _over(status: int = 410) -> Response:
    text = _("It was stopped, or there is a newer one. What you answered is kept. Ask whoever sent it to you.")
    return invalid("polls/link_over.html", status=status, title=_("This link no longer works"), text=text)


by_link = requires(Can.ANSWER_POLL, of=queries.poll, by_link=link_over)


@bp.get("/prik/<uuid:poll_id>/meedoen")
@by_link
def as_guest(poll: DatePoll) -> ResponseReturnValue:
    """When can you? Who sits in the group is led to the page of the group."""
    if can(actor(), Can.READ_POLL, poll):
        return redirect(url_for("polls.show", poll_id=poll.id), 303)
    return page("polls/guest.html", **_shown(poll))


def _shown(poll: DatePoll, form: GuestForm | None = None, typed: dict[Any, Any] | None = None) -> dict[str, Any]:
    board, own = queries.board(poll), queries.guest_reply(poll, actor())
    kept = session.get(OWN, ["", ""])
    token = kept[1] if own and kept[0] == own.id.hex else ""
    return {
        "poll": poll,
        "board": board,
        "form": form or GuestForm(formdata=None, name=own.guest_name if own else ""),
        "own": own,
        "mine": board.own(own.id if own else None) | (typed or {}),
        "own_url": url_for("polls.follow_own", token=token, _external=True) if token else "",
        "chosen": next((one for one in board.moments if one.id == poll.chosen_id), None),
        "is_secret": poll.group.visibility == "confidential",
    }


@bp.post("/prik/<uuid:poll_id>/meedoen")
@by_link
def answer_as_guest(poll: DatePoll) -> Response:
    """Say when one can, without an account."""
    form = GuestForm()
    if form.submitted():
        try:
            with saving(form, in_words):
                saved = answering.answer_as_guest(poll, form.name.data or "", form.when.data, by=actor())
                if saved.token:
                    remember(saved.token)
                return changed(url_for("polls.as_guest", poll_id=poll.id), message=saved_words(saved))
        except Conflict:
            form.is_stale = True
    return form_page("polls/guest.html", form, **_shown(poll, form, form.when.data))


def remember(token: str) -> None:
    """This browser holds the link to the answer that it just gave, and can show it."""
    link = links.find(links.Purpose.POLL_REPLY, token)
    if link and link.person_id:
        keep(link)
        session[OWN] = [link.person_id.hex, token]
