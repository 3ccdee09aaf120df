"""Encrypted files of any size, written and read as a stream: what backups are kept in.

A file begins with one line in clear (which key, a mark to know it by, a random salt, and what the writer wants to be
found without opening it), then pieces of at most a megabyte, each sealed with AES-256-GCM. The number of a piece and
whether it is the last one are part of its nonce, and the first line is authenticated with each, so that nothing can be
changed, moved or cut off unnoticed.
"""

import base64
import json
import os
import struct
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from webapp.core import crypto
from webapp.core.errors import Unavailable

MAGIC = "brug-vault-1"
PURPOSE = b"brug vault 1"
CHECK = b"brug vault check"
PIECE = 1024 * 1024
LENGTH = struct.Struct(">I")
LONGEST_HEAD = 64 * 1024

Clear = dict[str, object]


class Damaged(RuntimeError):
    """The file is not what was written: changed, cut off, or of another kind."""


class Writer:
    """Something that can be written to; `close` seals the last piece. Without it, the file never opens."""

    def __init__(self, file: BinaryIO, clear: Clear) -> None:
        ring = crypto.ring()
        ring.refresh()
        salt = os.urandom(32)
        kek = ring.current
        told = {"format": MAGIC, "kek": kek, "salt": crypto.encoded(salt), "check": _check(kek, salt), **clear}
        self._head = json.dumps(told).encode() + b"\n"
        self._cipher = AESGCM(ring.derived(kek, salt, PURPOSE))
        self._file, self._held, self._number = file, bytearray(), 0
        file.write(self._head)

    def write(self, data: bytes) -> int:
        """Take more to keep."""
        self._held += data
        while len(self._held) > PIECE:
            self._put(bytes(self._held[:PIECE]), last=False)
            del self._held[:PIECE]
        return len(data)

    def close(self) -> None:
        """Seal what is left as the last piece."""
        self._put(bytes(self._held), last=True)
        self._held.clear()

    def _put(self, piece: bytes, *, last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._number, last=last), piece, self._head)
        self._file.write(LENGTH.pack(len(sealed)) + sealed)
        self._number += 1


class Reader:
    """What was written, piece by piece. Raises Damaged as soon as something is not as it was."""

    def __init__(self, file: BinaryIO) -> None:
        self.clear, self._head = _read_head(file)
        ring = crypto.ring()
        try:
            salt = base64.b64decode(str(self.clear["salt"]), altchars=b"-_", validate=True)
        except ValueError as error:
            raise Damaged("the first line of the file was changed") from error
        kek = str(self.clear["kek"])
        if self.clear.get("check", "") not in ("", _check(kek, salt)):
            raise Unavailable(f"{kek} is another key here")
        self._cipher = AESGCM(ring.derived(kek, salt, PURPOSE))
        self._file, self._held, self._number, self._over = file, bytearray(), 0, False

    def read(self, size: int) -> bytes:
        """Up to `size` bytes; fewer only at the end."""
        while len(self._held) < size and not self._over:
            self._next()
        taken = bytes(self._held[:size])
        del self._held[:size]
        return taken

    def finish(self) -> None:
        """Read to the end, so that a file that was cut off cannot pass."""
        while not self._over:
            self._held.clear()
            self._next()

    def _next(self) -> None:
        length = self._file.read(LENGTH.size)
        if len(length) < LENGTH.size or LENGTH.unpack(length)[0] > PIECE + 16:
            raise Damaged("the file ends too early")
        sealed = self._file.read(LENGTH.unpack(length)[0])
        if len(sealed) < LENGTH.unpack(length)[0]:
            raise Damaged("the file ends too early")
        self._over = not self._file.peek(1)  # type: ignore[attr-defined]
        try:
            self._held += self._cipher.decrypt(_nonce(self._number, last=self._over), sealed, self._head)
        except (InvalidTag, ValueError) as error:
            raise Damaged("the file was changed or cut off") from error
        self._number += 1


def clear_of(path: Path) -> Clear:
    """What stands in clear at the beginning of a file. Raises Damaged when it is not one of ours."""
    with path.open("rb") as file:
        return _read_head(file)[0]


def _read_head(file: BinaryIO) -> tuple[Clear, bytes]:
    head = file.readline(LONGEST_HEAD)
    try:
        clear = json.loads(head)
        if clear["format"] != MAGIC or not clear["kek"] or not clear["salt"]:
            raise ValueError(clear["format"])
    except (ValueError, KeyError, TypeError) as error:
        raise Damaged("this is not a backup of Brug") from error
    return clear, head


def _check(kek: str, salt: bytes) -> str:
    """A mark by which a key is known again, and nothing else: keys of two installations may have the same name."""
    return crypto.encoded(crypto.ring().derived(kek, salt, CHECK)[:8])


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11) + bytes([last])
