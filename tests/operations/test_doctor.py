"""One thing that is not safe or not well is enough for the doctor to say so, and how to mend it."""

import shutil
import sqlite3
import uuid
from collections import namedtuple
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from tests import factories
from tests.people import Cast
from webapp.config import Settings
from webapp.core import audit, clock, crypto, duties, keyfile, ledger
from webapp.core.db import db
from webapp.core.duties import Duty
from webapp.core.outbox import Job
from webapp.operations import doctor, doctor_database, doctor_duties, schema
from webapp.operations.findings import Finding
from webapp.policy.actor import CLOCK

Disk = namedtuple("Disk", "total used free")
POSTGRES = "postgresql"


@pytest.fixture
def place(settings: Settings, tmp_path: Path) -> Settings:
    """Good settings, with folders of this test's own."""
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    return replace(settings, data=data, key_file=tmp_path / "keys.json", proxies=1, mail_from="Brug <brug@town.be>")


def said(found: list[Finding], word: str) -> bool:
    """Whether exactly one finding has the word; whether it must be mended."""
    (one,) = [finding for finding in found if word in finding.sentence]
    return one.must


def test_nothing_is_said_about_good_settings(place: Settings) -> None:
    for check in (doctor.start, doctor.hosts, doctor.folders, doctor.key_place, doctor.room, doctor.leftovers):
        assert list(check(place)) == []


SETTINGS: list[tuple[dict[str, Any], Any, str, bool]] = [
    ({"secret": b"short"}, doctor.start, "secret must be at least", True),
    ({"base_url": "http://brug.example"}, doctor.start, "https://", True),
    ({"debug": True}, doctor.start, "Debug", True),
    ({"database_url": "postgres://brug@db/brug"}, doctor.start, "postgresql://", True),
    ({"demo": True}, doctor.start, "this machine alone", True),
    ({"smtp_url": ""}, doctor.start, "BRUG_SMTP_URL", True),
    ({"trusted_hosts": (".example",)}, doctor.hosts, "BRUG_TRUSTED_HOSTS", True),
    ({"trusted_hosts": ("*",)}, doctor.hosts, "BRUG_TRUSTED_HOSTS", True),
    ({"proxies": 0}, doctor.hosts, "BRUG_PROXIES", False),
    ({"smtp_url": "smtps://mail.example"}, doctor.mail, "must begin with", True),
    ({"smtp_url": "smtp://u:p@192.0.2.1"}, doctor.mail, "password", True),
    ({"smtp_url": "smtp://192.0.2.1"}, doctor.mail, "in clear", False),
    ({"smtp_url": "smtp://127.0.0.1:9"}, doctor.mail, "does not answer", False),
    ({"mail_from": "Brug <hallo@brug.example>"}, doctor.mail, "BRUG_MAIL_FROM", False),
]


@pytest.mark.parametrize(("change", "check", "word", "must"), SETTINGS)
@pytest.mark.usefixtures("silent_mail_server")
def test_one_bad_setting_is_told(place: Settings, change: dict[str, Any], check: Any, word: str, must: bool) -> None:
    assert said(list(check(replace(place, **change))), word) is must


def test_a_data_folder_that_others_can_look_into(place: Settings) -> None:
    place.data.chmod(0o755)
    assert said(list(doctor.folders(place)), f"chmod 700 {place.data}")


def test_backups_that_others_can_look_into(place: Settings) -> None:
    place.backups.mkdir(mode=0o755)
    assert said(list(doctor.folders(place)), f"chmod 700 {place.backups}")


def test_a_database_that_others_can_read(place: Settings) -> None:
    file = place.data / "brug.sqlite"
    file.touch(mode=0o644)
    assert said(list(doctor.folders(replace(place, database_url=f"sqlite:///{file}"))), f"chmod 600 {file}")


def test_a_key_file_beside_what_it_opens(place: Settings) -> None:
    assert said(list(doctor.key_place(replace(place, key_file=place.data / "keys.json"))), "BRUG_KEY_FILE") is False
    assert said(list(doctor.key_place(replace(place, key_file=place.backups / "keys.json"))), "between the backups")


