"""How people come into a session that goes on."""

from typing import Any

from flask import url_for

from webapp.learning import joining
from webapp.learning.models import LearningSession
from webapp.web import qr


def way_in(session: LearningSession) -> dict[str, Any]:
    """How people come in: an address to type, the two words, and the QR code; nothing when no link works."""
    token = joining.token_of(session)
    if not token:
        return {"address": "", "code": ""}
    address = url_for("learning.enter_words", _external=True).split("://")[1]
    return {"address": address, "code": qr.code(url_for("learning.follow", token=token, _external=True))}
