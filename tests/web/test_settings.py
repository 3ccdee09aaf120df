"""Settings that are not safe are refused, one at a time; the commands say so and end badly."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import QueuePool

from webapp import create_app
from webapp.accounts import installation
from webapp.config import ROOT, Settings, UnsafeSettings
from webapp.core.crypto import KeyFileError, create_key_file
from webapp.core.db import db

BAD: list[tuple[dict[str, Any], str]] = [
    ({"secret": b""}, "secret"),
    ({"secret": b"a" * 31}, "secret"),
    ({"base_url": "http://brug.example"}, "https://"),
    ({"base_url": "http://127.0.0.1:8000"}, "https://"),
    ({"base_url": "http://brug.example", "demo": True}, "https://"),
    ({"base_url": "https://brug.example", "demo": True}, "this machine alone"),
    ({"base_url": "https://"}, "host name"),
    ({"base_url": ""}, "host name"),
    ({"debug": True}, "Debug"),
    ({"smtp_url": ""}, "BRUG_SMTP_URL"),
]


@pytest.mark.parametrize(("change", "word"), BAD)
def test_one_bad_setting_is_enough(settings: Settings, change: dict[str, Any], word: str) -> None:
    assert settings.faults() == []
    bad = replace(settings, **change)
    assert any(word in fault for fault in bad.faults())
    with pytest.raises(UnsafeSettings, match=word):
        create_app(bad)


def test_a_demo_on_this_machine_needs_neither_https_nor_mail(settings: Settings) -> None:
    for host in ("127.0.0.1", "localhost", "[::1]"):
        assert replace(settings, base_url=f"http://{host}:8000", demo=True, smtp_url="").faults() == []


def test_a_key_file_that_others_can_read_stops_the_start(settings: Settings, tmp_path: Path) -> None:
    keys = tmp_path / "keys.json"
    create_key_file(keys)
    create_app(replace(settings, key_file=keys))
    keys.chmod(0o644)
    with pytest.raises(KeyFileError, match="chmod 600"):
        create_app(replace(settings, key_file=keys))
    with pytest.raises(KeyFileError, match="no key file"):
        create_app(replace(settings, key_file=tmp_path / "none"))


def environment(tmp_path: Path, **more: str) -> dict[str, str]:
    tmp_path.chmod(0o700)
    create_key_file(tmp_path / "keys.json")
    (tmp_path / "secret").write_text("a" * 48)
    (tmp_path / "secret").chmod(0o600)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BRUG_")}
    good = {
        "BRUG_DATA": str(tmp_path),
        "BRUG_BASE_URL": "https://brug.example",
        "BRUG_SMTP_URL": "smtp://127.0.0.1:9",
    }
    return kept | good | more


def doctor(environment: dict[str, str], name: str = "doctor") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "flask", "--app", "webapp", name]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120)


def test_the_doctor_finds_nothing_wrong_with_good_settings(tmp_path: Path) -> None:
    good = environment(tmp_path)
    assert doctor(good, "upgrade").returncode == 0
    found = doctor(good)
    assert (found.returncode, found.stdout.splitlines()[-1]) == (0, "Nothing that must be mended.")
    assert "MEND" not in found.stdout


def test_the_web_server_says_what_to_mend_in_plain_sentences(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import webapp.wsgi"]
    bad = environment(tmp_path, BRUG_KEY_FILE="/nowhere")
    found = subprocess.run(command, cwd=ROOT, env=bad, capture_output=True, text=True, check=False, timeout=120)
    assert found.returncode == 1
    assert "There is no key file at /nowhere. Was there one? Put it back" in found.stderr
    assert "Traceback" not in found.stderr


def test_settings_do_not_show_their_secrets_when_printed(settings: Settings) -> None:
    shown = repr(replace(settings, database_url="postgresql://brug:canary1@db", smtp_url="smtp://brug:canary2@mail"))
    for word in ("canary", settings.secret.decode()):
        assert word not in shown


def test_a_secret_that_others_can_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environment(tmp_path).items():
        monkeypatch.setenv(name, value)
    assert Settings.from_env().faults() == []
    (tmp_path / "secret").chmod(0o640)
    with pytest.raises(UnsafeSettings, match="chmod 600"):
        Settings.from_env()


@pytest.mark.parametrize(("value", "is_on"), [("1", True), ("2", True), ("0", False), ("False", False), ("", False)])
def test_debugging_by_the_name_of_the_framework_is_seen_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str, is_on: bool
) -> None:
    for name, setting in environment(tmp_path, FLASK_DEBUG=value).items():
        monkeypatch.setenv(name, setting)
    assert any("FLASK_DEBUG" in fault for fault in Settings.from_env().faults()) is is_on


def test_the_demo_is_never_put_beside_data_that_is_not_its_own(app: Flask, settings: Settings) -> None:
    """The database holds the cast, which is not the demo's."""
    with pytest.raises(UnsafeSettings, match="real people"):
        installation.claim_for_demo()
    db.session.rollback()


@pytest.mark.parametrize("path", ["/proberen", "/postvak", "/demo", "/proef", "/brievenbus"])
def test_without_the_demo_setting_its_pages_do_not_exist(app: Flask, path: str) -> None:
    assert app.test_client().get(path, base_url="https://brug.test").status_code == 404
    demo = [rule.rule for rule in app.url_map.iter_rules() if "mailbox" in rule.endpoint or "try_as" in rule.endpoint]
    assert demo == []


def test_a_fresh_database_is_its_owners_alone(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    command = [sys.executable, "-m", "flask", "--app", "webapp", "upgrade"]
    subprocess.run(command, cwd=ROOT, env=environment(tmp_path), capture_output=True, check=True, timeout=120)
    assert (tmp_path / "brug.sqlite").stat().st_mode & 0o077 == 0


def test_making_the_application_keeps_no_connection(settings: Settings) -> None:
    """The web server makes it once, before its processes part: they must not share a connection."""
    with create_app(settings).app_context():
        assert isinstance(db.engine.pool, QueuePool)
        assert db.engine.pool.checkedin() + db.engine.pool.checkedout() == 0
