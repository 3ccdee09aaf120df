"""The mailbox of the demo: every mail that went out, with its links working."""

import re
import uuid
from dataclasses import dataclass

from flask import Blueprint, Response

from webapp.accounts.routes.demo import only_on_this_machine
from webapp.notifications import queries
from webapp.notifications.models import DemoMail
from webapp.policy.permissions import Can
from webapp.web.guard import requires
from webapp.web.respond import page
from webapp.web.settings import current_settings

bp = Blueprint("mailbox", __name__)
bp.before_request(only_on_this_machine)

LINK = re.compile(r"https?://[^\s<>\"]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a mail's text; `href` is where it leads, within Brug, when it is a link."""

    text: str
    href: str = ""


def paragraphs(text: str, base_url: str) -> list[list[list[Piece]]]:
    """A mail's text as paragraphs of lines of pieces; only links to Brug itself become links."""
    blocks = [block for block in re.split(r"\n\s*\n", text.strip()) if block.strip()]
    return [[_pieces(line, base_url) for line in block.splitlines()] for block in blocks]


def _pieces(line: str, base_url: str) -> list[Piece]:
    pieces, end = [], 0
    for found in LINK.finditer(line):
        pieces.append(Piece(line[end : found.start()]))
        address = found[0]
        inside = address.startswith(f"{base_url}/")
        pieces.append(Piece(address, address.removeprefix(base_url) if inside else ""))
        end = found.end()
    return [piece for piece in [*pieces, Piece(line[end:])] if piece.text]


@bp.get("/demo/postvak")
@requires(Can.USE_DEMO)
def mails() -> Response:
    """Every mail, newest first."""
    return page("demo/mailbox.html", fragment="demo/_mails.html", mails=queries.demo_mails())


def _mail(mail_id: uuid.UUID) -> DemoMail | None:
    return queries.demo_mail(mail_id)


@bp.get("/demo/postvak/<uuid:mail_id>")
@requires(Can.USE_DEMO, of=_mail)
def mail(mail: DemoMail) -> Response:
    """One mail, as it was sent."""
    settings = current_settings()
    return page("demo/mail.html", mail=mail, paragraphs=paragraphs(mail.text, settings.base_url))
