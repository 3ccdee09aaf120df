"""What looking after Brug itself puts on the first page of an administrator."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext as _

from webapp.core import clock
from webapp.operations import health, labels
from webapp.operations.health import State
from webapp.policy.actor import Actor
from webapp.policy.permissions import Can
from webapp.policy.rules import can
from webapp.web.i18n import word
from webapp.web.needs import Need, Urgency, Way
from webapp.web.settings import current_settings


def all_needs(actor: Actor) -> Iterator[Need]:
    """A duty that went wrong or was not done for too long."""
    if not can(actor, Can.SEE_HEALTH):
        return
    settings = current_settings()
    for task in health.tasks(settings):
        if task.state in (State.LATE, State.WRONG):
            yield Need(
                key=f"duty-{task.duty}",
                urgency=Urgency.STUCK,
                since=task.well_at or clock.now(),
                title=_("%(what)s: needs a look", what=word(labels.DUTY_LABELS[task.duty])),
                line=labels.told(task),
                icon="triangle-alert",
                is_question=False,
                ways=(Way(_("Health of Brug"), url_for("operations.overview")),),
            )
