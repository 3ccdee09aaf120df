"""The audit log: who did or saw what that matters, never its content and never a name.

Every entry carries a MAC over the entry before it, so that an edit, a deletion or a new order shows. Triggers
refuse changes. The entry is written in the transaction of the act it tells about: if it cannot be written, the
act does not happen.
"""

import hmac
import uuid
from collections.abc import Sequence
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Index, String, func, insert, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column

from webapp.core import clock, crypto
from webapp.core.db import Base, ReadThatWrites, current_connection, db, is_reading
from webapp.core.errors import Unavailable
from webapp.core.statements import Prepared
from webapp.policy.actor import Actor

CHAIN_LOCK = 7214

request_id: ContextVar[str] = ContextVar("request_id", default="")


class Audit(Base):
    """One entry. Kept for 24 months, in order, without gaps."""

    __tablename__ = "audit"
    __table_args__ = (
        Index("ix_audit_thing", "thing_id", "action", "number"),
        Index("ix_audit_actor", "actor_id", "action", "at"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    action: Mapped[str] = mapped_column(String(40))
    actor_id: Mapped[uuid.UUID | None]
    organisation_id: Mapped[uuid.UUID | None]
    thing_id: Mapped[uuid.UUID | None]
    result: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(String(40))
    request_id: Mapped[str] = mapped_column(String(36))
    mac: Mapped[str] = mapped_column(String(64))


*PROTECTED, MAC = Audit.__table__.columns
"""The columns of an entry that its MAC protects, in their order, and the column of that MAC."""


def canonical(entry: Sequence[Any]) -> bytes:
    """The exact bytes that the MAC protects, given the protected fields of an entry in their order."""
    return "\x1f".join(map(_in_words, entry)).encode()


def _in_words(field: Any) -> str:
    if field is None:
        return ""
    return field.isoformat() if isinstance(field, datetime) else str(field)


def mac_of(entry: Sequence[Any], previous: str) -> str:
    """The MAC of an entry, given its protected fields and the MAC of the one before it ('' for the first)."""
    return hmac.digest(crypto.ring().audit, previous.encode() + canonical(entry), "sha256").hex()


def write(
    action: str,
    *,
    by: Actor,
    thing_id: uuid.UUID | None = None,
    result: str = "ok",
    reason: str = "",
    beside: Connection | None = None,
) -> None:
    """Add an entry in the caller's transaction, or in one beside it. Raises Unavailable when it cannot be written."""
    if is_reading():
        raise ReadThatWrites(action)
    connection = beside or current_connection()
    try:
        if connection.dialect.name == "postgresql":
            _LOCK.rows(connection, {})
        last = _LAST.rows(connection, {})
        number, previous = (last[0].number + 1, last[0].mac) if last else (1, "")
        who = by.person_id, by.organisation_id
        entry = (number, clock.now(), action, *who, thing_id, result, reason, request_id.get())
        values = zip(_COLUMNS, (*entry, mac_of(entry, previous)), strict=True)
        _ADD.rows(connection, dict(values))
    except SQLAlchemyError as error:
        raise Unavailable("the audit log cannot be written") from error


_LOCK = Prepared(lambda: select(func.pg_advisory_xact_lock(CHAIN_LOCK)))
_LAST = Prepared(lambda: select(Audit.number, Audit.mac).order_by(Audit.number.desc()).limit(1))
_ADD = Prepared(lambda: insert(Audit))
_COLUMNS = tuple(Audit.__table__.columns.keys())


def count_of(action: str, *, by: uuid.UUID, since: datetime) -> int:
    """How often somebody did one thing since a moment."""
    done = Audit.actor_id == by, Audit.action == action, Audit.at >= since, Audit.result == "ok"
    return db.session.scalar(select(func.count()).where(*done)) or 0


SQLITE_TRIGGERS = tuple(
    f"CREATE TRIGGER audit_no_{verb.lower()} BEFORE {verb} ON audit "
    "BEGIN SELECT RAISE(ABORT, 'the audit log is only ever added to'); END"
    for verb in ("UPDATE", "DELETE")
)
POSTGRES_TRIGGERS = (
    "CREATE OR REPLACE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the audit log is only ever added to'; END $$",
    "CREATE TRIGGER audit_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows()",
)
