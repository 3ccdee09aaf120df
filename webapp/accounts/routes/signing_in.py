"""Signing in with a code or a link, showing once more who you are, and signing out.

Wrong codes and links that no longer work answer with a redirect: the try is kept in the database, and the page that
follows tells what is left to do.
"""

from flask import Response, current_app, make_response, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.accounts import actions, queries, recognise, signing_in
from webapp.accounts.forms import CodeForm, LinkForm, ProofForm, SignInForm
from webapp.accounts.models import LoginCode
from webapp.accounts.routes import visit
from webapp.accounts.routes.blueprint import bp
from webapp.accounts.routes.demo import ROLES
from webapp.core.links import Purpose, find
from webapp.policy.permissions import Can
from webapp.web.guard import requires
from webapp.web.redirects import inside
from webapp.web.respond import invalid, page
from webapp.web.who import actor


@bp.get("/aanmelden")
@requires(Can.SIGN_IN)
def sign_in() -> Response:
    """The door: an address in, a link and a code in the mail."""
    going_to = inside(request.args.get("next"))
    if actor().is_known and "demo" not in current_app.blueprints:
        return make_response(redirect(going_to, 303))
    return page("accounts/sign_in.html", form=SignInForm(next=going_to), roles=ROLES)


@bp.post("/aanmelden")
@requires(Can.SIGN_IN)
def send_code() -> Response:
    """Send the mail. The answer is the same for every address."""
    form = SignInForm()
    if not form.submitted():
        return invalid("accounts/sign_in.html", form=form, roles=ROLES)
    visit.remember_request(signing_in.ask(form.data["email"], browser=visit.browser()))
    visit.remember_next(form.next.data)
    return make_response(redirect(url_for("accounts.code"), 303))


@bp.get("/aanmelden/code")
@requires(Can.SIGN_IN)
def code() -> Response:
    """The mail is on its way: type the code here, or use the link in it."""
    asked = visit.request_for_code()
    if asked is None or signing_in.is_over(asked):
        return _over("code")
    form = CodeForm()
    form.take(_wrong_code(asked))
    return page("accounts/code.html", form=form)


@bp.post("/aanmelden/code")
@requires(Can.SIGN_IN)
def enter_code() -> Response:
    """Come in with the code of the mail."""
    asked = visit.request_for_code()
    if asked is None or signing_in.is_over(asked):
        return _over("code")
    form = CodeForm()
    if not form.submitted():
        return invalid("accounts/code.html", form=form)
    person_id = signing_in.enter(asked, form.data["code"])
    if person_id is None:
        return make_response(redirect(url_for("accounts.code"), 303))
    return visit.come_in(person_id, shared=form.shared.data, reason="code", to=visit.next_place())


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
    """For who got a QR code or an invitation."""
    return page("accounts/without_account.html")


@bp.post("/afmelden")
@requires(Can.SIGN_IN)
def sign_out() -> Response:
    """Sign this browser out."""
    who = actor()
    if who.session_id:
        actions.sign_out(who.session_id, by=who)
    return recognise.clear_cookie(make_response(redirect(url_for("accounts.sign_in"), 303)))


@bp.get("/bewijs")
@requires(Can.USE_OWN_ACCOUNT)
def prove() -> Response:
    """Show once more who you are, before something that deserves it."""
    form = ProofForm(next=inside(request.args.get("next")))
    asked = visit.request_for_code()
    if asked and not signing_in.is_over(asked):
        form.take(_wrong_code(asked))
    return page("accounts/prove.html", form=form, asked=asked is not None and not signing_in.is_over(asked))


@bp.post("/bewijs/code")
@requires(Can.USE_OWN_ACCOUNT)
def send_proof_code() -> Response:
    """Send a fresh code to the own address."""
    who, going_to = actor(), inside(request.form.get("next"))
    person = queries.person(who.person_id) if who.person_id else None
    if person:
        visit.remember_request(signing_in.ask(person.email, browser=visit.browser()))
        visit.remember_next(going_to)
    return make_response(redirect(url_for("accounts.prove", next=going_to), 303))


@bp.post("/bewijs")
@requires(Can.USE_OWN_ACCOUNT)
def enter_proof() -> Response:
    """The code was right: this session goes on under a new id, freshly proven."""
    form, asked = ProofForm(), visit.request_for_code()
    back = url_for("accounts.prove", next=inside(form.next.data))
    if asked is None or signing_in.is_over(asked):
        return make_response(redirect(back, 303))
    if not form.submitted():
        return invalid("accounts/prove.html", form=form, asked=True)
    if signing_in.enter(asked, form.data["code"]) != actor().person_id:
        return make_response(redirect(back, 303))
    response = make_response(redirect(inside(form.next.data), 303))
    return recognise.set_cookie(response, actions.prove(by=actor(), reason="code"))


def _wrong_code(asked: LoginCode) -> dict[str, str]:
    """What to say beside the field after a wrong code."""
    if not asked.tries:
        return {}
    left = signing_in.MOST_TRIES - asked.tries
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
