"""The doctor: everything about an installation that is not safe or not well, in plain sentences.

What would put people at risk at once is refused when Brug starts (`Settings.check`, the key file); the doctor says
that too, and looks further: at rights of files, at the database, at what should happen every night.
"""

import os
import shutil
import smtplib
import ssl
import stat
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import make_url

from webapp.config import LOOPBACK, Settings
from webapp.core.keeping import LITTLE_ROOM, NO_ROOM
from webapp.notifications.mail import server_at
from webapp.operations import doctor_database, doctor_duties
from webapp.operations.findings import Check, Finding, mend, mind

MAIL_PATIENCE = 5
DEFAULT_SENDER = "@brug.example>"


def findings(settings: Settings) -> list[Finding]:
    """Everything found, what must be mended first."""
    found = [finding for check in CHECKS for finding in check(settings)]
    return sorted(found, key=lambda finding: not finding.must)


def start(settings: Settings) -> Iterator[Finding]:
    """What would also stop Brug from starting."""
    yield from (mend(fault) for fault in settings.faults())


def hosts(settings: Settings) -> Iterator[Finding]:
    """Who may be in front, and by which names."""
    if any(host == "*" or host.startswith(".") for host in settings.trusted_hosts):
        yield mend("BRUG_TRUSTED_HOSTS must name each host in full: a star or a leading dot trusts strangers.")
    if settings.is_secure and not settings.proxies:
        yield mind(
            "BRUG_PROXIES is 0 while people come over https. If a proxy of yours stands in front, set it to 1: "
            "otherwise limits count the proxy, not its visitors."
        )


def folders(settings: Settings) -> Iterator[Finding]:
    """Whether others on this machine can read what Brug keeps."""
    for folder in (settings.data, settings.backups):
        if folder.is_dir() and _open_to_others(folder):
            yield mend(f"Others can look into {folder}. Close it with: chmod 700 {folder}")
    if settings.database_url.startswith("sqlite"):
        file = Path(make_url(settings.database_url).database or "")
        for one in (file, file.with_name(file.name + "-wal"), file.with_name(file.name + "-shm")):
            if one.exists() and _open_to_others(one):
                yield mend(f"Others can read {one}. Close it with: chmod 600 {one}")


def writing(settings: Settings) -> Iterator[Finding]:
    """Whether backups can be kept where they should be."""
    folder = settings.backups
    there = next(one for one in (folder, *folder.parents) if one.exists())
    if not os.access(there, os.W_OK | os.X_OK):
        yield mend(
            f"Brug cannot write in {folder}, so there are no backups. Make that folder for its user: "
            f"install -d -o brug -g brug -m 0700 {folder}. Outside the data folder, the services must be let in there "
            "too: docs/operations.md, ReadWritePaths."
        )


def key_place(settings: Settings) -> Iterator[Finding]:
    """Where the key file is: beside what it opens it protects nothing."""
    keys = settings.key_file.resolve()
    if keys.is_relative_to(settings.backups.resolve()):
        yield mend("The key file lies between the backups, so whoever takes them can open them. Set BRUG_KEY_FILE.")
    elif keys.is_relative_to(settings.data.resolve()) and not settings.demo:
        yield mind("The key file lies in the data folder. Keep it elsewhere, such as /etc/brug, and set BRUG_KEY_FILE.")


def room(settings: Settings) -> Iterator[Finding]:
    """Whether there is room to go on."""
    for folder in {settings.data, settings.backups} if settings.backups.exists() else {settings.data}:
        free = shutil.disk_usage(folder).free
        if free < NO_ROOM:
            yield mend(f"Less than 500 MB is left for {folder}. Make room, or Brug will soon keep nothing any more.")
        elif free < LITTLE_ROOM:
            yield mind(f"Less than 1 GB is left for {folder}. Make room before it is full.")


def mail(settings: Settings) -> Iterator[Finding]:
    """Whether mail can go out, and safely."""
    if not settings.smtp_url:
        return
    parts = urlsplit(settings.smtp_url)
    if parts.scheme not in ("smtp", "smtp+starttls"):
        yield mend("BRUG_SMTP_URL must begin with smtp:// or smtp+starttls://.")
        return
    if parts.scheme == "smtp" and parts.hostname not in LOOPBACK:
        if parts.password:
            yield mend("The password of the mail server goes over the network in clear. Use smtp+starttls://.")
        else:
            yield mind("Mail goes to the mail server in clear. Use smtp+starttls:// if it can.")
    if settings.mail_from.endswith(DEFAULT_SENDER) and not settings.demo:
        yield mind("BRUG_MAIL_FROM is still the example. Set an address of your own, or mail will be refused.")
    yield from _server(settings.smtp_url, f"The mail server {parts.hostname}")


def _server(url: str, server: str) -> Iterator[Finding]:
    """Whether the mail server would take mail from us; nothing is sent."""
    try:
        with server_at(url, MAIL_PATIENCE):
            return
    except smtplib.SMTPAuthenticationError:
        yield mend(
            f"{server} refuses the name or the password in BRUG_SMTP_URL, so no mail goes out. "
            "In them, write %40 for @, %3A for :, %2F for / and %23 for #."
        )
    except (ssl.SSLError, smtplib.SMTPNotSupportedError) as error:
        yield mend(f"{server} does not offer the safe line that BRUG_SMTP_URL asks for, so no mail goes out: {error}")
    except (OSError, smtplib.SMTPException):
        yield mind(f"{server} does not answer. Mail waits until it does. Is BRUG_SMTP_URL right?")


def leftovers(settings: Settings) -> Iterator[Finding]:
    """Databases of before a restore: they hold what was erased since."""
    for one in sorted(settings.data.glob("*.before-*")):
        yield mind(f"{one} is the database of before a restore. Delete it as soon as all is well.")


CHECKS: tuple[Check, ...] = (
    start,
    hosts,
    folders,
    writing,
    key_place,
    room,
    mail,
    leftovers,
    doctor_database.looked_at,
    doctor_duties.looked_at,
)


def _open_to_others(path: Path) -> bool:
    return bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))
