"""Changing the key file while Brug runs: a key comes, a key goes, and the file is never half there."""

import json
import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from webapp.core.crypto import KEY_BYTES, encoded, load_key_file


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
