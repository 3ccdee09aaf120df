"""What is sealed opens in its own place with its own key, and nowhere else."""

import base64
import json
import os
import uuid
from pathlib import Path

import pytest

from webapp.core.crypto import KeyFileError, KeyRing, Place, create_key_file, load_key_file
from webapp.core.errors import Unavailable

ROW, OTHER_ROW = uuid.UUID(int=1), uuid.UUID(int=2)
PLACE = Place("card", "name", ROW)
TEXT = "Zohrakanarie 🐦"


@pytest.fixture
def ring() -> KeyRing:
    return KeyRing({"k1": b"1" * 32, "k2": b"2" * 32}, "k1", b"a" * 32)


def test_what_is_sealed_opens_again(ring: KeyRing) -> None:
    wrapped = ring.new_data_key(ROW)
    sealed = ring.seal(wrapped, PLACE, TEXT)
    assert ring.open(wrapped, PLACE, sealed) == TEXT
    assert sealed.startswith("v1.k1.")
    assert "Zohra" not in sealed
    assert ring.seal(wrapped, PLACE, TEXT) != sealed, "a fresh nonce each time"
    assert ring.new_data_key(ROW) != wrapped


@pytest.mark.parametrize(
    "place",
    [Place("plan", "name", ROW), Place("card", "phone", ROW), Place("card", "name", OTHER_ROW)],
    ids=["table", "column", "row"],
)
def test_a_moved_ciphertext_does_not_open(ring: KeyRing, place: Place) -> None:
    wrapped = ring.new_data_key(ROW)
    sealed = ring.seal(wrapped, PLACE, TEXT)
    with pytest.raises(Unavailable):
        ring.open(wrapped, place, sealed)


def test_with_a_wrapped_key_of_another_row_nothing_opens(ring: KeyRing) -> None:
    mine, other = ring.new_data_key(ROW), ring.new_data_key(OTHER_ROW)
    sealed = ring.seal(mine, PLACE, TEXT)
    with pytest.raises(Unavailable):
        ring.open(other, PLACE, sealed)
    with pytest.raises(Unavailable):
        ring.open(ring.new_data_key(ROW), PLACE, sealed)


def flipped(sealed: str) -> list[str]:
    """Each byte of nonce and ciphertext changed in turn, and each letter of the marks before them."""
    version, kek, *parts = sealed.split(".")
    found = [f"v2.{kek}." + ".".join(parts), f"{version}.k2." + ".".join(parts), ".".join(parts), "", "...."]
    for number, part in enumerate(parts):
        data = base64.urlsafe_b64decode(part)
        for at in range(len(data)):
            changed = bytearray(data)
            changed[at] ^= 1
            fresh = [*parts]
            fresh[number] = base64.urlsafe_b64encode(bytes(changed)).decode()
            found.append(".".join((version, kek, *fresh)))
        found.append(".".join((version, kek, *parts[:number], part[:-4], *parts[number + 1 :])))
    return found


def test_with_any_byte_changed_nothing_opens(ring: KeyRing) -> None:
    wrapped = ring.new_data_key(ROW)
    sealed = ring.seal(wrapped, PLACE, TEXT)
    changed = flipped(sealed)
    assert len(changed) > 40
    for one in changed:
        with pytest.raises(Unavailable):
            ring.open(wrapped, PLACE, one)
    for one in flipped(wrapped):
        with pytest.raises(Unavailable):
            ring.open(one, PLACE, sealed)


def test_with_another_key_nothing_opens(ring: KeyRing) -> None:
    wrapped = ring.new_data_key(ROW)
    sealed = ring.seal(wrapped, PLACE, TEXT)
    stranger = KeyRing({"k1": b"3" * 32}, "k1", b"a" * 32)
    with pytest.raises(Unavailable):
        stranger.open(wrapped, PLACE, sealed)
    with pytest.raises(Unavailable, match="unknown key"):
        KeyRing({"k9": b"1" * 32}, "k9", b"a" * 32).open(wrapped, PLACE, sealed)


def test_a_new_current_key_still_opens_what_an_older_one_sealed(ring: KeyRing) -> None:
    wrapped = ring.new_data_key(ROW)
    sealed = ring.seal(wrapped, PLACE, TEXT)
    later = KeyRing({"k1": b"1" * 32, "k2": b"2" * 32}, "k2", b"a" * 32)
    assert later.open(wrapped, PLACE, sealed) == TEXT
    assert later.new_data_key(ROW).startswith("v1.k2.")


def test_a_key_file_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "keys.json"
    create_key_file(path)
    first = path.read_text()
    create_key_file(path)
    assert path.read_text() == first
    assert path.stat().st_mode & 0o777 == 0o600
    ring = load_key_file(path)
    wrapped = ring.new_data_key(ROW)
    assert load_key_file(path).open(wrapped, PLACE, ring.seal(wrapped, PLACE, TEXT)) == TEXT


def test_without_a_key_file_nothing_starts(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError, match="no key file"):
        load_key_file(tmp_path / "keys.json")
    with pytest.raises(KeyFileError, match="no key file"):
        load_key_file(tmp_path)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660, 0o610])
def test_a_key_file_that_others_can_reach_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "keys.json"
    create_key_file(path)
    os.chmod(path, mode)
    with pytest.raises(KeyFileError, match="chmod 600"):
        load_key_file(path)


def good_file() -> dict[str, object]:
    key = base64.urlsafe_b64encode(b"1" * 32).decode()
    return {"current": "k1", "keks": {"k1": key}, "audit": key}


SHORT = base64.urlsafe_b64encode(b"1" * 16).decode()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "not a key",
        "[]",
        "{}",
        "null",
        json.dumps(good_file() | {"keks": {"k1": SHORT}}),
        json.dumps(good_file() | {"audit": SHORT}),
        json.dumps(good_file() | {"current": "k2"}),
        json.dumps(good_file() | {"keks": {}}),
        json.dumps(good_file() | {"keks": {"k1": "*" * 44}}),
        json.dumps(good_file() | {"keks": ["k1"]}),
        json.dumps(good_file() | {"keks": {"k1": 5}}),
        "\ufeff" + json.dumps(good_file()),
    ],
)
def test_a_file_that_is_no_key_file_is_refused_in_words(tmp_path: Path, content: str) -> None:
    path = tmp_path / "keys.json"
    path.write_text(content)
    path.chmod(0o600)
    with pytest.raises(KeyFileError, match=r"Restore it"):
        load_key_file(path)


def test_a_good_file_is_accepted(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    path.write_text(json.dumps(good_file()))
    path.chmod(0o600)
    assert load_key_file(path).audit == b"1" * 32
