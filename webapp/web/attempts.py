"""How often each visitor did something, counted in our own database, so that every process and every server counts
together.

A try counts whatever becomes of it: a change is counted in its own transaction, so that it makes one commit, and once
more beside it when that transaction did not last. Keys are hashed, so no address is kept.
"""

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Any

from flask import current_app, has_request_context
from limits.storage import Storage
from sqlalchemy import Connection, String, case, delete, event, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Mapped, Session, mapped_column

from webapp.core import clock, keeping
from webapp.core.db import Base, current_connection, db, given, is_reading, own_transaction, reading, write
from webapp.core.statements import prepared
from webapp.core.sweeps import sweep

COUNTED, LOST = "counted", "counted in vain"
INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class Attempts(Base):
    """How often one visitor did one thing in the present window. Goes when the window is over."""

    __tablename__ = "attempts"

    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    amount: Mapped[int]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class DatabaseStorage(Storage):
    """Where the windows of limits are counted: our own database."""

    STORAGE_SCHEME = ["brug"]

    @property
    def base_exceptions(self) -> type[Exception]:
        """What can go wrong here."""
        return SQLAlchemyError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count `amount` more, and say how many there are in this window."""
        if not has_request_context() or is_reading():
            with own_transaction() as beside:
                return _count(beside, key, expiry, amount)
        number = _count(current_connection(), key, expiry, amount)
        db.session.info.setdefault(COUNTED, []).append((key, expiry, amount))
        return number

    def get(self, key: str) -> int:
        """How many there are in this window."""
        with reading(), Session(db.engine) as beside:
            return beside.scalar(_current(Attempts.amount, key)) or 0

    def get_expiry(self, key: str) -> float:
        """When this window ends, in seconds since 1970."""
        with reading(), Session(db.engine) as beside:
            end: datetime | None = beside.scalar(_current(Attempts.expires_at, key))
        return (end or clock.now()).timestamp()

    def check(self) -> bool:
        """Whether counting works."""
        return True

    def reset(self) -> int | None:
        """Forget every count."""
        with own_transaction() as beside:
            beside.execute(delete(Attempts))
        return None

    def clear(self, key: str) -> None:
        """Forget one count."""
        with own_transaction() as beside:
            beside.execute(delete(Attempts).where(Attempts.key_hash == _hash(key)))


def _count(beside: Connection, key: str, expiry: int, amount: int) -> int:
    """Count so many more, and say how many there are."""
    now = clock.now()
    values = {"key_hash": _hash(key), "amount": amount, "expires_at": now + timedelta(seconds=expiry), "now": now}
    [counted] = write(_counting(db.engine.dialect.name), values, beside=beside)
    return int(counted.amount)


@prepared
def _counting(dialect: str) -> Any:
    over = Attempts.expires_at <= given("now", Attempts.expires_at)
    fresh = INSERTS[dialect](Attempts)
    more = fresh.excluded.amount
    return fresh.on_conflict_do_update(
        index_elements=[Attempts.key_hash],
        set_={
            "amount": case((over, more), else_=Attempts.amount + more),
            "expires_at": case((over, fresh.excluded.expires_at), else_=Attempts.expires_at),
        },
    ).returning(Attempts.amount)


@event.listens_for(Session, "after_commit")
def _keep_counts(session: Session) -> None:
    session.info.pop(COUNTED, None)


@event.listens_for(Session, "after_rollback")
def _lose_counts(session: Session) -> None:
    if COUNTED in session.info:
        session.info.setdefault(LOST, []).extend(session.info.pop(COUNTED))


def count_lost(_error: BaseException | None) -> None:
    """What was counted in a transaction that did not last is counted again; when nothing at all can be kept, not."""
    if not {COUNTED, LOST} & db.session.info.keys():
        return
    db.session.rollback()  # an error page may have read, and its lock must not stand in the way
    lost = db.session.info.pop(LOST, ())
    try:
        with own_transaction() as beside:
            for one in lost:
                _count(beside, *one)
    except DBAPIError as error:
        if not keeping.is_impossible(error):
            raise


def _current(column: Any, key: str) -> Any:
    return select(column).where(Attempts.key_hash == _hash(key), Attempts.expires_at > clock.now())


@sweep
def forget_attempts() -> None:
    """Counts of windows that are over go."""
    db.session.execute(delete(Attempts).where(Attempts.expires_at <= clock.now()))


def _hash(key: str) -> str:
    return hmac.new(current_app.config["SECRET_KEY"], f"limit {key}".encode(), hashlib.sha256).hexdigest()
