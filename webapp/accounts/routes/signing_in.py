"""Signing in with a code, a link or a passkey, and signing out.

Wrong codes and links that no longer work answer with a redirect: the try is kept in the database, and the page that
follows tells what is left to do.
"""

from typing import Any

from flask import Response, current_app, make_response, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.accounts import actions, mailed_codes, passkeys, queries, recognise, signing_in
from webapp.accounts.forms import CodeForm, LinkForm, PasskeyForm, SignInForm
from webapp.accounts.models import MailedCode, PasskeyUse
from webapp.accounts.routes import key_site, visit
from webapp.accounts.routes.blueprint import bp
from webapp.accounts.routes.demo import ROLES
from webapp.core.links import Purpose, find
from webapp.policy.actor import GUEST
from webapp.policy.permissions import Can
from webapp.web.forms import Form
from webapp.web.guard import requires
from webapp.web.redirects import inside
from webapp.web.respond import invalid, page
from webapp.web.saving import form_page
from webapp.web.who import actor


@bp.get("/aanmelden")
@requires(Can.SIGN_IN)
def sign_in() -> Response:
    """The door: an address in, a link and a code in the mail."""
    going_to = inside(request.args.get("next"))
    if actor().is_known and "demo" not in current_app.blueprints:
        return make_response(redirect(going_to, 303))
    return page("accounts/sign_in.html", form=SignInForm(next=going_to), **_door())


@bp.post("/aanmelden")
@requires(Can.SIGN_IN)
def send_code() -> Response:
    """Send the mail. The answer is the same for every address."""
    form = SignInForm()
    if form.submitted():
        visit.remember_request(signing_in.ask(form.data["email"], browser=visit.browser()))
        visit.remember_next(form.next.data)
        return make_response(redirect(url_for("accounts.code"), 303))
    return form_page("accounts/sign_in.html", form, **_door())


@bp.get("/aanmelden/code")
@requires(Can.SIGN_IN)
def code() -> Response:
    """The mail is on its way: type the code here, or use the link in it."""
    asked = visit.request_for_code()
    if asked is None or mailed_codes.is_over(asked):
        return _over("code")
    form = CodeForm()
    form.take(wrong_code(asked))
    return page("accounts/code.html", form=form)


@bp.post("/aanmelden/code")
@requires(Can.SIGN_IN)
def enter_code() -> Response:
    """Come in with the code of the mail."""
    form, asked = CodeForm(), visit.request_for_code()
    form.refuse_unknown()
    if asked is None or mailed_codes.is_over(asked):
        return _over("code")
    if form.submitted():
        person_id = signing_in.enter(asked, form.data["code"])
        if person_id is None:
            return make_response(redirect(url_for("accounts.code"), 303))
        return visit.come_in(person_id, shared=form.shared.data, reason="code", to=visit.next_place())
    return form_page("accounts/code.html", form)


@bp.post("/aanmelden/sleutel/vraag")
@requires(Can.SIGN_IN)
def ask_passkey() -> Response:
    """What a browser needs to ask its owner for a passkey."""
    Form().refuse_unknown()
    return key_site.asked(passkeys.ask_to_use(PasskeyUse.SIGN_IN, key_site.here(), by=GUEST))


@bp.post("/aanmelden/sleutel")
@requires(Can.SIGN_IN)
def use_passkey() -> Response:
    """Come in with a passkey."""
    form = PasskeyForm()
    form.submitted()
    person_id = passkeys.use(
        form.credential.data or "", key_site.here(), PasskeyUse.SIGN_IN, challenge_id=key_site.challenge()
    )
    going_to = inside(form.next.data)
    if person_id is None:
        key_site.say_it_failed()
        return make_response(redirect(url_for("accounts.sign_in", next=going_to), 303))
    return visit.come_in(person_id, shared=False, reason="passkey", to=going_to, second_factor=True)


@bp.get("/aanmelden/<token>")
@requires(Can.SIGN_IN)
def follow_sign_in(token: str) -> Response:
    """The link of the mail: the token leaves the address bar at once. Nothing is used up."""
    link = find(Purpose.SIGN_IN, token)
    if link is None:
        return _over("link", 404)
    visit.remember_link(link)
    return make_response(redirect(url_for("accounts.sign_in_link"), 303))


@bp.get("/aanmelden/link")
@requires(Can.SIGN_IN)
def sign_in_link() -> Response:
    """One button: only its POST signs in."""
    link = visit.followed(Purpose.SIGN_IN)
    person = queries.person(link.person_id) if link and link.works and link.person_id else None
    if person is None or not person.is_active:
        return _over("link")
    return page("accounts/link.html", form=LinkForm(), person=person)


@bp.post("/aanmelden/link")
@requires(Can.SIGN_IN)
def use_sign_in_link() -> Response:
    """Come in by the link."""
    form, link = LinkForm(), visit.followed(Purpose.SIGN_IN)
    form.submitted()
    if link is None:
        return _over("link")
    person_id = signing_in.follow(link)
    if person_id is None:
        return make_response(redirect(url_for("accounts.sign_in_link"), 303))
    return visit.come_in(person_id, shared=form.shared.data, reason="link", to=visit.next_place())


@bp.get("/zonder-account")
@requires(Can.SIGN_IN)
def without_account() -> Response:
    """For whoever got a QR code or an invitation."""
    return page("accounts/without_account.html")


@bp.post("/afmelden")
@requires(Can.SIGN_IN)
def sign_out() -> Response:
    """Sign this browser out."""
    Form().refuse_unknown()
    who = actor()
    if who.session_id:
        actions.sign_out(who.session_id, by=who)
    return recognise.back_to_the_door(_("You are signed out. Until next time!"))


def _door() -> dict[str, Any]:
    return {"roles": ROLES, "key_form": PasskeyForm(formdata=None), "keys_work": key_site.works()}


def wrong_code(asked: MailedCode) -> dict[str, str]:
    """What to say beside the field after a wrong code."""
    if not asked.tries:
        return {}
    left = mailed_codes.MOST_TRIES - asked.tries
    return {
        "code": ngettext(
            "That code isn't right. You can try %(num)s more time.",
            "That code isn't right. You can try %(num)s more times.",
            left,
        )
    }


def _over(way: str, status: int = 410) -> Response:
    """A code or link that does not work (any more), and what to do now."""
    title = _("This code no longer works") if way == "code" else _("This link no longer works")
    return invalid("accounts/over.html", status=status, title=title)
