"""What is in a backup comes out of it: on each Python that operations.md names, and nowhere but in its folder."""

import tarfile
from pathlib import Path
from typing import Any, cast

import pytest

from tests import factories
from tests.operations.conftest import Town
from webapp.core import vault
from webapp.core.db import db
from webapp.operations import backups
from webapp.operations.store import Trouble
from webapp.referrals import agreements
from webapp.referrals.models import ContactCard, Referral


def test_a_backup_comes_back_on_the_python_of_debian_12(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Python 3.11.2 has no filters for what is taken out of an archive."""
    known = tarfile.TarFile.extractall

    def of_then(self: tarfile.TarFile, path: Path, members: None = None, *, numeric_owner: bool = False) -> None:
        known(self, path, members, numeric_owner=numeric_owner)

    monkeypatch.setattr(tarfile.TarFile, "extractall", of_then)
    town.run("backup")
    code, said = town.run("restore-check")
    assert code == 0, said


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("name", ["../beside", "/tmp/beside", "link"])
def test_nothing_is_taken_out_beside_the_folder(tmp_path: Path, name: str) -> None:
    odd = tarfile.TarInfo(name)
    odd.type = tarfile.SYMTYPE if name == "link" else tarfile.REGTYPE
    file, folder = tmp_path / "brug-20261124T030000Z.backup", tmp_path / "inside"
    folder.mkdir()
    with file.open("wb") as target:
        writer = vault.Writer(target, {})
        with tarfile.open(fileobj=cast(Any, writer), mode="w|gz") as bundle:
            bundle.addfile(odd)
        writer.close()
    with pytest.raises(Trouble, match="does not belong in it"):
        backups.unpack(file, folder)
    assert list(tmp_path.rglob("*")) == [file, folder]


def test_a_restore_says_that_nobody_told_it_what_was_erased_since(town: Town) -> None:
    """On another machine that file is copied by hand, and forgotten: then what people had erased is there again."""
    referral_id = factories.agreed(town.cast).id
    town.run("backup")
    file = str(backups.present(town.settings)[0].file)
    agreements.withdraw(db.session.get_one(Referral, referral_id), by=town.cast.actor("hilde"))
    db.session.commit()
    book = town.settings.backups / "erased.jsonl"
    elsewhere = book.rename(town.settings.data / "copied.jsonl")
    _code, said = town.run("restore", file, "--yes")
    assert "There was no erased.jsonl" in said
    assert db.session.get(ContactCard, referral_id)
    elsewhere.rename(book)
    assert "Erased again: 2" in town.run("replay-erasures")[1]
    assert not db.session.get(ContactCard, referral_id)
    assert "erased.jsonl" not in town.run("restore", file, "--yes")[1]


def test_a_disk_without_room_to_take_it_out_is_not_called_damage(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.run("backup")

    def full(*_what: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups.shutil, "copyfileobj", full)
    for command in (["restore-check"], ["restore", str(backups.present(town.settings)[0].file), "--yes"]):
        code, said = town.run(*command)
        assert (code, "There is no room to bring" in said, "damaged" in said) == (1, True, False), said
