"""What passkeys need of a request: for which site they sign, and which challenge this browser was given."""

import ipaddress
import uuid
from urllib.parse import urlsplit

from flask import Response, request, session
from flask_babel import gettext as _

from webapp.accounts.passkeys import Asked, Site
from webapp.web.respond import leave_message
from webapp.web.settings import current_settings

KEPT = "passkey"


def here() -> Site:
    """The site of this installation, from its settings; a demo is where its visitor found it."""
    settings = current_settings()
    address = urlsplit(request.host_url if settings.demo else settings.base_url)
    return Site(address.hostname or "", f"{address.scheme}://{address.netloc}")


def works() -> bool:
    """Whether browsers have passkeys for this address: they ask for a name, not for digits."""
    try:
        ipaddress.ip_address(here().host)
    except ValueError:
        return True
    return False


def asked(question: Asked) -> Response:
    """Hand a question for a passkey to the browser, and remember there which one it was."""
    session[KEPT] = question.challenge_id.hex
    return Response(question.options, content_type="application/json")


def challenge() -> uuid.UUID | None:
    """The challenge that this browser was given last; each is used once."""
    kept = session.pop(KEPT, None)
    return uuid.UUID(kept) if kept else None


def say_it_failed() -> None:
    """Tell on the next page that a passkey was not accepted."""
    text = _("That passkey didn't work. Try again, or use another way.")
    leave_message(text, "error")
