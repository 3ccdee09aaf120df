"""When somebody asks that everything about their question goes now, before its time."""

import uuid

import click
from flask.cli import with_appcontext

from webapp.core import audit
from webapp.core.db import db
from webapp.policy.actor import CLOCK
from webapp.referrals import queries, wiping
from webapp.referrals.lifecycle import ReferralStatus


@click.command("erase-question")
@click.argument("question", type=click.UUID)
@click.confirmation_option(prompt="This erases the question with everything in it, for good. Go on?")
@with_appcontext
def erase_question(question: uuid.UUID) -> None:
    """Erase a whole question; its number stands in the address of its page. Backups follow when they come back."""
    referral = queries.referral(question)
    if referral is None:
        raise click.ClickException("There is no question with this number.")
    erase = wiping.delete_draft if referral.status is ReferralStatus.DRAFT else wiping.erase_question
    erase(referral)
    audit.write("question.erase", by=CLOCK, thing_id=question)
    db.session.commit()
    click.echo("Erased. What is left to count points to nobody.")
