"""Commands for whoever runs Brug: `flask --app webapp <command>`."""

import compileall
import signal
import subprocess
import time
import uuid
from datetime import timedelta
from types import FrameType

import click
from flask import Blueprint, Flask, current_app, url_for
from sqlalchemy.exc import SQLAlchemyError

from webapp.accounts import installation, queries, recovery, setup
from webapp.config import ROOT, Settings
from webapp.core import clock, outbox, sweeps
from webapp.core.db import db
from webapp.core.errors import Conflict
from webapp.fund.lifecycle import SUPPORT
from webapp.groups.lifecycle import ITEM, REQUEST
from webapp.learning.lifecycle import SESSION
from webapp.lessons.lifecycle import LESSON
from webapp.meetings.lifecycle import DECISION, MEETING, TOPIC
from webapp.operations import commands, nightly, schema
from webapp.operations.console import Command
from webapp.operations.restoring import MakeApp
from webapp.operations.schema import alembic_config as alembic_config
from webapp.policy.actor import CLOCK
from webapp.privacy import labels
from webapp.referrals.lifecycle import ASK, BESIDE, HAND_OVER, REFERRAL
from webapp.signals.lifecycle import SIGNAL
from webapp.visits.lifecycle import VISIT
from webapp.web import assets, compiled, translations
from webapp.web.addresses import normal_address
from webapp.web.settings import current_settings

LIFECYCLES = ROOT / "docs" / "lifecycles.md"
PERIODS = ROOT / "docs" / "privacy" / "bewaartermijnen.md"
PAUSE_SECONDS = 0.5
PAUSE_AFTER_TROUBLE = 5
SWEEP_EVERY = timedelta(seconds=30)

bp = Blueprint("cli", __name__, cli_group=None)
bp.cli.command_class = Command


def init_app(app: Flask, make_app: MakeApp) -> None:
    """Register the commands."""
    commands.init_app(app, make_app)
    app.register_blueprint(bp)


@bp.cli.command("build")
def build() -> None:
    """Prepare static files, translations and templates, and compile the program: it starts in two thirds of the
    time, also for a user who may not write beside it."""
    assets.build()
    translations.compile_all()
    compiled.compile_all(current_app.jinja_env)
    compileall.compile_dir(compiled.APPLICATION, quiet=1)
    click.echo("Static files, translations and templates are ready.")


@bp.cli.command("upgrade")
@click.option("--without-backup", is_flag=True, help="Do not make a backup first.")
def upgrade(without_backup: bool) -> None:
    """Bring the database to the newest schema, after a backup."""
    settings = current_settings()
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not without_backup and not settings.demo and schema.present() not in (None, schema.wanted()):
        commands.back_up_first(settings)
    schema.upgrade(current_app)
    click.echo("The database is up to date.")


@bp.cli.command("seed")
def seed() -> None:
    """Load the fictional town of Elsterveer, if the database is empty."""
    from seeds import load  # only the demo needs it

    if not current_settings().demo:
        raise click.ClickException("Elsterveer is for the demo: set BRUG_DEMO=1, on an empty database.")
    installation.claim_for_demo()
    db.session.commit()
    click.echo(load.load_if_empty())


@bp.cli.command("prepare")
@click.pass_context
def prepare(context: click.Context) -> None:
    """Build, upgrade and seed for the demo at once: loading the program takes longer than each of them."""
    context.invoke(build)
    context.invoke(upgrade)
    context.invoke(seed)


@bp.cli.command("setup")
def set_up() -> None:
    """Print a link with which the first administrator begins. It works for 30 minutes, once."""
    try:
        token = setup.new_token()
    except Conflict:
        raise click.ClickException(
            "Somebody has an account already. Ask them for an invitation; was the very first address mistyped, "
            "then mend it with: flask --app webapp change-address OLD NEW"
        ) from None
    db.session.commit()
    with current_app.test_request_context(base_url=current_settings().base_url):
        link = url_for("accounts.follow_set_up", token=token, _external=True)
    click.echo(f"Open this link within 30 minutes:\n{link}")


