"""What was erased, by random ids alone, so that a backup from before cannot bring it back.

An erasure is noted in its own transaction, and after the commit in a file beside the backups. A restored database
lacks the rows of what was erased since; `replay` erases those again, in the same order.
"""

import json
import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from pathlib import Path

from sqlalchemy import Index, String, event, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from webapp.core import clock
from webapp.core.db import Base, db, erase_log_too, new_id
from webapp.core.sweeps import sweep

LINE_BYTES = 256

Replay = Callable[[uuid.UUID], None]
REPLAYS: dict[str, Replay] = {}

_file: Path | None = None
_replaying: ContextVar[bool] = ContextVar("replaying", default=False)


class Erasure(Base):
    """One erasure: of what kind, of which thing. Only ever added to."""

    __tablename__ = "erasure"
    __table_args__ = (Index("ix_erasure_at", "at", "id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(String(24))
    thing_id: Mapped[uuid.UUID]
    at: Mapped[datetime]


class UnknownErasure(RuntimeError):
    """The ledger tells of a kind of erasure that this version of Brug does not know."""


def use(file: Path) -> None:
    """Keep the ledger in this file; done once when the application starts."""
    global _file
    _file = file


def replays(kind: str) -> Callable[[Replay], Replay]:
    """Register the function that erases a thing of this kind once more. It may find it gone already."""

    def register(function: Replay) -> Replay:
        REPLAYS[kind] = function
        return function

    return register


def note(kind: str, thing_id: uuid.UUID) -> None:
    """Write down that something is erased, in the transaction that does it."""
    if kind not in REPLAYS:
        raise UnknownErasure(kind)
    if _replaying.get():
        return
    entry = Erasure(id=new_id(), kind=kind, thing_id=thing_id, at=clock.now())
    db.session.add(entry)
    db.session.info.setdefault("erasures", []).append(_line(entry))


@event.listens_for(Session, "after_commit")
def _write_lines(session: Session) -> None:
    lines = session.info.pop("erasures", None)
    if lines:
        try:
            _append(lines)
        except OSError:
            return  # the next sweep writes what is missing


@event.listens_for(Session, "after_rollback")
def _forget_lines(session: Session) -> None:
    session.info.pop("erasures", None)


@sweep
def complete_file() -> None:
    """Write what the file lacks: another machine erased it, or the disk was full. What this transaction itself erases
    is told when it is committed."""
    if _file is None:
        return
    ours = (json.loads(line)["id"] for line in db.session.info.get("erasures", ()))
    known = {*(entry["id"] for entry in entries()), *ours}
    rows = db.session.scalars(select(Erasure).order_by(Erasure.at, Erasure.id))
    missing = [_line(row) for row in rows if row.id.hex not in known]
    if missing:
        _append(missing)


def entries() -> Iterator[dict[str, str]]:
    """What the file tells, oldest first; none when there is no file yet."""
    if _file is None or not has_file():
        return
    with _file.open() as file:
        for line in file:
            if _is_whole(line):
                yield json.loads(line)


def has_file() -> bool:
    """Whether the file is there: without it nobody knows what was erased after a backup."""
    return _file is not None and _file.exists()


def is_replayed() -> bool:
    """Whether this database knows the newest erasure of the file: if not, it was restored and not yet cleaned."""
    newest = _last_line()
    return newest is None or db.session.get(Erasure, uuid.UUID(json.loads(newest)["id"])) is not None


def replay() -> int:
    """Erase everything again that was erased after this database was copied, in the caller's transaction."""
    known = set(db.session.scalars(select(Erasure.id)))
    told = {entry["id"]: entry for entry in entries()}  # two processes may have written the same line
    missing = [entry for entry in told.values() if uuid.UUID(entry["id"]) not in known]
    if unknown := {entry["kind"] for entry in missing} - REPLAYS.keys():
        raise UnknownErasure(", ".join(sorted(unknown)))
    with _replaying_now():
        for entry in missing:
            REPLAYS[entry["kind"]](uuid.UUID(entry["thing"]))
    for entry in missing:
        db.session.execute(
            insert(Erasure).values(
                id=uuid.UUID(entry["id"]),
                kind=entry["kind"],
                thing_id=uuid.UUID(entry["thing"]),
                at=datetime.fromisoformat(entry["at"]),
            )
        )
    if missing:
        erase_log_too()
    return len(missing)


@contextmanager
def _replaying_now() -> Iterator[None]:
    token = _replaying.set(True)
    try:
        yield
    finally:
        _replaying.reset(token)


def _line(entry: Erasure) -> str:
    told = {"id": entry.id.hex, "kind": entry.kind, "thing": entry.thing_id.hex, "at": entry.at.isoformat()}
    return json.dumps(told) + "\n"


def _append(lines: list[str]) -> None:
    if _file is None:
        return
    _file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(_file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        if _ends_halfway(_file):
            os.write(descriptor, b"\n")
        for line in lines:
            os.write(descriptor, line.encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _is_whole(line: str) -> bool:
    """Whether a line was written to its end: a crash or a full disk may leave half of one."""
    return line.startswith('{"id"') and line.count("{") == 1 and line.endswith("}\n")


def _ends_halfway(file: Path) -> bool:
    with file.open("rb") as ending:
        size = ending.seek(0, os.SEEK_END)
        ending.seek(max(0, size - 1))
        return ending.read() not in (b"", b"\n")


def _last_line() -> str | None:
    if _file is None or not has_file():
        return None
    with _file.open("rb") as file:
        file.seek(max(0, _file.stat().st_size - 4 * LINE_BYTES))
        tail = file.read().decode(errors="replace")
    whole = [line for line in tail.splitlines(keepends=True) if _is_whole(line)]
    return whole[-1] if whole else None
