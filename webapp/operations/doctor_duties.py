"""What the doctor asks about what must happen again and again: a worker that lives, backups that come back."""

from collections.abc import Iterator

from sqlalchemy.exc import SQLAlchemyError

from webapp.config import Settings
from webapp.core import duties, outbox
from webapp.core.db import db, reading
from webapp.core.duties import Duty
from webapp.operations.findings import Finding, mend, mind
from webapp.operations.health import State, erasing, state_of

NEVER = {
    Duty.WORKER: "The worker has not run yet. Start brug-worker: it sends the mail and runs the clocks.",
    Duty.CLOCKS: "The clocks have not run yet. The worker runs them.",
    Duty.BACKUP: "There is no backup yet. The worker makes one every hour, or run: flask --app webapp backup",
    Duty.REHEARSAL: "No backup was tried yet. The worker does it every night, or run: flask --app webapp restore-check",
    Duty.CHAIN: "The audit log was not verified yet. The worker does it every night.",
}
TOO_LONG_AGO = {
    Duty.WORKER: "The worker gave no sign of life for five minutes: no mail goes out. Start brug-worker again.",
    Duty.CLOCKS: "The clocks stand still for more than an hour. The log of brug-worker says why.",
    Duty.BACKUP: "The last good backup is more than three hours old. Run it and read what it says: "
    "flask --app webapp backup",
    Duty.REHEARSAL: "No backup was tried with success for two days. Run: flask --app webapp restore-check",
    Duty.CHAIN: "The audit log was not verified for two days. Run: flask --app webapp audit verify",
}
WENT_WRONG = {
    Duty.BACKUP: "The last backup did not succeed. Run it and read what it says: flask --app webapp backup",
    Duty.REHEARSAL: "The last backup does not come back whole. Run: flask --app webapp restore-check",
    Duty.CHAIN: "The audit log is not whole. Tell the data protection officer. Where: flask --app webapp audit verify",
}

HELD = "Erasing stands still. An administrator sees why under More, “What stays how long”, and lets it go on."


def looked_at(settings: Settings) -> Iterator[Finding]:
    """Everything that should have happened. The demo keeps no backups, so nothing is asked of it."""
    if settings.demo:
        return
    try:
        with reading():
            yield from _duties()
            yield from _stuck()
            if erasing() is not State.GOOD:
                yield mend(HELD)
    except SQLAlchemyError:
        return  # the check of the database says what is wrong
    finally:
        db.session.rollback()


def _duties() -> Iterator[Finding]:
    runs = duties.all_runs()
    for duty in Duty:
        run = runs.get(duty)
        state = state_of(duty, run)
        if state is State.NOT_YET:
            yield mind(NEVER[duty])
        elif state is State.WRONG:
            yield mend(WENT_WRONG[duty])
        elif state is State.LATE:
            yield mend(TOO_LONG_AGO[duty])


def _stuck() -> Iterator[Finding]:
    number, _since = outbox.set_aside()
    if number:
        yield mind(f"{number} pieces of work were given up after a day of trying. The log of brug-worker says why.")
