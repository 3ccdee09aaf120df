"""From a request to an actor and back: the cookie of a signed-in browser, and the links a browser followed."""

from dataclasses import replace

from flask import Response, current_app, request, session, url_for

from webapp.accounts import sessions
from webapp.policy.actor import GUEST, Actor
from webapp.web import links, resend, who
from webapp.web.respond import changed

MONTH = 30 * 24 * 3600


def cookie_name() -> str:
    """`__Host-session`; plain `session` in a demo on this machine, where there is no https."""
    return "__Host-session" if current_app.config["SESSION_COOKIE_SECURE"] else "session"


def load_actor() -> Actor:
    """The actor of this request."""
    token = request.cookies.get(cookie_name())
    actor = sessions.load(token) if token else GUEST
    if session.get("links"):
        return replace(actor, keys=links.keys())
    return actor


def set_cookie(response: Response, token: str) -> Response:
    """Sign this browser in; whatever the visit held before (its CSRF secret too) begins anew."""
    followed = session.get("links", [])
    waiting = session.get(resend.KEPT)
    session.clear()
    if waiting:
        session[resend.KEPT] = waiting
    if followed:
        session["links"] = followed
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    response.set_cookie(cookie_name(), token, max_age=MONTH, secure=secure, httponly=True, samesite="Lax", path="/")
    who.forget()
    return response


def back_to_the_door(message: str) -> Response:
    """Sign this browser out: the cookie goes, the browser forgets what it kept of our pages, and the door says so."""
    session.clear()
    response = changed(url_for("accounts.sign_in"), message=message)
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    response.delete_cookie(cookie_name(), secure=secure, httponly=True, samesite="Lax", path="/")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    who.forget()
    return response
