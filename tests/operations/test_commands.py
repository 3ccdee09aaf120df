"""At a console: the audit log, the keys, and what the worker starts by itself."""

import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import create_engine, select
from sqlalchemy.pool import NullPool

from tests import factories
from tests.core.test_audit import force, write_three
from tests.operations.conftest import Town
from webapp import create_app
from webapp.cli import alembic_config
from webapp.config import ROOT, Settings
from webapp.core import chain, clock, duties, outbox, rotation
from webapp.core.audit import Audit
from webapp.core.db import db
from webapp.core.duties import Duty
from webapp.core.outbox import Job
from webapp.notifications import mail
from webapp.operations import backups, nightly, restoring, schema
from webapp.referrals import sealed
from webapp.referrals.models import ContactCard, Referral


def age(town: Town) -> None:
    """Let it be long ago that the key file changed."""
    long_ago = time.time() - 3600
    os.utime(town.settings.key_file, (long_ago, long_ago))


# --- The audit log ----------------------------------------------------------------------------------------


def test_verify_keeps_the_head_outside_and_says_it(town: Town) -> None:
    write_three(town.cast)
    code, said = town.run("audit", "verify")
    head = str(chain.head())
    assert (code, head in said) == (0, True)
    assert [str(one) for one in chain.kept(restoring.heads_file(town.settings))] == [head]
    town.run("audit", "verify")
    assert len(chain.kept(restoring.heads_file(town.settings))) == 1, "the same head is kept once"
    assert duties.all_runs()[Duty.CHAIN].succeeded_at
    assert head in town.run("audit", "head")[1]


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE audit SET result = 'refused' WHERE number = 2", "Entry 2 does not follow"),
        ("DELETE FROM audit WHERE number = 3", "Entry 3 is gone, while that one or a later one was kept outside"),
    ],
)
def test_verify_names_the_first_bad_entry_and_ends_badly(town: Town, statement: str, words: str) -> None:
    write_three(town.cast)
    town.run("audit", "verify")
    db.session.remove()
    force(statement)
    code, said = town.run("audit", "verify")
    assert (code, words in said) == (1, True)
    assert duties.all_runs()[Duty.CHAIN].finding in ("broken", "cut")


def test_verify_takes_a_head_from_a_mail(town: Town) -> None:
    write_three(town.cast)
    assert town.run("audit", "verify", "--head", str(chain.head()))[0] == 0
    code, said = town.run("audit", "verify", "--head", "3:" + "a" * 64)
    assert (code, "Entry 3 is not the one" in said) == (1, True)


def test_a_head_that_was_copied_badly_raises_no_alarm_about_the_log(town: Town) -> None:
    write_three(town.cast)
    town.run("audit", "verify")
    code, said = town.run("audit", "verify", "--head", "3:3f0c")
    assert (code, "64 signs" in said, "Copy it whole from the mail" in said) == (2, True, True)
    assert not duties.all_runs()[Duty.CHAIN].finding
    db.session.rollback()
    line = restoring.heads_file(town.settings).read_text().splitlines()[-1]
    assert town.run("audit", "verify", "--head", line)[0] == 0


def test_a_file_of_heads_that_was_damaged_is_told(town: Town) -> None:
    write_three(town.cast)
    restoring.heads_file(town.settings).write_text("nonsense\n")
    assert town.run("audit", "verify")[0] == 1


