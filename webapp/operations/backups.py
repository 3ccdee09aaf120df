"""Backups: one encrypted file each, with the database, the uploads and a list of what must be in it.

The keys are never in it. Hourly ones are kept for two days, then one a day for thirty days; none longer, for what
somebody asked to forget must be gone from the backups as well.
"""

import errno
import hashlib
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from webapp.config import Settings
from webapp.core import clock, rotation, vault
from webapp.core.db import db, reading
from webapp.core.errors import Unavailable
from webapp.operations.store import Facts, Trouble
from webapp.operations.stores import store_of

NAME = "brug-{:%Y%m%dT%H%M%S}Z.backup"
PATTERN = "brug-*Z.backup"
DATABASE, UPLOADS, LIST = "database", "uploads", "list.json"
KEYS_OF_THEN = "Take along the key file of that time, with: flask --app webapp keys join FILE"
KEEP_ALL = timedelta(hours=48)
KEEP_DAILY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup in the folder."""

    file: Path
    made_at: datetime


def make(settings: Settings) -> Backup:
    """Write a backup. Raises Trouble when it did not succeed; then there is no file."""
    made_at = clock.now()
    target = settings.backups / NAME.format(made_at)
    with scratch(settings.backups) as folder:
        try:
            facts = store_of(settings.database_url).dump(folder / DATABASE)
            part = folder / "whole"
            _pack(settings, folder, part, facts, made_at)
            part.replace(target)
            _settle(settings.backups)
        except OSError as error:
            raise Trouble("no_room", f"The backup cannot be written: {error.strerror}. Is the disk full?") from error
    return Backup(target, made_at)


def _pack(settings: Settings, folder: Path, part: Path, facts: Facts, made_at: datetime) -> None:
    parts = [(DATABASE, folder / DATABASE), *_uploads(settings)]
    told = {**facts, "made_at": made_at.isoformat(), "files": {name: _hash(path) for name, path in parts}}
    (folder / LIST).write_text(json.dumps(told))
    with reading():
        keys = rotation.in_use()
        db.session.rollback()
    clear: vault.Clear = {"made_at": made_at.isoformat(), "keys": keys}
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        writer = vault.Writer(file, clear)
        with tarfile.open(fileobj=cast(Any, writer), mode="w|gz") as bundle:
            for name, path in [(LIST, folder / LIST), *parts]:
                bundle.add(path, name, recursive=False)
        writer.close()
        file.flush()
        os.fsync(file.fileno())


def unpack(backup: Path, folder: Path) -> Facts:
    """Bring everything out into an empty folder; what the list says. Raises Trouble when it is not all there."""
    try:
        with backup.open("rb") as file:
            reader = vault.Reader(file)
            with tarfile.open(fileobj=cast(Any, reader), mode="r|gz") as bundle:
                _bring_out(bundle, folder)
            reader.finish()
        facts: Facts = json.loads((folder / LIST).read_text())
        found = {name: _hash(folder / name) for name in facts["files"]}
    except Unavailable as error:
        raise Trouble("keys", f"The key of this backup is not in the key file. {KEYS_OF_THEN}") from error
    except (vault.Damaged, tarfile.TarError, EOFError, ValueError, KeyError, FileNotFoundError) as error:
        raise Trouble("damaged", f"{backup.name} is damaged: {error}. Take an older one.") from error
    except OSError as error:
        sentence = f"There is no room to bring {backup.name} out in {folder.parent}: {error.strerror}."
        raise Trouble("no_room", sentence) from error
    if found != facts["files"]:
        raise Trouble("damaged", f"{backup.name} does not hold what its list says. Take an older one.")
    return facts


def _bring_out(bundle: tarfile.TarFile, folder: Path) -> None:
    """Every file into the folder, for us alone. By hand: what keeps `extractall` within a folder came with
    Python 3.11.4, and Debian 12 has an older one."""
    within = folder.resolve()
    for member in bundle:
        target = (within / member.name).resolve()
        source = bundle.extractfile(member) if member.isfile() and target.is_relative_to(within) else None
        if source is None:
            raise vault.Damaged(f"{member.name} does not belong in it")
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            shutil.copyfileobj(source, file)


def present(settings: Settings) -> list[Backup]:
    """The backups in the folder, the newest first."""
    files = settings.backups.glob(PATTERN) if settings.backups.is_dir() else ()
    return sorted((Backup(file, _moment(file)) for file in files), key=lambda one: one.made_at, reverse=True)


def keys_needed(settings: Settings) -> set[str]:
    """The keys without which a backup in the folder, or what it holds, could not be opened."""
    needed: set[str] = set()
    for one in present(settings):
        clear = vault.clear_of(one.file)
        needed |= {str(clear["kek"]), *cast(list[str], clear.get("keys", []))}
    return needed


def thin_out(settings: Settings) -> int:
    """Delete what is too old; how many went."""
    now, days, gone = clock.now(), set(), 0
    for one in reversed(present(settings)):
        age, day = now - one.made_at, clock.local(one.made_at).date()
        if age > KEEP_DAILY or (age > KEEP_ALL and day in days):
            one.file.unlink()
            gone += 1
        days.add(day)
    return gone


@contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """A folder of our own for a while. What an earlier one left behind when it was killed goes too."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        own = Path(tempfile.mkdtemp(prefix=".work-", dir=folder))
    except OSError as error:
        sentence = f"Brug cannot write in the folder of the backups, {folder}: {error.strerror}."
        raise Trouble("no_room" if error.errno == errno.ENOSPC else "no_folder", sentence) from error
    for leftover in folder.glob(".work-*"):
        if clock.now().timestamp() - leftover.stat().st_mtime > KEEP_ALL.total_seconds():
            shutil.rmtree(leftover, ignore_errors=True)
    try:
        yield own
    finally:
        shutil.rmtree(own, ignore_errors=True)


def _uploads(settings: Settings) -> list[tuple[str, Path]]:
    folder = settings.data / UPLOADS
    files = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []
    return [(f"{UPLOADS}/{path.relative_to(folder)}", path) for path in files]


def _moment(file: Path) -> datetime:
    return datetime.strptime(file.name, "brug-%Y%m%dT%H%M%SZ.backup").replace(tzinfo=UTC)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _settle(folder: Path) -> None:
    """Make the new name last through a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
