"""Codes of six digits that go to a mailbox: asked for from one browser, and right for ten minutes and five tries.

A code is made while its mail is written; the database holds keyed hashes alone.
"""

import hashlib
import hmac
import secrets
import uuid
from datetime import timedelta
from typing import Any, TypeVar

from sqlalchemy import update

from webapp.accounts.models import MailedCode
from webapp.core import clock, crypto
from webapp.core.db import db

CODE_LIFE = timedelta(minutes=10)
MOST_TRIES = 5

Asked = TypeVar("Asked", bound=MailedCode)


def ask(kind: type[Asked], *, browser: str, **about: Any) -> Asked:
    """Somebody asks for a code from one browser; `about` are the other columns of this kind."""
    row = kind(**about)
    row.browser_hash, row.created_at = keyed("browser", browser), clock.now()
    row.expires_at = row.created_at + CODE_LIFE
    db.session.add(row)
    db.session.flush()
    return row


def mint(row: MailedCode) -> str:
    """Make the code, while its mail is written. One that was made before is right no longer."""
    code = f"{secrets.randbelow(1_000_000):06d}"
    row.code_hash = _hash_of(row, code)
    return code


def is_over(row: MailedCode) -> bool:
    """Whether a request no longer leads anywhere: ten minutes passed, five wrong codes, or it was used."""
    return row.used_at is not None or clock.now() >= row.expires_at or row.tries >= MOST_TRIES


def waiting(kind: type[Asked], code_id: uuid.UUID | None, *, browser: str) -> Asked | None:
    """The request that this browser made, also when it is over; None for any other browser."""
    row = db.session.get(kind, code_id) if code_id else None
    return row if row and hmac.compare_digest(row.browser_hash, keyed("browser", browser)) else None


def is_right(row: MailedCode, typed: str) -> bool:
    """Try a code. Every try counts, also one of several at the same moment; afterwards the row is as new."""
    kind = type(row)
    tried = (
        update(kind)
        .where(
            kind.id == row.id,
            kind.tries < MOST_TRIES,
            kind.used_at.is_(None),
            kind.expires_at > clock.now(),
        )
        .values(tries=kind.tries + 1)
        .returning(kind)
    )
    counted = db.session.scalars(tried, execution_options={"populate_existing": True}).first()
    return counted is not None and hmac.compare_digest(counted.code_hash or "", _hash_of(row, typed))


def _hash_of(row: MailedCode, code: str) -> str:
    return keyed(row.keyed_as, row.id.hex, code)


def keyed(purpose: str, *parts: str) -> str:
    """A hash that nobody can search without our key: six digits and addresses are quickly guessed."""
    key = hmac.new(crypto.ring().audit, f"sign-in {purpose}".encode(), hashlib.sha256).digest()
    return hmac.new(key, "\x1f".join(parts).encode(), hashlib.sha256).hexdigest()
