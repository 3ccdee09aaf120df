"""What learning sessions put on the first page: that somebody is asked to lead one."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext as _

from webapp.learning import waiting
from webapp.learning.codes import Lead
from webapp.learning.waiting import Asked
from webapp.policy.actor import Actor
from webapp.web import numbers
from webapp.web.needs import Need, Urgency, Way


def all_needs(_actor: Actor) -> Iterator[Need]:
    """What waits for this person."""
    yield from (_asked(row) for row in waiting.asked(numbers.around().get(waiting.ASKED)))


def _asked(row: Asked) -> Need:
    takes_over, theme = row.lead is Lead.FACILITATOR, row.theme
    title = (
        _("Will you take “%(theme)s” over?", theme=theme)
        if takes_over
        else _("Will you lead “%(theme)s” along?", theme=theme)
    )
    return Need(
        key=f"lead-{row.id}", urgency=Urgency.CHOICE, since=row.at, title=title,
        line=_("A learning session. No thanks is fine too."), icon="presentation", is_question=False,
        ways=(Way(_("Look and answer"), url_for("learning.show", learning_id=row.id)),),
    )  # fmt: skip
