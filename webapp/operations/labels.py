"""What Brug does to stay well, and how it is doing, in words."""

from flask_babel import gettext, ngettext

from webapp.core.duties import Duty
from webapp.operations.health import Health, Queue, Room, State, Task
from webapp.vocabulary.words import _l
from webapp.web.dates import short_moment
from webapp.web.i18n import word

DUTY_LABELS: dict[Duty, str] = {
    Duty.WORKER: _l("Mail and clocks"),
    Duty.CLOCKS: _l("Reminders and cleaning up"),
    Duty.BACKUP: _l("Backup"),
    Duty.REHEARSAL: _l("Trying the backup"),
    Duty.CHAIN: _l("Audit log"),
}

DUTY_MEANINGS: dict[Duty, str] = {
    Duty.WORKER: _l("The worker sends the mail and lets the clocks go."),
    Duty.CLOCKS: _l("Every ten minutes: reminders go out, and what had its time is erased."),
    Duty.BACKUP: _l("Every hour an encrypted copy of everything."),
    Duty.REHEARSAL: _l("Every night the newest backup is opened, to see if it really comes back."),
    Duty.CHAIN: _l("Every night a check that nobody changed what was written down."),
}

DUTY_ICONS: dict[Duty, str] = {
    Duty.WORKER: "mail",
    Duty.CLOCKS: "clock",
    Duty.BACKUP: "archive",
    Duty.REHEARSAL: "undo-2",
    Duty.CHAIN: "link",
}

STATE_LABELS: dict[State, str] = {
    State.GOOD: _l("Good"),
    State.NOT_YET: _l("Not yet"),
    State.LATE: _l("Too long ago"),
    State.WRONG: _l("Needs a look"),
}

PILE_LABELS: dict[State, str] = {**STATE_LABELS, State.LATE: _l("Keep an eye on it")}

STATE_TAGS: dict[State, str] = {
    State.GOOD: "ja",
    State.NOT_YET: "open",
    State.LATE: "wacht",
    State.WRONG: "fout",
}

FINDING_LABELS: dict[str, str] = {
    "unfinished": _l("It was begun and never ended. Something killed it: is there memory enough?"),
    "no_room": _l("The disk is full."),
    "no_folder": _l("Brug cannot write in the folder of the backups."),
    "no_tools": _l("A program of PostgreSQL is missing on the server."),
    "no_createdb": _l("Brug may not make a second database to try it on."),
    "no_backup": _l("There was no backup to try."),
    "damaged": _l("The backup is damaged."),
    "rows": _l("Not everything was in the backup."),
    "keys": _l("The keys don't open everything in it."),
    "chain": _l("The audit log in the backup isn't whole."),
    "ledger": _l("What was erased since could not be erased again."),
    "schema": _l("The backup is of a version that this one doesn't know."),
    "broken": _l("An entry was changed, moved or deleted."),
    "cut": _l("The end of the log is gone."),
    "rewritten": _l("The log isn't the one that was kept elsewhere."),
    "no_heads": _l("What was kept of the log elsewhere is gone."),
}


def told(task: Task) -> str:
    """One line about a duty: what went wrong, or when it last went well."""
    if task.state is State.WRONG:
        found = FINDING_LABELS.get(task.finding)
        return word(found) if found else gettext("It did not succeed. The log of the server says why.")
    if task.well_at is None:
        return word(DUTY_MEANINGS[task.duty])
    return gettext("Last went well: %(moment)s", moment=short_moment(task.well_at))


def queue_line(queue: Queue) -> str:
    """How much mail and other work waits."""
    if queue.set_aside:
        return ngettext(
            "%(num)d was tried for a day and given up. The log of the server says why.",
            "%(num)d were tried for a day and given up. The log of the server says why.",
            queue.set_aside,
        )
    if not queue.waiting:
        return gettext("Nothing is waiting to be sent.")
    return ngettext("%(num)d is waiting to be sent.", "%(num)d are waiting to be sent.", queue.waiting)


def room_line(room: Room) -> str:
    """How much room there is."""
    if room.gigabytes < 1:
        return gettext("%(number)d MB left. Ask the server's owner to make room.", number=int(room.gigabytes * 1024))
    return gettext("%(number)d GB left", number=int(room.gigabytes))


def summary(health: Health) -> str:
    """The first thing to read."""
    return gettext("All is well.") if health.is_well else gettext("Something needs a look.")
