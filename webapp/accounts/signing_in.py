"""Signing in with a code or a link from one's own mail. There are no passwords.

A request for a code is written down for every address, known or not, and looks the same from outside. The code
and the link are made while the mail is written; the database holds keyed hashes alone.
"""

import hashlib
import hmac
import secrets
import uuid
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import update

from webapp.accounts import queries
from webapp.accounts.models import LoginCode, Person
from webapp.core import audit, clock, crypto, links, outbox
from webapp.core.db import db
from webapp.policy.actor import GUEST, Actor

CODE_LIFE = timedelta(minutes=10)
MOST_TRIES = 5


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
    row = LoginCode(
        email_hash=keyed("address", email),
        person_id=person.id if person and person.is_active else None,
        browser_hash=keyed("browser", browser),
        created_at=clock.now(),
        expires_at=clock.now() + CODE_LIFE,
    )
    db.session.add(row)
    db.session.flush()
    outbox.enqueue("mail.sign_in", {"code": row.id.hex})
    return row.id


def mint(code_id: uuid.UUID) -> Minted | None:
    """Make the code and the link of a request; None when there is nobody to mail, or it is too late."""
    row = db.session.get(LoginCode, code_id)
    person = db.session.get(Person, row.person_id) if row and row.person_id else None
    if row is None or person is None or not person.is_active or is_over(row):
        return None
    code = f"{secrets.randbelow(1_000_000):06d}"
    row.code_hash = _hash_of(row, code)
    links.revoke(links.Purpose.SIGN_IN, row.id)
    token = links.issue(links.Purpose.SIGN_IN, row.id, expires_at=row.expires_at, person_id=person.id)
    return Minted(person.email, person.name, code, token)


def is_over(row: LoginCode) -> bool:
    """Whether a request no longer leads anywhere: ten minutes passed, five wrong codes, or it was used."""
    return row.used_at is not None or clock.now() >= row.expires_at or row.tries >= MOST_TRIES


def waiting(code_id: uuid.UUID | None, *, browser: str) -> LoginCode | None:
    """The request that this browser made, also when it is over; None for any other browser."""
    row = db.session.get(LoginCode, code_id) if code_id else None
    if row and hmac.compare_digest(row.browser_hash, keyed("browser", browser)):
        return row
    return None


def enter(row: LoginCode, typed: str) -> uuid.UUID | None:
    """Try a code: the person it signs in, or None. Every try counts, and a right code works once."""
    counted = db.session.execute(
        update(LoginCode)
        .where(
            LoginCode.id == row.id,
            LoginCode.tries < MOST_TRIES,
            LoginCode.used_at.is_(None),
            LoginCode.expires_at > clock.now(),
        )
        .values(tries=LoginCode.tries + 1)
        .returning(LoginCode.code_hash, LoginCode.person_id)
    ).first()
    right = counted and hmac.compare_digest(counted.code_hash or "", _hash_of(row, typed))
    if not counted or not right:
        audit.write("sign_in", by=GUEST, thing_id=row.person_id, result="refused", reason="code")
        return None
    _finish(row.id)
    return counted.person_id  # type: ignore[no-any-return]


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


def _hash_of(row: LoginCode, code: str) -> str:
    return keyed("code", row.id.hex, code)


def keyed(purpose: str, *parts: str) -> str:
    """A hash that nobody can search without our key: six digits and addresses are quickly guessed."""
    key = hmac.new(crypto.ring().audit, f"sign-in {purpose}".encode(), hashlib.sha256).digest()
    return hmac.new(key, "\x1f".join(parts).encode(), hashlib.sha256).hexdigest()
