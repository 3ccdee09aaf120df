"""One setting that is not safe is enough: the doctor ends with an exit code that is not 0, and says which one it is."""

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tests.operations.conftest import Town
from webapp import create_app
from webapp.accounts import installation
from webapp.accounts.installation import Kind
from webapp.config import ROOT, Settings
from webapp.core import keys
from webapp.core.db import db
from webapp.web import assets


def refused(data: Path, **changed: str) -> str:
    """What the doctor says of an installation with which Brug does not start: sentences for whoever reads them."""
    code, said = at_a_console(data, **changed)
    assert code == 1
    assert said.startswith("Brug does not start.")
    assert "Traceback" not in said
    return said


def at_a_console(data: Path, **changed: str) -> tuple[int, str]:
    """The doctor of an installation in a folder, with good settings but for these."""
    good = {
        "BRUG_DATA": str(data),
        "BRUG_BASE_URL": "https://brug.town.example",
        "BRUG_SMTP_URL": "smtp://127.0.0.1:9",
        "BRUG_PROXIES": "1",
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BRUG_")}
    command = [sys.executable, "-m", "flask", "--app", "webapp", "doctor"]
    done = subprocess.run(command, cwd=ROOT, env=kept | good | changed, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with a secret and keys in it."""
    monkeypatch.setenv("BRUG_DATA", str(tmp_path))
    tmp_path.chmod(0o700)
    keys.main()
    return tmp_path


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"BRUG_BASE_URL": "http://brug.town.example"}, "must begin with https://"),
        ({"BRUG_BASE_URL": "https://"}, "needs a host name"),
        ({"BRUG_DEBUG": "1"}, "Debug mode"),
        ({"BRUG_DEMO": "1"}, "this machine alone"),
        ({"BRUG_SMTP_URL": ""}, "BRUG_SMTP_URL"),
        ({"BRUG_PROXIES": "all"}, "number of proxies"),
    ],
)
def test_a_setting_with_which_brug_does_not_start(data: Path, changed: dict[str, str], says: str) -> None:
    assert says in refused(data, **changed)


def _shorten(data: Path) -> None:
    (data / "secret").write_text("short")


FILES: dict[str, Callable[[Path], Any]] = {
    "at least 32 bytes": _shorten,
    "Others can read": lambda data: (data / "keys.json").chmod(0o640),
    "chmod 600": lambda data: (data / "secret").chmod(0o604),
    "Make one with": lambda data: (data / "secret").unlink(),
    "no key file": lambda data: (data / "keys.json").unlink(),
}


@pytest.mark.parametrize("says", FILES)
def test_a_file_with_which_brug_does_not_start(data: Path, says: str) -> None:
    FILES[says](data)
    assert says in refused(data)


def test_static_files_that_were_forgotten(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the service it may not write beside the program: it says which command its owner forgot."""

    def not_ours(*_where: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setenv("BRUG_BASE_URL", "https://brug.town.example")
    monkeypatch.setenv("BRUG_SMTP_URL", "smtp://127.0.0.1:9")
    monkeypatch.setattr(assets, "is_stale", lambda *_where: True)
    monkeypatch.setattr(assets, "build", not_ours)
    with pytest.raises(SystemExit, match=r"^Brug does not start\.\n.*Permission denied.*flask --app webapp build"):
        create_app()


def test_a_good_installation_ends_well(town: Town) -> None:
    if town.settings.database_url.startswith("sqlite"):  # the PostgreSQL of the tests is made for speed
        assert town.run("doctor")[0] == 0


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"trusted_hosts": ("*",)}, "BRUG_TRUSTED_HOSTS"),
        ({"smtp_url": "smtp://u:p@192.0.2.1"}, "in clear"),
        ({"smtp_url": "smtps://127.0.0.1"}, "must begin with smtp://"),
    ],
)
@pytest.mark.usefixtures("silent_mail_server")
def test_a_setting_that_must_be_mended(town: Town, change: dict[str, Any], says: str) -> None:
    for name, value in change.items():
        object.__setattr__(town.settings, name, value)
    code, said = town.run("doctor")
    assert (code, says in said) == (1, True), said


def test_a_folder_that_others_can_read_must_be_mended(town: Town) -> None:
    town.settings.data.chmod(0o755)
    code, said = town.run("doctor")
    assert (code, "chmod 700" in said) == (1, True)


@pytest.mark.parametrize(("kind", "demo"), [(Kind.DEMO, False), (Kind.REAL, True)])
def test_sample_accounts_beside_a_real_network_are_refused(town: Town, kind: Kind, demo: bool) -> None:
    """A database that holds Elsterveer never opens as a real one, nor a real one as the demo."""
    db.session.execute(text("DELETE FROM installation"))
    installation.mark(kind)
    db.session.commit()
    settings: Settings = replace(town.settings, demo=demo, base_url="http://127.0.0.1:8000" if demo else "https://x.be")
    with pytest.raises(installation.UnsafeSettings, match=r"(?i)demo"):
        installation.check(settings)
