"""Whether the audit log is whole, from its first entry to its last.

The chain of MACs shows an edit, a deletion in the middle and another order. It cannot show that the end was cut off,
or that everything was written anew by somebody who holds the key. For that, heads are kept outside the database:
the number and MAC of an entry, in a file that only grows, in the log, and in the mail of the data protection officer.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from webapp.core import audit_period, clock
from webapp.core.audit import MAC, PROTECTED, Audit, mac_of
from webapp.core.db import AnyRow, db

BATCH = 2000


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry at some moment, as kept outside the database."""

    number: int
    mac: str

    def __str__(self) -> str:
        return f"{self.number}:{self.mac}"

    @classmethod
    def parse(cls, text: str) -> "Head":
        """A head as it was printed or mailed. Raises ValueError when it is not one."""
        number, _, mac = text.strip().partition(":")
        if len(mac) != 64 or not number.isdecimal():
            raise ValueError("a head reads like 12:3f0c…, with 64 signs after the colon")
        return cls(int(number), mac)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found. `fault` is empty, "broken" (the entry does not follow from the one before), "cut" (an entry
    that was kept outside is gone) or "rewritten" (it is another one); `number` is the first entry concerned."""

    checked: int
    head: Head | None
    fault: str = ""
    number: int | None = None


def verify(heads: Iterable[Head] = ()) -> Verdict:
    """Walk the whole log and hold it against the heads that were kept outside."""
    kept: dict[int, set[str]] = {}
    for one in heads:
        kept.setdefault(one.number, set()).add(one.mac)
    start = audit_period.base()
    if start and not start.is_proved:
        return Verdict(0, None, "broken", start.number + 1)
    checked, previous = (start.number, start.mac) if start else (0, "")
    rewritten = checked if start and kept.get(checked, {previous}) != {previous} else None
    kept = {number: macs for number, macs in kept.items() if number > checked}
    for entry in _entries():
        if entry.number != checked + 1 or mac_of(entry[:-1], previous) != entry.mac:
            return Verdict(checked, _head(checked, previous), "broken", entry.number)
        checked, previous = entry.number, entry.mac
        if rewritten is None and kept.pop(entry.number, {entry.mac}) != {entry.mac}:
            rewritten = entry.number
    newest = _head(checked, previous)
    if rewritten is not None:
        return Verdict(checked, newest, "rewritten", rewritten)
    if any(number > checked for number in kept):
        return Verdict(checked, newest, "cut", checked + 1)
    return Verdict(checked, newest)


def head() -> Head | None:
    """The newest entry; None while there is none."""
    row = db.session.execute(select(Audit.number, Audit.mac).order_by(Audit.number.desc()).limit(1)).first()
    return Head(row.number, row.mac) if row else None


def keep(file: Path, newest: Head) -> None:
    """Add a head to the file outside the database."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, f"{clock.now().isoformat()} {newest}\n".encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def kept(file: Path) -> list[Head]:
    """The heads in the file. Raises ValueError when a line is none: then the file itself was damaged."""
    if not file.exists():
        return []
    heads = []
    for line in file.read_text().splitlines():
        moment, _, text = line.partition(" ")
        datetime.fromisoformat(moment)
        heads.append(Head.parse(text))
    return heads


def _entries() -> Iterator[AnyRow]:
    last: int | None = None
    while True:
        batch = select(*PROTECTED, MAC).order_by(Audit.number).limit(BATCH)
        rows = db.session.execute(batch if last is None else batch.where(Audit.number > last)).all()
        yield from rows
        if len(rows) < BATCH:
            return
        last = rows[-1].number


def _head(number: int, mac: str) -> Head | None:
    return Head(number, mac) if number else None
