"""Page or fragment: the three answers a view gives.

A request by htmx for a part of the page gets the fragment; everybody else gets the page, or after a change a
redirect. Views never ask which.
"""

from collections.abc import Callable, Mapping
from typing import Any, cast

from flask import (
    Flask,
    Response,
    flash,
    g,
    get_flashed_messages,
    make_response,
    redirect,
    render_template,
    request,
    session,
)

VARY = "Cookie, HX-Request, HX-Request-Type"


def wants_fragment() -> bool:
    """Whether htmx asks for a part of the page it is on."""
    return request.headers.get("HX-Request-Type") == "partial"


def page(template: str, /, fragment: str | None = None, **context: Any) -> Response:
    """Answer a GET with the page, or with the fragment alone."""
    return make_response(render_template(fragment if fragment and wants_fragment() else template, **context))


def leave_message(words: object, kind: str = "done", undo: str = "") -> None:
    """Let the next page that is shown say something: done, error or note. `undo` is where its button posts to."""
    flash(f"{words}\x1f{undo}", kind)


def changed(
    to: str,
    /,
    fragment: str | None = None,
    message: str | None = None,
    undo: str | None = None,
    shows: Callable[[], Mapping[str, Any]] | None = None,
    **context: Any,
) -> Response:
    """Answer a change: the fragment as it is now with the message beside it, or a redirect to `to`.

    `undo` is the URL that takes the change back by a POST. `shows` finds what only the fragment needs.
    """
    if message:
        leave_message(message, undo=undo or "")
    if not wants_fragment():
        return make_response(redirect(to, 303))
    if fragment is None:
        response = make_response("", 204)
        response.headers["HX-Redirect"] = to
        return response
    if shows:
        context |= shows()
    return make_response(render_template(fragment, **context) + render_template("layouts/_flash.html", oob=True))


def invalid(template: str, /, fragment: str | None = None, status: int = 422, **context: Any) -> Response:
    """Show the form again, with what was typed and what to mend."""
    shown = fragment if fragment and wants_fragment() else template
    return make_response(render_template(shown, **context), status)


def pulse(beat: object) -> Response:
    """What a live page asks again and again: 304 as long as it knows this number, or whatever tells that nothing
    changed. Nothing is rendered."""
    answer = Response(str(beat), mimetype="text/plain")
    answer.set_etag(str(beat))
    answer.make_conditional(request)
    return answer


def take_back() -> None:
    """What was going to be told did not happen: it could not be kept."""
    session.pop("_flashes", None)
    g.nothing_happened = True


def messages(category: str = "") -> list[tuple[str, str, str]]:
    """What to tell on this page: (category, text, undo URL or ''). Telling it once is enough: a category that a layout
    asks for by its name stands in the page, and comes up no more at the bottom of it."""
    in_page = g.get("told_in_page", "")
    if category:
        g.told_in_page = category
    told: list[tuple[str, str, str]] = []
    if g.get("nothing_happened"):
        return told
    for kind, text in cast(list[tuple[str, str]], get_flashed_messages(with_categories=True)):
        parts = text.split("\x1f")
        if kind == category if category else kind != in_page:
            told.append((kind, parts[0], parts[1] if len(parts) > 1 else ""))
    return told


def init_app(app: Flask) -> None:
    """Say on every answer what it depends on."""

    @app.after_request
    def vary(response: Response) -> Response:
        response.headers["Vary"] = VARY
        return response
