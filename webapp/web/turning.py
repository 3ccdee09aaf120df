"""The other language, light or dark in the middle of a form: what was typed comes along.

A page is written from top to bottom. A form is noted while it is drawn, and the buttons for language and theme, which
stand below it, send that form to where it is sent anyway. It comes back as it was typed, looking otherwise, and nothing
is done. No such button stands above a form, for it would be what Enter presses there; where a page has its language on
top all the same, its form is drawn first, and a button that nobody sees stands before it.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

from flask import current_app, g, request
from werkzeug.exceptions import HTTPException

from webapp.web.i18n import TURNS
from webapp.web.respond import wants_fragment


class Drawn(NamedTuple):
    """A form that a page shows, and where it is sent; `is_own` when the address of the page itself answers it."""

    id: str
    address: str
    is_own: bool


def draws(action: str, given_id: str, cls: str, attrs: Mapping[str, Any]) -> str:
    """The id of a form that is being drawn. A page is about the form that its own address answers, or about the first
    one; never about a button alone, and not about one that exchanges a part of the page."""
    if cls == "tap" or wants_fragment() or any(name.startswith("hx-") for name in attrs):
        return given_id
    before = typed_in()
    is_own = action.split("?")[0] == request.path
    if before and (before.is_own or not is_own):
        return given_id
    drawn = Drawn(given_id or ("typed-in" if is_own else "typed"), action, is_own)
    g.typed_in = drawn
    return drawn.id


def typed_in() -> Drawn | None:
    """The form that this page is about, once it is drawn."""
    return g.get("typed_in")  # type: ignore[no-any-return]


def turn_button(name: str, value: str) -> dict[str, str]:
    """The attributes of a button that shows this page otherwise; `data-turn` is for the form that was typed in last."""
    turn, drawn = f"{name}={value}", typed_in()
    if drawn is None:
        return {"name": TURNS[name][0], "value": value, "data-turn": turn}
    to = f"{drawn.address}{'&' if '?' in drawn.address else '?'}{turn}"
    return {"form": drawn.id, "formaction": to, "data-turn": turn}


def this_address() -> str:
    """The address of this page, with what narrows it down; where a page is the answer to a form and has no address of
    its own, that of the page on which the form stood."""
    if request.url_rule and "GET" not in (request.url_rule.methods or ()):
        return _address_before()
    asked = urlencode([(name, value) for name, value in request.args.items(multi=True) if name not in TURNS])
    return f"{request.path}?{asked}" if asked else request.path


def _address_before() -> str:
    before = urlsplit(request.referrer or "")
    try:
        current_app.url_map.bind("").match(before.path, method="GET")
    except HTTPException:
        return "/"
    return f"{before.path}?{before.query}" if before.query else before.path
