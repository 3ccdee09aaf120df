"""What a visitor sees when something does not work: what happened, what is kept, and what to do now."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from math import ceil
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from flask import Flask, Response, current_app, g, jsonify, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError

from webapp.core import keeping
from webapp.core.db import db, reading
from webapp.core.errors import Conflict, Invalid, NotAllowed, StepRefused, Unavailable
from webapp.web import resend, who
from webapp.web.dates import clock_time
from webapp.web.once import FIELD
from webapp.web.respond import wants_fragment

SPEAKABLE = ("BEVER", "KIEVIT", "LIJSTER", "MEREL", "OTTER", "REIGER", "SPECHT", "ZWALUW")
KEYS = {FIELD, "next"}


class NotSignedIn(Exception):
    """This needs somebody who is signed in."""


class NeedsProof(Exception):
    """This needs a fresh proof of whoever is asking."""


def speakable_code() -> str:
    """The code of this request that people can say on the phone, such as BEVER 7214."""
    if "speakable" not in g:
        g.speakable = f"{secrets.choice(SPEAKABLE)} {secrets.randbelow(9000) + 1000}"
    return g.speakable  # type: ignore[no-any-return]


def _when_again() -> str:
    """Until when a limit holds: some last a minute, some an hour."""
    if "limit_ends" not in g:
        return _("You tried many times in a row. Wait a few minutes and try again.")
    minute = datetime.fromtimestamp(ceil(g.limit_ends / 60) * 60, UTC)
    return _("You tried many times in a row. It works again from %(time)s.", time=clock_time(minute))


def words_for(status: int, *, can_keep: bool = True) -> tuple[str, str]:
    """Title and explanation of an error page; `can_keep` is False while nothing can be written."""
    if not can_keep:
        return (
            _("Nothing can be kept just now"),
            _(
                "The server has no room left, or it's being worked on. What you typed is still here: "
                "send it again in a while. Most pages can still be read."
            ),
        )
    words = {
        400: (_("This page was too old"), _("What you typed is still here. Send it once more.")),
        403: (_("This isn't for you to do"), _("You can read it, but somebody else may change it.")),
        404: (
            _("There's nothing here"),
            _("The page doesn't exist, or it isn't for you. You only see what you're involved in."),
        ),
        405: (_("There's nothing here"), _("This link can't be opened like that. Go back and try again.")),
        409: (_("Somebody was just ahead of you"), _("Read what changed, and try again if it still makes sense.")),
        413: (_("That is too much at once"), _("Make it shorter or choose a smaller file, and send it again.")),
        429: (_("A little slower, please"), _when_again()),
        503: (
            _("This isn't working right now"),
            _("That's our fault. What you typed isn't lost: try again in a minute."),
        ),
    }
    return words.get(status) or (
        _("A piece of bridge is missing here"),
        _("The page didn't load, and that's our fault. Try again in a moment."),
    )


RESENDABLE = (429, 500, 503)
REFUSED = (403, 404, 409)
"""Sending the same once more changes nothing; the words may still be worth a lot elsewhere."""


def error_page(status: int, **context: Any) -> Response:
    """The page for an error; for htmx a line at the bottom of the page that is open, which stays as it is.

    When the database cannot even tell who asks, the page is that for a guest, with what they typed; when that page is
    broken too, a line of plain text with the code.
    """
    if status in RESENDABLE and request.method == "POST":
        context.setdefault("typed", resend.typed())
    if status in REFUSED and request.method == "POST" and _comes_from_us():
        context.setdefault("written", resend.written())
    if status == 413 and _comes_from_us():
        context.setdefault("form_at", _page_asked_for())
    if status == 409 and request.method == "POST" and _comes_from_us() and (changed := _page_that_changed()):
        context.setdefault("changed_at", changed)
    for as_guest in (False, True):
        if as_guest:
            who.be_a_guest()
        try:
            return _error_page(status, **context)
        except Exception:  # whatever breaks the page of an error, something simpler answers
            current_app.logger.exception("error page")
    return Response(f"Brug: {speakable_code()}", status, content_type="text/plain; charset=utf-8")


def _error_page(status: int, *, can_keep: bool = True, **context: Any) -> Response:
    title, text = words_for(status, can_keep=can_keep)
    if wants_fragment():
        response = make_response(render_template("errors/_toast.html", title=title, text=text), status)
        response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#flash", "beforeend"
        return response
    body = render_template("errors/error.html", status=status, title=title, text=text, code=speakable_code(), **context)
    return make_response(body, status)


def _page_asked_for() -> str:
    """The page that somebody wants to read, or the one on which they pressed a button."""
    if request.method == "GET":
        return request.full_path.rstrip("?")
    parts = urlsplit(request.referrer or "")
    return urlunsplit(("", "", parts.path, parts.query, "")) or url_for("today.today")


def _page_that_changed() -> str:
    """The page on which somebody pressed a button; nothing where only a form is sent to, and for Today, to which every
    page of an error leads."""
    address, adapter = _page_asked_for(), current_app.create_url_adapter(request)
    there = adapter is not None and adapter.test(urlsplit(address).path, "GET")
    return address if there and address != url_for("today.today") else ""


def _has_words() -> bool:
    """Whether somebody typed or chose something that would be lost."""
    return any(value for name, value in resend.typed() if name not in KEYS)


def _comes_from_us() -> bool:
    """Whether one of our own pages sent this form: what another site filled in is never offered to be sent again."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site in ("same-origin", "none")
    sent_from = request.headers.get("Origin") or request.referrer or ""
    return urlsplit(sent_from).netloc == request.host


