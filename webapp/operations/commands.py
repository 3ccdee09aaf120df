"""Commands that keep Brug well: `flask --app webapp backup`, `restore`, `restore-check`, `audit`, `keys`, `doctor`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import Blueprint, Flask, current_app
from flask.cli import AppGroup

from webapp.config import Settings
from webapp.core import audit, chain, duties, keyfile, ledger, outbox, renewal, rotation
from webapp.core.chain import Head, Verdict
from webapp.core.crypto import KeyFileError
from webapp.core.db import db, reading
from webapp.core.duties import Duty
from webapp.operations import backups, doctor, restoring
from webapp.operations.console import Command
from webapp.operations.restoring import MakeApp
from webapp.operations.store import Trouble
from webapp.operations.stores import store_of
from webapp.policy.actor import CLOCK
from webapp.web.settings import current_settings

SETTLED = 600  # seconds after which no request still works with an older key file

ADVICE = "Change nothing in it, and read in docs/operations.md what to do “when the audit log is not whole”."
ASIDE = (
    "Move {file} elsewhere as evidence, and compare with the newest head that was mailed: "
    "flask --app webapp audit verify --head 12:3f0c…"
)
NO_HEADS = (
    "{file} is gone, though the log was verified before: nothing here shows whether its end was cut off. Put that file "
    "back, or compare with the newest head that was mailed: flask --app webapp audit verify --head 12:3f0c…"
)
NO_LEDGER = (
    "There was no erased.jsonl in {folder}, so what people had erased after this backup is in the database again. "
    "Is there a copy of it? Put it there before you start the services, and run: flask --app webapp replay-erasures"
)
WORDS = {
    "broken": "Entry {number} does not follow from the one before it: an entry was changed, moved or deleted.",
    "cut": "Entry {number} is gone, while that one or a later one was kept outside: the end of the log was cut off.",
    "rewritten": "Entry {number} is not the one that was kept outside: the log was written anew.",
}
DESPITE_LOG = click.option("--despite-log", is_flag=True, help="Also when the audit log in it is not whole.")


bp = Blueprint("keeping", __name__, cli_group=None)
audit_log = AppGroup("audit", help="The audit log: is it whole?")
keys = AppGroup("keys", help="The keys that open contact cards.")
for group in (bp.cli, audit_log, keys):
    group.command_class = Command
bp.cli.add_command(audit_log)
bp.cli.add_command(keys)


def init_app(app: Flask, make_app: MakeApp) -> None:
    """Register the commands; those that try a backup make a second application for it."""
    app.extensions["make_app"] = make_app
    app.register_blueprint(bp)


def _make_app() -> MakeApp:
    make: MakeApp = current_app.extensions["make_app"]
    return make


@bp.cli.command("backup")
def backup() -> None:
    """Write an encrypted backup, and delete those that are too old."""
    with _noted(Duty.BACKUP):
        ledger.complete_file()
        db.session.commit()
        made = backups.make(current_settings())
        gone = backups.thin_out(current_settings())
    click.echo(f"Written: {made.file}" + (f"\nDeleted, too old: {gone}" if gone else ""))


@bp.cli.command("restore-check")
@DESPITE_LOG
def restore_check(despite_log: bool) -> None:
    """Try the newest backup on a database of its own, and throw that away."""
    with _noted(Duty.REHEARSAL):
        report = restoring.rehearse(current_settings(), _make_app(), despite_log=despite_log)
    click.echo(f"The newest backup comes back whole: {report.rows} rows, {report.erased_again} erased again.")


@bp.cli.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.confirmation_option(prompt="This puts a backup in the place of the database. Go on?")
@DESPITE_LOG
def restore(file: Path, despite_log: bool) -> None:
    """Put a backup in the place of the database. Stop the services first."""
    knows_erasures = ledger.has_file()
    db.session.remove()
    db.engine.dispose()
    try:
        report = restoring.restore(current_settings(), file, _make_app(), despite_log=despite_log)
    except Trouble as trouble:
        raise click.ClickException(f"{trouble} Nothing was changed.") from None
    audit.write(chain.RESTORE, by=CLOCK)
    db.session.commit()
    if newest := chain.head():
        chain.keep(restoring.heads_file(current_settings()), newest, restored=report.made_at)
    click.echo(f"Restored: {report.rows} rows. Erased again since the backup: {report.erased_again}.")
    click.echo(f"The database of before is kept as {report.kept}. Delete it when all is well.")
    if not knows_erasures:
        click.echo(NO_LEDGER.format(folder=current_settings().backups))


@bp.cli.command("replay-erasures")
def replay_erasures() -> None:
    """After a restore by hand: erase again what was erased after the backup."""
    number = ledger.replay()
    db.session.commit()
    click.echo(f"Erased again: {number}.")


@bp.cli.command("doctor")
def look() -> None:
    """Look for what is not safe or not well; ends badly when something must be mended."""
    found = doctor.findings(current_settings())
    for finding in found:
        click.echo(f"{'MEND' if finding.must else 'mind'}  {finding.sentence}")
    if any(finding.must for finding in found):
        raise SystemExit(1)
    click.echo("Nothing that must be mended." if found else "All is well.")


@audit_log.command("verify")
@click.option("--head", "heads", multiple=True, help="A head as it was mailed, such as 12:3f0c…")
def verify(heads: tuple[str, ...]) -> None:
    """Walk the whole log, and keep its newest entry outside the database."""
    given = [_head_in(one) for one in heads]
    with _noted(Duty.CHAIN):
        verdict = _verified(current_settings(), given)
    but = ", ".join(str(number) for number in verdict.acknowledged)
    whole = f"The log is whole, but for what was acknowledged at entry {but}." if but else "The log is whole."
    click.echo(f"{whole} Its head: {verdict.head}" if verdict.head else "The log is empty.")


@audit_log.command("acknowledge")
@click.confirmation_option(prompt="Was this looked into, and is a copy kept as evidence? It stays in the log.")
def acknowledge() -> None:
    """Write in the log that its first fault was looked into, so that a later one shows."""
    number = chain.acknowledge(by=CLOCK)
    if number is None:
        raise click.ClickException("Every entry follows from the one before it: there is nothing to acknowledge.")
    db.session.commit()
    click.echo(f"Acknowledged: entry {number}. Look for another: flask --app webapp audit verify")


@audit_log.command("head")
def head() -> None:
    """Print the newest entry, to be kept elsewhere."""
    click.echo(str(chain.head() or "The log is empty."))


@keys.command("rotate")
def rotate() -> None:
    """Make a new key and wrap everything with it, while everybody goes on working."""
    fresh = keyfile.add_kek(current_settings().key_file)
    audit.write("keys.rotate", by=CLOCK, reason=fresh)
    db.session.commit()
    click.echo(f"{fresh} is the key from now on. Back up the key file. Wrapped anew: {_rewrap_all()}")


@keys.command("rewrap")
def rewrap() -> None:
    """Go on with a rotation that was stopped half way."""
    click.echo(f"Wrapped anew: {_rewrap_all()}")


@keys.command("reencrypt")
def reencrypt() -> None:
    """Seal everything anew with fresh data keys, when those may have been seen. Stop the services first."""
    db.session.remove()
    db.engine.dispose()
    try:
        store_of(current_settings().database_url).refuse_while_used()
    except Trouble as trouble:
        raise click.ClickException(f"{trouble} Nothing was changed.") from None
    renewed = renewal.renew_all()
    audit.write("keys.reencrypt", by=CLOCK)
    db.session.commit()
    click.echo(f"Data keys renewed: {renewed}. Backups from before still hold what the old ones open.")


@keys.command("status")
def status() -> None:
    """How many data keys each key wraps."""
    for one in keyfile.ids(current_settings().key_file):
        click.echo(f"{one}: {rotation.left(one)}")


@keys.command("join")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def join(file: Path) -> None:
    """Take along the keys of an older copy of the key file, to open a backup of that time."""
    try:
        came = keyfile.join(current_settings().key_file, file)
    except KeyFileError as fault:
        raise click.ClickException(str(fault)) from None
    for one in came:
        audit.write("keys.join", by=CLOCK, reason=one)
    db.session.commit()
    click.echo(f"Taken along: {', '.join(came)}." if came else "It holds no key that was not there yet.")


@keys.command("retire")
@click.argument("kek_id")
def retire(kek_id: str) -> None:
    """Take an old key out of the key file, once neither the database nor a backup needs it."""
    if fault := _still_needed(current_settings(), kek_id):
        raise click.ClickException(fault)
    keyfile.remove_kek(current_settings().key_file, kek_id)
    audit.write("keys.retire", by=CLOCK, reason=kek_id)
    db.session.commit()
    click.echo(f"{kek_id} is gone from the key file.")


def back_up_first(settings: Settings) -> None:
    """Write a backup before the schema changes, or end the command: then nothing is changed."""
    try:
        made = backups.make(settings)
    except Trouble as trouble:
        raise click.ClickException(f"No backup could be made, so nothing was changed. {trouble}") from None
    finally:
        db.session.remove()
    click.echo(f"Backup before the change: {made.file}")


@contextmanager
def _noted(duty: Duty) -> Iterator[None]:
    """Keep how it went; trouble ends the command with its sentence."""
    try:
        yield
    except Trouble as trouble:
        db.session.rollback()
        duties.ended(duty, trouble.code)
        db.session.commit()
        raise click.ClickException(str(trouble)) from None
    except Exception:  # noted for the health page; the fault itself goes on
        db.session.rollback()
        duties.ended(duty, "failed")
        db.session.commit()
        raise
    duties.ended(duty)
    db.session.commit()


def _head_in(line: str) -> Head:
    """The head in a line of a mail or of the file, which begins with a moment. One that was typed wrongly says nothing
    about the log."""
    try:
        return Head.parse(line.strip().rpartition(" ")[2])
    except ValueError as error:
        raise click.BadParameter(f"{error}. Copy it whole from the mail.", param_hint="--head") from None


def _verified(settings: Settings, given: list[Head]) -> Verdict:
    file = restoring.heads_file(settings)
    if not (given or file.exists()) and _was_verified():
        raise Trouble("no_heads", NO_HEADS.format(file=file))
    try:
        on_file = chain.kept(file)
    except ValueError as error:
        raise Trouble(
            "rewritten", f"A head that was kept cannot be read: {error}. {ASIDE.format(file=file)}"
        ) from error
    with reading():
        verdict = chain.verify([*on_file, *given])
        db.session.rollback()
    if verdict.fault:
        raise Trouble(verdict.fault, f"{WORDS[verdict.fault].format(number=verdict.number)} {ADVICE}")
    chain.begin(file)
    if verdict.head and verdict.head not in on_file:
        chain.keep(file, verdict.head)
        if settings.privacy_mail:
            outbox.enqueue("mail.audit_head", {"number": verdict.head.number, "mac": verdict.head.mac})
    return verdict


def _was_verified() -> bool:
    before = duties.all_runs().get(Duty.CHAIN)
    return before is not None and before.succeeded_at is not None


def _rewrap_all() -> int:
    done = 0
    while number := rotation.rewrap_batch():
        db.session.commit()
        done += number
    return done


def _still_needed(settings: Settings, kek_id: str) -> str:
    ring = keyfile.ids(settings.key_file)
    if kek_id not in ring:
        return f"There is no key {kek_id}. There are: {', '.join(ring)}."
    if kek_id == ring[-1]:
        return f"{kek_id} is the key of now. Make a new one first: flask --app webapp keys rotate"
    if keyfile.changed_seconds_ago(settings.key_file) < SETTLED:
        return "The key file changed a moment ago, and a request may still work with the old one. Try in ten minutes."
    if number := rotation.left(kek_id):
        return f"{number} data keys still need {kek_id}. Go on with: flask --app webapp keys rewrap"
    if kek_id in backups.keys_needed(settings):
        return f"A backup still needs {kek_id}. Wait until those from before are deleted, at most thirty days."
    return ""
