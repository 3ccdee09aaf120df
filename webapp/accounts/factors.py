"""Reading what somebody can prove with besides their mailbox: passkeys, an app, recovery codes."""

import uuid
from collections.abc import Sequence

from sqlalchemy import exists, func, or_, select

from webapp.accounts.models import Authenticator, Passkey, RecoveryCode
from webapp.core.db import db

MOST_PASSKEYS = 10


def passkeys_of(person_id: uuid.UUID) -> Sequence[Passkey]:
    """The passkeys of a person, the oldest first."""
    return db.session.scalars(
        select(Passkey)
        .where(Passkey.person_id == person_id)
        .order_by(Passkey.created_at, Passkey.id)
        .limit(MOST_PASSKEYS)
    ).all()


def passkey(person_id: uuid.UUID, passkey_id: uuid.UUID) -> Passkey | None:
    """One passkey of a person."""
    return db.session.scalar(select(Passkey).where(Passkey.id == passkey_id, Passkey.person_id == person_id))


def app_of(person_id: uuid.UUID) -> Authenticator | None:
    """The app of a person, also while it is not confirmed yet."""
    return db.session.scalar(select(Authenticator).where(Authenticator.person_id == person_id))


def codes_left(person_id: uuid.UUID) -> int:
    """How many recovery codes a person has not used yet."""
    return db.session.scalar(select(func.count()).where(RecoveryCode.person_id == person_id)) or 0


def has_any(person_id: uuid.UUID) -> bool:
    """Whether a person has a second factor, read anew."""
    app = exists().where(Authenticator.person_id == person_id, Authenticator.confirmed_at.is_not(None))
    return bool(db.session.scalar(select(or_(exists().where(Passkey.person_id == person_id), app))))
