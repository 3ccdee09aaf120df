"""Whether the audit log is whole, from its first entry to its last.

The chain of MACs shows an edit, a deletion in the middle and another order. It cannot show that the end was cut off,
or that everything was written anew by somebody who holds the key. For that, heads are kept outside the database:
the number and MAC of an entry, in a file that only grows, in the log, and in the mail of the data protection officer.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from webapp.core import audit, audit_period, clock
from webapp.core.audit import MAC, PROTECTED, Audit, mac_of
from webapp.core.db import AnyRow, db
from webapp.policy.actor import Actor

BATCH = 2000
RESTORE = "backup.restore"
"""What the audit log calls a backup that came back. No such entry can be made without the key of the log."""
RESTORED = "restored "
ACKNOWLEDGE = "audit.acknowledge"
"""What the audit log calls a fault in it that somebody looked into. Its reason names the two entries between which the
fault is, and what the second holds; such an entry cannot be made without the key of the log either."""


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry at some moment, as kept outside the database."""

    number: int
    mac: str
    restored: bool = field(default=False, compare=False)
    """Whether this is where a restore began: the log of before, from this number on, is no longer this one."""

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
    that was kept outside is gone) or "rewritten" (it is another one); `number` is the first entry concerned, and
    `checked` the one before it, and `gap` names what does not follow. `acknowledged` are the entries that do not
    follow and that somebody looked into."""

    checked: int
    head: Head | None
    fault: str = ""
    number: int | None = None
    acknowledged: tuple[int, ...] = ()
    gap: str = ""


def verify(heads: Iterable[Head] = ()) -> Verdict:
    """Walk the whole log and hold it against the heads that were kept outside."""
    kept: dict[int, set[str]] = {}
    known = list(heads)
    begun_again = {one.number for one in known if one.restored}
    for one in known:
        kept.setdefault(one.number, set()).add(one.mac)
    start = audit_period.base()
    if start and not start.is_proved:
        return Verdict(0, None, "broken", start.number + 1)
    checked, previous = (start.number, start.mac) if start else (0, "")
    rewritten = checked if start and kept.get(checked, {previous}) != {previous} else None
    kept = {number: macs for number, macs in kept.items() if number > checked}
    broken: dict[str, Verdict] = {}
    acknowledged: list[int] = []
    for entry in _entries():
        as_found = mac_of(entry[:-1], previous)
        if entry.number != checked + 1 or as_found != entry.mac:
            gap = _gap(checked, entry.number, as_found)
            broken[gap] = Verdict(checked, _head(checked, previous), "broken", entry.number, gap=gap)
        elif entry.action == ACKNOWLEDGE and entry.reason in broken:
            acknowledged.append(broken.pop(entry.reason).number or 0)
        checked, previous = entry.number, entry.mac
        same = kept.pop(entry.number, {entry.mac}) == {entry.mac}
        if rewritten is None and not (same and (entry.number not in begun_again or entry.action == RESTORE)):
            rewritten = entry.number
    for verdict in broken.values():
        return verdict
    newest = _head(checked, previous)
    if rewritten is not None:
        return Verdict(checked, newest, "rewritten", rewritten)
    if any(number > checked for number in kept):
        return Verdict(checked, newest, "cut", checked + 1)
    return Verdict(checked, newest, acknowledged=tuple(acknowledged))


def acknowledge(*, by: Actor) -> int | None:
    """Write in the log that somebody looked into its first fault, so that a later one shows; the entry that does not
    follow, or None when all do."""
    verdict = verify()
    if verdict.gap:
        audit.write(ACKNOWLEDGE, by=by, reason=verdict.gap)
    return verdict.number if verdict.gap else None


def _gap(before: int, after: int, as_found: str) -> str:
    """Where the log does not follow, and what stands there: an entry that is changed once more is another fault."""
    return f"{before}>{after}:{as_found[:16]}"


def head() -> Head | None:
    """The newest entry; None while there is none."""
    row = db.session.execute(select(Audit.number, Audit.mac).order_by(Audit.number.desc()).limit(1)).first()
    return Head(row.number, row.mac) if row else None


def keep(file: Path, newest: Head, *, restored: datetime | None = None) -> None:
    """Add a head to the file outside the database. `restored`: a backup of that moment came back, and the log goes on
    from there."""
    came_back = f"{RESTORED}{restored.isoformat()} " if restored else ""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, f"{clock.now().isoformat()} {came_back}{newest}\n".encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def begin(file: Path) -> None:
    """Make the file outside the database if it is not there, also before there is an entry: once it is, it stays."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.touch(mode=0o600)


def kept(file: Path, until: datetime | None = None) -> list[Head]:
    """The heads in the file that are about the log of now, or of a moment. After a backup came back those are the heads
    of when it was made, and what was kept since. Raises ValueError when a line is none: then the file was damaged; and
    when a restore stands there twice, as each is another entry: it would let go of heads that it knew nothing of."""
    lines = file.read_text().splitlines() if file.exists() else []
    restores = [line.rpartition(" ")[2] for line in lines if RESTORED in line]
    if len(restores) > len({*restores}):
        raise ValueError("one restore stands there twice")
    return _heads(lines, until)


def _heads(lines: list[str], until: datetime | None) -> list[Head]:
    heads: list[Head] = []
    for number, line in enumerate(lines):
        moment, _, rest = line.partition(" ")
        if until and datetime.fromisoformat(moment) > until:
            break
        if rest.startswith(RESTORED):
            made_at, _, text = rest.removeprefix(RESTORED).partition(" ")
            heads = [*_heads(lines[:number], datetime.fromisoformat(made_at)), replace(Head.parse(text), restored=True)]
            continue
        datetime.fromisoformat(moment)
        heads.append(Head.parse(rest))
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
