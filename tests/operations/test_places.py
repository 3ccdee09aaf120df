"""A folder that Brug cannot write in, a mail server that takes no mail: the doctor says so, and no command breaks."""

import os
import smtplib
import sqlite3
import ssl
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from tests.operations.conftest import Town
from tests.operations.test_doctor import said
from webapp.core import chain, ledger, rotation
from webapp.core.db import keep_private
from webapp.notifications import mail
from webapp.operations import doctor, sqlite_store
from webapp.operations.sqlite_store import SqliteStore
from webapp.operations.store import Trouble


class Server:
    """A mail server that takes what is asked of it, and keeps it."""

    refuses: Exception | None = None

    def __init__(self, *_where: Any, **_how: Any) -> None:
        self.asked: list[Any] = []
        Server.last = self

    last: "Server"

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_how: object) -> None:
        pass

    def starttls(self, **_how: Any) -> None:
        if isinstance(self.refuses, ssl.SSLError | smtplib.SMTPNotSupportedError):
            raise self.refuses

    def login(self, *who: str) -> None:
        if self.refuses:
            raise self.refuses
        self.asked.append(who)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtplib, "SMTP", Server)
    monkeypatch.setattr(Server, "refuses", None)


@pytest.mark.usefixtures("server")
def test_a_name_and_a_password_may_hold_any_sign() -> None:
    with mail.server_at("smtp+starttls://brug%40stad.example:a%2Fb%23c@mail.example:587"):
        pass
    with mail.server_at("smtp+starttls://brug@stad.example:100%@mail.example"):
        pass
    assert Server.last.asked == [("brug@stad.example", "100%")]


@pytest.mark.parametrize(
    ("refusal", "word"),
    [
        (smtplib.SMTPAuthenticationError(535, b"no"), "refuses the name or the password in BRUG_SMTP_URL"),
        (ssl.SSLCertVerificationError("certificate verify failed"), "certificate verify failed"),
        (smtplib.SMTPNotSupportedError("STARTTLS extension not supported by server."), "does not offer the safe line"),
    ],
)
@pytest.mark.usefixtures("server")
def test_a_mail_server_that_would_take_no_mail(
    town: Town, monkeypatch: pytest.MonkeyPatch, refusal: Exception, word: str
) -> None:
    address = "smtp+starttls://brug:secret@mail.example:587"
    settings = replace(town.settings, smtp_url=address, mail_from="Brug <brug@stad.example>")
    assert list(doctor.mail(settings)) == []
    monkeypatch.setattr(Server, "refuses", refusal)
    found = list(doctor.mail(settings))
    assert said(found, word) is True
    assert "secret" not in " ".join(one.sentence for one in found)


def test_backups_where_nobody_may_write(town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings, allowed = replace(town.settings, backup_folder=tmp_path / "disk" / "brug"), os.access
    assert list(doctor.writing(settings)) == []
    monkeypatch.setattr(os, "access", lambda place, how: place != tmp_path and allowed(place, how))
    assert said(list(doctor.writing(settings)), f"install -d -o brug -g brug -m 0700 {tmp_path / 'disk' / 'brug'}")


def test_a_backup_that_cannot_be_written_says_where(town: Town) -> None:
    town.settings.backups.parent.mkdir(exist_ok=True)
    town.settings.backups.touch()  # a file in the place of the folder: not even root makes one there
    code, said_ = town.run("backup")
    assert (code, str(town.settings.backups) in said_, "Traceback" in said_) == (1, True, False), said_


def test_a_database_that_may_only_be_read_is_not_called_in_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "brug.sqlite"
    sqlite3.connect(file).close()
    refusal = sqlite3.OperationalError("attempt to write a readonly database")
    refusal.sqlite_errorcode = sqlite3.SQLITE_READONLY

    def refuse(*_where: Any, **_how: Any) -> None:
        raise refusal

    monkeypatch.setattr(sqlite_store.sqlite3, "connect", refuse)
    with pytest.raises(Trouble, match="cannot be written: attempt to write a readonly database"):
        SqliteStore(f"sqlite:///{file}").refuse_while_used()


@pytest.mark.parametrize("command", [["audit", "verify"], ["keys", "status"], ["replay-erasures"], ["backup"]])
@pytest.mark.parametrize(
    "trouble",
    [OSError(28, "No space left on device"), OperationalError("SELECT secret", {}, Exception("disk I/O error\nat 1"))],
)
def test_what_a_command_cannot_mend_is_a_sentence(
    town: Town, monkeypatch: pytest.MonkeyPatch, command: list[str], trouble: Exception
) -> None:
    def broken(*_what: Any, **_how: Any) -> None:
        raise trouble

    for place, name in ((chain, "verify"), (rotation, "left"), (ledger, "replay"), (ledger, "complete_file")):
        monkeypatch.setattr(place, name, broken)
    code, told = town.run(*command)
    assert (code, "Traceback" in told, "SELECT secret" in told) == (1, False, False)
    assert "No space left on device" in told or "The database refuses: disk I/O error." in told


def test_brug_starts_on_a_disk_that_may_only_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise not even the doctor could say what is wrong."""

    def refuse(*_where: Any) -> int:
        raise OSError(30, "Read-only file system")

    (tmp_path / "there.sqlite").touch()
    monkeypatch.setattr(os, "open", refuse)
    for name in ("there.sqlite", "missing.sqlite"):
        keep_private(f"sqlite:///{tmp_path / name}")
