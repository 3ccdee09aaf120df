"""Encryption of what identifies a young person.

Each referral has its own random data key. That key is kept wrapped by a key-encryption key (KEK), which lives in
a file outside the database and its backups. Erasing the wrapped data key erases everything sealed with it.
Ciphertext reads `v1.<kek id>.<nonce>.<ciphertext>`; table, column and row are authenticated with it, so a value
moved to another place cannot be opened.
"""

import base64
import json
import os
import secrets
import stat
import uuid
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from webapp.core.errors import Unavailable

VERSION = "v1"
KEY_BYTES = 32
NONCE_BYTES = 12

SEALED = "sealed"
"""In the info of a column: the name of its place, when its own name does not end in `_sealed`."""
EACH_ROW = "sealed_each_row"
"""In the info of a column: every row is a place of its own, though one data key opens them all."""
THROUGH = "sealed_through"
"""In the info of a column: the column that leads to the row whose data key opens it, when that is further away."""
OPEN_BY = "sealed_open_by"
"""In the info of a column: the column that holds something in the rows whose text everybody reads."""


class KeyFileError(RuntimeError):
    """The key file is missing, readable by others, or not a key file. The message says what to do."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed value lives."""

    table: str
    column: str
    row: uuid.UUID

    def as_bytes(self, kek_id: str) -> bytes:
        """The authenticated form of this place under one key."""
        return f"{self.table}:{self.column}:{self.row.hex}:{kek_id}".encode()


class KeyRing:
    """The key-encryption keys of this installation and the key of the audit chain.

    A ring that came from a file looks into it again when it meets a key that it does not know, and before it makes
    a data key: keys may be rotated while the application runs.
    """

    def __init__(
        self,
        keks: dict[str, bytes],
        current: str,
        audit: bytes,
        file: Path | None = None,
        read_at: int | None = None,
    ) -> None:
        self._keks = keks
        self.current = current
        self.audit = audit
        self._file = file
        self._read_at = read_at

    @property
    def ids(self) -> tuple[str, ...]:
        """The key-encryption keys, by id."""
        return tuple(self._keks)

    def new_data_key(self, row: uuid.UUID) -> str:
        """A fresh data key for a row, wrapped and ready to be stored beside it."""
        self.refresh()
        return self._wrap(secrets.token_bytes(KEY_BYTES), row)

    def rewrap(self, wrapped: str, row: uuid.UUID) -> str:
        """The same data key, wrapped by the current key: what it sealed opens as before."""
        return self._wrap(self._unwrap(wrapped, row)[1], row)

    def derived(self, kek_id: str, salt: bytes, purpose: bytes) -> bytes:
        """A key for another purpose, made from a key-encryption key. Raises Unavailable when that is unknown."""
        return HKDF(hashes.SHA256(), KEY_BYTES, salt, purpose).derive(self._kek(kek_id))

    def refresh(self) -> None:
        """Take up what changed in the key file since it was read."""
        if self._file is None or _changed_at(self._file) == self._read_at:
            return
        try:
            newer = load_key_file(self._file)
        except KeyFileError as fault:
            raise Unavailable("the key file cannot be read") from fault
        self._keks = newer._keks
        self.current = newer.current
        self._read_at = newer._read_at

    def seal(self, wrapped: str, place: Place, text: str) -> str:
        """Encrypt `text` for `place` with the data key in `wrapped`."""
        return self.seal_bytes(wrapped, place, text.encode())

    def seal_bytes(self, wrapped: str, place: Place, data: bytes) -> str:
        """Encrypt a small file for `place`."""
        kek_id, key = self._unwrap(wrapped, place.row)
        return self._seal(kek_id, key, data, place)

    def open(self, wrapped: str, place: Place, sealed: str) -> str:
        """The text sealed at `place`. Raises Unavailable when a key is missing or the value was tampered with."""
        return self.open_bytes(wrapped, place, sealed).decode()

    def open_bytes(self, wrapped: str, place: Place, sealed: str) -> bytes:
        """The file sealed at `place`. Raises Unavailable as `open` does."""
        _, key = self._unwrap(wrapped, place.row)
        return self._open(key, sealed, place)

    def _unwrap(self, wrapped: str, row: uuid.UUID) -> tuple[str, bytes]:
        kek_id = wrapped.partition(".")[2].partition(".")[0]
        return kek_id, self._open(self._kek(kek_id), wrapped, _key_place(row))

    def _wrap(self, data_key: bytes, row: uuid.UUID) -> str:
        current, keks = self.current, self._keks
        return self._seal(current, keks[current], data_key, _key_place(row))

    def _kek(self, kek_id: str) -> bytes:
        if kek_id not in self._keks:
            self.refresh()
        if kek_id not in self._keks:
            raise Unavailable(f"unknown key {kek_id}")
        return self._keks[kek_id]

    @staticmethod
    def _seal(kek_id: str, key: bytes, data: bytes, place: Place) -> str:
        nonce = os.urandom(NONCE_BYTES)
        sealed = AESGCM(key).encrypt(nonce, data, place.as_bytes(kek_id))
        return ".".join((VERSION, kek_id, encoded(nonce), encoded(sealed)))

    @staticmethod
    def _open(key: bytes, sealed: str, place: Place) -> bytes:
        try:
            version, kek_id, nonce, data = sealed.split(".")
            if version != VERSION:
                raise ValueError(version)
            return AESGCM(key).decrypt(_bytes(nonce), _bytes(data), place.as_bytes(kek_id))
        except (InvalidTag, ValueError) as error:
            raise Unavailable("a sealed value could not be opened") from error


def _changed_at(file: Path | None) -> int | None:
    return file.stat().st_mtime_ns if file and file.exists() else None


def _key_place(row: uuid.UUID) -> Place:
    return Place("referral", "data_key", row)


def encoded(data: bytes) -> str:
    """Bytes as text, safe in a file and in a column."""
    return base64.urlsafe_b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, altchars=b"-_", validate=True)


def create_key_file(path: Path) -> None:
    """Write a key file with one fresh KEK, readable by its owner alone. An existing file is left as it is."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = {"current": "k1", "keks": {"k1": encoded(os.urandom(KEY_BYTES))}, "audit": encoded(os.urandom(KEY_BYTES))}
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(fresh, file)


def load_key_file(path: Path) -> KeyRing:
    """Read the key file. Raises KeyFileError with a sentence that says how to mend it."""
    if not path.is_file():
        raise KeyFileError(
            f"There is no key file at {path}. Was there one? Put it back: no other opens what is in the database. "
            "In a new installation, make one with `python -m webapp.core.keys`."
        )
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise KeyFileError(f"Others can read {path}. Close it with: chmod 600 {path}")
    changed_at = _changed_at(path)
    try:
        content = json.loads(path.read_text())
        keks = {name: _bytes(key) for name, key in content["keks"].items()}
        ring = KeyRing(keks, content["current"], _bytes(content["audit"]), path, changed_at)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise KeyFileError(f"{path} is not a key file. Restore it from where you keep your keys.") from error
    if any(len(key) != KEY_BYTES for key in (*keks.values(), ring.audit)) or content["current"] not in keks:
        raise KeyFileError(f"{path} holds a key of the wrong length. Restore it from where you keep your keys.")
    return ring


_ring: KeyRing | None = None


def use(ring: KeyRing) -> None:
    """Make `ring` the key ring of this process; done once when the application starts."""
    global _ring
    _ring = ring


def ring() -> KeyRing:
    """The key ring of this process. Raises Unavailable before the application has started."""
    if _ring is None:
        raise Unavailable("no keys are loaded")
    return _ring
