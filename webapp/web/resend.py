"""A form that came too late is sent once more with one press: after signing in again, or after a fresh proof.

Both give the visit a new form token, so the page that keeps what was typed carries a ticket instead. It lets through
exactly these fields to exactly this address, once, within an hour, from the browser that got it.
"""

import hashlib
import json
import secrets

from flask import current_app, request, session
from flask_wtf import CSRFProtect
from flask_wtf.csrf import generate_csrf
from itsdangerous import BadData, URLSafeTimedSerializer

KEPT = "resend"
LIFE_SECONDS = 3600
ONE_CLICK = ("List-Unsubscribe", "One-Click")
ONE_CLICK_AT = "notifications.stop_at_once"


def typed() -> list[tuple[str, str]]:
    """What was posted, to be sent once more; without the token that was too old."""
    return [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]


def written() -> str:
    """The words in what was posted, to be copied: each text of more than one word, with a blank line between two."""
    return "\n\n".join(value.strip() for _, value in typed() if len(value.split()) > 1)


def ticket() -> str:
    """What the form that is kept carries instead of a token of this visit."""
    nonce = session[KEPT] = secrets.token_urlsafe(16)
    return _serializer().dumps([nonce, request.path, _digest()])


def is_one_click() -> bool:
    """Whether a mail program asks for no more of these mails, in exactly the words of RFC 8058."""
    name, value = ONE_CLICK
    return request.endpoint == ONE_CLICK_AT and request.form.to_dict(flat=False) == {name: [value]}


class Guard(CSRFProtect):  # type: ignore[misc]
    """The guard against forged forms, which also knows tickets, and lets mail programs stop our mail."""

    def protect(self, *, apply_exemptions: bool = False) -> None:
        """Refuse what no page of ours sent. A mail program has no page: it has the token of the mail that it stops."""
        if not is_one_click():
            super().protect(apply_exemptions=apply_exemptions)

    def _get_csrf_token(self) -> str | None:
        token: str | None = super()._get_csrf_token()
        return str(generate_csrf()) if token and _is_ticket(token) else token


def _is_ticket(token: str) -> bool:
    """Whether a token is a ticket for exactly this; then it is used up."""
    try:
        nonce, path, digest = _serializer().loads(token, max_age=LIFE_SECONDS)
    except (BadData, ValueError, TypeError):
        return False
    if session.get(KEPT) != nonce or (path, digest) != (request.path, _digest()):
        return False
    session.pop(KEPT)
    return True


def _digest() -> str:
    """A hash of what was typed, whatever a browser makes of the ends of lines."""
    fields = [(name, "\n".join(value.splitlines())) for name, value in typed()]
    return hashlib.sha256(json.dumps(fields).encode()).hexdigest()


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="resend")
