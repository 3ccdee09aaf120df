"""A backup holds everything, opens with the key alone, and comes back without what was erased since."""

import gzip
import json
import os
import shutil
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from tests import factories
from tests.core.test_audit import force, write_three
from tests.operations.conftest import Town
from webapp import create_app
from webapp.accounts.models import Person
from webapp.core import chain, clock, crypto, keyfile, ledger, vault
from webapp.core.audit import Audit
from webapp.core.db import checkpoint, db
from webapp.operations import backups, restoring
from webapp.operations.store import Trouble
from webapp.referrals import agreements, sealed
from webapp.referrals.models import ContactCard, Referral


def newest(town: Town) -> Path:
    return backups.present(town.settings)[0].file


def people() -> int:
    return db.session.scalar(select(func.count()).select_from(Person)) or 0


def restored(town: Town, file: Path) -> str:
    code, said = town.run("restore", str(file), "--yes")
    assert code == 0, said
    return said


def test_what_was_there_comes_back(town: Town) -> None:
    referral = factories.agreed(town.cast).id
    before = people()
    code, said = town.run("backup")
    assert (code, "Written:" in said) == (0, True)
    db.session.add(Person(name="Later Gekomen", email="later@brug.example"))
    db.session.commit()
    assert "Restored:" in restored(town, newest(town))
    assert people() == before
    row = db.session.get_one(Referral, referral)
    assert sealed.card(row, db.session.get_one(ContactCard, referral)) == (
        factories.CANARY_NAME,
        factories.CANARY_PHONE,
    )
    assert chain.verify().fault == ""


def test_the_log_goes_on_after_a_restore_and_every_backup_still_comes_back(town: Town) -> None:
    write_three(town.cast)
    town.run("backup")
    first = newest(town)
    with clock.at(clock.now() + timedelta(minutes=1)):
        write_three(town.cast)
        assert town.run("audit", "verify")[0] == 0  # the head of after the backup is kept outside
        town.run("backup")
        later = newest(town)
    with clock.at(clock.now() + timedelta(minutes=2)):
        restored(town, first)
        code, said = town.run("audit", "verify")
        assert code == 0, said
        write_three(town.cast)
        write_three(town.cast)
        assert town.run("audit", "verify")[0] == 0
    with clock.at(clock.now() + timedelta(minutes=3)):
        town.run("backup")
        code, said = town.run("restore-check")
        assert code == 0, said
        restored(town, newest(town))
    with clock.at(clock.now() + timedelta(minutes=4)):
        restored(town, later)  # the first one was too old after all
        assert town.run("audit", "verify")[0] == 0
    assert "backup.restore" in db.session.scalars(select(Audit.action)).all()


def test_only_a_restore_lets_heads_go(town: Town) -> None:
    write_three(town.cast)
    town.run("audit", "verify")
    newest_head = chain.head()
    db.session.remove()
    force("DELETE FROM audit WHERE number = 3")
    kept = chain.head()
    assert kept
    assert newest_head
    chain.keep(restoring.heads_file(town.settings), kept, restored=clock.now())
    code, said = town.run("audit", "verify")
    assert (code, "Entry 2 is not the one" in said) == (1, True)


def test_a_restore_lets_heads_go_once(town: Town) -> None:
    """The file only grows, so who cut off the log could still write the line of an earlier restore there again."""
    write_three(town.cast)
    town.run("backup")
    restored(town, newest(town))
    file = restoring.heads_file(town.settings)
    [line] = [one for one in file.read_text().splitlines() if chain.RESTORED in one]
    write_three(town.cast)
    assert town.run("audit", "verify")[0] == 0
    db.session.remove()
    force("DELETE FROM audit WHERE number = (SELECT max(number) FROM audit)")
    with file.open("a") as heads:
        heads.write(f"{line}\n")
    code, said = town.run("audit", "verify")
    assert (code, "cannot be read" in said) == (1, True), said
    town.run("backup")
    code, said = town.run("restore", str(newest(town)), "--yes")
    assert (code, "cannot be read" in said, "Traceback" in said) == (1, True, False), said


def test_the_database_of_before_is_kept(town: Town) -> None:
    town.run("backup")
    said = restored(town, newest(town))
    assert "is kept as" in said
    if town.settings.database_url.startswith("sqlite"):
        (kept,) = town.settings.data.glob("brug.sqlite.before-*")
        assert str(kept) in said
        assert Path(town.settings.data / "brug.sqlite").stat().st_mode & 0o077 == 0


def test_what_was_erased_after_the_backup_stays_erased(town: Town) -> None:
    referral_id = factories.agreed(town.cast).id
    card = db.session.get_one(ContactCard, referral_id)
    sealed_bytes = [card.name_sealed.encode(), card.contact_sealed.encode()]
    town.run("backup")
    agreements.withdraw(db.session.get_one(Referral, referral_id), by=town.cast.actor("hilde"))
    db.session.commit()
    said = restored(town, newest(town))
    assert "Erased again since the backup: 2" in said
    again = db.session.get_one(Referral, referral_id)
    assert db.session.get(ContactCard, referral_id) is None
    assert (again.data_key, again.has_agreement) == (None, False)
    assert ledger.is_replayed()
    if town.settings.database_url.startswith("sqlite"):
        db.session.rollback()
        checkpoint()
        files = [path for path in town.settings.data.glob("brug.sqlite*") if "before" not in path.name]
        whole = b"".join(path.read_bytes() for path in files)
        assert [one for one in sealed_bytes if one in whole] == []


