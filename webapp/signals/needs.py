"""What signals put on the first page: that there are some, calmly, for whoever can do something about it."""

from collections.abc import Iterator
from datetime import datetime, time

from flask import url_for
from flask_babel import gettext as _

from webapp.core import clock
from webapp.core.numbers import Numbers
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.signals import queries
from webapp.web.needs import Need, Urgency, Way
from webapp.web.numbers import around


def numbers(actor: Actor) -> Numbers:
    """When something was missed last, for whoever can do something about it."""
    return queries.heard_lately() if can(actor, Can.FOLLOW_SIGNALS) else Numbers()


def all_needs(actor: Actor) -> Iterator[Need]:
    """One line as long as something was missed lately that nobody picked up."""
    week = around().get(queries.HEARD)
    if week is None:
        return
    yield Need(
        key="signals",
        urgency=Urgency.UPKEEP,
        since=datetime.combine(week, time(0), clock.BRUSSELS),
        title=_("Something is missing in town"),
        line=_("Guides looked for offers that are not there yet. Have a look when you have time."),
        icon="telescope",
        is_question=False,
        ways=(Way(_("Look what is missing"), url_for("signals.index")),),
    )
