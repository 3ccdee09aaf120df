"""The audit log is kept for two years. What is older goes from its beginning, by the clocks alone.

The one row of `audit_base` says up to which entry it went and which MAC that had, proved with the key of the log. So
`audit verify` starts there, and whoever holds the database alone cannot shorten the log unnoticed. The triggers let go
of entries up to that number and of no others.
"""

import hashlib
import hmac

from sqlalchemy import String, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from webapp.core import clock, crypto
from webapp.core.audit import Audit
from webapp.core.brake import forgets
from webapp.core.db import Base, db, erase_log_too
from webapp.vocabulary.retention import Keep, kept_for

ONLY_ROW = 1


class AuditBase(Base):
    """The last entry that went because its time was over. One row; it stays."""

    __tablename__ = "audit_base"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=ONLY_ROW)
    number: Mapped[int]
    mac: Mapped[str] = mapped_column(String(64))
    proof: Mapped[str] = mapped_column(String(64))

    @property
    def is_proved(self) -> bool:
        """Whether somebody with the key of the log wrote this."""
        return hmac.compare_digest(self.proof, proof_of(self.number, self.mac))


def proof_of(number: int, mac: str) -> str:
    """What shows that the log was shortened by Brug itself."""
    return hmac.new(crypto.ring().audit, f"base {number} {mac}".encode(), hashlib.sha256).hexdigest()


def base() -> AuditBase | None:
    """Up to where the log was shortened; None while all of it is there."""
    return db.session.get(AuditBase, ONLY_ROW)


@forgets
def forget_old_entries() -> None:
    """Entries go in order, so that the rest follows from one that is known; the newest one always stays."""
    first_kept, newest = db.session.execute(
        select(
            func.min(Audit.number).filter(Audit.at >= clock.now() - kept_for(Keep.AUDIT)),
            func.max(Audit.number),
        )
    ).one()
    last = min(first_kept or newest or 0, newest or 0) - 1
    mac = db.session.scalar(select(Audit.mac).where(Audit.number == last))
    if mac is None:
        return
    present = base() or AuditBase(id=ONLY_ROW)
    present.number, present.mac, present.proof = last, mac, proof_of(last, mac)
    db.session.add(present)
    db.session.flush()
    db.session.execute(delete(Audit).where(Audit.number <= last))
    erase_log_too()
