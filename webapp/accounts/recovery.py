"""Ten codes on paper for whoever lost their device: each works once, in the place of a second factor."""

import secrets
import uuid

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import delete, select, update

from webapp.accounts import factors, queries, sessions
from webapp.accounts.models import Authenticator, LoginCode, Passkey, Person, RecoveryCode
from webapp.core import audit, links
from webapp.core.db import db
from webapp.core.errors import Conflict
from webapp.policy.actor import GUEST, Actor

HOW_MANY = 10
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that look alike on paper
HALF = 5

SLOW = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
hasher = SLOW


def renew(person_id: uuid.UUID, *, by: Actor) -> list[str]:
    """Ten new codes, shown this once; those from before no longer work, and the other sessions end."""
    audit.write("recovery.renew", by=by, thing_id=person_id)
    sessions.end_all(person_id, but=by.session_id)
    return _make(person_id)


def first_codes(person_id: uuid.UUID) -> list[str]:
    """Ten codes for whoever has none; nothing for whoever has some."""
    return [] if factors.codes_left(person_id) else _make(person_id)


def _make(person_id: uuid.UUID) -> list[str]:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    codes = ["-".join(_letters() for _ in range(2)) for _ in range(HOW_MANY)]
    db.session.add_all(RecoveryCode(person_id=person_id, code_hash=hasher.hash(_bare(code))) for code in codes)
    db.session.flush()
    return codes


def _letters() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(HALF))


def spend(person_id: uuid.UUID, typed: str) -> bool:
    """Use a code up; False when it is none of this person's."""
    bare = _bare(typed)
    if len(bare) != 2 * HALF:
        return False
    for row in db.session.scalars(select(RecoveryCode).where(RecoveryCode.person_id == person_id)).all():
        if _fits(row.code_hash, bare):
            gone = db.session.scalars(
                delete(RecoveryCode).where(RecoveryCode.id == row.id).returning(RecoveryCode.id)
            ).first()
            return gone is not None
    return False


def _fits(code_hash: str, bare: str) -> bool:
    try:
        return hasher.verify(code_hash, bare)
    except VerificationError:
        return False


def _bare(code: str) -> str:
    return "".join(letter for letter in code.upper() if letter in LETTERS)


def forget_without_factor(person_id: uuid.UUID) -> None:
    """Recovery codes stand in for a second factor; they go with the last one."""
    if not factors.has_any(person_id):
        db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))


def begin_anew(person: Person) -> None:
    """Somebody lost everything: without passkeys, app and codes, signed out everywhere, the mail code is left."""
    for table in (Passkey, Authenticator, RecoveryCode):
        db.session.execute(delete(table).where(table.person_id == person.id))
    sessions.end_all(person.id)
    audit.write("factors.forget", by=GUEST, thing_id=person.id, reason="server")


def change_address(person: Person, email: str, *, by: Actor) -> None:
    """Somebody has another address, or the first one was mistyped: nothing that went to the old one opens anything any
    more. Raises Conflict when somebody else has the new one."""
    if queries.person_by_email(email):
        raise Conflict
    person.email = email
    links.end_mailed(person.id)
    db.session.execute(update(LoginCode).where(LoginCode.person_id == person.id).values(person_id=None))
    sessions.end_all(person.id)
    audit.write("address.change", by=by, thing_id=person.id)