def test_a_backup_is_one_closed_file_without_a_word_in_clear(town: Town) -> None:
    factories.agreed(town.cast)
    town.run("backup")
    file = newest(town)
    assert file.stat().st_mode & 0o077 == 0
    whole = file.read_bytes()
    for word in (b"Hilde", b"brug.example", factories.CANARY_NAME.encode(), b"SQLite format", b"PGDMP"):
        assert word not in whole
    assert b"\x1f\x8b\x08" not in whole[:2000], "not even the packing"
    assert vault.clear_of(file).keys() == {"format", "kek", "salt", "check", "made_at", "keys"}


def test_the_keys_are_never_in_it(town: Town, tmp_path: Path) -> None:
    town.run("backup")
    out = tmp_path / "out"
    out.mkdir()
    backups.unpack(newest(town), out)
    held = json.loads(town.settings.key_file.read_text())
    everything = b"".join(path.read_bytes() for path in out.rglob("*") if path.is_file())
    for secret in (*held["keks"].values(), held["audit"], town.settings.secret.decode()):
        assert secret.encode() not in everything
        assert gzip.compress(secret.encode()) not in everything


def test_a_key_file_of_elsewhere_is_not_called_damage(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.run("backup")
    elsewhere = crypto.KeyRing({"k1": os.urandom(32)}, "k1", os.urandom(32))
    monkeypatch.setattr(crypto, "_ring", elsewhere)
    code, said = town.run("restore-check")
    assert (code, "keys join FILE" in said, "damaged" in said) == (1, True, False)


def test_uploads_come_along(town: Town) -> None:
    folder = town.settings.data / "uploads" / "ab"
    folder.mkdir(parents=True)
    (folder / "one").write_bytes(b"sealed picture")
    town.run("backup")
    shutil.rmtree(town.settings.data / "uploads")
    restored(town, newest(town))
    assert (folder / "one").read_bytes() == b"sealed picture"


def test_a_backup_under_writes_is_whole(town: Town) -> None:
    over = threading.Event()
    written = 0

    def write() -> None:
        nonlocal written
        with town.app.app_context():
            while not over.is_set():
                db.session.add(Person(name="Vlug", email=f"{os.urandom(8).hex()}@brug.example"))
                db.session.commit()
                written += 1
            db.session.remove()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(3):
            made = backups.make(town.settings)
            db.session.remove()
            report = restoring.rehearse(town.settings, create_app)
            assert report.rows
            made.file.unlink()
    finally:
        over.set()
        writer.join()
    assert written


@pytest.mark.parametrize("place", [0.1, 0.5, 0.99])
def test_one_changed_byte_fails_the_rehearsal_and_is_told(town: Town, place: float) -> None:
    town.run("backup")
    assert town.run("restore-check")[0] == 0
    file = newest(town)
    whole = bytearray(file.read_bytes())
    whole[int(len(whole) * place)] ^= 1
    file.write_bytes(whole)
    code, said = town.run("restore-check")
    assert code == 1
    assert "damaged" in said or "key" in said


def test_without_the_key_nothing_opens_and_nothing_changes(town: Town) -> None:
    town.run("backup")
    file = newest(town)
    keyfile.add_kek(town.settings.key_file)
    keyfile.remove_kek(town.settings.key_file, "k1")
    crypto.use(crypto.load_key_file(town.settings.key_file))
    before = people()
    code, said = town.run("restore", str(file), "--yes")
    assert (code, "key" in said, "Nothing was changed" in said) == (1, True, True)
    assert people() == before


def test_a_file_that_is_no_backup_is_refused(town: Town, tmp_path: Path) -> None:
    strange = tmp_path / "strange"
    strange.write_text("hello\n")
    code, said = town.run("restore", str(strange), "--yes")
    assert (code, "Nothing was changed" in said) == (1, True)


def test_nothing_is_put_back_while_brug_runs(town: Town) -> None:
    town.run("backup")
    db.session.execute(select(Person.id)).all()
    file = newest(town)
    with pytest.raises(Trouble, match="still running"):
        restoring.restore(town.settings, file, create_app)
    db.session.remove()
    assert people()


def test_before_the_first_backup_the_rehearsal_says_so(town: Town) -> None:
    code, said = town.run("restore-check")
    assert (code, "no backup yet" in said) == (1, True)


def test_hourly_ones_stay_two_days_daily_ones_thirty(town: Town) -> None:
    now = clock.now()
    town.settings.backups.mkdir()
    for hours in range(0, 24 * 40, 6):
        (town.settings.backups / backups.NAME.format(now - timedelta(hours=hours))).write_text("x")
    backups.thin_out(town.settings)
    left = [now - one.made_at for one in backups.present(town.settings)]
    assert len([age for age in left if age <= timedelta(hours=48)]) == 8
    old = [age for age in left if age > timedelta(hours=48, minutes=1)]
    assert 27 <= len(old) <= 29
    assert max(old) <= timedelta(days=30)
    assert backups.thin_out(town.settings) == 0


def test_what_a_killed_backup_left_behind_does_not_stay(town: Town) -> None:
    left = town.settings.backups / ".work-killed"
    left.mkdir(parents=True)
    (left / "database").write_text("half")
    os.utime(left, (0, 0))
    town.run("backup")
    assert not left.exists()
    assert [path.name for path in town.settings.backups.iterdir()] == [newest(town).name]


def test_a_newer_schema_than_this_version_knows_is_refused(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    db.session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    db.session.commit()
    backups.make(town.settings)
    db.session.execute(text("UPDATE alembic_version SET version_num = '0010'"))
    db.session.commit()
    with pytest.raises(Trouble, match="schema"):
        restoring.rehearse(town.settings, create_app)
