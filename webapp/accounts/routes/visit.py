"""What a browser that is not signed in yet remembers of the way in: ids in the signed visit cookie, no rights."""

import secrets
import uuid

from flask import Response, make_response, redirect, request, session, url_for

from webapp.accounts import devices, factors, mailed_codes, queries, recognise, sessions, signing_in
from webapp.accounts.models import LoginCode
from webapp.core.links import Link, Purpose
from webapp.web.redirects import inside
from webapp.web.who import actor


def remember_request(code_id: uuid.UUID) -> None:
    """This browser asked for a code."""
    session["code"] = code_id.hex


def browser() -> str:
    """A random value that stands for this browser; made when first needed by a form that is sent."""
    if "browser" not in session:
        session["browser"] = secrets.token_urlsafe(16)
    value: str = session["browser"]
    return value


def request_for_code() -> LoginCode | None:
    """The request for a code that this browser made."""
    asked = session.get("code")
    return mailed_codes.waiting(LoginCode, uuid.UUID(asked), browser=session.get("browser", "")) if asked else None


def remember_link(link: Link) -> None:
    """This browser followed a link; it is looked up anew at every step."""
    session[f"link_{link.purpose.value}"] = link.id.hex


def followed(purpose: Purpose) -> Link | None:
    """The newest link of a purpose that this browser followed, also when it no longer works."""
    link_id = session.get(f"link_{purpose.value}")
    return queries.link(uuid.UUID(link_id), purpose) if link_id else None


def remember_next(target: str | None) -> None:
    """Where to go after signing in."""
    session["next"] = inside(target)


def next_place() -> str:
    """Where this visitor wanted to go."""
    return inside(session.get("next"))


def first_place(person_id: uuid.UUID, to: str = "") -> str:
    """Where somebody comes in for the first time: a passkey is offered right away, to whoever has none."""
    if factors.has_any(person_id):
        return to or url_for("today.today")
    return url_for("accounts.choose_factor", welkom=1, next=to or None)


def come_in(person_id: uuid.UUID, *, shared: bool, reason: str, to: str, second_factor: bool = False) -> Response:
    """Sign this browser in: a session that never existed before, and a new visit."""
    earlier = actor()
    if earlier.session_id:
        sessions.end(earlier.session_id, of=earlier.person_id)
    browser, system = devices.recognised(request.user_agent.string)
    token = sessions.start(person_id, shared_device=shared, second_factor=second_factor, browser=browser, system=system)
    signing_in.entered(person_id, reason=reason)
    return recognise.set_cookie(make_response(redirect(to, 303)), token)
