"""For whoever has to answer a breach: of which questions did an account read the identity?"""

from datetime import datetime

import click
from flask.cli import AppGroup

from webapp.accounts import queries as accounts
from webapp.core import audit, clock
from webapp.core.db import db
from webapp.policy.actor import CLOCK
from webapp.privacy import queries
from webapp.privacy.queries import Opened
from webapp.vocabulary.aliases import ALIAS_LABELS
from webapp.web.i18n import word

DAY = click.DateTime(["%Y-%m-%d"])
group = AppGroup("incident", help="When something went wrong.")


@group.command("report")
@click.option("--account", required=True, help="The e-mail address of the account.")
@click.option("--from", "first", type=DAY, required=True, help="The first day, such as 2026-11-01.")
@click.option("--to", "last", type=DAY, required=True, help="The last day.")
def report(account: str, first: datetime, last: datetime) -> None:
    """List the questions of which an account read the identity, by alias as people read it on its page. Names
    nobody."""
    if last < first:
        raise click.ClickException("The last day comes before the first one. Nothing was looked up.")
    person = accounts.person_by_email(account)
    if person is None:
        raise click.ClickException("Nobody has this address.")
    found = queries.opened_by(person.id, first.date(), last.date())
    audit.write("incident.report", by=CLOCK, thing_id=person.id)
    db.session.commit()
    for one in found:
        click.echo(_line(one))
    click.echo(f"Questions of which the identity was read: {len(found)}")


def _line(one: Opened) -> str:
    about = f"{word(ALIAS_LABELS[one.alias])}, {one.organisation}" if one.alias else "erased since"
    days = " to ".join(dict.fromkeys(clock.local(day).date().isoformat() for day in (one.first, one.last)))
    return f"{one.referral_id}  {about}  {one.times} x  {days}"
