"""The link by which people join a crew: showing it to whoever speaks for the house, and following it."""

import uuid
from typing import Any

from flask import Response, make_response, redirect, session, url_for
from flask_babel import gettext as _

from webapp.accounts import joining, mailed_codes, queries, registry
from webapp.accounts.forms import CodeForm, InvitedForm, JoinForm, JoinLinkForm
from webapp.accounts.models import Joining, JoinLink, Organisation
from webapp.accounts.registry import JoinWords
from webapp.accounts.routes import visit
from webapp.accounts.routes.blueprint import bp
from webapp.accounts.routes.signing_in import wrong_code
from webapp.core.errors import Conflict
from webapp.core.links import Purpose, find
from webapp.policy.permissions import Can
from webapp.web import qr as qr_codes
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.respond import changed, invalid, page
from webapp.web.saving import form_page
from webapp.web.who import actor

KEPT = "joining"


def _crew(organisation_id: uuid.UUID) -> Organisation | None:
    """An organisation that has a crew to join."""
    organisation = queries.organisation(organisation_id)
    return organisation if organisation and joining.has_crew(organisation) else None


shares = requires(Can.SHARE_JOIN_LINK, sees=Can.LOOK_AROUND, of=_crew, fresh=True)


@bp.get("/organisaties/<uuid:organisation_id>/mensen/link")
@shares
def join_link(organisation: Organisation) -> Response:
    """The link with its QR code, how long it works, and for how many."""
    return page("accounts/join_link.html", form=JoinLinkForm(days=7, cap=20), **_link_words(organisation))


@bp.post("/organisaties/<uuid:organisation_id>/mensen/link")
@shares
def make_join_link(organisation: Organisation) -> Response:
    """A new link; the one from before stops working."""
    form = JoinLinkForm()
    if form.submitted():
        joining.make(organisation, days=form.data["days"], cap=form.data["cap"], by=actor())
        return changed(_link_of(organisation), message=_("The link is ready."))
    return form_page("accounts/join_link.html", form, **_link_words(organisation))


@bp.post("/organisaties/<uuid:organisation_id>/mensen/link/stoppen")
@shares
def end_join_link(organisation: Organisation) -> Response:
    """Let it stop working at once."""
    Form().refuse_unknown()
    joining.end(organisation, by=actor())
    return changed(_link_of(organisation), message=_("The link no longer works."))


@bp.get("/meedoen/<token>")
@requires(Can.SIGN_IN)
def follow_join_link(token: str) -> Response:
    """The link or its QR code: the token leaves the address bar at once."""
    link = find(Purpose.JOIN, token)
    if link is None:
        return _over(404)
    visit.remember_link(link)
    return make_response(redirect(url_for("accounts.join_form"), 303))


@bp.get("/meedoen")
@requires(Can.SIGN_IN)
def join_form() -> Response:
    """Whose crew it is, and who you are. Whoever is signed in as the one person it is for, answers at once."""
    row = _followed()
    if row is None or not row.works:
        return _over()
    if to := registry.answer_place(row, actor().person_id):
        return make_response(redirect(to, 303))
    joins = registry.join_words(row)
    return page("accounts/join.html", form=_form(joins), joins=joins)


def _form(joins: JoinWords) -> JoinForm | InvitedForm:
    return InvitedForm(name=joins.name) if joins.email else JoinForm()


@bp.post("/meedoen")
@requires(Can.SIGN_IN)
def join() -> Response:
    """Send a code to the address."""
    JoinForm().refuse_unknown()
    row = _followed()
    if row is None or not row.works:
        return _over()
    joins = registry.join_words(row)
    form = _form(joins)
    if form.submitted():
        email = joins.email or form.data["email"]
        asked = joining.ask(row, name=form.data["name"], email=email, browser=visit.browser())
        session[KEPT] = asked.hex
        return make_response(redirect(url_for("accounts.join_code"), 303))
    return form_page("accounts/join.html", form, joins=joins)


@bp.post("/meedoen/nee")
@requires(Can.SIGN_IN)
def refuse_to_join() -> Response:
    """No thanks, from whoever was invited alone; no reason is asked."""
    Form().refuse_unknown()
    row = _followed()
    if row is None or not row.works or not registry.join_words(row).email:
        return _over()
    registry.refuse(row)
    return make_response(redirect(url_for("accounts.refused"), 303))


@bp.get("/meedoen/bedankt")
@requires(Can.SIGN_IN)
def refused() -> Response:
    """That it is said, and that nothing more is needed."""
    return page("accounts/refused.html")


@bp.get("/meedoen/code")
@requires(Can.SIGN_IN)
def join_code() -> Response:
    """The mail is on its way."""
    asked = _asked()
    if asked is None or joining.is_over(asked):
        return _over()
    form = CodeForm()
    form.take(wrong_code(asked))
    return page("accounts/join_code.html", form=form, joins=registry.join_words(asked.join_link), email=asked.email)


@bp.post("/meedoen/code")
@requires(Can.SIGN_IN)
def enter_join_code() -> Response:
    """The code was right: this person is of the crew, and comes in."""
    asked, form = _asked(), CodeForm()
    form.refuse_unknown()
    if asked is None or joining.is_over(asked):
        return _over()
    if form.submitted():
        try:
            person_id = joining.enter(asked, form.data["code"])
        except Conflict:
            text = _("It was closed some time after you stopped. An invitation by mail opens it again. Ask for one.")
            return invalid("accounts/link_over.html", status=410, title=_("Your account is closed"), text=text)
        if person_id is None:
            return make_response(redirect(url_for("accounts.join_code"), 303))
        to = visit.first_place(person_id, registry.join_place(asked.join_link, person_id))
        return visit.come_in(person_id, shared=form.shared.data, reason="join_link", to=to)
    joins = registry.join_words(asked.join_link)
    return form_page("accounts/join_code.html", form, joins=joins, email=asked.email)


def _followed() -> JoinLink | None:
    link = visit.followed(Purpose.JOIN)
    return queries.join_link_of(link) if link and link.works else None


def _asked() -> Joining | None:
    kept = session.get(KEPT)
    return mailed_codes.waiting(Joining, uuid.UUID(kept), browser=visit.browser()) if kept else None


def _link_of(organisation: Organisation) -> str:
    return url_for("accounts.join_link", organisation_id=organisation.id)


def _link_words(organisation: Organisation) -> dict[str, Any]:
    row = queries.join_link(organisation.id)
    if row is None:
        return {"organisation": organisation, "row": None}
    url = url_for("accounts.follow_join_link", token=joining.token_of(row), _external=True)
    return {"organisation": organisation, "row": row, "url": url, "qr": qr_codes.code(url)}


def _over(status: int = 410) -> Response:
    text = _("It is over, full, or there is a newer one. Ask whoever gave it to you.")
    return invalid("accounts/link_over.html", status=status, title=_("This link no longer works"), text=text)
