"""The app that shows a new code every half minute: setting it up, and trying a code. Each code is accepted once."""

import hmac
import uuid
from dataclasses import dataclass

import pyotp
from sqlalchemy import delete, update

from webapp.accounts import factors, recovery, sessions
from webapp.accounts.models import Authenticator, Person
from webapp.core import audit, clock, crypto
from webapp.core.crypto import Place
from webapp.core.db import db
from webapp.core.errors import Conflict
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import require

STEP = 30
AROUND = (0, -1, 1)  # clocks of phones are a little off


@dataclass(frozen=True, slots=True)
class Shown:
    """What the app is told while it is set up: as an address in a QR code, and as letters to type."""

    address: str
    letters: str


def begin(person: Person, *, by: Actor) -> None:
    """Make a secret for a new app; it counts once a code of it was typed. Refused beside one that counts."""
    require(by, Can.USE_OWN_ACCOUNT)
    present = factors.app_of(person.id)
    if present and present.confirmed_at:
        raise Conflict
    db.session.execute(delete(Authenticator).where(Authenticator.person_id == person.id))
    row_id = uuid.uuid4()
    data_key = crypto.ring().new_data_key(row_id)
    secret = crypto.ring().seal(data_key, _place(row_id), pyotp.random_base32())
    db.session.add(Authenticator(id=row_id, person_id=person.id, data_key=data_key, secret=secret))
    db.session.flush()


def shown(row: Authenticator, person: Person) -> Shown:
    """What to type or scan into the app."""
    secret = _open(row)
    address = pyotp.TOTP(secret).provisioning_uri(name=person.email, issuer_name="Brug")
    letters = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    return Shown(address, letters)


def confirm(row: Authenticator, typed: str, *, by: Actor) -> list[str] | None:
    """The first code: from now on the app counts, and the other sessions end. Recovery codes for whoever has none yet;
    None when the code is not right."""
    require(by, Can.USE_OWN_ACCOUNT)
    if row.confirmed_at or not _accept(row, typed):
        return None
    row.confirmed_at = clock.now()
    db.session.flush()
    audit.write("app.add", by=by, thing_id=row.id)
    sessions.end_all(row.person_id, but=by.session_id)
    return recovery.first_codes(row.person_id)


def is_right(person_id: uuid.UUID, typed: str) -> bool:
    """Try a code of somebody's app; a right one is used up."""
    row = factors.app_of(person_id)
    return row is not None and row.confirmed_at is not None and _accept(row, typed)


def _accept(row: Authenticator, typed: str) -> bool:
    now, secret = clock.now(), _open(row)
    for offset in AROUND:
        if hmac.compare_digest(pyotp.TOTP(secret).at(now, counter_offset=offset).encode(), typed.encode()):
            step = int(now.timestamp()) // STEP + offset
            later = Authenticator.id == row.id, Authenticator.last_step < step
            won = db.session.scalars(
                update(Authenticator).where(*later).values(last_step=step).returning(Authenticator.id)
            )
            return won.first() is not None
    return False


def remove(row: Authenticator, *, by: Actor) -> None:
    """Accept codes of this app no longer, and end the other sessions."""
    require(by, Can.USE_OWN_ACCOUNT)
    audit.write("app.remove", by=by, thing_id=row.id)
    db.session.delete(row)
    db.session.flush()
    sessions.end_all(row.person_id, but=by.session_id)
    recovery.forget_without_factor(row.person_id)


def _open(row: Authenticator) -> str:
    return crypto.ring().open(row.data_key, _place(row.id), row.secret)


def _place(row_id: uuid.UUID) -> Place:
    return Place("authenticator", "secret", row_id)