@pytest.mark.parametrize(("free", "must"), [(800 * 1024**2, False), (100 * 1024**2, True)])
def test_little_room(place: Settings, monkeypatch: pytest.MonkeyPatch, free: int, must: bool) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Disk(free, 0, free))
    assert said(list(doctor.room(place)), "is left for") is must


def test_the_database_of_before_a_restore(place: Settings) -> None:
    (place.data / "brug.sqlite.before-20261124T120000").touch()
    assert said(list(doctor.leftovers(place)), "Delete it") is False


# --- The database -----------------------------------------------------------------------------------------


def about_database(settings: Settings) -> list[Finding]:
    return [finding for finding in doctor_database.looked_at(settings) if finding.must]


def test_a_good_database_has_nothing_to_mend(app: Flask, settings: Settings) -> None:
    allowed = ("superuser", "fsync", "pg_dump is of version")  # the server of the tests is made for speed
    assert [one for one in about_database(settings) if not any(word in one.sentence for word in allowed)] == []


def test_a_database_that_does_not_answer(app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> None:
        raise OperationalError("SELECT 1", {}, Exception("away"))

    monkeypatch.setattr(schema, "present", gone)
    assert said(about_database(settings), "does not answer")


@pytest.mark.parametrize(("revision", "word"), [("0001", "older schema"), ("9999", "newer schema"), (None, "older")])
def test_another_schema(
    app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch, revision: str | None, word: str
) -> None:
    monkeypatch.setattr(schema, "present", lambda: revision)
    assert said(about_database(settings), word)


def test_a_lost_key(app: Flask, settings: Settings, cast: Cast, tmp_path: Path) -> None:
    ring, file = crypto.ring(), tmp_path / "keys.json"
    crypto.create_key_file(file)
    factories.agreed(cast)
    try:
        crypto.use(crypto.load_key_file(file))
        assert said(about_database(settings), "key file does not open")
        keyfile.add_kek(file)
        keyfile.remove_kek(file, "k1")
        crypto.use(crypto.load_key_file(file))
        assert said(about_database(settings), "key file does not open")
    finally:
        crypto.use(ring)


def test_a_database_that_was_restored_by_hand(
    app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "erased.jsonl"
    file.write_text(f'{{"id": "{uuid.uuid4().hex}", "kind": "card", "thing": "x", "at": "x"}}\n')
    monkeypatch.setattr(ledger, "_file", file)
    assert said(about_database(settings), "replay-erasures")


def test_a_clock_that_runs_behind(app: Flask, settings: Settings) -> None:
    with clock.at(clock.now() + timedelta(hours=1)):
        audit.write("sign_in", by=CLOCK)
        db.session.commit()
    assert said(about_database(settings), "clock of this machine")


def shows(**values: Any) -> Callable[[str], Any]:
    """A database that shows good values, but for these (by a word of the question)."""
    good = {
        "rolsuper": False,
        "rolcreatedb": True,
        "inet_server_addr": None,
        "pg_stat_ssl": True,
        "SHOW fsync": "on",
        "now()": None,
        "server_version_num": "150000",
        "_beside_": None,
        **{f"SHOW {name}": value for name, value in doctor_database.POSTGRES_SETTINGS.items()},
        **{f"PRAGMA {name}": value for name, value in doctor_database.PRAGMA_VALUES.items()},
    } | values
    return lambda statement: next(value for word, value in good.items() if word in statement)


POSTGRES_FAULTS: list[tuple[dict[str, Any], str, bool]] = [
    ({"rolsuper": True}, "superuser", True),
    ({"rolcreatedb": False}, "CREATEDB", False),
    ({"inet_server_addr": "9.9.9.9", "pg_stat_ssl": False}, "in clear", True),
    ({"inet_server_addr": "10.0.0.7", "pg_stat_ssl": False}, "in clear", False),
    ({"SHOW statement_timeout": "0"}, "statement_timeout", True),
    ({"SHOW lock_timeout": "0"}, "lock_timeout", True),
    ({"SHOW idle_in_transaction_session_timeout": "0"}, "idle_in_transaction", True),
    ({"SHOW synchronous_commit": "off"}, "synchronous_commit", True),
    ({"SHOW fsync": "off"}, "fsync", True),
    ({"now()": clock.now() - timedelta(minutes=5)}, "clock of the database", True),
    ({"_beside_": "brug_before_20261124T120000"}, "dropdb", False),
    ({"server_version_num": "990000"}, "pg_dump is of version", True),
]


@pytest.mark.parametrize(("values", "word", "must"), POSTGRES_FAULTS)
def test_a_setting_of_postgresql(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, values: dict[str, Any], word: str, must: bool
) -> None:
    program = tmp_path / "pg_dump"
    program.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 17.2'\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    assert list(doctor_database._postgres(shows())) == []
    assert said(list(doctor_database._postgres(shows(**values))), word) is must


def test_without_the_tools_of_postgresql(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert said(list(doctor_database._postgres(shows())), "pg_dump is missing")


def test_a_connection_over_this_machine_or_with_ssl_is_fine() -> None:
    for values in ({"inet_server_addr": "127.0.0.1", "pg_stat_ssl": False}, {"inet_server_addr": "192.0.2.7"}):
        found = [one for one in doctor_database._postgres(shows(**values)) if "in clear" in one.sentence]
        assert found == []


@pytest.mark.parametrize(("name", "value"), [("synchronous", "1"), ("mmap_size", "1048576"), ("foreign_keys", "0")])
def test_a_setting_of_sqlite(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 51, 3))
    assert list(doctor_database._sqlite(shows())) == []
    assert said(list(doctor_database._sqlite(shows(**{f"PRAGMA {name}": value}))), name)


@pytest.mark.parametrize(("version", "told"), [((3, 40, 1), 1), ((3, 51, 2), 1), ((3, 51, 3), 0), ((3, 53, 0), 0)])
def test_an_sqlite_with_the_flaw(monkeypatch: pytest.MonkeyPatch, version: tuple[int, int, int], told: int) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    found = [one.must for one in doctor_database._sqlite(shows()) if "rare flaw" in one.sentence]
    assert found == [False] * told


# --- What must happen again and again ---------------------------------------------------------------------


def about_duties(settings: Settings) -> list[Finding]:
    return list(doctor_duties.looked_at(settings))


def all_well() -> None:
    for duty in Duty:
        duties.ended(duty)
    db.session.commit()


def test_nothing_is_said_when_all_was_done(app: Flask, settings: Settings) -> None:
    all_well()
    assert about_duties(settings) == []


def test_what_never_happened_is_told_and_is_no_fault_yet(app: Flask, settings: Settings) -> None:
    found = about_duties(settings)
    assert [finding.must for finding in found] == [False] * len(Duty)
    assert about_duties(replace(settings, demo=True)) == []


@pytest.mark.parametrize("duty", Duty)
def test_what_was_not_done_for_too_long(app: Flask, settings: Settings, duty: Duty) -> None:
    all_well()
    with clock.at(clock.now() - timedelta(days=3)):
        duties.ended(duty)
        db.session.commit()
    assert said(about_duties(settings), doctor_duties.TOO_LONG_AGO[duty])


@pytest.mark.parametrize("duty", doctor_duties.WENT_WRONG)
def test_what_went_wrong(app: Flask, settings: Settings, duty: Duty) -> None:
    all_well()
    duties.ended(duty, "damaged")
    db.session.commit()
    assert said(about_duties(settings), doctor_duties.WENT_WRONG[duty])


def test_work_that_was_given_up(app: Flask, settings: Settings) -> None:
    all_well()
    now = clock.now()
    db.session.add(Job(task="x", payload={}, created_at=now, run_at=now, failed_at=now))
    db.session.commit()
    assert said(about_duties(settings), "given up") is False


def test_what_must_be_mended_comes_first(app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    duties.ended(Duty.CHAIN, "cut")
    db.session.commit()
    found = doctor.findings(settings)
    assert found[0].must
    assert found == sorted(found, key=lambda finding: not finding.must)


def test_a_database_without_tables_is_told_and_nothing_else_breaks(
    app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    db.session.execute(text("ALTER TABLE duty_run RENAME TO duty_gone"))
    db.session.commit()
    try:
        assert about_duties(settings) == []
    finally:
        db.session.execute(text("ALTER TABLE duty_gone RENAME TO duty_run"))
        db.session.commit()
