"""Signing in with a code or a link from one's own mail. There are no passwords.

A request for a code is written down for every address, known or not, and looks the same from outside. The code
and the link are made while the mail is written.
"""

import uuid
from dataclasses import dataclass

from sqlalchemy import update

from webapp.accounts import mailed_codes, queries
from webapp.accounts.models import LoginCode, Person
from webapp.core import audit, clock, links, outbox
from webapp.core.db import db
from webapp.policy.actor import GUEST, Actor


@dataclass(frozen=True, slots=True)
class Minted:
    """A code and a link token on their way to a mailbox."""

    email: str
    name: str
    code: str
    token: str


def ask(email: str, *, browser: str) -> uuid.UUID:
    """Ask for a mail with which to sign in from one browser; the id of the request. Known or not, it does the same."""
    person = queries.person_by_email(email)
    person_id = person.id if person and person.is_active else None
    email_hash = mailed_codes.keyed("address", email)
    row = mailed_codes.ask(LoginCode, browser=browser, email_hash=email_hash, person_id=person_id)
    outbox.enqueue("mail.sign_in", {"code": row.id.hex})
    return row.id


def mint(code_id: uuid.UUID) -> Minted | None:
    """Make the code and the link of a request; None when there is nobody to mail, or it is too late."""
    row = db.session.get(LoginCode, code_id)
    person = db.session.get(Person, row.person_id) if row and row.person_id else None
    if row is None or person is None or not person.is_active or mailed_codes.is_over(row):
        return None
    code = mailed_codes.mint(row)
    links.revoke(links.Purpose.SIGN_IN, row.id)
    token = links.issue(links.Purpose.SIGN_IN, row.id, expires_at=row.expires_at, person_id=person.id)
    return Minted(person.email, person.name, code, token)


def enter(row: LoginCode, typed: str) -> uuid.UUID | None:
    """Try a code: the person it signs in, or None. Every try counts, and a right code works once."""
    if not mailed_codes.is_right(row, typed):
        audit.write("sign_in", by=GUEST, thing_id=row.person_id, result="refused", reason="code")
        return None
    _finish(row.id)
    return row.person_id


def follow(link: links.Link) -> uuid.UUID | None:
    """Use a sign-in link: the person it signs in, or None when it no longer works."""
    person = db.session.get(Person, link.person_id) if link.person_id else None
    if person is None or not person.is_active or not links.use_up(link):
        audit.write("sign_in", by=GUEST, thing_id=link.person_id, result="refused", reason="link")
        return None
    _finish(link.subject_id)
    return person.id


def entered(person_id: uuid.UUID, *, reason: str) -> None:
    """Write down that somebody came in, and by which way."""
    audit.write("sign_in", by=Actor(person_id=person_id), thing_id=person_id, reason=reason)


def _finish(code_id: uuid.UUID) -> None:
    """The other way in closes too."""
    links.revoke(links.Purpose.SIGN_IN, code_id)
    db.session.execute(update(LoginCode).where(LoginCode.id == code_id).values(used_at=clock.now()))