def _not_signed_in(_error: NotSignedIn) -> Response:
    sign_in = url_for("accounts.sign_in", next=request.full_path.rstrip("?"))
    if request.method == "GET":
        if wants_fragment():
            return Response("", 401, {"HX-Redirect": sign_in})
        return make_response(redirect(sign_in, 303))
    if wants_fragment() or request.accept_mimetypes.best == "application/json":
        return make_response(jsonify(error="signed_out"), 401)
    return make_response(render_template("errors/signed_out.html", typed=resend.typed(), token=resend.ticket()), 401)


def _needs_proof(_error: NeedsProof) -> Response:
    prove = url_for("accounts.prove", next=_page_asked_for())
    if wants_fragment():
        return Response("", 204, {"HX-Redirect": prove})
    if not _has_words():
        return make_response(redirect(prove, 303))
    return make_response(render_template("errors/proof_first.html", typed=resend.typed(), token=resend.ticket()), 401)


def _page_too_old(_error: CSRFError) -> Response:
    return error_page(400, typed=resend.typed() if _comes_from_us() else None)


def _not_allowed(_error: NotAllowed) -> Response:
    return error_page(403)


def _invalid_input(error: Invalid) -> Response:
    return error_page(400, typed=None, faults=list(error.errors.values()))


def _conflict(_error: Exception) -> Response:
    return error_page(409)


def _unavailable(error: Exception) -> Response:
    current_app.logger.exception("unavailable")
    db.session.rollback()
    with reading():  # the page itself must not need what is missing
        response = error_page(503, can_keep=not keeping.is_impossible(error))
    response.headers["Retry-After"] = "30"
    return response


def _wrong_door(_error: SecurityError) -> Response:
    """A host name that is not ours: no page of ours, since its links would lead elsewhere."""
    return Response("Brug: 400", 400, content_type="text/plain; charset=utf-8")


def _http_error(error: HTTPException) -> Response:
    if error.response is not None:
        return make_response(error.response)
    response = error_page(error.code or 500)
    for name in ("Allow", "Retry-After"):
        if value := dict(error.get_headers()).get(name):
            response.headers[name] = value
    return response


def _mistake(error: Exception) -> Response:
    if keeping.is_impossible(error):
        return _unavailable(error)
    current_app.logger.exception("mistake")
    return error_page(500)


ANSWERS: dict[type[Exception], Callable[[Any], Response]] = {
    NotSignedIn: _not_signed_in,
    NeedsProof: _needs_proof,
    CSRFError: _page_too_old,
    NotAllowed: _not_allowed,
    Invalid: _invalid_input,
    Conflict: _conflict,
    StepRefused: _conflict,
    StaleDataError: _conflict,
    Unavailable: _unavailable,
    OperationalError: _unavailable,
    SecurityError: _wrong_door,
    HTTPException: _http_error,
    Exception: _mistake,
}
"""What answers each thing that can go wrong; where several fit, the one of the nearest class."""


def init_app(app: Flask) -> None:
    """Register an answer for everything that can go wrong."""
    for error, answer in ANSWERS.items():
        app.register_error_handler(error, answer)
