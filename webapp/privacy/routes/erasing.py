"""When somebody asks that everything about their question goes now, before its time."""

import uuid

import click
from flask.cli import with_appcontext

from webapp.core import audit
from webapp.core.db import db
from webapp.policy.actor import CLOCK
from webapp.referrals import queries, wiping
from webapp.referrals.lifecycle import ReferralStatus
from webapp.vocabulary.aliases import ALIAS_LABELS
from webapp.web.i18n import word


@click.command("erase-question")
@click.argument("question", type=click.UUID)
@click.option("--yes", is_flag=True, help="Don't ask whether it is this one.")
@with_appcontext
def erase_question(question: uuid.UUID, *, yes: bool) -> None:
    """Erase a whole question; its number stands in the address of its page. Backups follow when they come back."""
    referral = queries.referral(question)
    if referral is None:
        raise click.ClickException("There is no question with this number.")
    which = f"{word(ALIAS_LABELS[referral.alias])}, {referral.organisation.name}"
    if not yes:
        click.confirm(f"This erases {which}, with everything in it and for good. Go on?", abort=True)
    erase = wiping.delete_draft if referral.status is ReferralStatus.DRAFT else wiping.erase_question
    erase(referral)
    audit.write("question.erase", by=CLOCK, thing_id=question)
    db.session.commit()
    click.echo("Erased. What is left to count points to nobody.")
