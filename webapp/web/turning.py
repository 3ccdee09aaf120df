"""The other language in the middle of a form: what was typed comes along.

A page is written from top to bottom. A form is noted while it is drawn, and the button for the other language, which
stands below it, sends that form to where it is sent anyway. It comes back as it was typed, in the other language, and
nothing is done. The button never stands above a form: it would be what Enter presses there.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

from flask import current_app, g, request
from werkzeug.exceptions import HTTPException

from webapp.web.i18n import TURN
from webapp.web.respond import wants_fragment


class Drawn(NamedTuple):
    """A form that a page shows, and where it is sent; `is_own` when the address of the page itself answers it."""

    id: str
    address: str
    is_own: bool

    def turned(self, code: str) -> str:
        """Where it is sent to be read in another language."""
        return f"{self.address}{'&' if '?' in self.address else '?'}{TURN}={code}"


def draws(action: str, given_id: str, cls: str, attrs: Mapping[str, Any]) -> str:
    """The id of a form that is being drawn. A page is about the form that its own address answers, or about the first
    one; never about a button alone, and not about one that exchanges a part of the page."""
    if cls == "tap" or wants_fragment() or any(name.startswith("hx-") for name in attrs):
        return given_id
    before, address = typed_in(), action or this_address()
    is_own = address.split("?")[0] == request.path
    if before and (before.is_own or not is_own):
        return given_id
    drawn = Drawn(given_id or ("typed-in" if is_own else "typed"), address, is_own)
    g.typed_in = drawn
    return drawn.id


def typed_in() -> Drawn | None:
    """The form that this page is about, once it is drawn."""
    return g.get("typed_in")  # type: ignore[no-any-return]


def this_address() -> str:
    """The address of this page, with what narrows it down; where a page is the answer to a form and has no address of
    its own, that of the page on which the form stood."""
    if request.url_rule and "GET" not in (request.url_rule.methods or ()):
        return _address_before()
    asked = urlencode([(name, value) for name, value in request.args.items(multi=True) if name != TURN])
    return f"{request.path}?{asked}" if asked else request.path


def _address_before() -> str:
    before = urlsplit(request.referrer or "")
    try:
        current_app.url_map.bind("").match(before.path, method="GET")
    except HTTPException:
        return "/"
    return f"{before.path}?{before.query}" if before.query else before.path
