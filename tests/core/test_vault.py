"""What is kept in a vault comes out as it went in, or not at all."""

import io
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from webapp.core import crypto, vault
from webapp.core.errors import Unavailable
from webapp.core.vault import PIECE, Damaged, Reader, Writer

CANARY = b"Zohrakanarie"


def kept(path: Path, data: bytes) -> Path:
    with path.open("wb") as file:
        writer = Writer(file, {"made_at": "today"})
        for start in range(0, len(data), 100_000):
            writer.write(data[start : start + 100_000])
        writer.close()
    return path


def opened(path: Path) -> bytes:
    with path.open("rb") as file:
        reader = Reader(file)
        found = io.BytesIO()
        while piece := reader.read(70_000):
            found.write(piece)
        reader.finish()
        return found.getvalue()


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 17])
def test_any_size_comes_out_as_it_went_in(app: Flask, tmp_path: Path, size: int) -> None:
    data = os.urandom(size)
    assert opened(kept(tmp_path / "vault", data)) == data


def test_nothing_of_it_can_be_read_without_the_key(app: Flask, tmp_path: Path) -> None:
    path = kept(tmp_path / "vault", CANARY * 1000)
    assert CANARY not in path.read_bytes()
    assert vault.clear_of(path)["made_at"] == "today"


def test_a_key_of_the_same_name_from_elsewhere_is_told_apart_from_damage(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = kept(tmp_path / "vault", CANARY)
    ring = crypto.ring()
    other = crypto.KeyRing({ring.current: os.urandom(32)}, ring.current, os.urandom(32))
    monkeypatch.setattr(crypto, "_ring", other)
    with pytest.raises(Unavailable):
        opened(path)


def test_what_was_kept_before_keys_had_a_mark_still_opens(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vault, "_check", lambda _kek, _salt: "")
    path = kept(tmp_path / "vault", CANARY)
    monkeypatch.undo()
    assert opened(path) == CANARY


def test_a_changed_byte_anywhere_shows(app: Flask, tmp_path: Path) -> None:
    path = kept(tmp_path / "vault", CANARY * 20)
    whole = path.read_bytes()
    for place in range(0, len(whole), 7):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises((Damaged, Unavailable)):
            opened(path)


CUTS: list[Callable[[bytes], bytes]] = [
    lambda whole: whole[:-1],
    lambda whole: whole[: whole.index(b"\n") + 1],
    lambda whole: whole[: whole.index(b"\n") + 1 + 4 + PIECE + 16],
    lambda whole: whole + b"more",
    lambda whole: b"",
    lambda whole: whole[:20],
]


@pytest.mark.parametrize("cut", CUTS)
def test_what_was_cut_off_or_added_shows(app: Flask, tmp_path: Path, cut: Callable[[bytes], bytes]) -> None:
    path = kept(tmp_path / "vault", os.urandom(3 * PIECE))
    path.write_bytes(cut(path.read_bytes()))
    with pytest.raises(Damaged):
        opened(path)


def test_pieces_in_another_order_show(app: Flask, tmp_path: Path) -> None:
    path = kept(tmp_path / "vault", os.urandom(3 * PIECE))
    whole = path.read_bytes()
    start, piece = whole.index(b"\n") + 1, 4 + PIECE + 16
    first, second = whole[start : start + piece], whole[start + piece : start + 2 * piece]
    path.write_bytes(whole[:start] + second + first + whole[start + 2 * piece :])
    with pytest.raises(Damaged):
        opened(path)


def test_another_line_at_the_top_shows(app: Flask, tmp_path: Path) -> None:
    path = kept(tmp_path / "vault", CANARY)
    head, _, rest = path.read_bytes().partition(b"\n")
    told = json.loads(head) | {"made_at": "tomorrow"}
    path.write_bytes(json.dumps(told).encode() + b"\n" + rest)
    with pytest.raises(Damaged):
        opened(path)