@bp.cli.command("forget-second-factor")
@click.argument("address")
def forget_second_factor(address: str) -> None:
    """Let somebody who lost passkeys, app and codes begin anew with the code in their mail."""
    person = queries.person_by_email(address)
    if person is None:
        raise click.ClickException("Nobody has this address.")
    recovery.begin_anew(person)
    db.session.commit()
    click.echo("Done. They are signed out everywhere; the mail code is what they have left.")


@bp.cli.command("change-address")
@click.argument("old")
@click.argument("new")
def change_address(old: str, new: str) -> None:
    """Give somebody another mail address: theirs changed, or it was mistyped at the set-up."""
    person, email = queries.person_by_email(old), normal_address(new)
    if person is None:
        raise click.ClickException(f"Nobody has the address {old}.")
    if email is None:
        raise click.BadParameter(f"{new} is no mail address.", param_hint="NEW")
    try:
        recovery.change_address(person, email, by=CLOCK)
    except Conflict:
        raise click.ClickException(f"Somebody has the address {email} already.") from None
    db.session.commit()
    click.echo("Done. They are signed out everywhere, and sign in with the new address.")


@bp.cli.command("docs")
def docs() -> None:
    """Write the parts of the documentation that are made from the code."""
    translations.compile_all()
    for file, text in ((LIFECYCLES, described()), (PERIODS, periods())):
        file.write_text(text)
        click.echo(f"Written: {file.relative_to(ROOT)}")


@bp.cli.command("deliver", cls=click.Command)
def deliver() -> None:
    """Send mail and run the clocks, until told to stop."""
    Worker(current_settings()).run()


def described() -> str:
    """The life cycles, drawn from the tables that the application runs on."""
    intro = "# Life cycles\n\nMade from the code with `flask docs`; a test keeps both in step.\n"
    cycles = {
        "Referral": REFERRAL,
        "Ask": ASK,
        "Hand-over": HAND_OVER,
        "Bridge builder beside a referral": BESIDE,
        "Missing offer": SIGNAL,
        "Group visit": VISIT,
        "Request to join a working group": REQUEST,
        "Action": ITEM,
        "Meeting": MEETING,
        "Topic": TOPIC,
        "Decision": DECISION,
        "Support": SUPPORT,
        "Lesson": LESSON,
        "Learning session": SESSION,
    }
    return "\n".join([intro, *(one.markdown(title) for title, one in cycles.items())])


def periods() -> str:
    """What stays how long, in Dutch, from the table that the clocks obey."""
    head = ("# Wat hoelang blijft", "", "Gemaakt uit de code met `flask docs`; een test houdt beide gelijk.", "")
    with current_app.test_request_context():
        rows = [f"| {one.what} | {one.time or '–'} | {one.since} |" for one in labels.periods()]
    return "\n".join((*head, "| wat | blijft | geteld vanaf |", "| --- | --- | --- |", *rows, ""))


class Worker:
    """Carries out jobs one after the other; any number of workers may run beside each other."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.name = uuid.uuid4().hex
        self.stopping = False
        self.started: list[subprocess.Popen[bytes]] = []
        self.next_sweep = clock.now()

    def run(self) -> None:
        """Work until SIGTERM or SIGINT; the job at hand is finished first."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        while not self.stopping:
            try:
                tried = self._round()
            except SQLAlchemyError:  # the database is away or full for a while, and comes back
                current_app.logger.exception("the worker cannot use the database")
                db.session.rollback()
                time.sleep(PAUSE_AFTER_TROUBLE)
                continue
            finally:
                db.session.remove()
            if not tried:
                time.sleep(PAUSE_SECONDS)

    def _round(self) -> int:
        """The clocks if it is their time, and what is due; how many jobs were tried."""
        if clock.now() >= self.next_sweep:
            sweeps.enqueue_slot()
            nightly.beat()
            self.started = [one for one in self.started if one.poll() is None]
            self.started += nightly.start_due(self.settings)
            self.next_sweep = clock.now() + SWEEP_EVERY
        return outbox.run_due(self.name)

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self.stopping = True
