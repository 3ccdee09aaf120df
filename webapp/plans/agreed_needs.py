"""What agreements put on the first page: the day to look back on one has come, for whoever looks after its plan."""

from collections.abc import Iterator
from datetime import datetime, time

from flask import url_for
from flask_babel import gettext as _

from webapp.core import clock
from webapp.plans import agreed
from webapp.policy.actor import Actor
from webapp.web import numbers
from webapp.web.needs import Need, Urgency, Way


def all_needs(actor: Actor) -> Iterator[Need]:
    """The agreements on which to look back now."""
    yield from (_look_back(row) for row in agreed.due(numbers.around().get(agreed.DUE)))


def _look_back(row: agreed.Due) -> Need:
    since = datetime.combine(row.look_back_on, time(0), clock.BRUSSELS)
    return Need(
        key=f"agreement-{row.id}", urgency=Urgency.NEXT_STEP, since=since, is_question=False, icon="handshake",
        title=_("How does it go with %(partner)s?", partner=row.organisation),
        line=_("You would look back on what you agreed, for %(plan)s.", plan=row.plan),
        ways=(Way(_("Look back"), url_for("plans.agreement", expectation_id=row.id)),),
    )  # fmt: skip
