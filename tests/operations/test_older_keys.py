"""A backup from before a key went comes back with an older copy of the key file, and no key of now is lost for it."""

import json
import os
import shutil
from pathlib import Path

import pytest

from tests import factories
from tests.operations.conftest import Town
from webapp.core import keyfile, rotation
from webapp.core.crypto import create_key_file
from webapp.core.db import db
from webapp.operations import backups
from webapp.referrals import sealed
from webapp.referrals.models import ContactCard, Referral


@pytest.fixture
def older(town: Town, tmp_path: Path) -> Path:
    """What somebody kept of the key file before a rotation that came to its end; its backup lies elsewhere."""
    copy = tmp_path / "keys-older.json"
    shutil.copy(town.settings.key_file, copy)
    factories.agreed(town.cast)
    town.run("backup")
    (tmp_path / "elsewhere").mkdir()
    shutil.move(backups.present(town.settings)[0].file, tmp_path / "elsewhere")
    town.run("keys", "rotate")
    os.utime(town.settings.key_file, (0, 0))
    assert town.run("keys", "retire", "k1")[0] == 0
    return copy


def test_a_backup_from_before_a_key_went_comes_back(town: Town, older: Path, tmp_path: Path) -> None:
    (file,) = (tmp_path / "elsewhere").iterdir()
    code, said = town.run("restore", str(file), "--yes")
    assert (code, "keys join FILE" in said) == (1, True), said
    assert town.run("keys", "join", str(older)) == (0, "Taken along: k1.\n")
    assert keyfile.ids(town.settings.key_file) == ["k1", "k2"]
    assert town.run("restore", str(file), "--yes")[0] == 0
    rotation.finish_rotation()
    db.session.commit()
    assert rotation.left("k1") == 0
    card = db.session.query(ContactCard).one()
    assert sealed.card(db.session.get_one(Referral, card.referral_id), card)[0] == factories.CANARY_NAME
    assert town.run("keys", "join", str(older))[1].startswith("It holds no key")


def test_keys_of_another_installation_are_no_older_copy(town: Town, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    create_key_file(other)
    before = town.settings.key_file.read_text()
    code, said = town.run("keys", "join", str(other))
    assert (code, "is not an older copy" in said) == (1, True), said
    other.chmod(0o644)
    assert "chmod 600" in town.run("keys", "join", str(other))[1]
    assert town.settings.key_file.read_text() == before


def test_two_keys_of_one_name_never_meet(town: Town, tmp_path: Path) -> None:
    """Rotated apart, as when an older key file was put in the place of the present one and then a new key was made."""
    other = tmp_path / "other.json"
    content = json.loads(town.settings.key_file.read_text())
    other.write_text(json.dumps({**content, "keks": {"k1": content["audit"]}}))
    other.chmod(0o600)
    assert town.run("keys", "join", str(other))[0] == 1
