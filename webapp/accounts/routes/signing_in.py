"""Signing in and out."""

from flask import Response, make_response, redirect, request, url_for

from webapp.accounts import recognise, sessions
from webapp.accounts.routes.blueprint import bp
from webapp.policy.permissions import Can
from webapp.web.guard import requires
from webapp.web.redirects import inside
from webapp.web.respond import page
from webapp.web.who import actor


@bp.get("/aanmelden")
@requires(Can.SIGN_IN)
def sign_in() -> Response:
    """The door: an address in, a link and a code in the mail."""
    return page("accounts/sign_in.html")


@bp.post("/afmelden")
@requires(Can.SIGN_IN)
def sign_out() -> Response:
    """Sign this browser out."""
    who = actor()
    if who.session_id:
        sessions.end(who.session_id)
    return recognise.clear_cookie(make_response(redirect(url_for("accounts.sign_in"), 303)))


@bp.get("/bewijs")
@requires(Can.USE_OWN_ACCOUNT)
def prove() -> Response:
    """Show once more who you are, before something that deserves it."""
    return page("accounts/prove.html", next=inside(request.args.get("next")))
