"""Changing the key file while Brug runs: a key comes, a key goes, and the file is never half there."""

import json
import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from webapp.core.crypto import KEY_BYTES, KeyFileError, encoded, load_key_file


def ids(path: Path) -> list[str]:
    """The keys in the file, the current one last."""
    ring = load_key_file(path)
    return [*(one for one in ring.ids if one != ring.current), ring.current]


def changed_seconds_ago(path: Path) -> float:
    """How long ago the key file was written."""
    return time.time() - path.stat().st_mtime


def add_kek(path: Path) -> str:
    """Put a fresh key-encryption key in the key file and make it the current one; its id."""
    numbers = [int(name[1:]) for name in load_key_file(path).ids if re.fullmatch(r"k\d+", name)]
    fresh = f"k{max(numbers, default=0) + 1}"

    def add(content: dict[str, Any]) -> None:
        content["keks"][fresh] = encoded(os.urandom(KEY_BYTES))
        content["current"] = fresh

    _change(path, add)
    return fresh


def remove_kek(path: Path, kek_id: str) -> None:
    """Take a key that nothing needs any more out of the key file."""
    _change(path, lambda content: content["keks"].pop(kek_id))


def join(path: Path, other: Path) -> list[str]:
    """Take along the keys of an older copy of the key file, for a backup of that time; the current key stays. Which
    ones came. Raises KeyFileError when it is no key file of this installation."""
    load_key_file(other)
    theirs, ours = json.loads(other.read_text()), json.loads(path.read_text())
    same = [name for name in theirs["keks"] if name in ours["keks"]]
    if theirs["audit"] != ours["audit"] or any(theirs["keks"][name] != ours["keks"][name] for name in same):
        raise KeyFileError(f"{other} is not an older copy of {path}: it has other keys by the same names.")
    fresh = [name for name in theirs["keks"] if name not in same]
    if fresh:
        _change(path, lambda content: content["keks"].update({name: theirs["keks"][name] for name in fresh}))
    return fresh


def _change(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Write the file anew and put it in place in one step: it is never half there."""
    content = json.loads(path.read_text())
    change(content)
    beside = path.with_name(path.name + ".new")
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(content, file)
        file.flush()
        os.fsync(file.fileno())
    owner = path.stat()
    if os.geteuid() == 0:
        os.chown(beside, owner.st_uid, owner.st_gid)
    beside.replace(path)
