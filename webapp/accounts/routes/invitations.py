"""Answering an invitation, and setting up a fresh installation: the two ways to get an account."""

from typing import Any

from flask import Response, make_response, redirect, url_for
from flask_babel import gettext as _

from webapp.accounts import invitations, labels, queries, setup
from webapp.accounts.forms import LinkForm, SetUpForm
from webapp.accounts.models import Invitation
from webapp.accounts.routes import visit
from webapp.accounts.routes.blueprint import bp
from webapp.core.errors import Conflict, Invalid
from webapp.core.links import Link, Purpose, find
from webapp.policy import roles
from webapp.policy.permissions import PERMISSION_SENTENCES, Can
from webapp.vocabulary.functions import FUNCTION_MEANINGS
from webapp.web.guard import requires
from webapp.web.respond import invalid, page
from webapp.web.saving import form_page
from webapp.web.who import actor


@bp.get("/uitnodiging/<token>")
@requires(Can.SIGN_IN)
def follow_invitation(token: str) -> Response:
    """The link of the mail: the token leaves the address bar at once."""
    return _follow(Purpose.INVITATION, token, "accounts.invitation")


@bp.get("/uitnodiging")
@requires(Can.SIGN_IN)
def invitation() -> Response:
    """What you will be, what you may do then, and one button."""
    link = visit.followed(Purpose.INVITATION)
    asked = queries.invitation_of(link) if link else None
    if link is None or asked is None or not (link.works and asked.is_waiting):
        return _invitation_over(asked)
    return page("accounts/invitation.html", form=LinkForm(), refused="", **_words(asked))


@bp.post("/uitnodiging")
@requires(Can.SIGN_IN)
def accept_invitation() -> Response:
    """Take the function on, and come in."""
    link, form = visit.followed(Purpose.INVITATION), LinkForm()
    form.refuse_unknown()
    asked = queries.invitation_of(link) if link else None
    if link is None or asked is None or not form.submitted():
        return _invitation_over(asked)
    try:
        person = invitations.accept(link, asked, by=actor())
    except Conflict:
        return _invitation_over(asked)
    except Invalid as refusal:
        refused = labels.in_words(refusal.errors)["email"]
        return invalid("accounts/invitation.html", form=form, refused=refused, **_words(asked))
    return visit.come_in(person.id, shared=form.shared.data, reason="invitation", to=visit.first_place(person.id))


@bp.get("/beginnen/<token>")
@requires(Can.SIGN_IN)
def follow_set_up(token: str) -> Response:
    """The link on the console of a fresh installation."""
    return _follow(Purpose.SETUP, token, "accounts.set_up_form")


@bp.get("/beginnen")
@requires(Can.SIGN_IN)
def set_up_form() -> Response:
    """Who administers, and for which youth service."""
    link = visit.followed(Purpose.SETUP)
    if link is None or not link.works or not setup.is_possible():
        return _set_up_over()
    return page("accounts/set_up.html", form=SetUpForm())


@bp.post("/beginnen")
@requires(Can.SIGN_IN)
def set_up() -> Response:
    """Make the first administrator, and come in."""
    link, form = visit.followed(Purpose.SETUP), SetUpForm()
    form.refuse_unknown()
    if link is None or not link.works:
        return _set_up_over()
    if not form.submitted():
        return form_page("accounts/set_up.html", form)
    try:
        person = setup.begin(
            link, name=form.data["name"], email=form.data["email"], organisation=form.data["organisation"]
        )
    except Conflict:
        return _set_up_over()
    return visit.come_in(person.id, shared=False, reason="setup", to=visit.first_place(person.id))


def _follow(purpose: Purpose, token: str, endpoint: str) -> Response:
    link: Link | None = find(purpose, token)
    if link is None:
        return _set_up_over(404) if purpose is Purpose.SETUP else _invitation_over(None, 404)
    visit.remember_link(link)
    return make_response(redirect(url_for(endpoint), 303))


def _words(asked: Invitation) -> dict[str, Any]:
    own = [PERMISSION_SENTENCES[one] for one in roles.own_permissions(asked.kind)]
    return {
        "invitation": asked,
        "meaning": FUNCTION_MEANINGS[asked.kind],
        "sentences": own,
        "term": labels.term(asked.begins_on, asked.ends_on),
        "picture": labels.FUNCTION_ICONS[asked.kind],
        "invited_by": queries.names({asked.invited_by_id}).get(asked.invited_by_id) if asked.invited_by_id else None,
    }


def _invitation_over(asked: Invitation | None, status: int = 410) -> Response:
    if asked and asked.accepted_at:
        text = _("You already accepted this invitation. Sign in with your mail address.")
    elif asked and asked.withdrawn_at:
        text = _("The organisation took this invitation back. Questions? Ask whoever invited you.")
    else:
        text = _(
            "An invitation works for 14 days, once, and only with the newest mail. "
            "Ask whoever invited you for a new one."
        )
    return invalid("accounts/link_over.html", status=status, title=_("This invitation no longer works"), text=text)


def _set_up_over(status: int = 410) -> Response:
    text = _("The link works for 30 minutes, once, as long as nobody has an account. Make a new one on the server.")
    return invalid("accounts/link_over.html", status=status, title=_("This link no longer works"), text=text)