def test_the_head_goes_to_the_data_protection_officer(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[Any] = []
    monkeypatch.setattr(mail, "_hand_over", lambda message, _url: sent.append(message))
    object.__setattr__(town.settings, "privacy_mail", "dpo@town.example")
    write_three(town.cast)
    town.run("audit", "verify")
    head = str(chain.head())
    db.session.commit()
    while outbox.run_due("test"):
        pass
    (message,) = sent
    assert message["To"].addresses[0].addr_spec == "dpo@town.example"
    assert head in message.get_body(("plain",)).get_content()


# --- Keys -------------------------------------------------------------------------------------------------


def test_keys_rotate_and_an_old_one_goes_when_nothing_needs_it(town: Town) -> None:
    referral = factories.agreed(town.cast).id
    made = backups.make(town.settings)
    code, said = town.run("keys", "rotate")
    assert (code, "k2" in said, "Wrapped anew: 1" in said) == (0, True, True)
    assert "k1: 0" in town.run("keys", "status")[1]
    assert "ten minutes" in town.run("keys", "retire", "k1")[1]
    age(town)
    assert "A backup still needs k1" in town.run("keys", "retire", "k1")[1]
    made.file.unlink()
    assert town.run("keys", "retire", "k1")[0] == 0
    assert "k1" not in town.run("keys", "status")[1]
    assert rotation.is_complete()
    assert referral
    actions = set(db.session.scalars(select(Audit.action)))
    assert {"keys.rotate", "keys.retire"} <= actions


def test_a_key_that_is_needed_does_not_go(town: Town) -> None:
    assert "There is no key k7" in town.run("keys", "retire", "k7")[1]
    assert "the key of now" in town.run("keys", "retire", "k1")[1]


def test_a_rotation_that_was_stopped_goes_on(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    factories.agreed(town.cast)
    real = rotation.rewrap_batch
    monkeypatch.setattr(rotation, "rewrap_batch", lambda: 0)  # killed before it began
    town.run("keys", "rotate")
    monkeypatch.setattr(rotation, "rewrap_batch", real)
    age(town)
    assert "still need k1" in town.run("keys", "retire", "k1")[1]
    assert "Wrapped anew: 1" in town.run("keys", "rewrap")[1]


def test_data_keys_are_renewed_while_brug_stands_still(town: Town) -> None:
    referral_id = factories.agreed(town.cast).id
    before = db.session.get_one(Referral, referral_id).data_key
    code, said = town.run("keys", "reencrypt")
    assert (code, "Data keys renewed: 1" in said) == (0, True), said
    referral = db.session.get_one(Referral, referral_id)
    assert referral.data_key != before
    card = sealed.card(referral, db.session.get_one(ContactCard, referral_id))
    assert card == (factories.CANARY_NAME, factories.CANARY_PHONE)
    assert "keys.reencrypt" in set(db.session.scalars(select(Audit.action)))


def test_data_keys_are_not_renewed_while_brug_runs(town: Town) -> None:
    factories.agreed(town.cast)
    address = town.settings.database_url.replace("postgresql://", "postgresql+psycopg://")
    with create_engine(address, poolclass=NullPool).connect() as other:
        other.execute(select(Audit.number)).all()
        code, said = town.run("keys", "reencrypt")
    assert (code, "Nothing was changed" in said) == (1, True)


# --- A new version ----------------------------------------------------------------------------------------


def test_before_the_schema_changes_a_backup_is_made(town: Town) -> None:
    db.session.remove()
    command.downgrade(alembic_config(town.app), "0001")
    code, said = town.run("upgrade")
    assert (code, "Backup before the change" in said) == (0, True)
    (made,) = backups.present(town.settings)
    assert restoring.rehearse(town.settings, create_app).rows, "an older schema is brought to today's"
    assert "Backup" not in town.run("upgrade")[1]
    assert made.file.exists()


def test_without_a_backup_nothing_is_changed(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    db.session.remove()
    command.downgrade(alembic_config(town.app), "0001")

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups, "_pack", full)
    code, said = town.run("upgrade")
    assert (code, "nothing was changed" in said) == (1, True)
    assert schema.present() == "0001"
    assert town.run("upgrade", "--without-backup")[0] == 0


# --- What the worker starts -------------------------------------------------------------------------------


class Begun:
    """Notes what would have been started."""

    def __init__(self) -> None:
        self.commands: list[tuple[str, ...]] = []

    def __call__(self, *command: str) -> "Begun":
        self.commands.append(command)
        return self


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> Begun:
    noted = Begun()
    monkeypatch.setattr(nightly, "_start", noted)
    return noted


def starts(settings: Settings, begun: Begun, moment: datetime) -> list[str]:
    begun.commands.clear()
    with clock.at(moment):
        nightly.start_due(settings)
    return [" ".join(command) for command in begun.commands]


def test_a_backup_each_hour_and_the_rest_each_night(town: Town, begun: Begun) -> None:
    afternoon = datetime(2026, 11, 24, 15, tzinfo=clock.BRUSSELS)
    assert starts(town.settings, begun, afternoon) == ["backup", "audit verify"]
    assert starts(town.settings, begun, afternoon + timedelta(minutes=1)) == []
    duties.ended(Duty.BACKUP)
    db.session.commit()
    assert starts(town.settings, begun, afternoon + timedelta(minutes=2)) == ["restore-check"]
    assert starts(town.settings, begun, afternoon + timedelta(minutes=30)) == []
    assert starts(town.settings, begun, afternoon + timedelta(minutes=61)) == ["backup"]
    night = datetime(2026, 11, 25, 2, 59, tzinfo=clock.BRUSSELS)
    assert starts(town.settings, begun, night) == ["backup"]
    assert starts(town.settings, begun, night + timedelta(minutes=2)) == ["audit verify", "restore-check"]


@pytest.mark.parametrize("day", [datetime(2026, 3, 29), datetime(2026, 10, 25), datetime(2028, 2, 29)])  # noqa: DTZ001
def test_also_when_the_clock_changes(town: Town, begun: Begun, day: datetime) -> None:
    noon = day.replace(hour=12, tzinfo=clock.BRUSSELS).astimezone(UTC)
    moments = [noon - timedelta(hours=24) + number * timedelta(minutes=20, seconds=1) for number in range(72)]
    duties.ended(Duty.BACKUP)
    starts(town.settings, begun, moments[0])
    night = [command for moment in moments for command in starts(town.settings, begun, moment)]
    assert night.count("restore-check") == 1
    assert 22 <= night.count("backup") <= 25


def test_the_demo_keeps_no_backups(town: Town, begun: Begun) -> None:
    object.__setattr__(town.settings, "demo", True)
    assert starts(town.settings, begun, clock.now()) == []


def test_a_backup_that_fails_is_told_on_the_health_page(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups, "_pack", full)
    code, said = town.run("backup")
    assert (code, "Is the disk full?" in said) == (1, True)
    assert duties.all_runs()[Duty.BACKUP].finding == "no_room"
    assert list(town.settings.backups.glob("*")) == []
    monkeypatch.undo()
    assert town.run("backup")[0] == 0
    assert duties.all_runs()[Duty.BACKUP].finding == ""


def test_nothing_that_waits_is_lost_by_a_beat(town: Town) -> None:
    now = clock.now()
    db.session.add(Job(task="x", payload={}, created_at=now, run_at=now))
    db.session.commit()
    nightly.beat()
    assert outbox.waiting()[0] == 1


def test_the_keys_are_made_without_a_warning(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "error", "-m", "webapp.core.keys"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BRUG_")}
    environment["BRUG_DATA"] = str(tmp_path)
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "keys.json").exists()
