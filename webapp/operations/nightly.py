"""What the worker starts by itself: a backup every hour, and every night a rehearsal and a look at the audit log.

Each runs as a command of its own, so that mail goes on meanwhile and a crash takes nothing else along. Of several
workers one starts it.
"""

import subprocess
import sys
from datetime import datetime, time, timedelta

from webapp.config import ROOT, Settings
from webapp.core import clock, duties
from webapp.core.db import checkpoint, db
from webapp.core.duties import Duty

HOUR = timedelta(hours=1)
NIGHT = time(3)
COMMANDS: dict[Duty, tuple[str, ...]] = {
    Duty.BACKUP: ("backup",),
    Duty.REHEARSAL: ("restore-check",),
    Duty.CHAIN: ("audit", "verify"),
}


def beat() -> None:
    """Say that the worker is alive; and empty the log that may still hold what was erased."""
    duties.ended(Duty.WORKER)
    db.session.commit()
    checkpoint()


def start_due(settings: Settings) -> list["subprocess.Popen[bytes]"]:
    """Start what is due and nobody else started. The demo keeps no backups."""
    if settings.demo:
        return []
    due = {Duty.BACKUP: clock.now() - HOUR, Duty.CHAIN: last_night()}
    made = duties.all_runs().get(Duty.BACKUP)
    if made and made.succeeded_at:  # there is something to try
        due[Duty.REHEARSAL] = last_night()
    return [_start(*COMMANDS[duty]) for duty, moment in due.items() if duties.claim(duty, last_before=moment)]


def last_night() -> datetime:
    """Three o'clock in Brussels, the last time that it was."""
    today = datetime.combine(clock.today(), NIGHT, clock.BRUSSELS)
    return today if today <= clock.now() else datetime.combine(clock.today() - timedelta(days=1), NIGHT, clock.BRUSSELS)


def _start(*command: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "flask", "--app", "webapp", *command], cwd=ROOT)  # noqa: S603
