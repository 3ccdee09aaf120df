"""Who is invited to a session, who is in, and who helps at its desk."""

from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _

from webapp.core.errors import Conflict
from webapp.learning import actions, handing, inviting, listing, queries
from webapp.learning.forms.inviting import GROUP, LONGEST, FindForm, HelperForm, InviteForm, OneForm
from webapp.learning.labels import in_words
from webapp.learning.lifecycle import OPEN_NOW
from webapp.learning.models import LearningSession
from webapp.learning.routes.blueprint import bp, to
from webapp.learning.routes.preparing import leads
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.web.filters import line
from webapp.web.guard import requires
from webapp.web.respond import changed, invalid
from webapp.web.saving import form_page, saving
from webapp.web.who import actor

FEWEST = 2
"""So many letters are enough to look for somebody."""

steers = requires(Can.STEER_SESSION, sees=Can.SEE_SESSION, of=queries.learning)
answers = requires(Can.ANSWER_LEAD, sees=Can.SEE_SESSION, of=queries.learning_with_asks)


@bp.route("/leren/sessies/<uuid:learning_id>/uitnodigen", methods=["GET", "POST"])
@leads
def invite(session: LearningSession) -> Response:
    """Who is invited and who is in; and one more to invite."""
    form = InviteForm()
    shown = _shown(session, form)
    if form.submitted():
        kind, thing_id = form.chosen()
        ask = inviting.invite_group if kind == GROUP else inviting.invite_organisation
        with saving(form, in_words):
            ask(session, thing_id, by=actor())
            return changed(_here(session), message=_("Invited."))
    return form_page("learning/invite.html", form, **shown)


def _here(session: LearningSession) -> str:
    return url_for("learning.invite", learning_id=session.id)


def _shown(
    session: LearningSession,
    form: InviteForm,
    helper: HelperForm | None = None,
    words: str = "",
    find: FindForm | None = None,
) -> dict[str, Any]:
    rows = inviting.invited(session)
    form.offer(listing.hosts(), inviting.groups_to_invite(), rows)
    decides = can(actor(), Can.STEER_SESSION, session)
    found = inviting.could_help(session, words) if decides and len(words) >= FEWEST else ()
    helper = helper or HelperForm(formdata=None, words=words)
    helper.offer(found)
    count, names = inviting.inside(session)
    return {
        "session": session,
        "form": form,
        "rows": rows,
        "is_open": session.status in OPEN_NOW,
        "count": count,
        "names": names,
        "leaders": queries.leads(session),
        "asks": queries.asks(session),
        "decides": decides and session.status in OPEN_NOW,
        "find": find or FindForm(formdata=None, words=words),
        "words": words,
        "found": found,
        "helper": helper,
    }


@bp.post("/leren/sessies/<uuid:learning_id>/uitnodigen/terug")
@leads
def uninvite(session: LearningSession) -> Response:
    """Take an invitation back. Who took it back just before finds it gone, and that is what was asked."""
    inviting.withdraw(session, _one(), by=actor())
    return changed(_here(session), message=_("Taken back. Whoever took part already stays in."))


def _one() -> Any:
    return OneForm.sent().chosen()


@bp.route("/leren/sessies/<uuid:learning_id>/begeleiders/zoek", methods=["GET", "POST"])
@steers
def find_helper(session: LearningSession) -> Response:
    """Somebody to help at the desk. Posted, so that a name stands in no address or log."""
    find = FindForm()
    words = find.words.data or "" if find.submitted() else ""
    shown = _shown(session, InviteForm(formdata=None), words=words, find=find)
    return invalid("learning/invite.html", status=find.http_status, **shown)


@bp.post("/leren/sessies/<uuid:learning_id>/begeleiders")
@steers
def add_lead(session: LearningSession) -> Response:
    """Let somebody help at the desk."""
    form = HelperForm()
    shown = _shown(session, InviteForm(formdata=None), form, line(form.words.data or "", LONGEST))
    if form.submitted():
        with saving(form, in_words):
            handing.ask(session, form.chosen(), by=actor())
            return changed(_here(session), message=_("Asked. Once they say yes, they help at the desk."))
    return form_page("learning/invite.html", form, **shown)


@bp.post("/leren/sessies/<uuid:learning_id>/begeleiders/doorgeven")
@steers
def hand_over(session: LearningSession) -> Response:
    """Ask who helps at the desk to take over."""
    handing.hand_over(session, _one(), by=actor())
    return changed(_here(session), message=_("Asked. Until they say yes, nothing changes."))


@bp.post("/leren/sessies/<uuid:learning_id>/begeleiders/terug")
@steers
def take_back_ask(session: LearningSession) -> Response:
    """They need not answer any more."""
    handing.take_back(session, _one(), by=actor())
    return changed(_here(session), message=_("Taken back. They needn't answer any more."))


@bp.post("/leren/sessies/<uuid:learning_id>/mee-begeleiden/ja")
@answers
def lead_along(session: LearningSession) -> Response:
    """Yes to leading along, or to taking over."""
    OneForm().refuse_unknown()
    handing.accept(session, by=actor())
    return changed(to(session), message=_("Good that you're there. From now on you lead this session along."))


@bp.post("/leren/sessies/<uuid:learning_id>/mee-begeleiden/nee")
@answers
def lead_not(session: LearningSession) -> Response:
    """No is as good."""
    OneForm().refuse_unknown()
    handing.decline(session, by=actor())
    return changed(to(session), message=_("That is fine. Whoever asked you hears it."))


@bp.post("/leren/sessies/<uuid:learning_id>/begeleiders/weg")
@steers
def end_lead(session: LearningSession) -> Response:
    """Somebody helps at the desk no longer."""
    if session.status not in OPEN_NOW:
        raise Conflict()
    actions.end_lead(session, _one(), by=actor())
    return changed(_here(session), message=_("They don't help at the desk any more."))
